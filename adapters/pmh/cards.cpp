#include "adapters/pmh/cards.h"

#include <algorithm>
#include <optional>

#include "adapters/pmh/codec.h"

namespace sekisho::pmh_adapter {

using documents::Json;

namespace {

constexpr std::string_view kMalformed = "PMH-4001";
constexpr std::string_view kOtherValues = "PMH-4091";  // under a history that is there

std::optional<model::Person> person_of(const model::InsurerNumber& insurer, const Json& card) {
    const auto insured = model::parse_insured_number(card.string_at("insuredNumber").value_or(""));
    return insured ? std::optional{model::Person{insurer, *insured}} : std::nullopt;
}

std::string history_of(const Json& card) {
    return std::string{card.string_at("historyKey").value_or("")};
}

bool is_deleted(const Json& card) {
    return card.boolean_at("isDeleted").value_or(false);
}

}  // namespace

std::string Cards::refusal(const model::InsurerNumber& insurer, const Json& card) const {
    const auto person = person_of(insurer, card);
    const std::string history = history_of(card);
    if (!person || history.empty() || !card.boolean_at("isDeleted")) return std::string{kMalformed};
    if (unlinked_.contains(*person)) return std::string{kNotLinked};
    if (is_deleted(card)) return {};
    const auto known = persons_.find(*person);
    if (known == persons_.end()) return {};
    const auto same = known->second.find(history);
    const bool other =
        same != known->second.end() && same->second.card.is_object() && same->second.card != card;
    return std::string{other ? kOtherValues : std::string_view{}};
}

// A history that was taken back stays so, whichever of the two comes last.
void Cards::take(const model::InsurerNumber& insurer, const Json& card) {
    const auto person = person_of(insurer, card);
    if (!person) return;
    History& history = persons_[*person][history_of(card)];
    if (is_deleted(card)) {
        history.taken_back = true;
    } else {
        history.card = card;
    }
}

Json Cards::told() const {
    Json standing = Json::array();
    for (const auto& [person, histories] : persons_) {
        const auto last = std::find_if(histories.rbegin(), histories.rend(),
                                       [](const auto& entry) { return !entry.second.taken_back; });
        if (last == histories.rend()) continue;
        standing.push(Json::object()
                          .set("insurerNumber", person.insurer.text())
                          .set("card", last->second.card));
    }
    const auto count = static_cast<std::int64_t>(standing.items().size());
    return Json::object().set("cards", Json::number(count)).set("standing", std::move(standing));
}

}  // namespace sekisho::pmh_adapter
