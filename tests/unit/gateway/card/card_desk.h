// A counter with one reader, on which the card of nobody lies; its PIN is 1234.
#pragma once

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "gateway/card/jpki_card.h"
#include "gateway/platform/crypto.h"
#include "tests/support/card/fake_readers.h"
#include "tests/support/fake_world.h"

namespace sekisho::tests {

// Made once for a process: four RSA keys take their time.
inline const JpkiContents& card_of_nobody() {
    static const JpkiContents contents = make_jpki_contents(FakeClock::kStart);
    return contents;
}

inline platform::SecretBytes typed(std::string_view text) {
    platform::SecretBytes secret;
    BOOST_TEST_REQUIRE(secret.append(text));
    return secret;
}

inline card::Pin pin_of(std::string_view digits) {
    auto pin = card::Pin::parse(typed(digits));
    BOOST_TEST_REQUIRE(pin.has_value());
    return std::move(*pin);
}

struct CardDesk {
    VirtualJpkiCard card{card_of_nobody()};
    FakeReaders readers;
    const model::Sha256 digest = platform::sha256("challenge");

    CardDesk() { readers.add("reader", &card); }

    card::Answer<card::JpkiCard> open() { return card::JpkiCard::open(readers, "reader"); }

    card::Answer<std::string> sign(std::string_view digits = "1234",
                                   card::LastTry last_try = card::LastTry::kept) {
        auto opened = open();
        if (!opened) return std::unexpected(opened.error());
        return opened->sign(digest, pin_of(digits), last_try);
    }

    // In place of the nth answer (from 1) to that kind of command.
    void strike(std::string step, FakeReaders::Transmitted answer, int nth = 1) {
        readers.instead = [step = std::move(step), answer = std::move(answer), nth,
                           seen = 0](std::string_view command) mutable {
            const bool struck = step_of(command) == step && ++seen == nth;
            return struck ? std::optional{answer} : std::nullopt;
        };
    }
    void spoil(const std::string& step, CardFault fault) {
        readers.instead = [this, step, fault](std::string_view command) {
            return step_of(command) == step ? std::optional{FakeReaders::Transmitted{
                                                  spoilt(fault, card.answer(command))}}
                                            : std::nullopt;
        };
    }
    static FakeReaders::Transmitted lost(platform::CardTrouble trouble) {
        return std::unexpected(
            platform::CardFailure{.trouble = trouble, .detail = "at the reader"});
    }
};

inline std::string bytes(std::initializer_list<int> values) {
    std::string text;
    for (const int value : values) text.push_back(static_cast<char>(value));
    return text;
}

}  // namespace sekisho::tests
