// Card readers and the cards on them, for the desk that this machine may be. The tries that a
// password has left are read; none is sent (card/jpki_card.h). A card that another program has is
// left alone.
#include "gateway/card/jpki_card.h"
#include "gateway/doctor/areas.h"
#include "gateway/doctor/judgements.h"

namespace sekisho::doctor {

namespace {

model::Text nothing_to_do() {
    return {.ja = "窓口の端末でなければ、することはありません",
            .en = "unless this is a desk's machine there is nothing to do"};
}

Verdict noted(model::Text what) {
    return {.state = State::note, .what = std::move(what), .next = nothing_to_do()};
}

Verdict look_at(platform::CardReaders& readers, const platform::CardReader& reader) {
    if (!reader.has_card) return good({.ja = "カードなし", .en = "no card"});
    if (reader.in_use) {
        return noted(
            {.ja = "ほかのプログラムが使っています", .en = "another program has the card"});
    }
    auto card = card::JpkiCard::open(readers, reader.name);
    const auto tries = card ? card->tries_left() : std::unexpected(card.error());
    if (tries) return judge_tries(*tries);
    return {.state = State::warning,
            .what = card::sentence_of(tries.error()),
            .next = {.ja = "窓口の担当者がカードを置き直してください",
                     .en = "whoever is at the desk puts the card there again"}};
}

}  // namespace

Findings examine_cards(const Premises& premises) {
    const auto found = [](const std::string& subject, Verdict verdict) {
        return Finding{.area = Area::cards, .subject = subject, .verdict = std::move(verdict)};
    };
    if (!premises.machine.card_readers) return {};
    platform::CardReaders& readers = *premises.machine.card_readers;
    const auto listed = readers.list();
    if (!listed && listed.error().trouble == platform::CardTrouble::no_service) {
        return {found("PC/SC", noted({.ja = "この機械に PC/SC のサービスはありません",
                                      .en = "there is no PC/SC service on this machine"}))};
    }
    if (!listed) return {found("PC/SC", unknown(listed.error().detail, nothing_to_do()))};
    if (listed->empty()) {
        return {found(
            "PC/SC", noted({.ja = "カードリーダーはありません", .en = "there is no card reader"}))};
    }
    Findings findings;
    for (const platform::CardReader& reader : *listed) {
        findings.push_back(found(reader.name, look_at(readers, reader)));
    }
    return findings;
}

}  // namespace sekisho::doctor
