// The catalogue file: party classes (the columns of the matrix), role sets (職種), information
// types (its rows).
#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>

#include "adapters/documents/format.h"
#include "gateway/config/shapes.h"

namespace sekisho::config {

namespace {

using catalogue::ClassName;
using catalogue::Grant;
using catalogue::InformationType;
using catalogue::Subject;

constexpr std::int64_t kBodyBytesMost = std::int64_t{1} << 40;
constexpr std::int64_t kRetentionDaysMost = 36'500;

std::optional<Subject> parse_subject(std::string_view text) {
    if (text == "none") return Subject::none;
    if (text == "one") return Subject::one;
    if (text == "many") return Subject::many;
    return std::nullopt;
}

std::optional<Grant> parse_grant(std::string_view text) {
    if (text == "open") return Grant::open;
    if (text == "consent") return Grant::consent;
    if (text == "comprehensive") return Grant::comprehensive;
    return std::nullopt;
}

constexpr Shape<Subject> kSubject{parse_subject, "none・one・many のいずれか",
                                  "one of none, one and many"};
constexpr Shape<Grant> kGrant{parse_grant, "open・consent・comprehensive のいずれか",
                              "one of open, consent and comprehensive"};

// What the rows may name: filled by the classes and the role sets, which stand before the types.
struct Names {
    std::unordered_set<ClassName> classes;
    std::map<std::string, std::vector<model::Role>> role_sets;
};

class CatalogueReader {
  public:
    explicit CatalogueReader(Reading& reading) : reading_(reading) {}

    catalogue::Catalogue read() {
        const auto tree = reading_.tree();
        if (!tree) return {};
        Section root{*tree, reading_.file, reading_.complaints};
        root.each("classes", Need::required, [&](Section& section) { read_class(section); });
        root.object("role_sets", Need::optional,
                    [&](Section& section) { read_role_sets(section); });
        root.object("consent", Need::optional, [&](Section& section) { read_consent(section); });
        root.each("networks", Need::optional, [&](Section& section) {
            networks_.push_back({.zone = section.required("zone", kWord<model::ZoneName>),
                                 .protected_by = section.list("protected_by", kProtection)});
        });
        root.each("types", Need::required, [&](Section& section) { read_type(section); });
        root.finish();
        if (!reading_.complaints.none()) return {};
        auto built = catalogue::Catalogue::build(std::move(classes_), std::move(types_),
                                                 std::move(consent_), std::move(networks_));
        if (built) return std::move(*built);
        root.complain(*tree, built.error().detail);
        return {};
    }

  private:
    void read_class(Section& section) {
        catalogue::PartyClass row;
        row.name = section.required("name", kWord<ClassName>);
        row.kinds = section.list("kinds", kKind);
        row.service_types = section.list("service_types", kServiceType);
        row.deemed = section.flag("deemed", false);
        row.party = section.optional("party", kPartyId);
        if (!row.name.empty() && !names_.classes.insert(row.name).second) {
            section.complain("name", {.ja = "同じ名前の区分がすでにあります",
                                      .en = "a class of this name exists already"});
        }
        classes_.push_back(std::move(row));
    }

    void read_role_sets(Section& section) {
        for (const auto& [name, value] : section.object().members()) {
            names_.role_sets[name] = section.list(name, kWord<model::Role>);
        }
    }

    void read_consent(Section& section) {
        const auto name = [&](std::string_view key) {
            const Json* word = section.member(key, Need::required);
            return word == nullptr ? ClassName{} : class_named(section, *word);
        };
        consent_.on_behalf = name("on_behalf");
        consent_.person = name("person");
        consent_.person_gives = section.flag("person_gives", false);
    }

    std::vector<ClassName> read_classes(Section& section, std::string_view key) {
        std::vector<ClassName> names;
        for (const Json* item : section.items(key, Need::optional)) {
            names.push_back(class_named(section, *item));
        }
        return names;
    }

    ClassName class_named(Section& section, const Json& word) {
        ClassName name{word.text()};
        if (names_.classes.contains(name)) return name;
        complain_unknown(section, word, names_.classes,
                         {.ja = "「" + word.text() + "」という区分はありません",
                          .en = "there is no party class \"" + word.text() + "\""});
        return name;
    }

    // With the nearest of those that are known.
    template <class Known>
    static void complain_unknown(Section& section, const Json& word, const Known& known,
                                 model::Text text) {
        std::vector<std::string> words;
        words.reserve(known.size());
        for (const auto& each : known) words.push_back(each.text());
        if (const auto meant = nearest(word.text(), words)) {
            text.ja += "。\"" + *meant + "\" ではありませんか";
            text.en += "; did you mean \"" + *meant + "\"?";
        }
        section.complain(word, std::move(text));
    }

    std::vector<model::Role> roles_named(Section& section, const std::string& name) {
        if (name.empty()) return {};
        const auto found = names_.role_sets.find(name);
        if (found != names_.role_sets.end()) return found->second;
        section.complain("roles", {.ja = "「" + name + "」という職種の組はありません",
                                   .en = "there is no role set \"" + name + "\""});
        return {};
    }

