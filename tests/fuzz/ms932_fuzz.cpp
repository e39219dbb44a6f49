// MS932: decoding succeeds or names its faults, never substitutes, and what was decoded encodes to
// the same text.
#include "adapters/documents/ms932.h"
#include "adapters/documents/utf8.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using fuzz::require;

bool has_substitute(std::string_view utf8) {
    if (utf8.find("\xEF\xBF\xBD") != std::string_view::npos) return true;  // U+FFFD
    for (std::size_t i = 0; i + 1 < utf8.size(); ++i) {
        const auto lead = static_cast<std::uint8_t>(utf8[i]);
        const auto next = static_cast<std::uint8_t>(utf8[i + 1]);
        if (lead == 0xEE || (lead == 0xEF && next < 0xA4)) return true;  // U+E000-U+F8FF
    }
    return false;
}

void check_faults(std::string_view bytes, const std::vector<documents::Ms932Fault>& faults) {
    std::size_t end = 0;
    for (const auto& fault : faults) {
        require(fault.offset >= end, "faults come in order and apart");
        end = fault.offset + fault.length;
        require(fault.length >= 1 && end <= bytes.size(), "a fault lies within the bytes");
        const auto lead = static_cast<std::uint8_t>(bytes[fault.offset]);
        require(lead >= 0x80, "ASCII is never a fault");
        const bool is_private = fault.code == model::Problem::private_character;
        require(is_private == (lead >= 0xF0 && lead <= 0xF9), "外字 are those of F0 to F9");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = fuzz::text_of(data, size);
    const auto faults = documents::find_ms932_faults(bytes, size + 1);
    const auto text = documents::decode_ms932(bytes);
    require(text.has_value() == faults.empty(), "decoding succeeds where there is no fault");
    check_faults(bytes, faults);
    if (text) {
        require(documents::is_utf8(*text), "decoded text is UTF-8");
        require(!has_substitute(*text), "nothing is substituted");
        const auto ascii = [](char c) { return static_cast<std::uint8_t>(c) < 0x80; };
        if (std::all_of(bytes.begin(), bytes.end(), ascii))
            require(*text == bytes, "ASCII is itself");
        const auto encoded = documents::encode_ms932(*text);
        require(encoded.has_value(), "decoded text can be encoded");
        require(documents::decode_ms932(*encoded) == text, "and decodes to the same");
    }
    const auto encoded = documents::encode_ms932(bytes);
    if (encoded) require(documents::decode_ms932(*encoded) == bytes, "encoded text comes back");
    return 0;
}
