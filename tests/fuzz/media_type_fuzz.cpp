// A media type as a sender writes it, with the name of a file in it: what is read is written again
// and reads as the same, and a file's name is only taken for what it says.
#include <string>

#include "adapters/documents/careplan/file_name.h"
#include "adapters/documents/media_type.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using documents::MediaType;
using fuzz::require;

std::string quoted(const std::string& value) {
    std::string text = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') text.push_back('\\');
        text.push_back(c);
    }
    return text + "\"";
}

std::string written(const MediaType& type) {
    std::string text = type.name;
    if (!type.charset.empty()) text += ";charset=" + quoted(type.charset);
    if (!type.filename.empty()) text += "; filename=" + quoted(type.filename);
    return text;
}

bool has_capital(const std::string& text) {
    return std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto type = documents::parse_media_type(text);
    require(type || !(documents::is_json(text) || documents::is_ms932_csv(text)),
            "what cannot be read is of no format");
    if (!type) return 0;
    require(std::ranges::count(type->name, '/') == 1, "a name has two parts");
    require(!has_capital(type->name) && !has_capital(type->charset), "case does not count");
    const auto again = documents::parse_media_type(written(*type));
    require(again && again->name == type->name && again->charset == type->charset &&
                again->filename == type->filename,
            "what was read reads as the same");
    const auto file = documents::careplan::parse_file_name(type->filename);
    if (file) require(to_text(*file) == type->filename, "a file's name says one thing");
    return 0;
}
