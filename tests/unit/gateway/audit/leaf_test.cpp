#include "gateway/audit/leaf.h"

#include <boost/test/unit_test.hpp>

#include "gateway/audit/tile.h"
#include "gateway/platform/crypto.h"
#include "routing/model/limits.h"
#include "tests/support/fake_world.h"

namespace sekisho::audit {

namespace {

const model::PartyId kClinic{.kind = model::PartyKind::medical, .number = "1319900013"};
const model::PartyId kInsurer{.kind = model::PartyKind::insurer, .number = "139980"};

struct Case {
    model::Envelope envelope{
        .id = model::MessageId("m-1"),
        .source = kClinic,
        .author = kClinic,
        .type = model::TypeId("certification.opinion"),
        .zone = model::ZoneName("internet"),
        .persons = {{.insurer = model::InsurerNumber("139980"),
                     .insured = model::InsuredNumber("0000000001")}},
        .purpose = model::Purpose("certification"),
        .business_key = model::BusinessKey("139980-0000000001-77"),
        .correlation = "about 0000000001",
    };
    std::vector<model::PersonHash> persons{model::PersonHash("ab12")};
    model::Speaker speaker{.party = kClinic, .zone = model::ZoneName("internet")};
    Subject subject() {
        return {.at = tests::FakeClock::kStart,
                .envelope = envelope,
                .persons = persons,
                .speaker = speaker};
    }
};

documents::Json read(const std::string& leaf) {
    const auto json = documents::parse_json(leaf);
    BOOST_REQUIRE(json);
    BOOST_TEST(documents::to_canonical(*json) == leaf);
    return *json;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(leaf)

BOOST_AUTO_TEST_CASE(an_acceptance_leaf_is_canonical_and_whole) {
    Case c;
    const std::string leaf = acceptance_leaf(
        c.subject(), {.size = 12, .routes = 3, .deliveries = {{kInsurer, model::Via("mailbox")}}});
    BOOST_TEST(
        leaf ==
        R"({"at":"2026-11-21T00:00:00Z","author":"medical:1319900013",)"
        R"("certificate":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",)"
        R"("deliveries":[{"recipient":"insurer:139980","via":"mailbox"}],"id":"m-1",)"
        R"("intent":"file","kind":"acceptance","party":"medical:1319900013","persons":["ab12"],)"
        R"("purpose":"certification","routes":3,)"
        R"("sha256":"0000000000000000000000000000000000000000000000000000000000000000",)"
        R"("size":12,"source":"/medical/1319900013","type":"certification.opinion",)"
        R"("zone":"internet"})");
}

BOOST_AUTO_TEST_CASE(no_leaf_about_a_message_holds_an_insured_number) {
    Case c;
    const model::Refusal refusal{.problem = model::Problem::no_consent,
                                 .detail = {.ja = "0000000001", .en = "0000000001"}};
    for (const std::string& leaf :
         {acceptance_leaf(c.subject(), {}), access_leaf(c.subject(), kInsurer),
          decision_leaf(c.subject(), refusal, std::nullopt),
          refusal_leaf(tests::FakeClock::kStart, c.speaker, refusal)}) {
        BOOST_TEST(leaf.find("0000000001") == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_decision_leaf_gives_the_verdict_and_every_reason) {
    Case c;
    const model::Decision decision{
        .verdict = model::Verdict::deny,
        .reasons = {{.problem = model::Problem::no_consent, .about = "certification"},
                    {.problem = model::Problem::not_registered, .about = ""}}};
    const auto leaf = read(decision_leaf(c.subject(), model::to_refusal(decision), decision));
    BOOST_TEST(leaf.string_at("kind").value() == "decision");
    BOOST_TEST(leaf.string_at("problem").value() == "not-permitted");
    BOOST_TEST(leaf.string_at("verdict").value() == "deny");
    const auto& reasons = leaf.find("reasons")->items();
    BOOST_REQUIRE(reasons.size() == 2U);
    BOOST_TEST(reasons[0].string_at("rule").value() == "no-consent");
    BOOST_TEST(reasons[0].string_at("about").value() == "certification");
    BOOST_TEST(reasons[1].string_at("rule").value() == "not-registered");
}

BOOST_AUTO_TEST_CASE(a_refusal_before_the_envelope_names_the_party_and_the_problem) {
    const Case c;
    const auto leaf = read(refusal_leaf(tests::FakeClock::kStart, c.speaker,
                                        {.problem = model::Problem::json_malformed}));
    BOOST_TEST(leaf.string_at("kind").value() == "decision");
    BOOST_TEST(leaf.string_at("party").value() == "medical:1319900013");
    BOOST_TEST(leaf.string_at("problem").value() == "json-malformed");
    BOOST_TEST(leaf.find("id") == nullptr);
}

BOOST_AUTO_TEST_CASE(an_outcome_leaf_names_message_recipient_and_state) {
    const auto leaf =
        read(outcome_leaf({.at = tests::FakeClock::kStart,
                           .message = {.source = kClinic, .id = model::MessageId("m-1")},
                           .recipient = kInsurer,
                           .via = model::Via("municipal"),
                           .state = "rejected",
                           .attempts = 3,
                           .peer_code = "E12"}));
    BOOST_TEST(leaf.string_at("kind").value() == "outcome");
    BOOST_TEST(leaf.string_at("source").value() == "/medical/1319900013");
    BOOST_TEST(leaf.string_at("recipient").value() == "insurer:139980");
    BOOST_TEST(leaf.string_at("state").value() == "rejected");
    BOOST_TEST(leaf.integer_at("attempts").value() == 3);
    BOOST_TEST(leaf.string_at("peer_code").value() == "E12");
}

BOOST_AUTO_TEST_CASE(an_access_leaf_says_who_looked_and_why) {
    Case c;
    c.envelope.intent = model::Intent::read;
    c.envelope.actor = "staff-7";
    c.envelope.role = model::Role("care-manager");
    const auto leaf = read(access_leaf(c.subject(), kInsurer));
    BOOST_TEST(leaf.string_at("kind").value() == "access");
    BOOST_TEST(leaf.string_at("intent").value() == "read");
    BOOST_TEST(leaf.string_at("actor").value() == "staff-7");
    BOOST_TEST(leaf.string_at("role").value() == "care-manager");
    BOOST_TEST(leaf.string_at("asked").value() == "insurer:139980");
}

BOOST_AUTO_TEST_CASE(records_and_route_revisions_have_leaves_of_their_own_kinds) {
    const auto consent = read(record_leaf({.at = tests::FakeClock::kStart,
                                           .kind = "consent",
                                           .id = "c-1",
                                           .person = model::PersonHash("ab12"),
                                           .what = "given",
                                           .by = "seed"}));
    BOOST_TEST(consent.string_at("kind").value() == "consent");
    BOOST_TEST(consent.string_at("person").value() == "ab12");
    const auto routes = read(routes_leaf(tests::FakeClock::kStart, 9, {}));
    BOOST_TEST(routes.string_at("kind").value() == "routes");
    BOOST_TEST(routes.integer_at("revision").value() == 9);
}

BOOST_AUTO_TEST_CASE(very_many_persons_are_counted_and_digested) {
    Case c;
    c.persons.clear();
    std::string lines;
    for (int i = 0; i < 1000; ++i) {
        c.persons.emplace_back(std::string(60, 'a') + std::to_string(1000 + i));
        lines += c.persons.back().text() + "\n";
    }
    const std::string leaf = access_leaf(c.subject(), kInsurer);
    const auto json = read(leaf);
    BOOST_TEST(leaf.size() < 1000U);
    BOOST_TEST(*json.integer_at("persons_count") == 1000);
    BOOST_TEST(*json.string_at("persons_sha256") == model::to_hex(platform::sha256(lines)));
    BOOST_TEST(json.find("persons") == nullptr);
    c.persons.resize(500);
    BOOST_TEST(read(access_leaf(c.subject(), kInsurer)).find("persons")->items().size() == 500U);
}

BOOST_AUTO_TEST_CASE(of_very_many_reasons_the_first_are_told_and_all_counted_and_digested) {
    Case c;
    c.persons.assign(model::limits::kPersonsInLeafMax, model::PersonHash(std::string(64, 'a')));
    model::Decision decision{.verdict = model::Verdict::deny};
    std::string lines;
    for (int i = 0; i < 100'000; ++i) {
        decision.reasons.push_back({.problem = model::Problem::insurer_not_connected,
                                    .about = "insurer:" + std::to_string(200'000 + i)});
        lines += "insurer-not-connected " + decision.reasons.back().about + "\n";
    }
    const std::string leaf = decision_leaf(c.subject(), model::to_refusal(decision), decision);
    BOOST_TEST(leaf.size() <= kEntryBytesMost);
    const auto json = read(leaf);
    BOOST_TEST(json.find("reasons")->items().size() == model::limits::kReasonsInLeafMax);
    BOOST_TEST(*json.integer_at("reasons_count") == 100'000);
    BOOST_TEST(*json.string_at("reasons_sha256") == model::to_hex(platform::sha256(lines)));
    decision.reasons.resize(model::limits::kReasonsInLeafMax);
    const auto few = read(decision_leaf(c.subject(), model::to_refusal(decision), decision));
    BOOST_TEST(few.find("reasons")->items().size() == model::limits::kReasonsInLeafMax);
    BOOST_TEST(few.find("reasons_count") == nullptr);
}

BOOST_AUTO_TEST_CASE(very_many_deliveries_are_counted_and_digested) {
    Case c;
    AcceptanceLeaf acceptance;
    std::string lines;
    for (int i = 0; i < 2'000; ++i) {
        const std::string number = std::to_string(200'000 + i);
        acceptance.deliveries.emplace_back(
            model::PartyId{.kind = model::PartyKind::insurer, .number = number},
            model::Via("mailbox"));
        lines += "insurer:" + number + " mailbox\n";
    }
    const std::string leaf = acceptance_leaf(c.subject(), acceptance);
    BOOST_TEST(leaf.size() < 1000U);
    const auto json = read(leaf);
    BOOST_TEST(json.find("deliveries") == nullptr);
    BOOST_TEST(*json.integer_at("deliveries_count") == 2'000);
    BOOST_TEST(*json.string_at("deliveries_sha256") == model::to_hex(platform::sha256(lines)));
    acceptance.deliveries.resize(model::limits::kDeliveriesInLeafMax);
    BOOST_TEST(read(acceptance_leaf(c.subject(), acceptance)).find("deliveries")->items().size() ==
               model::limits::kDeliveriesInLeafMax);
}

BOOST_AUTO_TEST_CASE(a_release_says_who_receives_what_of_whom) {
    Case c;
    const auto json = read(release_leaf({.at = tests::FakeClock::kStart,
                                         .envelope = c.envelope,
                                         .persons = c.persons,
                                         .recipient = kInsurer,
                                         .via = model::Via("municipal"),
                                         .attempt = 2}));
    BOOST_TEST(*json.string_at("kind") == "release");
    BOOST_TEST(*json.string_at("party") == "insurer:139980");
    BOOST_TEST(*json.string_at("source") == "/medical/1319900013");
    BOOST_TEST(*json.string_at("type") == "certification.opinion");
    BOOST_TEST(*json.string_at("purpose") == "certification");
    BOOST_TEST(json.find("persons")->items()[0].text() == "ab12");
    BOOST_TEST(*json.integer_at("attempt") == 2);
}

BOOST_AUTO_TEST_CASE(a_refusal_at_the_rim_says_what_was_found_where_something_was) {
    const model::Speaker speaker{.party = *model::parse_party_id("medical:1319900021"),
                                 .zone = model::ZoneName{"internet"}};
    const model::Refusal refusal{.problem = model::Problem::card_status_unknown};
    const std::string plain = audit::refusal_leaf({}, speaker, refusal);
    BOOST_TEST(plain.find("\"fault\"") == std::string::npos);
    BOOST_TEST(plain.find("\"why\"") == std::string::npos);
    const std::string leaf = audit::refusal_leaf(
        {}, speaker, refusal, {.fault = "status-unknown", .why = "list-outdated"});
    BOOST_TEST(leaf.find(R"("fault":"status-unknown")") != std::string::npos);
    BOOST_TEST(leaf.find(R"("why":"list-outdated")") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::audit
