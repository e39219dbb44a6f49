// Every cell of the sharing matrix, enumerated: the catalogue in config/ against the table written
// out here.
//
// Each information type meets each party in five ways: it files it; it is sent it; it reads it
// registered and consented, registered without consent, and unregistered. What the cell says
// decides all five, a blank included.
//   ★ authors it   → receives it by filing   ○ reads it without new consent   ◎ reads it with the
//   person's consent   ▣ and only with the card of this visit   ● the gateway asks it for them,
//   though they are registered nowhere yet
#include <boost/test/unit_test.hpp>
#include <map>
#include <sstream>

#include "routing/policy/policy.h"
#include "tests/support/config_files.h"

namespace {

using namespace sekisho;

// person: the portal. facility: a care office of service type 52, which employs care managers and
// writes opinions. home guidance: a medical institution with service type 31. Further parties stand
// in the last column by name.
constexpr std::string_view kMatrix = R"(
                            |person|insurer|care manager|support center|care office|facility|medical|deemed|home guidance| others
certification.application   | ★    | →○    | ★          |              | ★         | ★      |       |      |              |
certification.survey        |      | ★○    | ◎          |              |           | ◎      |       |      |              | →platform
certification.survey-remarks|      | ★○    | ◎          |              |           | ◎      |       |      |              | →platform
certification.opinion       |      | →○    | ◎          |              |           | ★◎     | ★     | ★◎   | ★            | →platform →eligibility
certification.opinion-request|     | ★     |            |              |           | →      | →     | →    | →            |
certification.card          | ○    | ★○    | ○          |              | ○         | ○      |       | ○    |              | →platform →pmh
certification.limit-card    | ○    | ★○    | ◎          |              | ◎         | ◎      |       |      |              | →platform
certification.progress      | ○    | ★○    | ◎          |              |           | ◎      |       | ◎    |              | →platform
certification.notice        | →    | ★     |            |              |           |        |       |      |              |
certification.review-bundle |      | ★     |            |              |           |        |       |      |              | →panel-1
claim.benefit-management    |      |       | ★          | ★            |           | ★      |       |      |              | →claims
claim.plan-fee              |      |       | ★          | ★            |           | ★      |       |      |              | →claims
claim.statement             |      |       |            |              | ★         | ★      | ★     | ★    | ★            | →claims
claim.result                |      |       | →          | →            | →         | →      | →     | →    | →            | ★claims
claim.payment-record        |      | →     |            |              |           |        |       |      |              | ★claims
claim.beneficiary-change    |      | ★     |            |              |           |        |       |      |              | →claims
claim.opinion-fee           |      | →     |            |              |           | ★→     | ★→    | ★→   | ★→           | ★claims →claims
life.record                 |      |       | ★          |              | ★         | ★      |       |      |              | →life
life.feedback               | ○    | ◎     | ◎          |              | ★◎        | ★◎     |       | ◎    |              | →platform
care-plan.home              | ○    | ◎     | ★          |              | →○        | ★→○    |       | ◎    |              | →platform →careplan
care-plan.facility          | ○    | ◎     | ★          |              | →○        | ★→○    |       | ◎    |              | →platform →careplan
care-plan.prevention        | ○    | ◎     | ★          | ★→           | →○        | ★→○    |       | ◎    |              | →platform →careplan
care-plan.exchange          |      |       | ★→         | ★→           | ★→        | ★→     |       |      | ★→           | →careplan
care-plan.frequent-visits   |      | →     | ★          |              |           | ★      |       |      |              | →platform
housing.renovation          | ○    | ★○    | ◎          |              |           | ◎      |       |      |              | →platform
housing.equipment           | ○    | ★○    | ◎          |              |           | ◎      |       |      |              | →platform
notice.plan-request         | ★    | →     | ★          | ★            |           | ★      |       |      |              | →platform
hospital.admission          |      |       | ★          |              |           | ★      | →     | →    | →            |
hospital.discharge          |      |       | →          |              |           | →      | ★     | ★    | ★            |
consent.record              | ★○   | ★○    | ★○         | ○            | ○         | ★○     | ○     | ○    | ○            | →platform
registration.record         | ★○   | ★○    | ★○         | ★○           | ★○        | ★○     | ★○    | ★○   | ★○           | →platform
admission.person            |      |       | ●          | ●            | ●         | ●      | ●     | ●    | ●            |
access.event                | ○    | ○     |            |              |           |        |       |      |              |
directory.office            |      |       |            |              |           |        |       |      |              | ★directory →directory
statistics.extract          |      |       |            |              |           |        |       |      |              | ★platform →statistics
medical.query               |      |       | ◎▣         |              | ◎▣        | ◎▣     |       |      |              |
medical.shared              |      |       | ◎▣         |              | ◎▣        | ◎▣     |       |      |              |
)";

