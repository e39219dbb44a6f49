// What a card may be asked for (目的): the words that a challenge may name, and what each opens.
//
// The card signs the word, so it holds for what is made of the evidence: who let a person sign for
// one thing cannot use it for another. A row here is a promise of whoever shows the person what the
// card signs; a purpose of the rule book that is not here is asked of no card.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sekisho::admission {

enum class CardOpens : std::uint8_t {
    registration,  // the office becomes responsible (担当事業所登録)
    visit,         // medical information, for this visit (F15)
};

struct CardPurpose {
    std::string_view name;
    CardOpens opens;
};

// The first is meant where none is named.
inline constexpr auto kCardPurposes =
    std::to_array<CardPurpose>({{.name = "admission", .opens = CardOpens::registration},
                                {.name = "medical", .opens = CardOpens::visit}});

// nullptr: no card is asked for it.
constexpr const CardPurpose* find_card_purpose(std::string_view name) {
    for (const CardPurpose& purpose : kCardPurposes) {
        if (purpose.name == name) return &purpose;
    }
    return nullptr;
}

}  // namespace sekisho::admission
