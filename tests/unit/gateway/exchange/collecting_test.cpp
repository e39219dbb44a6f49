// The mailbox: leases, acknowledgement, rejection, long poll.
#include <boost/test/unit_test.hpp>

#include "tests/support/exchange/exchange_world.h"

namespace sekisho::tests {

using model::Problem;
using store::DeliveryState;

namespace {

using PendingEvents = std::shared_ptr<std::optional<exchange::Collected>>;

PendingEvents collect(ExchangeWorld& world, std::chrono::milliseconds wait = {},
                      std::size_t events_max = 10) {
    auto pending = std::make_shared<std::optional<exchange::Collected>>();
    world.exchange->collect(
        {.party = party(kSharingInsurer)}, events_max, wait,
        [pending](exchange::Collected events) { *pending = std::move(events); });
    world.settle();
    return pending;
}

void lose_the_right_to_limit_cards(ExchangeWorld& world) {
    const model::Facts withdrawn{
        {hanako(),
         a_person().registered_at(kCareManager).consenting().withdrawing_at(world.clock.now())}};
    world.record_facts(withdrawn);
    world.settle();
}

std::vector<exchange::CollectedEvent> collect_now(ExchangeWorld& world) {
    const auto pending = collect(world);
    BOOST_TEST_REQUIRE(pending->has_value());
    BOOST_TEST_REQUIRE((*pending)->has_value());
    return std::move(***pending);
}

model::Result<void> acknowledge(ExchangeWorld& world, const std::string& handle,
                                std::string_view by = kSharingInsurer) {
    model::Result<void> result = model::refuse(Problem::internal);
    world.exchange->acknowledge(party(by), handle,
                                [&](model::Result<void> done) { result = std::move(done); });
    world.settle();
    return result;
}

model::Result<void> reject(ExchangeWorld& world, const std::string& handle, bool final) {
    model::Result<void> result = model::refuse(Problem::internal);
    world.exchange->reject(party(kSharingInsurer), handle, {.reason = "not ours", .final = final},
                           [&](model::Result<void> done) { result = std::move(done); });
    world.settle();
    return result;
}

DeliveryState mailbox_state(ExchangeWorld& world) {
    const auto fate = world.fate_of(std::string{kClinic}, "op-1");
    return fate.deliveries.front().delivery.state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_mailbox)

BOOST_AUTO_TEST_CASE(hands_out_the_document_as_it_was_sent) {
    ExchangeWorld world;
    const auto event = world.an_opinion_event("op-1");
    (void)world.submit_and_settle(event);
    const auto events = collect_now(world);
    BOOST_TEST_REQUIRE(events.size() == 1U);
    BOOST_TEST((events[0].body == event.document));
    BOOST_TEST(events[0].envelope.id.text() == "op-1");
    BOOST_TEST(events[0].envelope.persons.size() == 1U);
}

BOOST_AUTO_TEST_CASE(tells_to_come_again_while_there_is_no_memory_and_keeps_what_waits) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    {
        const auto all = world.holding_all_memory();
        const auto refused = collect(world);
        BOOST_TEST_REQUIRE(refused->has_value());
        BOOST_TEST((problem_of(**refused) == Problem::overloaded));
        BOOST_TEST((*refused)->error().retry_after.has_value());
    }
    BOOST_TEST(collect_now(world).size() == 1U);
}

BOOST_AUTO_TEST_CASE(tells_to_come_again_while_the_writers_queue_is_full) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    bool full = false;
    for (int i = 0; i < 100000 && !full; ++i) {
        full = !world.store.submit([](store::Transaction&) -> model::Result<void> { return {}; },
                                   [](const model::Result<void>&) {});
    }
    BOOST_TEST_REQUIRE(full);
    std::optional<exchange::Collected> told;
    world.exchange->collect({.party = party(kSharingInsurer)}, 10, {},
                            [&](exchange::Collected events) { told = std::move(events); });
    BOOST_TEST_REQUIRE(told.has_value());
    BOOST_TEST((problem_of(*told) == Problem::overloaded));
    world.settle();
    BOOST_TEST(collect_now(world).size() == 1U);
}

