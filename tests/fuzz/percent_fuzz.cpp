// Percent-encoding of attributes: what is decoded is clean UTF-8 and encodes to what decodes the
// same.
#include "adapters/documents/percent.h"
#include "adapters/documents/utf8.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho::documents;
    using sekisho::fuzz::require;
    const auto text = sekisho::fuzz::text_of(data, size);
    const auto plain = [](char c) { return c > 0x20 && c < 0x7F; };
    const std::string encoded = percent_encode(text);
    require(std::all_of(encoded.begin(), encoded.end(), plain), "encoded text is fit for a header");
    const auto back = percent_decode(encoded);
    require(!back || *back == text, "encoded text decodes to itself or, with controls, not at all");
    const auto decoded = percent_decode(text);
    if (!decoded) return 0;
    require(is_utf8(*decoded), "decoded text is UTF-8");
    const auto control = [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; };
    require(std::none_of(decoded->begin(), decoded->end(), control), "and holds no control");
    require(percent_decode(percent_encode(*decoded)) == decoded, "and comes back");
    return 0;
}
