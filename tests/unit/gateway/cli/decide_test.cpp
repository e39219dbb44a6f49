// `check` and `explain` against the demo's configuration.
#include <boost/test/unit_test.hpp>

#include "adapters/documents/json.h"
#include "tests/support/config_files.h"
#include "tests/unit/gateway/cli/cli_world.h"

using namespace sekisho;
using tests::CliWorld;

namespace {

struct Desk {
    tests::DemoFolder folder;
    CliWorld world;

    int explain(const std::string& event, const std::string& more = "") {
        world.forget();
        (void)world.files.write_whole("/desk/ce.json", event, 0644);
        return world.run("explain --config " + folder.main_file() + " --message /desk/ce.json " +
                         more);
    }
    bool says(std::string_view words) const { return world.out().find(words) != std::string::npos; }
    documents::Json json() const { return *documents::parse_json(world.out()); }
};

std::string an_opinion(const std::string& source, const std::string& insurer) {
    return R"({"source":")" + source +
           R"(","type":"jp.sekisho.certification.opinion","insurer":")" + insurer +
           R"(","insured":"0000000001"})";
}

std::string a_question(const std::string& source, const std::string& insured) {
    return R"({"source":")" + source +
           R"(","type":"jp.sekisho.query.certification.progress","role":"care-manager","insurer":"139980",)"
           R"("insured":")" +
           insured + "\"}";
}

constexpr auto kClinic = "/medical/1319900021";
constexpr auto kCareManager = "/care-managers/1379900010";

}  // namespace

BOOST_AUTO_TEST_SUITE(deciding)

BOOST_AUTO_TEST_CASE(a_sound_configuration_is_0_and_a_wrong_one_1_with_every_place) {
    Desk desk;
    BOOST_TEST(desk.world.run("check --config " + desk.folder.main_file()) == 0);
    desk.folder.edit("sekisho.json", "\"workers\"", "\"wrokers\"");
    desk.folder.edit("rollout.json", "\"139956\"", "\"13995\"");
    desk.world.forget();
    BOOST_TEST(desk.world.run("check --config " + desk.folder.main_file()) == 1);
    BOOST_TEST(desk.says("sekisho.json:25:14: "));
    BOOST_TEST(desk.says("rollout.json:6:18: "));
    desk.world.forget();
    BOOST_TEST(desk.world.run("check --json --config " + desk.folder.main_file()) == 1);
    BOOST_TEST(desk.json().find("errors")->items().size() == 2U);
    BOOST_TEST(*desk.json().boolean_at("ok") == false);
}

BOOST_AUTO_TEST_CASE(a_permitted_opinion_is_explained_with_its_routes_and_deliveries) {
    Desk desk;
    BOOST_TEST(desk.explain(an_opinion(kClinic, "139980")) == 0);
    BOOST_TEST(desk.says("+ opinion-from-writer"));
    BOOST_TEST(desk.says("- insurer-load: 送り主が違います / source differs"));
    BOOST_TEST(desk.says("許可 / permit"));
    BOOST_TEST(desk.says("-> insurer:139980 via mailbox"));
    BOOST_TEST(desk.says("-> system:platform via platform"));
}

BOOST_AUTO_TEST_CASE(a_zone_is_explained_with_what_protects_it) {
    Desk desk;
    const std::string hospitals = an_opinion("/medical/1319900013", "139980");
    BOOST_TEST(desk.explain(hospitals, "--zone eligibility") == 0);
    BOOST_TEST(desk.says("medical:1319900013 @ eligibility (loopback)"));
    BOOST_TEST(desk.explain(hospitals, "--zone internet") == 0);
    BOOST_TEST(desk.says("medical:1319900013 @ internet\n"));
}

