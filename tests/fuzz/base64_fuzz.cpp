// Base64: bytes come back, and a text that is accepted is the only one for its bytes.
#include "adapters/documents/base64.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho::documents;
    using sekisho::fuzz::require;
    const auto text = sekisho::fuzz::text_of(data, size);
    require(from_base64(to_base64(text)) == text, "bytes come back");
    require(from_base64url(to_base64url(text)) == text, "bytes come back from the URL alphabet");
    const auto bytes = from_base64(text);
    if (bytes) require(to_base64(*bytes) == text, "an accepted text is the only one for its bytes");
    const auto url = from_base64url(text);
    if (url) require(to_base64url(*url) == text, "also in the URL alphabet");
    return 0;
}
