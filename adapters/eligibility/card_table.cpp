#include "adapters/eligibility/card_table.h"

#include <algorithm>

namespace sekisho::eligibility_adapter {

using documents::Json;

namespace {

constexpr std::string_view kSource = "cards";
constexpr std::string_view kEntry = "card";

ledger::Received entry_of(std::size_t number, const Card& card,
                          const std::optional<model::Person>& person) {
    auto json = Json::object().set("issuer", card.issuer).set("serial", card.serial);
    if (person) {
        json.set("insurer", person->insurer.text());
        json.set("insured", person->insured.text());
    }
    return {std::string{kSource}, std::to_string(number), std::string{kEntry}, to_text(json)};
}

}  // namespace

CardTable::CardTable(std::string ledger_file) : ledger_(std::move(ledger_file)) {
    const locks::Lock lock(mutex_);
    for (const ledger::Received& entry : ledger_.of_type(kEntry)) {
        ++entries_;
        const auto json = documents::parse_json(entry.body);
        const auto card = json ? card_in(*json) : std::nullopt;
        if (card) apply(*card, peer::person_in(*json));
    }
}

void CardTable::apply(const Card& card, const std::optional<model::Person>& person) {
    if (person) {
        owners_.insert_or_assign(card, *person);
    } else {
        owners_.erase(card);
    }
}

bool CardTable::put(const Card& card, const std::optional<model::Person>& person) {
    const locks::Lock lock(mutex_);
    const auto arrival = ledger_.receive(entry_of(entries_ + 1, card, person));
    if (arrival != ledger::Arrival::first) return false;
    ++entries_;
    apply(card, person);
    return true;
}

std::optional<model::Person> CardTable::owner_of(const Card& card) const {
    const locks::Lock lock(mutex_);
    const auto found = owners_.find(card);
    if (found == owners_.end()) return std::nullopt;
    return found->second;
}

bool CardTable::has_card(const model::Person& person) const {
    const locks::Lock lock(mutex_);
    return std::ranges::any_of(owners_, [&](const auto& row) { return row.second == person; });
}

std::size_t CardTable::size() const {
    const locks::Lock lock(mutex_);
    return owners_.size();
}

}  // namespace sekisho::eligibility_adapter
