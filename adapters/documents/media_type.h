// A media type as far as formats ask for it: its name and its character set (RFC 9110, 8.3.1).
// Names are compared without regard to case; both come back in lower case. A file name may come as
// the parameter `filename`, the way a part of a form has it. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::documents {

struct MediaType {
    std::string name;        // "text/csv"
    std::string charset;     // "shift_jis", or empty where none is given
    std::string filename{};  // as written, or empty where none is given
};

// nullopt where it is malformed or gives the character set or the file name twice. Other parameters
// are passed over.
std::optional<MediaType> parse_media_type(std::string_view text);

bool is_ms932_csv(
    std::string_view media_type);           // text/csv, Shift_JIS by any of its names or none given
bool is_json(std::string_view media_type);  // application/json, UTF-8 or none given

}  // namespace sekisho::documents
