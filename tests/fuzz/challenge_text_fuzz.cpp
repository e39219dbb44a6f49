// The text that a card signs, as an agent reads it: what is taken is written the same again, to the
// byte, and shows nothing to a terminal but printable characters.
#include <string>

#include "gateway/admission/challenge.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    using fuzz::require;
    const std::string_view text = fuzz::text_of(data, size);
    const auto challenge = admission::read_challenge(text);
    if (!challenge) return 0;
    require(text_of(*challenge) == text, "what was read is written the same");
    require(admission::is_purpose(challenge->purpose), "its purpose is one");
    const std::string shown = challenge->instance + model::to_string(challenge->party);
    require(std::ranges::all_of(shown, [](char c) { return c > ' ' && c < '\x7f'; }),
            "what a terminal shows of it is printable");
    return 0;
}