// Subject, purposes, the insurer's rollout, who carries for the author, where it is never put.
constexpr std::string_view kRules = R"(
certification.application   | one  | certification      | gated | portal care-manager care-office | platform statistics
certification.survey        | many | certification care | gated | web                             |
certification.survey-remarks| many | certification care | gated | web                             | statistics
certification.opinion       | one  | certification care | gated | web eligibility insurer         |
certification.opinion-request| one | certification      | gated |                                 | platform statistics
certification.card          | many | certification care | gated | web                             | statistics
certification.limit-card    | many | certification care | gated | web                             | statistics
certification.progress      | many | certification care | gated | web                             |
certification.notice        | one  | certification      | gated |                                 | platform statistics
certification.review-bundle | many | certification      | gated |                                 | platform statistics
claim.benefit-management    | many | claim              |       |                                 | platform portal statistics
claim.plan-fee              | many | claim              |       |                                 | platform portal statistics
claim.statement             | many | claim              |       |                                 | platform portal statistics
claim.result                | many | claim              |       |                                 | platform portal statistics
claim.payment-record        | many | claim              |       |                                 | platform portal statistics
claim.beneficiary-change    | many | claim              |       |                                 | platform portal statistics
claim.opinion-fee           | many | claim              |       |                                 | platform portal statistics
life.record                 | many | care               |       |                                 | platform statistics
life.feedback               | many | care planning      |       | life                            |
care-plan.home              | one  | care planning      |       | careplan-system                 |
care-plan.facility          | one  | care planning      |       | careplan-system                 |
care-plan.prevention        | one  | care planning      |       | careplan-system support-center  |
care-plan.exchange          | many | care               |       | careplan-system                 | platform statistics
care-plan.frequent-visits   | one  | notice             |       | web                             | statistics
housing.renovation          | many | care planning      | gated | web                             |
housing.equipment           | many | care planning      | gated | web                             |
notice.plan-request         | one  | notice             | gated | web portal                      | statistics
hospital.admission          | one  | care               |       |                                 | platform statistics
hospital.discharge          | one  | care               |       |                                 | platform statistics
consent.record              | one  | consent            | gated | web portal                      | statistics
registration.record         | one  | consent            | gated | web portal                      | statistics
admission.person            | none | consent medical    |       |                                 |
access.event                | one  | access             |       |                                 |
directory.office            | none | notice             |       |                                 | statistics
statistics.extract          | none | secondary-use      |       |                                 |
medical.query               | one  | medical            |       |                                 | platform statistics
medical.shared              | one  | medical            |       |                                 | platform statistics
)";

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(' ');
    return begin == std::string::npos ? ""
                                      : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

std::vector<std::vector<std::string>> rows_of(std::string_view table) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines{std::string{table}};
    for (std::string line; std::getline(lines, line);) {
        if (trimmed(line).empty()) continue;
        std::vector<std::string> cells;
        std::istringstream words{line};
        for (std::string cell; std::getline(words, cell, '|');) cells.push_back(trimmed(cell));
        if (line.ends_with('|')) cells.emplace_back();
        rows.push_back(std::move(cells));
    }
    return rows;
}

struct Actor {
    std::string column;  // of the matrix; otherwise its name in the last column
    const char* id;
    const char* zone;
    const char* service_type = nullptr;
    bool deemed = false;
};

