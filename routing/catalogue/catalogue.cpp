#include "routing/catalogue/catalogue.h"

#include <algorithm>
#include <utility>

namespace sekisho::catalogue {

namespace {

using model::Problem;
using model::refuse;
using model::Text;

Text twice(std::string_view kind_ja, std::string_view kind_en, const std::string& name) {
    return {.ja = std::string{kind_ja} + "「" + name + "」が二度定義されています",
            .en = "The " + std::string{kind_en} + " \"" + name + "\" is defined twice"};
}

Text unknown_class(const InformationType& type, const ClassName& name) {
    return {.ja = "情報種別「" + type.id.text() + "」が未定義の区分「" + name.text() +
                  "」を参照しています",
            .en = "The information type \"" + type.id.text() + "\" names the party class \"" +
                  name.text() + "\", which does not exist"};
}

Text unknown_consent_class(const ClassName& name) {
    return {.ja = "同意の取得者が未定義の区分「" + name.text() + "」を参照しています",
            .en = "The consent rules name the party class \"" + name.text() +
                  "\", which does not exist"};
}

Text without_purpose(const InformationType& type) {
    return {.ja = "情報種別「" + type.id.text() + "」に利用目的がありません",
            .en = "The information type \"" + type.id.text() + "\" has no purpose"};
}

Text hands_on_nothing(const InformationType& type, const ClassName& name) {
    return {.ja = "情報種別「" + type.id.text() + "」の handed_on_by にある区分「" + name.text() +
                  "」は、carriers と filed_to にもなければなりません",
            .en = "The class \"" + name.text() + "\" in handed_on_by of the information type \"" +
                  type.id.text() + "\" must stand in carriers and in filed_to too"};
}

Text without_protection(const Network& network) {
    return {.ja = "ネットワーク「" + network.zone.text() + "」に保護の方式がありません",
            .en = "The network \"" + network.zone.text() + "\" names no protection"};
}

bool is_among(const std::vector<ClassName>& names, const ClassName& name) {
    return std::ranges::find(names, name) != names.end();
}

model::Result<void> check_handing_on(const InformationType& type) {
    for (const ClassName& name : type.handed_on_by) {
        if (is_among(type.carriers, name) && is_among(type.filed_to, name)) continue;
        return refuse(Problem::attribute_invalid, hands_on_nothing(type, name));
    }
    return {};
}

std::vector<ClassName> names_in(const InformationType& type) {
    std::vector<ClassName> names;
    for (const auto* list : {&type.authors, &type.carriers, &type.filed_to, &type.never_to}) {
        names.insert(names.end(), list->begin(), list->end());
    }
    for (const Reader& reader : type.readers) names.push_back(reader.who);
    return names;
}

bool holds_any(const model::Party& party, const std::vector<model::ServiceType>& service_types,
               model::Instant at) {
    return std::ranges::any_of(service_types, [&](const model::ServiceType& service_type) {
        return model::holds_service_type(party, service_type, at);
    });
}

bool fits(const PartyClass& row, const model::Party& party, model::Instant at) {
    if (row.party && *row.party != party.id) return false;
    if (!row.kinds.empty() && std::ranges::find(row.kinds, party.id.kind) == row.kinds.end()) {
        return false;
    }
    if (row.deemed && !(party.deemed && party.deemed->contains(at))) return false;
    return row.service_types.empty() || holds_any(party, row.service_types, at);
}

}  // namespace

model::Result<Catalogue> Catalogue::build(std::vector<PartyClass> classes,
                                          std::vector<InformationType> types, ConsentRules consent,
                                          std::vector<Network> networks) {
    Catalogue made;
    made.networks_ = std::move(networks);
    made.consent_ = std::move(consent);
    made.class_rows_ = std::move(classes);
    made.types_ = std::move(types);
    for (std::size_t i = 0; i < made.class_rows_.size(); ++i) {
        const ClassName& name = made.class_rows_[i].name;
        if (!made.class_index_.emplace(name, i).second) {
            return refuse(Problem::attribute_invalid, twice("区分", "party class", name.text()));
        }
    }
    for (std::size_t i = 0; i < made.types_.size(); ++i) {
        const InformationType& type = made.types_[i];
        if (!made.type_index_.emplace(type.id, i).second) {
            return refuse(Problem::attribute_invalid,
                          twice("情報種別", "information type", type.id.text()));
        }
        if (type.purposes.empty()) {
            return refuse(Problem::attribute_invalid, without_purpose(type));
        }
        for (const ClassName& name : names_in(type)) {
            if (made.class_index_.contains(name)) continue;
            return refuse(Problem::attribute_invalid, unknown_class(type, name));
        }
        if (auto checked = check_handing_on(type); !checked) {
            return std::unexpected(checked.error());
        }
    }
    for (const ClassName& name : {made.consent_.on_behalf, made.consent_.person}) {
        if (name.empty() || made.class_index_.contains(name)) continue;
        return refuse(Problem::attribute_invalid, unknown_consent_class(name));
    }
    for (auto row = made.networks_.begin(); row != made.networks_.end(); ++row) {
        const bool again = std::any_of(made.networks_.begin(), row, [&](const Network& earlier) {
            return earlier.zone == row->zone;
        });
        if (again) {
            return refuse(Problem::attribute_invalid,
                          twice("ネットワーク", "network", row->zone.text()));
        }
        if (row->protected_by.empty()) {
            return refuse(Problem::attribute_invalid, without_protection(*row));
        }
    }
    return made;
}

const InformationType* Catalogue::find(const model::TypeId& id) const {
    const auto found = type_index_.find(id);
    return found == type_index_.end() ? nullptr : &types_[found->second];
}

bool Catalogue::protects(const model::ZoneName& zone, model::Protection protected_by) const {
    const auto row = std::ranges::find(networks_, zone, &Network::zone);
    return row == networks_.end() ||
           std::ranges::find(row->protected_by, protected_by) != row->protected_by.end();
}

bool Catalogue::belongs(const model::Party& party, const ClassName& name, model::Instant at) const {
    const auto found = class_index_.find(name);
    return found != class_index_.end() && fits(class_rows_[found->second], party, at);
}

bool Catalogue::belongs_to_any(const model::Party& party, const std::vector<ClassName>& names,
                               model::Instant at) const {
    return std::ranges::any_of(names,
                               [&](const ClassName& name) { return belongs(party, name, at); });
}

}  // namespace sekisho::catalogue
