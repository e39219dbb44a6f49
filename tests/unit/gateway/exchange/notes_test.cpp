// Consents, withdrawals and registrations: taken at their place in the log, and decided by from
// there on.
#include "tests/unit/gateway/exchange/notes.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::tests {

using model::Problem;

namespace {

model::ConsentState care_plans(ExchangeWorld& world) {
    return model::consent_state(world.known_of(hanako()), model::ConsentKind::care_plan,
                                world.clock.now());
}

std::size_t leaf_of(ExchangeWorld& world, const std::string& kind, const std::string& words) {
    const auto leaves = world.leaves();
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        const bool is_it = leaves[i].find("\"kind\":\"" + kind + "\"") != std::string::npos &&
                           leaves[i].find(words) != std::string::npos;
        if (is_it) return i;
    }
    BOOST_FAIL("no such leaf: " + kind);
    return 0;
}

// The one refusal on record, with its decision and its reason.
void is_denied_for(ExchangeWorld& world, const std::string& rule) {
    const auto leaves = world.leaves_of_kind("decision");
    BOOST_TEST_REQUIRE(leaves.size() == 1U);
    BOOST_TEST(leaves[0].find(R"("verdict":"deny")") != std::string::npos, leaves[0]);
    BOOST_TEST(leaves[0].find("\"rule\":\"" + rule + "\"") != std::string::npos, leaves[0]);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(noting)

BOOST_AUTO_TEST_CASE(of_the_insurer_is_what_is_decided_by_from_then_on) {
    ExchangeWorld world;
    const auto event =
        world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1", "", R"("care-plan")"));
    BOOST_TEST_REQUIRE(world.submit_and_settle(event).has_value());
    BOOST_TEST((care_plans(world) == model::ConsentState::refused));
    BOOST_TEST(world.known_of(hanako()).consents.back().municipal);
    BOOST_TEST(world.leaves_of_kind("consent").size() == 1U);
    BOOST_TEST(world.leaves_of_kind("consent")[0].find("0000000001") == std::string::npos);
    BOOST_TEST(world.platform->received.size() == 1U);
}

BOOST_AUTO_TEST_CASE(again_is_the_same_and_is_recorded_once) {
    ExchangeWorld world;
    const auto event = world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1"));
    BOOST_TEST_REQUIRE(world.submit_and_settle(event).has_value());
    const auto again = world.submit_and_settle(event);
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST(again->replay);
    BOOST_TEST(world.leaves_of_kind("consent").size() == 1U);
}

BOOST_AUTO_TEST_CASE(without_an_id_is_recorded_under_one_of_its_own) {
    ExchangeWorld world;
    std::string note = a_consent("c-1");
    note.erase(note.find(R"("id":"c-1",)"), 11);
    BOOST_TEST_REQUIRE(
        world.submit_and_settle(world.a_consent_event("n-1", kSharingInsurer, note)).has_value());
    BOOST_TEST(world.known_of(hanako()).consents.back().id.size() == 32U);
}

BOOST_AUTO_TEST_CASE(of_an_office_is_refused_once_the_municipality_has_asked) {
    ExchangeWorld world;
    BOOST_TEST(world.submit_and_settle(world.a_consent_event("n-1", kCareManager, a_consent("c-1")))
                   .has_value());
    BOOST_TEST(
        world.submit_and_settle(world.a_consent_event("n-2", kSharingInsurer, a_consent("c-2")))
            .has_value());
    const auto refused =
        world.submit_and_settle(world.a_consent_event("n-3", kCareManager, a_consent("c-3")));
    BOOST_TEST((problem_of(refused) == Problem::consent_closed));
    BOOST_TEST(world.known_of(hanako()).consents.size() == 3U);  // one is the cast's
    BOOST_TEST(world.leaves_of_kind("decision").size() == 1U);
}

BOOST_AUTO_TEST_CASE(that_lost_the_race_in_the_log_is_refused_and_leaves_nothing) {
    ExchangeWorld world;
    const auto municipal =
        world.submit(world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1")));
    const auto office = world.submit(world.a_consent_event("n-2", kCareManager, a_consent("c-2")));
    world.settle();
    BOOST_TEST_REQUIRE(municipal->has_value());
    BOOST_TEST((*municipal)->has_value());
    BOOST_TEST_REQUIRE(office->has_value());
    BOOST_TEST((problem_of(**office) == Problem::consent_closed));
    BOOST_TEST(model::consent_of(world.known_of(hanako()), "c-2") == nullptr);
    BOOST_TEST(world.platform->received.size() == 1U);
    is_denied_for(world, "consent-closed");
}

BOOST_AUTO_TEST_CASE(of_a_stranger_learns_that_it_is_not_registered_and_nothing_more) {
    ExchangeWorld world;
    world.submit_and_settle(world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1")));
    const auto refused =
        world.submit_and_settle(world.a_consent_event("n-2", kHealthFacility, a_consent("c-2")));
    BOOST_TEST((problem_of(refused) == Problem::not_registered));
    BOOST_TEST(refused.error().reasons.size() == 1U);
}

BOOST_AUTO_TEST_CASE(of_an_id_that_another_persons_record_has_is_a_conflict) {
    ExchangeWorld world;
    world.submit_and_settle(world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1")));
    auto event = world.a_consent_event("n-2", kSharingInsurer, a_consent("c-1"));
    const auto other = ichiro().insured.text();
    event.document.replace(event.document.find("0000000001"), other.size(), other);
    event.set("insured", other);
    const auto refused = world.submit_and_settle(event);
    BOOST_TEST((problem_of(refused) == Problem::record_conflict));
    BOOST_TEST(world.known_of(ichiro()).consents.size() == 1U);
    is_denied_for(world, "record-conflict");
}

BOOST_AUTO_TEST_CASE(that_registers_an_office_needs_an_admission) {
    ExchangeWorld world;
    const auto event = world.a_registration_event("n-1", kDayCare, a_registration("r-1", kDayCare));
    BOOST_TEST((problem_of(world.submit_and_settle(event)) == Problem::admission_needed));
    BOOST_TEST(!model::is_registered(world.known_of(hanako()), party(kDayCare), kNow));
    auto admitted = event;
    admitted.set("id", "n-2");
    BOOST_TEST_REQUIRE(world.submit_and_settle(admitted, true).has_value());
    BOOST_TEST(model::is_registered(world.known_of(hanako()), party(kDayCare), kNow));
    BOOST_TEST(world.leaves_of_kind("registration")[0].find("\"registered\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(that_ends_a_registration_ends_what_its_office_may_read) {
    ExchangeWorld world;
    world.submit_and_settle(
        world.a_registration_event("n-1", kDayCare, a_registration("r-1", kDayCare)), true);
    const auto end = world.a_registration_event(
        "n-2", kDayCare, a_registration("r-1", kDayCare, "2026-11-21T00:00:00Z"));
    BOOST_TEST_REQUIRE(world.submit_and_settle(end).has_value());
    BOOST_TEST(!model::is_registered(world.known_of(hanako()), party(kDayCare), kNow));
    BOOST_TEST(world.leaves_of_kind("registration")[1].find("\"ended\"") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(withdrawing)

BOOST_AUTO_TEST_CASE(is_in_force_at_once_even_of_a_clock_that_is_ahead) {
    ExchangeWorld world;
    world.submit_and_settle(world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1")));
    BOOST_TEST((care_plans(world) == model::ConsentState::given));
    const auto event =
        world.a_consent_event("n-2", kPortal, a_withdrawal("c-1", "2026-11-21T00:04:00Z"));
    BOOST_TEST_REQUIRE(world.submit_and_settle(event).has_value());
    BOOST_TEST((care_plans(world) == model::ConsentState::not_asked));
    BOOST_TEST((world.known_of(hanako()).consents.back().withdrawn_at == world.clock.now()));
}

BOOST_AUTO_TEST_CASE(holds_back_what_was_leased_but_not_yet_released) {
    ExchangeWorld world;
    world.submit_and_settle(world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1")));
    const auto card = world.submit(a_limit_card(world, "limit-1"));
    world.executor.run_all();
    world.commit();  // accepted
    world.executor.run_all();
    const auto withdrawal =
        world.submit(world.a_consent_event("n-2", kPortal, a_withdrawal("c-1")));
    world.settle();
    BOOST_TEST_REQUIRE(card->has_value());
    BOOST_TEST_REQUIRE((*withdrawal)->has_value());
    BOOST_TEST(world.municipal->received.empty());
    BOOST_TEST(world.leaves_of_kind("release").empty());
    BOOST_TEST(world.leaves_of_kind("outcome").size() >= 1U);
}

BOOST_AUTO_TEST_CASE(holds_back_what_was_released_but_has_not_left) {
    ExchangeWorld world;
    world.submit_and_settle(world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1")));
    (void)world.submit(a_limit_card(world, "limit-1"));
    for (int i = 0; i < 40 && world.leaves_of_kind("release").empty(); ++i) {
        world.commit();
        if (world.leaves_of_kind("release").empty()) world.executor.run_all();
    }
    BOOST_TEST_REQUIRE(world.leaves_of_kind("release").size() == 1U);
    BOOST_TEST(world.municipal->received.empty());
    auto consent = world.known_of(hanako()).consents.back();
    consent.withdrawn_at = world.clock.now() + std::chrono::hours{2};  // by a clock that was ahead
    BOOST_TEST_REQUIRE(world.store.submit(
        [&](store::Transaction& transaction) {
            return transaction.put_consent(
                {.person = world.keyring.hash(hanako()), .consent = consent});
        },
        [](const model::Result<void>&) {}));
    world.commit();
    world.settle();
    BOOST_TEST(world.municipal->received.empty());
}

BOOST_AUTO_TEST_CASE(stands_in_the_log_behind_what_was_released_before_it) {
    ExchangeWorld world;
    world.submit_and_settle(world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1")));
    BOOST_TEST_REQUIRE(world.submit_and_settle(a_limit_card(world, "limit-1")).has_value());
    BOOST_TEST(world.municipal->received.size() == 1U);
    world.submit_and_settle(world.a_consent_event("n-2", kPortal, a_withdrawal("c-1")));
    BOOST_TEST(leaf_of(world, "release", "limit-1") < leaf_of(world, "consent", "withdrawn"));
    const auto later = world.submit_and_settle(a_limit_card(world, "limit-2"));
    BOOST_TEST((problem_of(later) == Problem::no_consent));
}

BOOST_AUTO_TEST_CASE(that_comes_first_in_the_log_stops_the_answer_to_a_question) {
    ExchangeWorld world;
    world.submit_and_settle(world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1")));
    const auto withdrawal =
        world.submit(world.a_consent_event("n-2", kPortal, a_withdrawal("c-1")));
    const auto question = world.ask(world.a_progress_question("q-1", "0000000001"));
    world.settle();
    BOOST_TEST_REQUIRE((*withdrawal)->has_value());
    BOOST_TEST_REQUIRE(question->has_value());
    BOOST_TEST((problem_of(**question) == Problem::no_consent));
    BOOST_TEST(world.leaves_of_kind("access").empty());
    is_denied_for(world, "no-consent");
}

BOOST_AUTO_TEST_CASE(that_comes_second_in_the_log_finds_the_question_answered) {
    ExchangeWorld world;
    world.submit_and_settle(world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1")));
    const auto question = world.ask(world.a_progress_question("q-1", "0000000001"));
    const auto withdrawal =
        world.submit(world.a_consent_event("n-2", kPortal, a_withdrawal("c-1")));
    world.settle();
    BOOST_TEST_REQUIRE((*withdrawal)->has_value());
    BOOST_TEST_REQUIRE(question->has_value());
    BOOST_TEST((*question)->has_value());
    BOOST_TEST(leaf_of(world, "access", "q-1") < leaf_of(world, "consent", "withdrawn"));
}

BOOST_AUTO_TEST_CASE(of_a_record_that_is_not_there_is_told_so) {
    ExchangeWorld world;
    const auto event = world.a_consent_event("n-1", kPortal, a_withdrawal("c-9"));
    BOOST_TEST((problem_of(world.submit_and_settle(event)) == Problem::record_unknown));
}

BOOST_AUTO_TEST_CASE(is_not_held_back_by_a_registration_that_the_platform_does_not_take) {
    ExchangeWorld world;
    world.submit_and_settle(world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1")));
    world.platform->decide = [](const adapters::Delivery& delivery) {
        const bool registers = delivery.envelope->type.text() == "registration.record";
        return registers ? adapters::Fate::retry : adapters::Fate::delivered;
    };
    const auto registers =
        world.a_registration_event("n-2", kDayCare, a_registration("r-1", kDayCare));
    BOOST_TEST_REQUIRE(world.submit_and_settle(registers, true).has_value());
    world.platform->received.clear();
    world.submit_and_settle(world.a_consent_event("n-3", kPortal, a_withdrawal("c-1")));
    BOOST_TEST_REQUIRE(world.platform->received.size() == 1U);
    BOOST_TEST(world.platform->received[0].source_and_id == "/systems/portal n-3");
}

BOOST_AUTO_TEST_CASE(does_not_overtake_its_consent_on_the_way_to_the_platform) {
    ExchangeWorld world;
    world.platform->fates = {adapters::Fate::retry};
    world.submit_and_settle(world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1")));
    world.submit_and_settle(world.a_consent_event("n-2", kPortal, a_withdrawal("c-1")));
    world.pass(std::chrono::minutes{30});
    BOOST_TEST_REQUIRE(world.platform->received.size() == 3U);
    BOOST_TEST(world.platform->received[1].source_and_id == "/insurers/139980 n-1");
    BOOST_TEST(world.platform->received[2].source_and_id == "/systems/portal n-2");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_pair_that_ends)

BOOST_AUTO_TEST_CASE(goes_on_when_its_insurer_takes_the_record_back) {
    ExchangeWorld world;
    BOOST_TEST(
        world.submit_and_settle(a_card(world, {.day = "2026-11-19"}, "2026-11-01")).has_value());
    BOOST_TEST((world.known_of(hanako()).ended == instant("2026-11-01T00:00:00+09:00")));
    const auto deleted = a_card(world, {.day = "2026-11-20", .deleted = true});
    BOOST_TEST(world.submit_and_settle(deleted).has_value());
    BOOST_TEST(!world.known_of(hanako()).ended);
    BOOST_TEST(world.ask_and_settle(world.a_progress_question("q-1", "0000000001")).has_value());
    const auto leaves = world.leaves_of_kind("person");
    BOOST_TEST_REQUIRE(leaves.size() == 2U);
    BOOST_TEST(leaves[0].find("\"ended\"") != std::string::npos);
    BOOST_TEST(leaves[1].find("\"goes-on\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(is_not_told_to_an_office_that_tries_its_number) {
    ExchangeWorld world;
    BOOST_TEST_REQUIRE(world.submit_and_settle(a_card(world, {}, "2026-11-01")).has_value());
    const auto registers =
        world.a_registration_event("n-1", kDayCare, a_registration("r-1", kDayCare));
    const auto refused = world.submit_and_settle(registers, true);
    BOOST_TEST((problem_of(refused) == Problem::admission_needed));
    BOOST_TEST(refused.error().reasons.size() == 1U);
    const auto leaves = world.leaves_of_kind("decision");
    BOOST_TEST_REQUIRE(leaves.size() == 1U);
    BOOST_TEST(leaves[0].find("person-ended") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(ends_on_the_day_that_its_insurer_said_last) {
    ExchangeWorld world;
    BOOST_TEST(
        world.submit_and_settle(a_card(world, {.day = "2026-11-20"}, "2026-12-01")).has_value());
    BOOST_TEST((world.known_of(hanako()).ended == instant("2026-12-01T00:00:00+09:00")));
    // Made a day earlier, and late.
    BOOST_TEST(
        world.submit_and_settle(a_card(world, {.day = "2026-11-19"}, "2026-11-01")).has_value());
    BOOST_TEST((world.known_of(hanako()).ended == instant("2026-12-01T00:00:00+09:00")));
    BOOST_TEST(
        world.submit_and_settle(a_card(world, {.day = "2026-11-21"}, "2026-11-02")).has_value());
    BOOST_TEST((world.known_of(hanako()).ended == instant("2026-11-02T00:00:00+09:00")));
    BOOST_TEST(
        world.submit_and_settle(a_card(world, {.day = "2026-11-21", .history = 2})).has_value());
    BOOST_TEST(!world.known_of(hanako()).ended);
}

BOOST_AUTO_TEST_CASE(is_not_held_by_a_clock_that_was_ahead) {
    ExchangeWorld world;
    BOOST_TEST(
        world.submit_and_settle(a_card(world, {.day = "2036-11-21"}, "2026-11-01")).has_value());
    BOOST_TEST(world.known_of(hanako()).ended.has_value());
    world.pass(std::chrono::hours{48});
    BOOST_TEST(world.submit_and_settle(a_card(world, {.day = "2026-11-22"})).has_value());
    BOOST_TEST(!world.known_of(hanako()).ended);
}

BOOST_AUTO_TEST_CASE(takes_its_registrations_and_consents_with_it) {
    ExchangeWorld world;
    auto load = world.a_card_event("card-1", "certification.card", {"0000000001", "0000000002"});
    const std::size_t at =
        load.document.find(R"("0000000001")") - std::string{R"("insured": )"}.size();
    load.document.insert(at, R"("lost_on":"2026-11-01",)");
    BOOST_TEST_REQUIRE(world.submit_and_settle(load).has_value());
    BOOST_TEST((world.known_of(hanako()).ended == instant("2026-11-01T00:00:00+09:00")));
    BOOST_TEST(!world.known_of(ichiro()).ended);
    const auto question = world.ask_and_settle(world.a_progress_question("q-1", "0000000001"));
    BOOST_TEST((problem_of(question) == Problem::person_ended));
    BOOST_TEST(world.leaves_of_kind("person").size() == 1U);
    const auto refused =
        world.submit_and_settle(world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1")));
    BOOST_TEST((problem_of(refused) == Problem::person_ended));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
