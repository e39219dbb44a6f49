#include "routing/model/party.h"

#include <algorithm>
#include <array>

namespace sekisho::model {

namespace {

struct KindName {
    PartyKind kind;
    std::string_view name;
    std::string_view collection;  // the first segment of a source
};

constexpr auto kKinds = std::to_array<KindName>({
    {PartyKind::care_manager, "care-manager", "care-managers"},
    {PartyKind::support_center, "support-center", "support-centers"},
    {PartyKind::care_office, "care-office", "care-offices"},
    {PartyKind::medical, "medical", "medical"},
    {PartyKind::insurer, "insurer", "insurers"},
    {PartyKind::reviewer, "reviewer", "reviewers"},
    {PartyKind::system, "system", "systems"},
    {PartyKind::operator_, "operator", "operators"},
});

const KindName& row_of(PartyKind kind) {
    return *std::ranges::find(kKinds, kind, &KindName::kind);
}

bool is_name(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, allowed);
}

bool number_fits(PartyKind kind, std::string_view number) {
    switch (kind) {
        case PartyKind::care_manager:
        case PartyKind::support_center:
        case PartyKind::care_office:
        case PartyKind::medical:
            return parse_office_number(number).has_value();
        case PartyKind::insurer:
            return parse_insurer_number(number).has_value();
        case PartyKind::reviewer:
        case PartyKind::system:
        case PartyKind::operator_:
            return is_name(number);
    }
    return false;
}

std::optional<PartyId> make(const KindName* row, std::string_view number) {
    if (row == kKinds.end() || !number_fits(row->kind, number)) return std::nullopt;
    return PartyId{.kind = row->kind, .number = std::string{number}};
}

// Sparse: a look-up then seldom walks past a neighbour, whose key it would have to hash from memory
// that is not in the cache.
constexpr float kLoadFactor = 0.25F;

}  // namespace

std::string_view to_string(PartyKind kind) {
    return row_of(kind).name;
}

std::optional<PartyId> parse_party_id(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    return make(std::ranges::find(kKinds, text.substr(0, colon), &KindName::name),
                text.substr(colon + 1));
}

std::optional<PartyId> parse_source(std::string_view text) {
    const auto slash = text.find('/', 1);
    if (text.empty() || text[0] != '/' || slash == std::string_view::npos) return std::nullopt;
    return make(std::ranges::find(kKinds, text.substr(1, slash - 1), &KindName::collection),
                text.substr(slash + 1));
}

std::string to_string(const PartyId& party) {
    return std::string{row_of(party.kind).name} + ":" + party.number;
}

std::string to_source(const PartyId& party) {
    return "/" + std::string{row_of(party.kind).collection} + "/" + party.number;
}

PartyId insurer_party(const InsurerNumber& insurer) {
    return PartyId{.kind = PartyKind::insurer, .number = insurer.text()};
}

Directory::Directory(std::vector<Party> parties) {
    parties_.max_load_factor(kLoadFactor);
    parties_.reserve(parties.size());
    for (Party& party : parties) {
        std::ranges::sort(party.speaks_for, {}, &Mandate::author);
        const PartyId id = party.id;
        if (!party.other_ways.empty()) {
            with_others_.insert(party.via);
            with_others_.insert(party.other_ways.begin(), party.other_ways.end());
        }
        parties_.emplace(id, std::move(party));
    }
}

const Party* Directory::find(const PartyId& id) const {
    const auto found = parties_.find(id);
    return found == parties_.end() ? nullptr : &found->second;
}

bool holds_service_type(const Party& party, const ServiceType& type, Instant at) {
    return std::ranges::any_of(party.service_types, [&](const DatedServiceType& held) {
        return held.service_type == type && held.period.contains(at);
    });
}

}  // namespace sekisho::model
