// What a card may be asked for (目的): the words that a challenge may name, and what each opens.
//
// The card signs the word, so it holds for what is made of the evidence: who let a person sign for
// one thing cannot use it for another. A row here is a promise of whoever shows the person what the
// card signs; a purpose of the rule book that is not here is asked of no card.
#pragma once

#include <array>
#include <string_view>

namespace sekisho::admission {

struct CardPurpose {
    std::string_view name;
    bool registers = false;  // opens an admission: the office becomes responsible (担当事業所登録)
};

// The first is meant where none is named.
inline constexpr auto kCardPurposes =
    std::to_array<CardPurpose>({{.name = "admission", .registers = true}});

// nullptr: no card is asked for it.
constexpr const CardPurpose* find_card_purpose(std::string_view name) {
    for (const CardPurpose& purpose : kCardPurposes) {
        if (purpose.name == name) return &purpose;
    }
    return nullptr;
}

}  // namespace sekisho::admission
