// Send units of care plans: whom they are for, and in which order they go.
#include <boost/test/unit_test.hpp>

#include "tests/support/exchange/exchange_world.h"

namespace sekisho::tests {

using model::Problem;
using store::DeliveryState;

namespace {

documents::CareplanSample numbered(const std::string& series) {
    return {.series = series};
}

// Refused at the first of its files, and told in both languages with each of `words`.
void is_refused_for_its_file(const exchange::Reply& reply, Problem code,
                             const std::vector<std::string>& words) {
    BOOST_TEST_REQUIRE(!reply.has_value());
    BOOST_TEST_REQUIRE(reply.error().errors.size() == 1U);
    const model::LocatedError& error = reply.error().errors[0];
    BOOST_TEST((error.code == code));
    BOOST_TEST(error.file.ends_with(".CSV"), error.file);
    for (const std::string& told : {reply.error().detail.ja, reply.error().detail.en}) {
        for (const std::string& word : words) {
            BOOST_TEST(told.find(word) != std::string::npos, told);
        }
    }
}

// A second type that is as care-plan.home.
void another_type_of_plans(ExchangeWorld& world, const model::TypeId& id) {
    plan::Snapshot snapshot = exchange_snapshot();
    auto types = snapshot.catalogue.types();
    types.push_back(*snapshot.catalogue.find(model::TypeId{"care-plan.home"}));
    types.back().id = id;
    snapshot.catalogue =
        catalogue::Catalogue::build(snapshot.catalogue.classes(), std::move(types)).value();
    world.snapshots.replace(std::make_shared<const plan::Snapshot>(std::move(snapshot)));
}

void every_type_holds(ExchangeWorld& world, const std::vector<model::DocumentKind>& kinds) {
    plan::Snapshot snapshot = exchange_snapshot();
    auto types = snapshot.catalogue.types();
    for (auto& type : types) type.holds = kinds;
    snapshot.catalogue =
        catalogue::Catalogue::build(snapshot.catalogue.classes(), std::move(types)).value();
    world.snapshots.replace(std::make_shared<const plan::Snapshot>(std::move(snapshot)));
}

// The ids that the platform was given, in the order of their first arrival.
std::vector<std::string> arrived(const ExchangeWorld& world) {
    std::vector<std::string> ids;
    for (const auto& one : world.platform->received) ids.push_back(one.source_and_id);
    return ids;
}

const std::string kFrom = "/care-managers/1379900010 ";

}  // namespace

BOOST_AUTO_TEST_SUITE(a_send_unit)

BOOST_AUTO_TEST_CASE(goes_to_the_office_of_its_file_names_when_none_is_named) {
    ExchangeWorld world;
    const auto reply = world.submit_and_settle(world.a_plan_event("u-1"));
    BOOST_TEST_REQUIRE(reply.has_value());
    BOOST_TEST_REQUIRE(reply->deliveries.size() == 2U);
    std::vector<std::string> recipients;
    for (const auto& delivery : reply->deliveries) {
        recipients.push_back(model::to_string(delivery.recipient));
    }
    BOOST_TEST((recipients == std::vector{std::string{kHelpers}, std::string{kPlatform}}));
}

BOOST_AUTO_TEST_CASE(is_refused_when_another_recipient_is_named) {
    ExchangeWorld world;
    auto event = world.a_plan_event("u-1");
    event.set("recipient", std::string{kDayCare});
    const auto reply = world.submit_and_settle(event);
    BOOST_TEST((problem_of(reply) == Problem::document_invalid));
    BOOST_TEST_REQUIRE(reply.error().errors.size() == 1U);
    BOOST_TEST((reply.error().errors[0].code == Problem::recipient_mismatch));
}

BOOST_AUTO_TEST_CASE(is_refused_when_another_recipient_is_named_beside_its_own) {
    ExchangeWorld world;
    auto event = world.a_plan_event("u-1");
    event.set("recipient", std::string{kHelpers} + "," + std::string{kDayCare});
    const auto reply = world.submit_and_settle(event);
    BOOST_TEST((problem_of(reply) == Problem::document_invalid));
    is_refused_for_its_file(reply, Problem::recipient_mismatch,
                            {std::string{kDayCare}, "1379900028"});
}

BOOST_AUTO_TEST_CASE(for_an_office_nobody_knows_is_refused) {
    ExchangeWorld world;
    const auto reply =
        world.submit_and_settle(world.a_plan_event("u-1", {.recipient = "1379900093"}));
    BOOST_TEST((problem_of(reply) == Problem::recipient_unknown));
    is_refused_for_its_file(reply, Problem::recipient_unknown, {"1379900093"});
}

BOOST_AUTO_TEST_CASE(below_the_last_number_is_superseded_and_on_record) {
    ExchangeWorld world;
    BOOST_TEST(
        world.submit_and_settle(world.a_plan_event("u-2", numbered("20261121090002"))).has_value());
    const auto late =
        world.submit_and_settle(world.a_plan_event("u-1", numbered("20261121090001")));
    BOOST_TEST((problem_of(late) == Problem::superseded));
    is_refused_for_its_file(late, Problem::superseded, {"20261121090001", "20261121090002", "u-2"});
    const auto leaves = world.leaves_of_kind("decision");
    BOOST_TEST_REQUIRE(leaves.size() == 1U);
    BOOST_TEST(leaves[0].find("verdict") == std::string::npos);  // no decision refused it
    // Another office has numbers of its own.
    auto elsewhere = numbered("20261121090001");
    elsewhere.recipient = "1379900036";
    elsewhere.recipient_service = "15";
    BOOST_TEST(world.submit_and_settle(world.a_plan_event("u-3", elsewhere)).has_value());
}

BOOST_AUTO_TEST_CASE(superseded_by_one_of_another_type_is_told_which_it_was) {
    ExchangeWorld world;
    another_type_of_plans(world, model::TypeId{"care-plan.revised"});
    auto revised = world.a_plan_event("u-2", numbered("20261121090002"));
    revised.set("type", "jp.sekisho.care-plan.revised");
    BOOST_TEST_REQUIRE(world.submit_and_settle(revised).has_value());
    const auto late =
        world.submit_and_settle(world.a_plan_event("u-1", numbered("20261121090001")));
    is_refused_for_its_file(late, Problem::superseded, {"20261121090002", "u-2"});
}

BOOST_AUTO_TEST_CASE(superseded_by_one_with_a_key_of_its_own_is_told_the_number_alone) {
    ExchangeWorld world;
    auto keyed = world.a_plan_event("u-2", numbered("20261121090002"));
    keyed.set("businesskey", "of our own");
    BOOST_TEST_REQUIRE(world.submit_and_settle(keyed).has_value());
    const auto late =
        world.submit_and_settle(world.a_plan_event("u-1", numbered("20261121090001")));
    is_refused_for_its_file(late, Problem::superseded, {"20261121090002"});
    BOOST_TEST(late.error().detail.en.find("u-2") == std::string::npos);
}

// What is confirmed by the support center would go past it, what never goes to the platform would
// go there.
BOOST_AUTO_TEST_CASE(sent_as_a_type_that_does_not_hold_it_is_refused_and_goes_nowhere) {
    ExchangeWorld world;
    auto event = world.a_plan_event("u-1");
    event.document = documents::zip_of(documents::a_prevention_unit());
    const auto prevention = world.submit_and_settle(event);
    BOOST_TEST((problem_of(prevention) == Problem::document_invalid));
    is_refused_for_its_file(prevention, Problem::kind_mismatch, {"prevention"});
    event.document = documents::zip_of(documents::a_result_unit());
    is_refused_for_its_file(world.submit_and_settle(event), Problem::kind_mismatch, {"result"});
    event.document = documents::zip_of(documents::a_monthly_plan_unit());
    BOOST_TEST(world.submit_and_settle(event).has_value());
    BOOST_TEST((arrived(world) == std::vector{kFrom + "u-1"}));
}

BOOST_AUTO_TEST_CASE(of_a_kind_that_no_type_names_is_refused) {
    ExchangeWorld world;
    every_type_holds(world, {});
    is_refused_for_its_file(world.submit_and_settle(world.a_plan_event("u-1")),
                            Problem::kind_mismatch, {"plan"});
}

BOOST_AUTO_TEST_CASE(is_all_that_a_type_takes_which_holds_units) {
    ExchangeWorld world;
    every_type_holds(world, {model::DocumentKind{"plan"}});
    const auto opinion = world.submit_and_settle(world.an_opinion_event("op-1"));
    BOOST_TEST((problem_of(opinion) == Problem::document_invalid));
    BOOST_TEST_REQUIRE(opinion.error().errors.size() == 1U);
    BOOST_TEST((opinion.error().errors[0].code == Problem::kind_mismatch));
    BOOST_TEST(world.submit_and_settle(world.a_plan_event("u-1")).has_value());
}

BOOST_AUTO_TEST_CASE(numbered_more_than_a_day_ahead_is_refused_and_holds_up_nobody) {
    ExchangeWorld world;
    for (const char* ahead : {"20620101000000", "20261122090001"}) {
        const auto reply = world.submit_and_settle(world.a_plan_event("u-1", numbered(ahead)));
        BOOST_TEST((problem_of(reply) == Problem::document_invalid));
        is_refused_for_its_file(reply, Problem::series_ahead, {ahead, "20261121090000"});
    }
    BOOST_TEST(world.submit_and_settle(world.a_plan_event("u-2")).has_value());
    const auto last = world.a_plan_event("u-3", numbered("20261122090000"));
    BOOST_TEST(world.submit_and_settle(last).has_value());
}

BOOST_AUTO_TEST_CASE(sent_again_under_another_id_is_the_same_unit) {
    ExchangeWorld world;
    const auto first = world.submit_and_settle(world.a_plan_event("u-1"));
    const auto again = world.submit_and_settle(world.a_plan_event("u-2"));
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST(again->replay);
    BOOST_TEST(again->message.id.text() == "u-1");
    documents::CareplanSample other;
    other.plan_day = "20261119";
    const auto changed = world.submit_and_settle(world.a_plan_event("u-3", other));
    BOOST_TEST((problem_of(changed) == Problem::business_key_conflict));
}

BOOST_AUTO_TEST_CASE(of_a_draft_does_not_swallow_the_agreement_sent_under_the_same_number) {
    ExchangeWorld world;
    auto event = world.a_plan_event("u-1");
    event.set("status", "draft");
    BOOST_TEST_REQUIRE(world.submit_and_settle(event).has_value());
    event.set("status", "agreed");
    BOOST_TEST((problem_of(world.submit_and_settle(event)) == Problem::message_conflict));
    event.set("id", "u-2");
    const auto agreed = world.submit_and_settle(event);
    BOOST_TEST((problem_of(agreed) == Problem::business_key_conflict));
    BOOST_TEST(agreed.error().detail.en.find("u-1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(carried_on_by_another_is_a_leg_of_its_own) {
    ExchangeWorld world;
    const auto carried = [&](const std::string& id, const std::string& series) {
        auto event = world.a_plan_event(id, numbered(series));
        event.speaker = party(kCareplan);
        event.zone = "public";
        event.set("source", model::to_source(party(kCareplan)));
        event.set("author", std::string{kCareManager});
        return world.submit_and_settle(event);
    };
    (void)world.submit_and_settle(world.a_plan_event("u-1", numbered("20261121090001")));
    (void)world.submit_and_settle(world.a_plan_event("u-2", numbered("20261121090002")));
    // The author's next is there already; what the carrier hands on is neither late nor a repeat.
    const auto first = carried("c-1", "20261121090001");
    BOOST_TEST_REQUIRE(first.has_value());
    BOOST_TEST(!first->replay);
    BOOST_TEST(carried("c-2", "20261121090002").has_value());
    const auto again = carried("c-3", "20261121090001");
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST(again->replay);
    BOOST_TEST(again->message.id.text() == "c-1");
}

BOOST_AUTO_TEST_CASE(waits_for_the_one_before_it_and_not_for_another_offices) {
    ExchangeWorld world;
    world.platform->fates = {adapters::Fate::retry};
    (void)world.submit_and_settle(world.a_plan_event("u-1", numbered("20261121090001")));
    (void)world.submit_and_settle(world.a_plan_event("u-2", numbered("20261121090002")));
    auto elsewhere = numbered("20261121090001");
    elsewhere.recipient = "1379900036";
    elsewhere.recipient_service = "15";
    (void)world.submit_and_settle(world.a_plan_event("u-3", elsewhere));
    BOOST_TEST((arrived(world) == std::vector{kFrom + "u-1", kFrom + "u-3"}));
    world.pass(std::chrono::minutes{1});
    BOOST_TEST((arrived(world) ==
                std::vector{kFrom + "u-1", kFrom + "u-3", kFrom + "u-1", kFrom + "u-2"}));
}

BOOST_AUTO_TEST_CASE(that_died_holds_those_behind_it_until_it_expires) {
    ExchangeWorld world;
    auto first = world.a_plan_event("u-1", numbered("20261121090001"));
    first.set("expirytime", model::to_rfc3339(world.clock.now() + std::chrono::hours{24 * 12}));
    world.platform->decide = [](const adapters::Delivery& delivery) {
        return delivery.envelope->id.text() == "u-1" ? adapters::Fate::retry
                                                     : adapters::Fate::delivered;
    };
    (void)world.submit_and_settle(first);
    (void)world.submit_and_settle(world.a_plan_event("u-2", numbered("20261121090002")));
    const auto state_of = [&](const std::string& id) {
        for (const auto& fate : world.fate_of(std::string{kCareManager}, id).deliveries) {
            if (fate.delivery.recipient == party(kPlatform)) return fate.delivery.state;
        }
        return DeliveryState::queued;
    };
    world.pass(std::chrono::hours{24 * 9});
    BOOST_TEST((state_of("u-1") == DeliveryState::queued));
    world.pass(std::chrono::hours{25});
    BOOST_TEST_REQUIRE((state_of("u-1") == DeliveryState::dead));
    world.pass(std::chrono::hours{24});
    BOOST_TEST((state_of("u-2") == DeliveryState::queued));
    for (int hour = 0; hour < 48 && state_of("u-2") == DeliveryState::queued; ++hour) {
        world.pass(std::chrono::hours{1});
    }
    BOOST_TEST((state_of("u-1") == DeliveryState::expired));
    BOOST_TEST((state_of("u-2") == DeliveryState::delivered));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
