#include "gateway/card/pin.h"

#include <algorithm>

namespace sekisho::card {

std::optional<Pin> Pin::parse(const platform::SecretBytes& typed) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (typed.bytes().size() != kDigits || !std::ranges::all_of(typed.bytes(), is_digit)) {
        return std::nullopt;
    }
    return Pin{typed.duplicate()};
}

}  // namespace sekisho::card
