// The facts file: registrations (担当事業所登録) and consents (同意), for the first start and for
// `explain --facts`.
#include <algorithm>
#include <set>

#include "gateway/config/shapes.h"

namespace sekisho::config {

namespace {

std::optional<std::string> parse_assurance(std::string_view text) {
    if (text == "card" || text == "document") return std::string{text};
    return std::nullopt;
}

std::optional<std::string> parse_record_id(std::string_view text) {
    if (const auto id = model::parse_message_id(text)) return id->text();
    return std::nullopt;
}

constexpr Shape<std::string> kAssurance{parse_assurance, "card か document", "card or document"};
constexpr Shape<std::string> kRecordId{parse_record_id, "英数字と -._~ の識別子",
                                       "an id of letters, digits and -._~"};

class FactsReader {
  public:
    explicit FactsReader(Reading& reading) : reading_(reading) {}

    SeedFacts read() {
        SeedFacts facts;
        const auto tree = reading_.tree();
        if (!tree) return facts;
        Section root{*tree, reading_.file, reading_.complaints};
        root.each("registrations", Need::optional, [&](Section& section) {
            facts.registrations.push_back(read_registration(section));
        });
        root.each("consents", Need::optional,
                  [&](Section& section) { facts.consents.push_back(read_consent(section)); });
        root.finish();
        return facts;
    }

  private:
    static std::string read_id(Section& section, std::set<std::string>& seen) {
        std::string id = section.optional("id", kRecordId).value_or("");
        if (!id.empty() && !seen.insert(id).second) {
            section.complain("id", {.ja = "同じ識別子がすでにあります",
                                    .en = "a record of this id exists already"});
        }
        return id;
    }

    // What a record may hold besides, and must hold in the right shape; it stays with the record.
    static void read_particulars(Section& section, std::string_view format) {
        if (const std::string given = section.text("format", Need::optional);
            !given.empty() && given != format) {
            section.complain("format",
                             {.ja = "\"" + std::string{format} + "\" でなければなりません",
                              .en = "this must be \"" + std::string{format} + "\""});
        }
        section.text("actor", Need::optional);
    }

    model::Person read_person(Section& section) {
        reading_.mention(Mention::Of::insurer, section.object().find("insurer"));
        return {.insurer = section.required("insurer", kInsurer),
                .insured = section.required("insured", kInsured)};
    }

    SeedRegistration read_registration(Section& section) {
        SeedRegistration seed;
        seed.registration.id = read_id(section, registration_ids_);
        read_particulars(section, "registration-json:1");
        seed.person = read_person(section);
        seed.registration.party = section.required("party", kPartyId);
        seed.registration.assurance = section.required("assurance", kAssurance);
        section.member("from", Need::required);
        seed.registration.period = read_period(section, "from", "until");
        reading_.mention(Mention::Of::party, section.object().find("party"));
        seed.record = section.object();
        return seed;
    }

    // `given` is ["*"] for a comprehensive consent (包括同意), else kinds.
    void read_given(Section& section, model::Consent& consent) {
        const auto items = section.items("given", Need::required);
        consent.comprehensive = items.size() == 1 && items[0]->text() == "*";
        if (!consent.comprehensive) consent.given = section.list("given", kConsentKind);
    }

    SeedConsent read_consent(Section& section) {
        SeedConsent seed;
        seed.consent.id = read_id(section, consent_ids_);
        read_particulars(section, "consent-json:1");
        seed.person = read_person(section);
        read_given(section, seed.consent);
        section.member("refused", Need::required);
        seed.consent.refused = section.list("refused", kConsentKind);
        seed.consent.given_at = section.required("given_at", kMoment);
        seed.consent.withdrawn_at = section.optional("withdrawn_at", kMoment);
        section.text("occasion");
        const auto taker = section.optional("taker", kPartyId);
        seed.consent.municipal = taker && taker->kind == model::PartyKind::insurer;
        section.text("explanation");
        section.object("representative", Need::optional, [](Section& representative) {
            representative.text("relation");
            representative.text("basis");
        });
        for (const model::ConsentKind kind : seed.consent.given) {
            if (std::ranges::find(seed.consent.refused, kind) == seed.consent.refused.end())
                continue;
            section.complain("refused", {.ja = "同じ種別が同意にも拒否にもあります",
                                         .en = "a kind is both given and refused"});
        }
        seed.record = section.object();
        return seed;
    }

    Reading& reading_;
    std::set<std::string> registration_ids_;
    std::set<std::string> consent_ids_;
};

}  // namespace

SeedFacts read_facts(Reading& reading) {
    return FactsReader{reading}.read();
}

model::Facts to_facts(const SeedFacts& seeds) {
    model::Facts facts;
    for (const SeedRegistration& seed : seeds.registrations)
        facts[seed.person].registrations.push_back(seed.registration);
    for (const SeedConsent& seed : seeds.consents) {
        std::vector<model::Consent>& known = facts[seed.person].consents;  // oldest first
        known.insert(
            std::ranges::upper_bound(known, seed.consent.given_at, {}, &model::Consent::given_at),
            seed.consent);
    }
    return facts;
}

}  // namespace sekisho::config
