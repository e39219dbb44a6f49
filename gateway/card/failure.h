// What can go wrong between a card and a signature, as values; and as sentences for whoever stands
// at the counter, in Japanese and English: what happened, what to do next, and who.
//
// A failure holds status words (SW1 SW2 of ISO/IEC 7816-4) where the card gave some, never a
// command, so never a PIN. After any of them the session with the card is over.
#pragma once

#include <cstdint>
#include <string>

#include "gateway/platform/card_reader.h"
#include "routing/model/problem.h"

namespace sekisho::card {

using StatusWords = std::uint16_t;  // 0x9000

enum class Trouble : std::uint8_t {
    reader,           // between us and the card: `line` says what
    other_card,       // there is no JPKI application on it
    resident_card,    // 住基カード, which came before the My Number card
    smartphone,       // the certificate of a smartphone (スマホ用電子証明書), not a card
    unknown_token,    // the application names itself in a way that is not known
    truncated,        // an answer shorter, or longer, than what was asked for
    odd_status,       // status words that have no meaning at this step
    odd_certificate,  // its DER does not begin as a certificate, or is too long
    wrong_pin,        // one try is used; `tries_left` are left, at least one
    blocked,          // no try is left
    last_try,         // one try is left, and leave to use it was not given; none was used
    ended,            // the card was asked for more after a failure
};

struct Failure {
    Trouble trouble = Trouble::odd_status;
    std::string step{};  // "select the authentication PIN"
    StatusWords status = 0;
    int tries_left = 0;            // with wrong_pin and last_try
    platform::CardFailure line{};  // with reader
};

// "reader", "wrong_pin" ...
std::string_view to_string(Trouble trouble);

model::Text sentence_of(const Failure& failure);
model::Text sentence_of(const platform::CardFailure& failure);

}  // namespace sekisho::card