    catalogue::Reader read_reader(Section& section) {
        catalogue::Reader reader;
        if (const Json* who = section.member("who", Need::required)) {
            reader.who = class_named(section, *who);
        }
        reader.grant = section.required("grant", kGrant);
        reader.registered = section.flag("registered", true);
        reader.by_card = section.flag("by_card", false);
        reader.card_each_visit = section.flag("card_each_visit", false);
        reader.own_insurer = section.flag("own_insurer", false);
        reader.roles = roles_named(section, section.text("roles", Need::optional));
        reader.enabled = section.flag("enabled", true);
        reader.withheld = section.texts("withheld");
        return reader;
    }

    void read_type(Section& section) {
        InformationType type;
        type.id = section.required("id", kWord<model::TypeId>);
        type.name_ja = section.text("name");
        type.subject = section.required("subject", kSubject);
        type.purposes = section.list("purposes", kWord<model::Purpose>);
        type.authors = read_classes(section, "authors");
        type.carriers = read_classes(section, "carriers");
        type.filed_to = read_classes(section, "filed_to");
        type.handed_on_by = read_classes(section, "handed_on_by");
        type.never_to = read_classes(section, "never_to");
        section.each("readers", Need::optional,
                     [&](Section& cell) { type.readers.push_back(read_reader(cell)); });
        type.consent_kind = section.optional("consent_kind", kConsentKind);
        type.zones = section.list("zones", kWord<model::ZoneName>);
        type.formats = read_formats(section);
        type.holds = read_kinds(section, type.formats);
        if (const auto asked = section.optional("asks_for", kWord<model::TypeId>)) {
            type.asks_for = *asked;
            reading_.mention(Mention::Of::type, section.object().find("asks_for"));
        }
        type.gated = section.flag("gated", false);
        type.queried = section.flag("queried", false);
        type.internal = section.flag("internal", false);
        type.held_elsewhere = section.flag("held_elsewhere", false);
        type.body_bytes_max = static_cast<std::uint64_t>(
            section.number("body_bytes_max", 0, {.least = 0, .most = kBodyBytesMost}));
        type.retention_days = static_cast<std::uint32_t>(
            section.number("retention_days", 0, {.least = 0, .most = kRetentionDaysMost}));
        check_type(section, type);
        types_.push_back(std::move(type));
    }

    static std::vector<model::FormatName> read_formats(Section& section) {
        std::vector<model::FormatName> formats;  // may hold capitals: fhir-r4:eReferral
        for (std::string& name : section.texts("formats")) formats.emplace_back(std::move(name));
        return formats;
    }

    // Named of what the type's formats tell apart: all that is not named is refused.
    static std::vector<model::DocumentKind> read_kinds(
        Section& section, const std::vector<model::FormatName>& formats) {
        std::vector<model::DocumentKind> known;
        for (const model::FormatName& format : formats) {
            std::ranges::move(documents::kinds_of(format), std::back_inserter(known));
        }
        std::vector<model::DocumentKind> kinds;
        for (const Json* word : section.items("holds", Need::optional)) {
            kinds.emplace_back(word->text());
            if (std::ranges::find(known, kinds.back()) != known.end()) continue;
            complain_unknown(
                section, *word, known,
                {.ja = "この種別の形式に「" + word->text() + "」という中身はありません",
                 .en = "no format of this type holds \"" + word->text() + "\""});
        }
        if (kinds.empty() && !known.empty()) {
            section.complain("formats", {.ja = "この形式の何を送る種別かを holds に書いてください",
                                         .en = "\"holds\" must name what of this format is sent "
                                               "as this type"});
        }
        return kinds;
    }

    void check_type(Section& section, const InformationType& type) {
        if (!type.id.empty() && !type_ids_.insert(type.id).second) {
            section.complain("id", {.ja = "同じ情報種別がすでにあります",
                                    .en = "this information type exists already"});
        }
        if (type.purposes.empty()) {
            section.complain("purposes", {.ja = "利用目的が一つは必要です",
                                          .en = "at least one purpose is needed"});
        }
        const bool by_consent =
            std::ranges::any_of(type.readers, [](const catalogue::Reader& reader) {
                return reader.enabled && reader.grant == Grant::consent;
            });
        if (by_consent && !type.consent_kind) {
            section.complain("readers",
                             {.ja = "同意による閲覧があるのに consent_kind がありません",
                              .en = "a reader by consent needs the type's consent_kind"});
        }
    }

    Reading& reading_;
    Names names_;
    std::vector<catalogue::PartyClass> classes_;
    std::vector<InformationType> types_;
    catalogue::ConsentRules consent_;
    std::vector<catalogue::Network> networks_;
    std::unordered_set<model::TypeId> type_ids_;
};

}  // namespace

catalogue::Catalogue read_catalogue(Reading& reading) {
    return CatalogueReader{reading}.read();
}

}  // namespace sekisho::config