const std::vector<Actor> kActors{
    {.column = "person", .id = "system:portal", .zone = "public"},
    {.column = "insurer", .id = "insurer:139980", .zone = "public"},
    {.column = "care manager",
     .id = "care-manager:1379900010",
     .zone = "internet",
     .service_type = "43"},
    {.column = "support center",
     .id = "support-center:1300000013",
     .zone = "internet",
     .service_type = "46"},
    {.column = "care office",
     .id = "care-office:1379900028",
     .zone = "internet",
     .service_type = "11"},
    {.column = "facility",
     .id = "care-office:1359900014",
     .zone = "internet",
     .service_type = "52"},
    {.column = "medical", .id = "medical:1319900021", .zone = "internet"},
    {.column = "deemed", .id = "medical:1319900013", .zone = "internet", .deemed = true},
    {.column = "home guidance",
     .id = "medical:1319900039",
     .zone = "internet",
     .service_type = "31"},
    {.column = "a stranger's insurer", .id = "insurer:139964", .zone = "public"},
    {.column = "panel-1", .id = "reviewer:panel-1", .zone = "public"},
    {.column = "platform", .id = "system:platform", .zone = "public"},
    {.column = "pmh", .id = "system:pmh", .zone = "public"},
    {.column = "claims", .id = "system:claims", .zone = "public"},
    {.column = "life", .id = "system:life", .zone = "public"},
    {.column = "careplan", .id = "system:careplan", .zone = "public"},
    {.column = "directory", .id = "system:directory", .zone = "public"},
    {.column = "statistics", .id = "system:statistics", .zone = "public"},
    {.column = "web", .id = "system:web", .zone = "public"},
    {.column = "eligibility", .id = "system:eligibility", .zone = "public"},
    {.column = "login", .id = "system:login", .zone = "public"},
};

const model::Instant kNow = *model::parse_rfc3339("2026-11-21T12:00:00+09:00");
const model::Person kPerson{model::InsurerNumber{"139980"}, model::InsuredNumber{"0000000001"}};

model::Directory directory() {
    std::vector<model::Party> parties;
    for (const Actor& actor : kActors) {
        model::Party party{.id = *model::parse_party_id(actor.id), .name = actor.column};
        if (actor.service_type)
            party.service_types = {
                {.service_type = model::ServiceType{actor.service_type}, .period = {}}};
        if (actor.deemed) party.deemed = model::Period{};
        parties.push_back(std::move(party));
    }
    return model::Directory{std::move(parties)};
}

class Matrix {
  public:
    Matrix()
        : catalogue_(std::move(
              *config::load_catalogue(tests::source_path("config/catalogue/catalogue.json")))),
          directory_(directory()),
          rollout_({{.insurer = model::InsurerNumber{"139980"},
                     .loading_from = kNow,
                     .sharing_from = kNow},
                    {.insurer = model::InsurerNumber{"139964"},
                     .loading_from = kNow,
                     .sharing_from = kNow}}) {}

    const catalogue::Catalogue& catalogue() const { return catalogue_; }
    policy::World world() const { return {catalogue_, directory_, rollout_}; }

    model::Envelope envelope(const catalogue::InformationType& type, const Actor& actor,
                             model::Intent intent) const {
        const auto party = *model::parse_party_id(actor.id);
        model::Envelope envelope{
            .id = model::MessageId{"m"}, .source = party, .author = party, .type = type.id};
        envelope.intent = intent;
        envelope.zone = model::ZoneName{actor.zone};
        envelope.purpose = type.purposes.front();
        if (type.subject != catalogue::Subject::none) envelope.persons = {kPerson};
        return envelope;
    }

    bool files(const catalogue::InformationType& type, const Actor& actor) const {
        return policy::may_file(world(), envelope(type, actor, model::Intent::file), kNow)
            .permitted();
    }