BOOST_AUTO_TEST_CASE(holds_memory_for_what_it_handed_out_until_that_is_gone) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    {
        const auto events = collect_now(world);
        BOOST_TEST(world.memory.used() >= events.at(0).body.size());
    }
    BOOST_TEST(world.memory.used() == 0U);
}

BOOST_AUTO_TEST_CASE(is_empty_when_nothing_waits) {
    ExchangeWorld world;
    BOOST_TEST(collect_now(world).empty());
}

BOOST_AUTO_TEST_CASE(does_not_hand_out_what_is_leased) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    BOOST_TEST(collect_now(world).size() == 1U);
    BOOST_TEST(collect_now(world).empty());
}

BOOST_AUTO_TEST_CASE(hands_out_again_what_was_not_acknowledged_in_time) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    const auto first = collect_now(world);
    BOOST_TEST_REQUIRE(first.size() == 1U);
    world.pass(std::chrono::seconds{61});
    const auto second = collect_now(world);
    BOOST_TEST_REQUIRE(second.size() == 1U);
    BOOST_TEST(first[0].handle != second[0].handle);
    const auto late = acknowledge(world, first[0].handle);
    BOOST_TEST_REQUIRE(!late.has_value());
    BOOST_TEST((late.error().problem == Problem::lease_lost));
    BOOST_TEST(acknowledge(world, second[0].handle).has_value());
}

BOOST_AUTO_TEST_CASE(settles_what_is_acknowledged_and_again_is_the_same) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    const auto events = collect_now(world);
    BOOST_TEST_REQUIRE(events.size() == 1U);
    BOOST_TEST(acknowledge(world, events[0].handle).has_value());
    BOOST_TEST(acknowledge(world, events[0].handle).has_value());
    BOOST_TEST((mailbox_state(world) == DeliveryState::delivered));
    BOOST_TEST(world.leaves_of_kind("outcome").size() == 2U);  // the platform's and this one
}

BOOST_AUTO_TEST_CASE(knows_no_handle_of_somebody_elses) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    const auto events = collect_now(world);
    BOOST_TEST_REQUIRE(events.size() == 1U);
    const auto stolen = acknowledge(world, events[0].handle, kOtherSharingInsurer);
    BOOST_TEST_REQUIRE(!stolen.has_value());
    BOOST_TEST((stolen.error().problem == Problem::message_unknown));
    BOOST_TEST(!acknowledge(world, "made-up").has_value());
}

BOOST_AUTO_TEST_CASE(takes_back_what_is_rejected_for_now) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    const auto events = collect_now(world);
    BOOST_TEST_REQUIRE(events.size() == 1U);
    BOOST_TEST(reject(world, events[0].handle, false).has_value());
    world.pass(std::chrono::seconds{2});
    BOOST_TEST(collect_now(world).size() == 1U);
}

BOOST_AUTO_TEST_CASE(lets_go_what_is_rejected_for_good) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    const auto events = collect_now(world);
    BOOST_TEST_REQUIRE(events.size() == 1U);
    BOOST_TEST(reject(world, events[0].handle, true).has_value());
    world.pass(std::chrono::minutes{5});
    BOOST_TEST(collect_now(world).empty());
    BOOST_TEST((mailbox_state(world) == DeliveryState::rejected));
}

BOOST_AUTO_TEST_CASE(lets_go_what_nobody_collected_before_its_expiry_and_says_so) {
    ExchangeWorld world;
    auto event = world.an_opinion_event("op-1");
    event.set("expirytime", model::to_rfc3339(kNow + std::chrono::minutes{30}));
    (void)world.submit_and_settle(event);
    world.pass(std::chrono::minutes{31});
    BOOST_TEST(collect_now(world).empty());
    BOOST_TEST((mailbox_state(world) == DeliveryState::expired));
}

