// Questions: asked after the policy said yes, on record before the answer is released.
#include <boost/test/unit_test.hpp>

#include "routing/model/limits.h"
#include "tests/support/exchange/exchange_world.h"

namespace sekisho::tests {

using adapters::AnswerFate;
using model::Problem;

BOOST_AUTO_TEST_SUITE(asking)

BOOST_AUTO_TEST_CASE(of_a_registered_reader_about_a_consenting_person_is_answered) {
    ExchangeWorld world;
    world.platform->answer.body = R"([{"state":"reviewed"}])";
    const auto reply = world.ask_and_settle(world.a_progress_question("q-1", "0000000001"));
    BOOST_TEST_REQUIRE(reply.has_value());
    BOOST_TEST(reply->body == R"([{"state":"reviewed"}])");
    BOOST_TEST(world.leaves_of_kind("access").size() == 1U);
    BOOST_TEST(world.leaves_of_kind("access")[0].find("0000000001") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(is_answered_only_when_the_access_is_on_record) {
    ExchangeWorld world;
    const auto pending = world.ask(world.a_progress_question("q-1", "0000000001"));
    world.executor.run_all();
    BOOST_TEST(world.platform->asked.size() == 1U);
    BOOST_TEST(!pending->has_value());
    world.commit();
    BOOST_TEST(pending->has_value());
}

BOOST_AUTO_TEST_CASE(is_answered_without_what_its_reader_may_not_see) {
    ExchangeWorld world;
    auto narrow = exchange_snapshot();
    auto types = narrow.catalogue.types();
    for (auto& type : types) {
        if (type.id.text() != "certification.progress") continue;
        for (auto& cell : type.readers) cell.withheld = {"applied_on"};
    }
    narrow.catalogue =
        catalogue::Catalogue::build(party_classes(), std::move(types), consent_rules()).value();
    world.snapshots.replace(std::make_shared<const plan::Snapshot>(std::move(narrow)));
    world.platform->answer.body = R"([{"state":"reviewed","applied_on":"2026-11-01"}])";
    const auto reply = world.ask_and_settle(world.a_progress_question("q-1", "0000000001"));
    BOOST_TEST_REQUIRE(reply.has_value());
    BOOST_TEST(reply->body == R"([{"state":"reviewed"}])");
    BOOST_TEST((reply->withheld == std::vector<std::string>{"applied_on"}));
    world.platform->answer.body = "not JSON";
    const auto unreadable = world.ask_and_settle(world.a_progress_question("q-2", "0000000001"));
    BOOST_TEST((problem_of(unreadable) == Problem::backend_rejected));
}

// One cell shows everything to a reader registered by card, the other less to any registered one.
BOOST_AUTO_TEST_CASE(is_answered_without_what_its_reader_may_no_longer_see) {
    ExchangeWorld world;
    auto parted = exchange_snapshot();
    auto types = parted.catalogue.types();
    for (auto& type : types) {
        if (type.id.text() != "certification.progress") continue;
        const auto cells = type.readers;
        for (auto& cell : type.readers) cell.by_card = true;
        for (auto cell : cells) {
            cell.withheld = {"applied_on"};
            type.readers.push_back(std::move(cell));
        }
    }
    parted.catalogue =
        catalogue::Catalogue::build(party_classes(), std::move(types), consent_rules()).value();
    world.snapshots.replace(std::make_shared<const plan::Snapshot>(std::move(parted)));
    auto known = a_person()
                     .registered_at(kCareManager, {.until = kNow + std::chrono::seconds{1}})
                     .registered_at(kCareManager)
                     .consenting()
                     .build();
    known.registrations[0].assurance = "card";
    known.registrations[1].assurance = "document";
    world.record_facts({{hanako(), known}});
    world.platform->answer.body = R"([{"state":"reviewed","applied_on":"2026-11-01"}])";
    const auto whole = world.ask_and_settle(world.a_progress_question("q-1", "0000000001"));
    BOOST_TEST_REQUIRE(whole.has_value());
    BOOST_TEST(whole->withheld.empty());
    const auto pending = world.ask(world.a_progress_question("q-2", "0000000001"));
    world.executor.run_all();  // the peer has answered
    world.clock.advance(std::chrono::seconds{2});
    world.settle();
    BOOST_TEST_REQUIRE(pending->has_value());
    BOOST_TEST_REQUIRE((*pending)->has_value());
    BOOST_TEST((**pending)->body == R"([{"state":"reviewed"}])");
    BOOST_TEST(((**pending)->withheld == std::vector<std::string>{"applied_on"}));
}

BOOST_AUTO_TEST_CASE(about_a_card_is_the_gateways_alone_and_leaves_no_serial_behind) {
    ExchangeWorld world;
    std::string subject;
    world.platform->on_question = [&](const model::Envelope& question) {
        subject = question.subject;
    };
    world.platform->answer.body = R"({"insurer":"139980","insured":"0000000001"})";
    std::optional<exchange::QueryReply> reply;
    world.exchange->ask_about_card(
        {.speaker = {.party = party(kHelpers), .zone = model::ZoneName{"internet"}},
         .issuer = "C=JP,O=JPKI",
         .serial = "0A1B"},
        std::chrono::seconds{5}, [&](exchange::QueryReply found) { reply = std::move(found); });
    world.settle();
    BOOST_TEST_REQUIRE(reply.has_value());
    BOOST_TEST_REQUIRE(reply->has_value());
    BOOST_TEST(subject == R"({"issuer":"C=JP,O=JPKI","serial":"0A1B"})");
    for (const std::string& leaf : world.leaves()) {
        BOOST_TEST(leaf.find("0A1B") == std::string::npos);
    }
    auto event = world.a_progress_question("q-1", "0000000001");
    event.set("type", "jp.sekisho.query.admission.person");
    BOOST_TEST((problem_of(world.ask_and_settle(event)) == Problem::unknown_type));
}

BOOST_AUTO_TEST_CASE(about_a_person_who_was_not_asked_is_refused) {
    ExchangeWorld world;
    const auto reply = world.ask_and_settle(world.a_progress_question("q-1", "0000000003"));
    BOOST_TEST((problem_of(reply) == Problem::no_consent));
    BOOST_TEST(world.platform->asked.empty());
    BOOST_TEST(world.leaves_of_kind("decision").size() == 1U);
}

BOOST_AUTO_TEST_CASE(of_a_reader_whose_registration_ended_under_way_is_refused) {
    ExchangeWorld world;
    world.record_facts(
        {{hanako(), a_person()
                        .registered_at(kCareManager, {.until = kNow + std::chrono::seconds{1}})
                        .consenting()}});
    const auto pending = world.ask(world.a_progress_question("q-1", "0000000001"));
    world.executor.run_all();
    world.clock.advance(std::chrono::seconds{2});
    world.settle();
    BOOST_TEST_REQUIRE(pending->has_value());
    BOOST_TEST((problem_of(**pending) == Problem::not_registered));
    BOOST_TEST(world.leaves_of_kind("access").empty());
}

BOOST_AUTO_TEST_CASE(about_a_person_who_refused_the_kind_is_refused) {
    ExchangeWorld world;
    const auto reply = world.ask_and_settle(world.a_progress_question("q-1", "0000000006"));
    BOOST_TEST((problem_of(reply) == Problem::consent_refused));
}

BOOST_AUTO_TEST_CASE(of_an_unregistered_reader_learns_that_and_nothing_more) {
    ExchangeWorld world;
    const auto reply = world.ask_and_settle(world.a_progress_question("q-1", "0000000099"));
    BOOST_TEST((problem_of(reply) == Problem::not_registered));
    BOOST_TEST(reply.error().reasons.size() == 1U);
}

BOOST_AUTO_TEST_CASE(without_an_actor_is_refused) {
    ExchangeWorld world;
    auto event = world.a_progress_question("q-1", "0000000001");
    event.set("actor", "");
    BOOST_TEST((problem_of(world.ask_and_settle(event)) == Problem::attribute_missing));
}

BOOST_AUTO_TEST_CASE(whose_peer_is_away_or_says_no_is_told_which) {
    ExchangeWorld world;
    world.platform->answer = {.fate = AnswerFate::unavailable};
    BOOST_TEST((problem_of(world.ask_and_settle(world.a_progress_question("q-1", "0000000001"))) ==
                Problem::backend_unavailable));
    world.platform->answer = {.fate = AnswerFate::rejected};
    BOOST_TEST((problem_of(world.ask_and_settle(world.a_progress_question("q-2", "0000000001"))) ==
                Problem::backend_rejected));
    world.platform->answer = {.fate = AnswerFate::timeout};
    BOOST_TEST((problem_of(world.ask_and_settle(world.a_progress_question("q-3", "0000000001"))) ==
                Problem::backend_timeout));
}

BOOST_AUTO_TEST_CASE(that_leaves_its_peer_no_time_shuts_the_peer_to_nobody) {
    ExchangeWorld world;
    int number = 0;
    const auto ask = [&](std::chrono::milliseconds deadline) {
        const auto event = world.a_progress_question("q-" + std::to_string(++number), "0000000001");
        std::optional<exchange::QueryReply> reply;
        world.exchange->ask(
            {.speaker = {.party = event.speaker, .zone = model::ZoneName{event.zone}},
             .attributes = event.attributes},
            deadline, [&](exchange::QueryReply found) { reply = std::move(found); });
        world.settle();
        BOOST_TEST_REQUIRE(reply.has_value());
        return reply->has_value();
    };
    world.platform->answer.fate = AnswerFate::timeout;
    for (int i = 0; i < 10; ++i) BOOST_TEST(!ask(std::chrono::milliseconds{1}));
    world.platform->answer.fate = AnswerFate::answered;
    BOOST_TEST(ask(std::chrono::seconds{5}));
    // Nor does one of them take the place of the one that passes a breaker that is open.
    world.platform->answer.fate = AnswerFate::timeout;
    for (int i = 0; i < 5; ++i) BOOST_TEST(!ask(std::chrono::seconds{5}));
    world.pass(std::chrono::seconds{6});
    BOOST_TEST(!ask(std::chrono::milliseconds{1}));
    world.platform->answer.fate = AnswerFate::answered;
    BOOST_TEST(ask(std::chrono::seconds{5}));
}

BOOST_AUTO_TEST_CASE(that_waited_out_its_time_is_not_put_to_the_peer) {
    ExchangeWorld world;
    for (int i = 0; i < 6; ++i) {
        (void)world.ask(world.a_progress_question("q-" + std::to_string(i), "0000000001"));
    }
    world.clock.advance(std::chrono::seconds{6});
    world.settle();
    BOOST_TEST(world.platform->asked.empty());
    BOOST_TEST(world.ask_and_settle(world.a_progress_question("q-9", "0000000001")).has_value());
}

BOOST_AUTO_TEST_CASE(while_draining_is_told_so) {
    ExchangeWorld world;
    world.exchange->drain();
    const auto reply = world.ask_and_settle(world.a_progress_question("q-1", "0000000001"));
    BOOST_TEST((problem_of(reply) == Problem::draining));
    BOOST_TEST(world.platform->asked.empty());
}

BOOST_AUTO_TEST_CASE(beyond_as_many_as_may_be_under_way_is_told_to_come_back) {
    ExchangeWorld world;
    const auto question = [&](std::size_t number) {
        return world.a_progress_question("q-" + std::to_string(number), "0000000001");
    };
    for (std::size_t i = 0; i < model::limits::kQueriesInFlightMax; ++i) {
        BOOST_TEST(!world.ask(question(i))->has_value());
    }
    const auto beyond = world.ask(question(1000));
    BOOST_TEST_REQUIRE(beyond->has_value());
    BOOST_TEST((problem_of(**beyond) == Problem::overloaded));
    world.settle();
    BOOST_TEST(world.ask_and_settle(question(1001)).has_value());
}

BOOST_AUTO_TEST_CASE(is_ended_by_its_deadline) {
    ExchangeWorld world;
    const auto pending = world.ask(world.a_progress_question("q-1", "0000000001"));
    world.timer.advance(std::chrono::seconds{6});  // the peer's thread has not run yet
    BOOST_TEST(!pending->has_value());
    world.executor.step();
    world.settle();
    BOOST_TEST_REQUIRE(pending->has_value());
}

BOOST_AUTO_TEST_CASE(of_a_peer_that_is_away_is_told_so_at_once_until_it_is_back) {
    ExchangeWorld world;
    world.platform->answer.fate = adapters::AnswerFate::unavailable;
    int number = 0;
    const auto ask = [&] {
        return world.ask_and_settle(
            world.a_progress_question("q-" + std::to_string(++number), "0000000001"));
    };
    for (int i = 0; i < 5; ++i) BOOST_TEST((problem_of(ask()) == Problem::backend_unavailable));
    const auto resting = ask();
    BOOST_TEST((problem_of(resting) == Problem::backend_unavailable));
    BOOST_TEST(resting.error().retry_after.has_value());
    BOOST_TEST(world.platform->asked.size() == 5U);
    BOOST_TEST(world.leaves_of_kind("access").size() == 5U);
    world.pass(std::chrono::seconds{6});
    BOOST_TEST(!ask().has_value());  // the one that passes
    BOOST_TEST(!ask().has_value());
    BOOST_TEST(world.platform->asked.size() == 6U);
    world.platform->answer.fate = adapters::AnswerFate::answered;
    world.pass(std::chrono::seconds{6});
    BOOST_TEST(ask().has_value());
    BOOST_TEST(ask().has_value());
}

namespace {

// The care manager's question about hanako's medical information, at a visit or at none.
struct MedicalDesk : ExchangeWorld {
    MedicalDesk() {
        platform->on_question = [&](const model::Envelope& question) { seen = question.subject; };
    }

    exchange::QueryReply ask_at(const std::optional<exchange::CardVisit>& visit,
                                const std::string& insured = "0000000001") {
        auto event = a_progress_question("q-" + std::to_string(++asked_so_far), insured);
        event.set("type", "jp.sekisho.query.medical.query");
        event.set("purpose", "medical");
        std::optional<exchange::QueryReply> reply;
        exchange->ask({.speaker = {.party = event.speaker, .zone = model::ZoneName{event.zone}},
                       .attributes = event.attributes,
                       .visit = visit},
                      std::chrono::seconds{5},
                      [&](exchange::QueryReply found) { reply = std::move(found); });
        settle();
        BOOST_TEST_REQUIRE(reply.has_value());
        return std::move(*reply);
    }

    static exchange::CardVisit visit_of(const model::Person& person) {
        return {.reference = "visit-1", .person = person};
    }

    std::string seen = "nothing asked";
    int asked_so_far = 0;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(about_medical_information_tells_its_peer_the_visit_and_no_log,
                        MedicalDesk) {
    BOOST_TEST(ask_at(visit_of(hanako())).has_value());
    BOOST_TEST(seen == "visit-1");
    BOOST_TEST(leaves_of_kind("access").size() == 1U);
    for (const std::string& leaf : leaves()) {
        BOOST_TEST(leaf.find("visit-1") == std::string::npos);
    }
}

BOOST_FIXTURE_TEST_CASE(about_medical_information_is_refused_without_the_persons_own_card,
                        MedicalDesk) {
    BOOST_TEST((problem_of(ask_at(std::nullopt)) == Problem::assurance_too_low));
    BOOST_TEST((problem_of(ask_at(visit_of(ichiro()))) == Problem::assurance_too_low));
    BOOST_TEST(seen == "nothing asked");
    BOOST_TEST(leaves_of_kind("decision").size() == 2U);
    BOOST_TEST(leaves_of_kind("access").empty());
}

BOOST_FIXTURE_TEST_CASE(about_medical_information_needs_consent_besides_the_card, MedicalDesk) {
    const model::Person unasked{model::InsurerNumber{"139980"}, model::InsuredNumber{"0000000003"}};
    BOOST_TEST((problem_of(ask_at(visit_of(unasked), "0000000003")) == Problem::no_consent));
    BOOST_TEST(seen == "nothing asked");
}

BOOST_FIXTURE_TEST_CASE(a_sender_cannot_write_a_visit_of_its_own, MedicalDesk) {
    auto event = a_progress_question("q-1", "0000000001");
    event.set("type", "jp.sekisho.query.medical.query");
    event.set("purpose", "medical");
    event.set("subject", "visit-1");
    BOOST_TEST((problem_of(ask_and_settle(event)) == Problem::assurance_too_low));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