    bool is_sent(const catalogue::InformationType& type, const Actor& actor) const {
        const auto handing =
            policy::may_receive(world(), envelope(type, kActors[1], model::Intent::file),
                                *model::parse_party_id(actor.id), {}, kNow);
        return handing.decision.permitted() && !handing.as_reader;
    }

    enum class Registered : std::uint8_t { yes, no };
    enum class Consented : std::uint8_t { yes, no };
    enum class Card : std::uint8_t { of_this_visit, of_an_earlier_day };
    // In any qualification that there is.
    bool reads(const catalogue::InformationType& type, const Actor& actor, Registered registered,
               Consented consented, Card card = Card::of_this_visit) const {
        model::PersonFacts facts;
        if (registered == Registered::yes)
            facts.registrations = {
                {.party = *model::parse_party_id(actor.id), .assurance = "card", .period = {}}};
        if (consented == Consented::yes) facts.consents = {{.comprehensive = true}};
        model::Envelope question = envelope(type, actor, model::Intent::read);
        if (card == Card::of_this_visit) question.subject = "visit-1";
        for (const char* role : {"care-manager", "physician", "insurer-staff", "office-staff"}) {
            question.role = model::Role{role};
            if (policy::may_read(world(), question, {{kPerson, facts}}, kNow).permitted())
                return true;
        }
        return false;
    }

    void check_cell(const catalogue::InformationType& type, const Actor& actor,
                    const std::string& cell) const {
        const auto marked = [&](const char* mark) { return cell.find(mark) != std::string::npos; };
        const bool anyone = marked("●");
        const bool open = marked("○") || anyone;
        const bool by_consent = marked("◎");
        const bool own = actor.column == "person" || actor.column == "insurer";
        BOOST_TEST_CONTEXT(type.id.text() << " × " << actor.column << " \"" << cell << "\"") {
            BOOST_TEST(files(type, actor) == marked("★"));
            BOOST_TEST(is_sent(type, actor) == marked("→"));
            BOOST_TEST(reads(type, actor, Registered::yes, Consented::yes) == (open || by_consent));
            BOOST_TEST(reads(type, actor, Registered::yes, Consented::yes,
                             Card::of_an_earlier_day) == ((open || by_consent) && !marked("▣")));
            BOOST_TEST(reads(type, actor, Registered::yes, Consented::no) == open);
            BOOST_TEST(reads(type, actor, Registered::no, Consented::yes) ==
                       (anyone || (own && (open || by_consent))));
            BOOST_TEST(reads(type, actor, Registered::no, Consented::no) ==
                       (anyone || (own && open)));
        }
    }

  private:
    catalogue::Catalogue catalogue_;
    model::Directory directory_;
    table::Rollout rollout_;
};

// What the last column says of this party: "★claims →claims" is "★→" for claims.
std::string marks_of(const std::string& others, const std::string& name) {
    std::string marks;
    std::istringstream words{others};
    for (std::string word; words >> word;) {
        for (const std::string mark : {"★", "→"}) {
            if (word == mark + name) marks += mark;
        }
    }
    return marks;
}

template <class T>
std::string joined(const std::vector<T>& names) {
    std::string text;
    for (const T& name : names) text += (text.empty() ? "" : " ") + name.text();
    return text;
}