BOOST_AUTO_TEST_CASE(a_refusal_is_1_and_gives_each_reason_in_both_languages) {
    Desk desk;
    BOOST_TEST(desk.explain(an_opinion(kCareManager, "139972"), "--json") == 1);
    const auto json = desk.json();
    BOOST_TEST(*json.string_at("verdict") == "deny");
    std::vector<std::string> reasons;
    for (const auto& reason : json.find("reasons")->items()) {
        reasons.emplace_back(*reason.string_at("problem"));
        BOOST_TEST(!reason.string_at("ja")->empty());
        BOOST_TEST(!reason.string_at("en")->empty());
    }
    BOOST_TEST((std::ranges::find(reasons, "insurer-not-connected") != reasons.end()));
    BOOST_TEST(reasons.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_time_in_the_future_is_judged_by_what_holds_then) {
    Desk desk;
    BOOST_TEST(desk.explain(an_opinion(kClinic, "139956")) == 1);
    BOOST_TEST(desk.says("insurer-loading"));
    BOOST_TEST(desk.explain(an_opinion(kClinic, "139956"), "--at 2027-06-01") == 0);
    BOOST_TEST(desk.explain(an_opinion(kClinic, "139956"), "--at 2026-12-01T00:00:00+09:00") == 1);
    BOOST_TEST(desk.explain(an_opinion(kClinic, "139956"), "--at someday") == 2);
}

BOOST_AUTO_TEST_CASE(a_question_is_judged_by_registration_and_consent) {
    Desk desk;
    BOOST_TEST(desk.explain(a_question(kCareManager, "0000000001")) == 0);
    BOOST_TEST(desk.says("-> system:platform via platform (ask-platform)"));
    BOOST_TEST(desk.explain(a_question(kCareManager, "0000000003")) == 1);
    BOOST_TEST(desk.says("no-consent (certification)"));
    BOOST_TEST(desk.explain(a_question(kCareManager, "0000000006")) == 1);
    BOOST_TEST(desk.says("consent-refused (certification)"));
    BOOST_TEST(desk.explain(a_question("/medical/1319900013", "0000000002")) == 1);
    BOOST_TEST(desk.says("not-registered (medical:1319900013)"));
    BOOST_TEST(desk.says("the asker is told only: deny: not-registered"));
}

BOOST_AUTO_TEST_CASE(other_facts_can_be_supposed) {
    Desk desk;
    tests::write_file(desk.folder.path("other.json"),
                      R"({"registrations":[{"party":"care-manager:1379900010",
        "insurer":"139980","insured":"H000000004","assurance":"card","from":"2026-01-01T00:00:00Z"}],
        "consents":[{"insurer":"139980","insured":"H000000004","given":["certification"],"refused":[],
        "occasion":"renewal","explanation":"1","given_at":"2026-01-01T00:00:00Z"}]})");
    const std::string facts = "--facts " + desk.folder.path("other.json");
    BOOST_TEST(desk.explain(a_question(kCareManager, "H000000004")) == 1);
    BOOST_TEST(desk.explain(a_question(kCareManager, "H000000004"), facts) == 0);
    BOOST_TEST(desk.explain(a_question(kCareManager, "0000000001"), facts) == 1);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_2) {
    Desk desk;
    BOOST_TEST(desk.explain("{") == 2);
    BOOST_TEST(desk.explain("[]") == 2);
    BOOST_TEST(desk.explain(R"({"type":"jp.sekisho.certification.opinion"})") == 2);
    BOOST_TEST(desk.explain(R"({"source":"/medical/1319900021","type":"jp.sekisho.nothing"})") ==
               2);
    BOOST_TEST(desk.world.run("explain --config /desk/none --message /desk/ce.json") == 2);
    BOOST_TEST(desk.explain(an_opinion(kClinic, "139980"), "--facts /desk/none") == 2);
}

BOOST_AUTO_TEST_CASE(the_way_that_a_document_takes_is_explained_with_those_it_does_not) {
    Desk desk;
    BOOST_TEST(desk.explain(an_opinion(kClinic, "139980")) == 0);
    BOOST_TEST(desk.says("platform over public: 第一の道 / the preferred way"));
    BOOST_TEST(desk.says("- platform-line over eligibility: unknown"));
    BOOST_TEST(desk.says("mailbox over public: ただ一つの道 / the only way"));
    BOOST_TEST(desk.explain(an_opinion(kClinic, "139980"), "--down public") == 0);
    BOOST_TEST(desk.says("platform-line over eligibility: 第一の道が答えないため"));
    BOOST_TEST(desk.says("- platform over public: silent"));
    BOOST_TEST(desk.explain(an_opinion(kClinic, "139980"), "--down public --json") == 0);
    const auto json = desk.json();
    const auto& to_platform = json.find("deliveries")->items()[1];
    BOOST_TEST(*to_platform.string_at("network") == "eligibility");
    BOOST_TEST(*to_platform.string_at("why") == "instead");
    BOOST_TEST(to_platform.find("ways")->items().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_network_that_nobody_knows_is_no_question) {
    Desk desk;
    BOOST_TEST(desk.explain(an_opinion(kClinic, "139980"), "--down pubic") == 2);
    BOOST_TEST(desk.world.err().find("pubic") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
