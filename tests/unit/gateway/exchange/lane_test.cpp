// The delivery lanes: once in effect, nobody in anybody's way.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "gateway/exchange/backoff.h"
#include "tests/support/exchange/exchange_world.h"

namespace sekisho::tests {

using adapters::Fate;
using store::DeliveryState;

namespace {

DeliveryState state_at(const exchange::MessageFate& fate, std::string_view recipient) {
    for (const auto& delivery : fate.deliveries) {
        if (model::to_string(delivery.delivery.recipient) == recipient) {
            return delivery.delivery.state;
        }
    }
    BOOST_FAIL("no delivery to " << recipient);
    return DeliveryState::queued;
}

std::string last_detail_at(const exchange::MessageFate& fate, std::string_view recipient) {
    for (const auto& delivery : fate.deliveries) {
        if (model::to_string(delivery.delivery.recipient) != recipient) continue;
        return delivery.history.empty() ? std::string{} : delivery.history.back().detail;
    }
    return {};
}

ExchangeWorld::Event opinion(const ExchangeWorld& world, int number) {
    return world.an_opinion_event(
        "op-" + std::to_string(number),
        {.office = "1319900021", .request_number = std::to_string(number)});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_lane)

BOOST_AUTO_TEST_CASE(delivers_and_records_the_outcome) {
    ExchangeWorld world;
    (void)world.submit_and_settle(opinion(world, 1));
    BOOST_TEST((state_at(world.fate_of(std::string{kClinic}, "op-1"), kPlatform) ==
                DeliveryState::delivered));
    BOOST_TEST(world.leaves_of_kind("outcome").size() == 1U);
}

BOOST_AUTO_TEST_CASE(tries_again_with_the_same_source_and_id) {
    ExchangeWorld world;
    world.platform->fates = {Fate::retry, Fate::retry, Fate::delivered};
    (void)world.submit_and_settle(opinion(world, 1));
    world.pass(std::chrono::minutes{1});
    BOOST_TEST_REQUIRE(world.platform->received.size() == 3U);
    BOOST_TEST(world.platform->received[0].source_and_id ==
               world.platform->received[2].source_and_id);
    BOOST_TEST(world.platform->received[2].attempt == 3U);
    BOOST_TEST((state_at(world.fate_of(std::string{kClinic}, "op-1"), kPlatform) ==
                DeliveryState::delivered));
}

BOOST_AUTO_TEST_CASE(takes_a_business_error_for_what_it_is) {
    ExchangeWorld world;
    world.platform->fates = {Fate::rejected};
    (void)world.submit_and_settle(opinion(world, 1));
    world.pass(std::chrono::minutes{10});
    BOOST_TEST(world.platform->received.size() == 1U);
    BOOST_TEST((state_at(world.fate_of(std::string{kClinic}, "op-1"), kPlatform) ==
                DeliveryState::rejected));
}

BOOST_AUTO_TEST_CASE(lets_a_poison_message_delay_only_itself) {
    ExchangeWorld world;
    world.platform->decide = [](const adapters::Delivery& delivery) {
        return delivery.envelope->id.text() == "op-1" ? Fate::retry : Fate::delivered;
    };
    for (int i = 1; i <= 9; ++i) (void)world.submit_and_settle(opinion(world, i));
    for (int i = 2; i <= 9; ++i) {
        BOOST_TEST((state_at(world.fate_of(std::string{kClinic}, "op-" + std::to_string(i)),
                             kPlatform) == DeliveryState::delivered));
    }
    BOOST_TEST((state_at(world.fate_of(std::string{kClinic}, "op-1"), kPlatform) !=
                DeliveryState::delivered));
}

BOOST_AUTO_TEST_CASE(rests_after_a_run_of_failures_and_probes_with_one) {
    ExchangeWorld world;
    world.platform->usually = Fate::retry;
    for (int i = 1; i <= 30; ++i) (void)world.submit(opinion(world, i));
    world.settle();
    const auto views = world.lanes->views();
    const auto platform =
        std::ranges::find(views, model::Via{"platform"}, &exchange::LaneView::via);
    BOOST_TEST(platform->breaker_open);
    const std::size_t before = world.platform->received.size();
    BOOST_TEST(before < model::limits::kBreakerFailures + model::limits::kLaneInFlightMax);
    world.platform->usually = Fate::delivered;
    world.pass(std::chrono::minutes{20});
    for (int i = 1; i <= 30; ++i) {
        BOOST_TEST((state_at(world.fate_of(std::string{kClinic}, "op-" + std::to_string(i)),
                             kPlatform) == DeliveryState::delivered));
    }
}

BOOST_AUTO_TEST_CASE(with_a_dead_peer_leaves_the_others_alone) {
    ExchangeWorld world;
    world.municipal->usually = Fate::retry;
    auto event = world.an_opinion_event(
        "op-1", {.insurer = "139964", .insured = "0000000005", .office = "1319900021"});
    (void)world.submit_and_settle(event);
    const auto fate = world.fate_of(std::string{kClinic}, "op-1");
    BOOST_TEST((state_at(fate, kPlatform) == DeliveryState::delivered));
    BOOST_TEST((state_at(fate, kOtherSharingInsurer) == DeliveryState::queued));
}

BOOST_AUTO_TEST_CASE(waits_out_a_peer_that_is_away_for_days) {
    ExchangeWorld world;
    world.platform->usually = Fate::retry;
    BOOST_TEST_REQUIRE(world.submit_and_settle(opinion(world, 1)).has_value());
    world.pass(std::chrono::hours{24 * 6});
    BOOST_TEST(world.platform->received.size() > model::limits::kAttemptsMax);
    BOOST_TEST(world.platform->received.size() < 500);  // nor every few minutes
    world.platform->usually = Fate::delivered;
    world.pass(std::chrono::hours{1});
    BOOST_TEST((state_at(world.fate_of(std::string{kClinic}, "op-1"), kPlatform) ==
                DeliveryState::delivered));
}

BOOST_AUTO_TEST_CASE(comes_to_what_was_tried_though_much_is_fresh) {
    ExchangeWorld world;
    world.platform->fates = {Fate::retry};
    (void)world.submit_and_settle(opinion(world, 1));
    for (int i = 2; i <= 200; ++i) (void)world.submit(opinion(world, i));
    world.clock.advance(std::chrono::minutes{1});
    world.settle();
    const auto& received = world.platform->received;
    BOOST_TEST(received.size() == 201U);
    const auto again = std::ranges::find(received, 2U, &ScriptedPeer::Received::attempt);
    BOOST_TEST_REQUIRE((again != received.end()));
    BOOST_TEST(std::distance(received.begin(), again) < 40);
}

BOOST_AUTO_TEST_CASE(takes_the_only_delivery_of_one_before_the_many_of_another) {
    ExchangeWorld world;
    world.platform->usually = Fate::retry;  // the breaker opens, and a queue grows
    for (int i = 1; i <= 60; ++i) (void)world.submit_and_settle(opinion(world, i));
    const auto plan = world.a_plan_event("u-1");
    BOOST_TEST_REQUIRE(world.submit_and_settle(plan).has_value());
    world.platform->received.clear();
    world.platform->usually = Fate::delivered;
    world.pass(std::chrono::minutes{10});
    const auto at =
        std::ranges::find(world.platform->received, std::string{"/care-managers/1379900010 u-1"},
                          &ScriptedPeer::Received::source_and_id);
    BOOST_TEST_REQUIRE((at != world.platform->received.end()));
    BOOST_TEST(std::distance(world.platform->received.begin(), at) < 10);
    BOOST_TEST(world.platform->received.size() == 61U);
}

BOOST_AUTO_TEST_CASE(gives_up_at_the_expiry_and_says_so) {
    ExchangeWorld world;
    world.platform->usually = Fate::retry;
    auto event = opinion(world, 1);
    event.set("expirytime", model::to_rfc3339(kNow + std::chrono::minutes{30}));
    (void)world.submit_and_settle(event);
    world.pass(std::chrono::minutes{45});
    BOOST_TEST((state_at(world.fate_of(std::string{kClinic}, "op-1"), kPlatform) ==
                DeliveryState::expired));
}

BOOST_AUTO_TEST_CASE(keeps_the_lease_of_what_it_could_not_hand_over) {
    ExchangeWorld world;
    (void)world.submit(opinion(world, 1));
    world.executor.run_all();
    world.commit();
    world.executor.run_all();
    world.executor.refuse(true);
    world.commit();
    world.executor.refuse(false);
    world.pass(std::chrono::minutes{3});
    BOOST_TEST(world.platform->received.size() == 1U);
}

BOOST_AUTO_TEST_CASE(decides_the_readers_right_again_before_it_delivers) {
    ExchangeWorld world;
    world.municipal->usually = Fate::retry;  // the reader's system is away
    auto event = world.a_card_event("limit-1", "certification.limit-card", {"0000000001"});
    event.set("recipient", std::string{kCareManager});
    BOOST_TEST_REQUIRE(world.submit_and_settle(event).has_value());

    model::Facts withdrawn{
        {hanako(),
         a_person().registered_at(kCareManager).consenting().withdrawing_at(world.clock.now())}};
    world.record_facts(withdrawn);
    world.municipal->usually = Fate::delivered;
    const std::size_t before = world.municipal->received.size();
    world.pass(std::chrono::minutes{30});

    BOOST_TEST(world.municipal->received.size() == before);
    const auto fate = world.fate_of(std::string{kSharingInsurer}, "limit-1");
    BOOST_TEST((state_at(fate, kCareManager) == DeliveryState::withdrawn));
    BOOST_TEST((state_at(fate, kPlatform) == DeliveryState::delivered));
    // The sender is told that it was, in words; not what the person decided.
    const std::string told = last_detail_at(fate, kCareManager);
    BOOST_TEST(told.find("見られなくなった") != std::string::npos, told);
    BOOST_TEST(told.find("may not see") != std::string::npos, told);
    BOOST_TEST(told.find("consent") == std::string::npos, told);
}

BOOST_AUTO_TEST_CASE(delivers_no_more_to_a_reader_whose_registration_ended_under_way) {
    for (const bool is_released : {false, true}) {
        ExchangeWorld world;
        world.record_facts(
            {{hanako(), a_person()
                            .registered_at(kCareManager, {.until = kNow + std::chrono::seconds{30}})
                            .consenting()}});
        auto event = world.a_card_event("limit-1", "certification.limit-card", {"0000000001"});
        event.set("recipient", std::string{kCareManager});
        (void)world.submit(event);
        // To its opening, or to its release in the log.
        std::size_t commits = is_released ? 3 : 2;
        while (commits-- > 0) {
            world.commit();
            if (commits > 0) world.executor.run_all();
        }
        if (!is_released) world.executor.run_all();
        BOOST_TEST(world.leaves_of_kind("release").size() == (is_released ? 1U : 0U));
        BOOST_TEST(world.municipal->received.empty());
        world.clock.advance(std::chrono::seconds{31});
        world.settle();
        BOOST_TEST(world.municipal->received.empty());
        const auto fate = world.fate_of(std::string{kSharingInsurer}, "limit-1");
        BOOST_TEST((state_at(fate, kCareManager) == DeliveryState::withdrawn));
    }
}

BOOST_AUTO_TEST_CASE(backs_off_with_full_jitter_and_comes_seldom_after_many_attempts) {
    SeededRandom random{3};
    std::chrono::milliseconds longest{0};
    for (std::uint32_t attempt = 1; attempt < 200; ++attempt) {
        const auto delay = exchange::backoff(attempt, random);
        longest = std::max(longest, delay);
        if (attempt == 1) BOOST_TEST((delay <= std::chrono::milliseconds{500}));
        if (attempt < 24) BOOST_TEST((delay <= std::chrono::minutes{5}));
    }
    BOOST_TEST((longest > std::chrono::minutes{30}));
    BOOST_TEST((longest <= std::chrono::hours{1}));
}

BOOST_AUTO_TEST_CASE(has_a_budget_for_retries) {
    exchange::RetryBudget budget;
    int taken = 0;
    while (budget.take()) ++taken;
    BOOST_TEST(taken == 20);
    for (int i = 0; i < 10; ++i) budget.on_first_attempt();
    BOOST_TEST((budget.take() && budget.take() && !budget.take()));
}

// Found by the simulation, seed 206924: the clock jumped under a call, a second one went beside it,
// and the first took effect behind the next of its series.
BOOST_AUTO_TEST_CASE(does_not_call_twice_at_once_when_a_lease_runs_out_under_a_call) {
    ExchangeWorld world;
    int depth = 0;
    int deepest = 0;
    bool jumped = false;
    world.platform->decide = [&](const adapters::Delivery&) {
        deepest = std::max(deepest, ++depth);
        if (!std::exchange(jumped, true)) {
            world.clock.advance(std::chrono::minutes{5});
            world.lanes->wake({.via = model::Via{"platform"}});
            world.commit();
            world.executor.run_all();
        }
        --depth;
        return adapters::Fate::delivered;
    };
    BOOST_TEST(world.submit_and_settle(world.an_opinion_event("op-1")).has_value());
    BOOST_TEST(deepest == 1);
    world.pass(std::chrono::minutes{2});
    BOOST_TEST(world.platform->received.size() == 2U);
    for (const auto& fate : world.fate_of(std::string{kClinic}, "op-1").deliveries) {
        if (fate.delivery.via.text() != "platform") continue;
        BOOST_TEST((fate.delivery.state == DeliveryState::delivered));
    }
}

// Seed 211318: expired under its call, it made room for the next of its series and then took
// effect.
BOOST_AUTO_TEST_CASE(does_not_let_expire_what_a_call_is_under_way_for) {
    ExchangeWorld world;
    auto event = world.an_opinion_event("op-1");
    event.set("expirytime", model::to_rfc3339(world.clock.now() + std::chrono::minutes{3}));
    world.platform->decide = [&](const adapters::Delivery&) {
        world.clock.advance(std::chrono::minutes{5});
        world.lanes->wake({.via = model::Via{"platform"}});
        world.commit();
        world.executor.run_all();
        return adapters::Fate::delivered;
    };
    BOOST_TEST(world.submit_and_settle(event).has_value());
    const auto fate = world.fate_of(std::string{kClinic}, "op-1");
    BOOST_TEST((state_at(fate, kPlatform) == DeliveryState::delivered));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