BOOST_AUTO_TEST_CASE(answers_a_waiting_caller_when_something_comes) {
    ExchangeWorld world;
    const auto pending = collect(world, std::chrono::seconds{30});
    BOOST_TEST(!pending->has_value());
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    BOOST_TEST_REQUIRE(pending->has_value());
    BOOST_TEST((*pending)->value().size() == 1U);
}

BOOST_AUTO_TEST_CASE(answers_a_waiting_caller_with_nothing_when_the_time_is_over) {
    ExchangeWorld world;
    const auto pending = collect(world, std::chrono::seconds{30});
    world.pass(std::chrono::seconds{29});
    BOOST_TEST(!pending->has_value());
    world.pass(std::chrono::seconds{2});
    BOOST_TEST_REQUIRE(pending->has_value());
    BOOST_TEST((*pending)->value().empty());
}

BOOST_AUTO_TEST_CASE(gives_what_was_put_back_to_a_call_that_waits) {
    ExchangeWorld world;
    BOOST_TEST_REQUIRE(world.submit_and_settle(world.an_opinion_event("op-1")).has_value());
    const auto taken = collect_now(world);
    BOOST_TEST_REQUIRE(taken.size() == 1U);
    const auto waiting = collect(world, std::chrono::seconds{30});
    BOOST_TEST(reject(world, taken.front().handle, false).has_value());
    BOOST_TEST(!waiting->has_value());
    world.pass(std::chrono::seconds{1});
    BOOST_TEST_REQUIRE(waiting->has_value());
    BOOST_TEST((*waiting)->value().size() == 1U);
}

BOOST_AUTO_TEST_CASE(counts_what_is_withdrawn_once_though_its_lease_ran_out_meanwhile) {
    ExchangeWorld world;
    world.snapshots.replace(
        std::make_shared<const plan::Snapshot>(exchange_snapshot(model::Via{})));
    world.platform->usually = adapters::Fate::retry;  // so that one delivery stays under way
    auto event = world.a_card_event("limit-1", "certification.limit-card", {"0000000001"});
    event.set("recipient", std::string{kCareManager});
    BOOST_TEST_REQUIRE(world.submit_and_settle(event).has_value());
    BOOST_TEST(world.counters.backlog.of(event.speaker) == 2U);
    lose_the_right_to_limit_cards(world);

    const auto ask = [&] {
        world.exchange->collect({.party = party(kCareManager)}, 10, {}, [](exchange::Collected) {});
    };
    ask();
    world.commit();  // leased, not looked at yet
    world.clock.advance(std::chrono::seconds{61});
    ask();
    world.commit();  // leased anew
    world.settle();
    BOOST_TEST(world.counters.backlog.of(event.speaker) == 1U);
}

BOOST_AUTO_TEST_CASE(leaves_for_the_next_call_what_is_too_much_for_one_answer) {
    ExchangeWorld world;
    world.snapshots.replace(
        std::make_shared<const plan::Snapshot>(exchange_snapshot(model::Via{})));
    for (const std::string id : {"limit-1", "limit-2"}) {
        auto event = world.a_card_event(id, "certification.limit-card", {"0000000001"});
        event.set("recipient", std::string{kCareManager});
        event.set("businesskey", id);
        event.document.append(model::limits::kInboxAnswerBytesMax * 2 / 3, ' ');
        BOOST_TEST_REQUIRE(world.submit_and_settle(event).has_value());
    }
    const auto collect_one = [&world] {
        std::vector<std::string> ids;
        world.exchange->collect({.party = party(kCareManager)}, 10, {},
                                [&ids](exchange::Collected events) {
                                    for (const auto& event : events.value())
                                        ids.push_back(event.envelope.id.text());
                                });
        world.settle();
        BOOST_TEST_REQUIRE(ids.size() == 1U);
        return ids[0];
    };
    BOOST_TEST(collect_one() == "limit-1");
    world.pass(std::chrono::seconds{2});
    BOOST_TEST(collect_one() == "limit-2");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
