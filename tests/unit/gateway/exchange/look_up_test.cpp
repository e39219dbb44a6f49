// What the gateway itself knows of a person, for whoever may ask: consents, registrations, and who
// looked.
#include <boost/test/unit_test.hpp>

#include "tests/unit/gateway/exchange/notes.h"

namespace sekisho::tests {

using model::Problem;

BOOST_AUTO_TEST_SUITE(looking_up)

namespace {

exchange::LookupReply look_up(ExchangeWorld& world, std::string_view who, const std::string& type,
                              const model::Person& person = hanako()) {
    std::optional<exchange::LookupReply> reply;
    world.exchange->look_up({.speaker = {.party = party(who), .zone = model::ZoneName{"public"}},
                             .type = model::TypeId{type},
                             .person = person},
                            [&](exchange::LookupReply known) { reply = std::move(known); });
    world.settle();
    BOOST_TEST_REQUIRE(reply.has_value());
    return std::move(*reply);
}

}  // namespace

BOOST_AUTO_TEST_CASE(shows_the_portal_who_looked_and_what_was_received) {
    ExchangeWorld world;
    BOOST_TEST(world.ask_and_settle(world.a_progress_question("q-1", "0000000001")).has_value());
    BOOST_TEST(world.submit_and_settle(a_limit_card(world, "limit-1")).has_value());
    const auto known = look_up(world, kPortal, "access.event");
    BOOST_TEST_REQUIRE(known.has_value());
    BOOST_TEST_REQUIRE(known->accesses.size() == 2U);
    BOOST_TEST(known->accesses[0].text.find("\"release\"") != std::string::npos);
    BOOST_TEST(known->accesses[1].text.find("\"access\"") != std::string::npos);
    BOOST_TEST(world.leaves().at(known->accesses[0].leaf) == known->accesses[0].text);
}

BOOST_AUTO_TEST_CASE(shows_what_took_many_attempts_once) {
    ExchangeWorld world;
    world.municipal->fates = {adapters::Fate::retry, adapters::Fate::retry, adapters::Fate::retry};
    BOOST_TEST(world.submit_and_settle(a_limit_card(world, "limit-1")).has_value());
    world.pass(std::chrono::minutes{10});
    BOOST_TEST(world.municipal->received.size() == 4U);
    BOOST_TEST(world.leaves_of_kind("release").size() == 4U);
    const auto known = look_up(world, kPortal, "access.event");
    BOOST_TEST_REQUIRE(known->accesses.size() == 1U);
    BOOST_TEST(known->accesses[0].text.find("\"attempt\":1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(is_on_record_and_counts_as_a_look_unless_the_person_looks) {
    ExchangeWorld world;
    BOOST_TEST(look_up(world, kPortal, "access.event")->accesses.empty());
    BOOST_TEST(world.leaves_of_kind("access").size() == 1U);
    (void)look_up(world, kSharingInsurer, "consent.record");
    const auto known = look_up(world, kPortal, "access.event");
    BOOST_TEST(known->accesses.size() == 1U);
    BOOST_TEST(world.leaves_of_kind("access").size() == 3U);
}

BOOST_AUTO_TEST_CASE(shows_consents_with_what_was_said) {
    ExchangeWorld world;
    world.submit_and_settle(world.a_consent_event("n-1", kSharingInsurer, a_consent("c-1")));
    const auto known = look_up(world, kCareManager, "consent.record");
    BOOST_TEST_REQUIRE(known.has_value());
    BOOST_TEST(known->consents.back().consent.id == "c-1");
    BOOST_TEST(known->consents.back().record == a_consent("c-1"));
}

BOOST_AUTO_TEST_CASE(of_a_consent_that_cannot_be_opened_says_so) {
    ExchangeWorld world;
    const auto consent = world.known_of(hanako()).consents.back();
    BOOST_TEST_REQUIRE(world.store.submit(
        [&](store::Transaction& transaction) {
            return transaction.put_consent({.person = world.keyring.hash(hanako()),
                                            .consent = consent,
                                            .sealed_record = "broken"});
        },
        [](const model::Result<void>&) {}));
    world.settle();
    const auto known = look_up(world, kCareManager, "consent.record");
    BOOST_TEST((problem_of(known) == Problem::store_unavailable));
}

BOOST_AUTO_TEST_CASE(shows_an_office_its_own_registration_only) {
    ExchangeWorld world;
    const auto own = look_up(world, kCareManager, "registration.record");
    BOOST_TEST_REQUIRE(own.has_value());
    BOOST_TEST_REQUIRE(own->registrations.size() == 1U);
    BOOST_TEST((own->registrations[0].party == party(kCareManager)));
    BOOST_TEST(look_up(world, kSharingInsurer, "registration.record")->registrations.size() == 3U);
    BOOST_TEST(look_up(world, kPortal, "registration.record")->registrations.size() == 3U);
}

BOOST_AUTO_TEST_CASE(of_a_stranger_learns_that_it_is_not_registered_and_nothing_more) {
    ExchangeWorld world;
    const auto known = look_up(world, kCareManager, "consent.record", neighbour());
    BOOST_TEST((problem_of(known) == Problem::not_registered));
    const auto nobody = look_up(
        world, kCareManager, "consent.record",
        {.insurer = model::InsurerNumber{"139980"}, .insured = model::InsuredNumber{"0000000099"}});
    BOOST_TEST((problem_of(nobody) == Problem::not_registered));
    BOOST_TEST(world.leaves_of_kind("decision").size() == 2U);
}

BOOST_AUTO_TEST_CASE(of_a_neighbouring_insurer_or_an_office_at_the_access_list_is_refused) {
    ExchangeWorld world;
    BOOST_TEST((problem_of(look_up(world, kOtherSharingInsurer, "access.event")) ==
                Problem::reader_not_allowed));
    BOOST_TEST(
        (problem_of(look_up(world, kCareManager, "access.event")) == Problem::reader_not_allowed));
    BOOST_TEST(
        (problem_of(look_up(world, kPortal, "certification.card")) == Problem::unknown_type));
}

BOOST_AUTO_TEST_CASE(stays_open_to_the_person_and_its_insurer_after_the_end_and_to_no_office) {
    ExchangeWorld world;
    BOOST_TEST(world.ask_and_settle(world.a_progress_question("q-1", "0000000001")).has_value());
    BOOST_TEST_REQUIRE(world.submit_and_settle(a_card(world, {}, "2026-11-01")).has_value());
    for (const std::string type : {"consent.record", "registration.record", "access.event"}) {
        BOOST_TEST(look_up(world, kPortal, type).has_value(), type);
        BOOST_TEST(look_up(world, kSharingInsurer, type).has_value(), type);
        BOOST_TEST(!look_up(world, kOtherSharingInsurer, type).has_value(), type);
    }
    BOOST_TEST(!look_up(world, kPortal, "access.event")->accesses.empty());
    for (const std::string type : {"consent.record", "registration.record"}) {
        BOOST_TEST((problem_of(look_up(world, kCareManager, type)) == Problem::person_ended), type);
    }
}

BOOST_AUTO_TEST_CASE(is_not_answered_while_it_cannot_be_recorded) {
    ExchangeWorld world;
    world.store.trouble = TroubledStore::Trouble::undone;
    BOOST_TEST((problem_of(look_up(world, kPortal, "access.event")) == Problem::store_unavailable));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