std::string name_of(catalogue::Subject subject) {
    switch (subject) {
        case catalogue::Subject::none:
            return "none";
        case catalogue::Subject::one:
            return "one";
        case catalogue::Subject::many:
            return "many";
    }
    return "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sharing_matrix)

BOOST_AUTO_TEST_CASE(each_cell_decides_filing_receiving_and_reading) {
    const Matrix matrix;
    const auto rows = rows_of(kMatrix);
    std::map<std::string, std::size_t> columns;
    for (std::size_t i = 1; i < rows[0].size(); ++i) columns[rows[0][i]] = i;
    BOOST_TEST_REQUIRE(rows.size() - 1 == matrix.catalogue().types().size());
    for (std::size_t r = 1; r < rows.size(); ++r) {
        const auto& type = matrix.catalogue().types()[r - 1];
        BOOST_TEST_REQUIRE(type.id.text() == rows[r][0]);
        BOOST_TEST_REQUIRE(rows[r].size() == 11U);
        for (const Actor& actor : kActors) {
            const auto column = columns.find(actor.column);
            matrix.check_cell(type, actor,
                              column == columns.end() ? marks_of(rows[r].back(), actor.column)
                                                      : rows[r][column->second]);
        }
    }
}

BOOST_AUTO_TEST_CASE(each_type_has_its_subject_purposes_gating_carriers_and_barred_places) {
    const Matrix matrix;
    const auto rows = rows_of(kRules);
    BOOST_TEST_REQUIRE(rows.size() == matrix.catalogue().types().size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto& type = matrix.catalogue().types()[r];
        BOOST_TEST_CONTEXT(rows[r][0]) {
            BOOST_TEST(type.id.text() == rows[r][0]);
            BOOST_TEST(name_of(type.subject) == rows[r][1]);
            BOOST_TEST(joined(type.purposes) == rows[r][2]);
            BOOST_TEST((type.gated ? "gated" : "") == rows[r][3]);
            BOOST_TEST(joined(type.carriers) == rows[r][4]);
            BOOST_TEST(joined(type.never_to) == rows[r][5]);
            BOOST_TEST(type.held_elsewhere == type.id.text().starts_with("claim."));
            BOOST_TEST(type.retention_days > 0U);
        }
    }
}

BOOST_AUTO_TEST_CASE(each_type_holds_the_units_that_are_its_own) {
    const Matrix matrix;
    std::map<std::string, std::string> held;
    for (const auto& type : matrix.catalogue().types()) {
        if (!type.holds.empty()) held[type.id.text()] = joined(type.holds);
    }
    const std::map<std::string, std::string> expected{
        {"care-plan.home", "plan monthly-plan plan-deletion monthly-plan-deletion"},
        {"care-plan.facility", "plan plan-deletion"},
        {"care-plan.prevention", "prevention basics prevention-deletion basics-deletion"},
        {"care-plan.exchange", "monthly-plan result monthly-plan-deletion result-deletion"},
        {"care-plan.frequent-visits", "plan monthly-plan"}};
    BOOST_TEST((held == expected));
}

BOOST_AUTO_TEST_CASE(a_claim_asked_for_is_held_elsewhere) {
    const Matrix matrix;
    const auto* type = matrix.catalogue().find(model::TypeId{"claim.statement"});
    const auto question = matrix.envelope(*type, kActors[1], model::Intent::read);
    const auto decision = policy::may_read(matrix.world(), question, {}, kNow);
    BOOST_TEST(to_string(decision) == "deny: held-elsewhere (claim.statement)");
}

BOOST_AUTO_TEST_CASE(certification_is_read_in_the_role_of_a_care_manager_only) {
    const Matrix matrix;
    const auto* type = matrix.catalogue().find(model::TypeId{"certification.survey"});
    model::PersonFacts facts;
    facts.registrations = {
        {.party = *model::parse_party_id(kActors[2].id), .assurance = "card", .period = {}}};
    facts.consents = {{.comprehensive = true}};
    auto question = matrix.envelope(*type, kActors[2], model::Intent::read);
    question.role = model::Role{"care-worker"};
    BOOST_TEST(to_string(policy::may_read(matrix.world(), question, {{kPerson, facts}}, kNow)) ==
               "deny: role-not-allowed (care-worker)");
    question.role = model::Role{"care-manager"};
    BOOST_TEST(policy::may_read(matrix.world(), question, {{kPerson, facts}}, kNow).permitted());
}

BOOST_AUTO_TEST_CASE(only_opinions_come_in_over_the_eligibility_network) {
    const Matrix matrix;
    for (const auto& type : matrix.catalogue().types()) {
        const bool there =
            std::ranges::find(type.zones, model::ZoneName{"eligibility"}) != type.zones.end();
        BOOST_TEST(there == (type.id.text() == "certification.opinion"), type.id.text());
    }
}

BOOST_AUTO_TEST_SUITE_END()
