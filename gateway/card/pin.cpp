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

std::string pin_question(int tries_left) {
    const std::string tries = std::to_string(tries_left);
    return "利用者証明用パスワード (数字4桁、残り" + tries +
           "回) / PIN (4 digits, tries left: " + tries + "): ";
}

model::Text not_a_pin() {
    return {.ja = "パスワードは数字4桁です。何も送っていません",
            .en = "a PIN is four digits; nothing was sent"};
}

}  // namespace sekisho::card
