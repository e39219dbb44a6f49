#include "gateway/audit/leaf_parties.h"

#include <algorithm>
#include <array>
#include <string>

#include "adapters/documents/json.h"

namespace sekisho::audit {

using documents::Json;

namespace {

bool is_among_recipients(const Json& leaf, std::string_view party) {
    const Json* deliveries = leaf.find("deliveries");
    if (deliveries == nullptr || !deliveries->is_array()) return false;
    return std::ranges::any_of(deliveries->items(), [&](const Json& delivery) {
        return delivery.string_at("recipient") == party;
    });
}

// What the one who was refused may not have been told.
bool keeps_causes(const Json& leaf) {
    constexpr std::array<std::string_view, 3> kCauses{"reasons", "fault", "why"};
    return std::ranges::any_of(
        kCauses, [&](std::string_view member) { return leaf.find(member) != nullptr; });
}

}  // namespace

bool is_told(std::string_view leaf, const model::PartyId& party) {
    constexpr std::array<std::string_view, 5> kNaming{"party", "author", "recipient", "asked",
                                                      "by"};
    const auto told = documents::parse_json(leaf);
    if (!told || keeps_causes(*told)) return false;
    const std::string name = model::to_string(party);
    const bool named = std::ranges::any_of(
        kNaming, [&](std::string_view member) { return told->string_at(member) == name; });
    return named || told->string_at("source") == model::to_source(party) ||
           is_among_recipients(*told, name);
}

}  // namespace sekisho::audit
