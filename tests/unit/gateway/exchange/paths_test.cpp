// Documents and questions while a network is down: by another, or waiting, or refused, as ruled.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "gateway/exchange/leg_probe.h"
#include "tests/support/exchange/exchange_world.h"
#include "tests/support/paths_cast.h"

namespace sekisho::tests {

using adapters::Fate;
using model::Via;
using model::ZoneName;
using path::PathRule;
using path::WhenDown;
using store::DeliveryState;

namespace {

const PathRule kOther = path_rule(WhenDown::other, {"public", "eligibility"});
const PathRule kWait = path_rule(WhenDown::wait, {"public", "eligibility"});
const PathRule kRefuse = path_rule(WhenDown::refuse, {"public", "eligibility"});

// Insurers and offices collect over two networks.
plan::Snapshot ruled(std::vector<PathRule> rules) {
    plan::Snapshot snapshot = exchange_snapshot();
    give_ways(snapshot, std::move(rules), {"public", "internet"});
    return snapshot;
}

struct RuledWorld : ExchangeWorld {
    explicit RuledWorld(const std::vector<PathRule>& rules) { follow(rules); }

    void follow(const std::vector<PathRule>& rules) {
        snapshots.replace(std::make_shared<const plan::Snapshot>(ruled(rules)));
        lanes->relieve_silent();
        settle();
    }
    // As often as it takes to be believed.
    void probe(const Via& via, bool answers) {
        ScriptedPeer& peer = via == kFirst ? *platform : *line;
        peer.reachable = answers;
        peer.usually = answers ? Fate::delivered : Fate::retry;
        exchange::LegProbe one{{.via = via, .network = {}},
                               peer,
                               {.legs = legs, .lanes = *lanes, .clock = clock, .log = log}};
        for (unsigned i = 0; i < model::limits::kProbesSilent; ++i) one.look();
        settle();
    }
    Event opinion(int number) const {
        return an_opinion_event("op-" + std::to_string(number),
                                {.office = "1319900021", .request_number = std::to_string(number)});
    }
    exchange::DeliveryFate to_platform(int number) {
        const auto fate = fate_of(std::string{kClinic}, "op-" + std::to_string(number));
        for (const auto& delivery : fate.deliveries) {
            if (delivery.delivery.recipient == party(kPlatform)) return delivery;
        }
        BOOST_FAIL("nothing goes to the platform");
        return {};
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(while_a_network_is_down)

BOOST_AUTO_TEST_CASE(what_comes_takes_the_other_way) {
    RuledWorld world{{kOther}};
    world.probe(kFirst, false);
    const auto reply = world.submit_and_settle(world.opinion(1));
    BOOST_TEST_REQUIRE(reply.has_value());
    BOOST_TEST(world.platform->received.empty());
    BOOST_TEST(world.line->received.size() == 1U);
    BOOST_TEST((world.to_platform(1).delivery.via == kLine));
}

BOOST_AUTO_TEST_CASE(what_waits_already_takes_the_other_way_and_says_so) {
    RuledWorld world{{kOther}};
    world.platform->usually = Fate::retry;
    (void)world.submit_and_settle(world.opinion(1));
    BOOST_TEST((world.to_platform(1).delivery.state == DeliveryState::queued));
    world.probe(kFirst, false);
    const auto fate = world.to_platform(1);
    BOOST_TEST((fate.delivery.state == DeliveryState::delivered));
    BOOST_TEST(world.line->received.size() == 1U);
    const auto told_of_move = [](const store::HistoryEntry& entry) {
        return entry.detail.find("by line in place of platform") != std::string::npos;
    };
    BOOST_TEST(std::ranges::any_of(fate.history, told_of_move));
    BOOST_TEST(world.counters.moved.load() == 1U);
}

BOOST_AUTO_TEST_CASE(what_fails_at_that_moment_takes_the_other_way_at_once) {
    RuledWorld world{{kOther}};
    world.platform->decide = [&world](const adapters::Delivery&) {
        for (unsigned i = 0; i < model::limits::kProbesSilent; ++i) {
            (void)world.legs.note(kFirst, false);
        }
        return Fate::retry;
    };
    (void)world.submit_and_settle(world.opinion(1));
    BOOST_TEST(world.platform->received.size() == 1U);
    BOOST_TEST(world.line->received.size() == 1U);
    BOOST_TEST(world.line->received.front().source_and_id ==
               world.platform->received.front().source_and_id);
}

BOOST_AUTO_TEST_CASE(thousands_that_wait_all_take_the_other_way) {
    constexpr int kMany = 600;
    RuledWorld world{{kOther}};
    world.platform->usually = Fate::retry;
    for (int i = 1; i <= kMany; ++i) (void)world.submit(world.opinion(i));
    world.settle();
    world.probe(kFirst, false);
    BOOST_TEST(world.counters.moved.load() == static_cast<std::uint64_t>(kMany));
    BOOST_TEST(world.line->received.size() == static_cast<std::size_t>(kMany));
}

BOOST_AUTO_TEST_CASE(a_store_that_is_full_at_that_moment_is_asked_again) {
    RuledWorld world{{kOther}};
    world.platform->usually = Fate::retry;
    (void)world.submit_and_settle(world.opinion(1));
    world.store.trouble = TroubledStore::Trouble::undone;
    world.probe(kFirst, false);
    BOOST_TEST((world.to_platform(1).delivery.via == kFirst));
    world.store.trouble = TroubledStore::Trouble::none;
    world.pass(std::chrono::seconds{2});
    BOOST_TEST((world.to_platform(1).delivery.via == kLine));
}

BOOST_AUTO_TEST_CASE(what_follows_in_order_is_woken_though_it_waits_at_another_way) {
    RuledWorld world{{kOther}};
    const auto unit = [&world](const std::string& id, const std::string& number) {
        return world.a_plan_event(id, {.series = number});
    };
    // The first is under way when its way falls silent, and what comes then takes the other.
    world.platform->decide = [&](const adapters::Delivery& delivery) {
        if (delivery.envelope->id.text() != "plan-1") return Fate::delivered;
        for (unsigned i = 0; i < model::limits::kProbesSilent; ++i) {
            (void)world.legs.note(kFirst, false);
        }
        (void)world.submit(unit("plan-2", "20261121000002"));
        world.commit();
        return Fate::delivered;
    };
    (void)world.submit_and_settle(unit("plan-1", "20261121000001"));
    BOOST_TEST(world.platform->received.size() == 1U);
    BOOST_TEST(world.line->received.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_was_planned_before_and_is_durable_behind_takes_the_other_way_too) {
    RuledWorld world{{kOther}};
    world.platform->usually = Fate::retry;
    (void)world.submit(world.opinion(1));
    for (unsigned i = 0; i < model::limits::kProbesSilent; ++i)
        (void)world.legs.note(kFirst, false);
    world.lanes->relieve_silent();  // a round that is over before it is on disk
    world.settle();
    BOOST_TEST((world.to_platform(1).delivery.via == kLine));
    BOOST_TEST(world.platform->received.empty());
    BOOST_TEST(world.line->received.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_ruled_to_wait_waits_until_it_is_back) {
    RuledWorld world{{kWait}};
    world.probe(kFirst, false);
    (void)world.submit_and_settle(world.opinion(1));
    world.pass(std::chrono::minutes{1});
    BOOST_TEST(world.line->received.empty());
    BOOST_TEST((world.to_platform(1).delivery.state == DeliveryState::queued));
    world.probe(kFirst, true);
    world.pass(std::chrono::hours{1});
    BOOST_TEST((world.to_platform(1).delivery.state == DeliveryState::delivered));
    BOOST_TEST((world.to_platform(1).delivery.via == kFirst));
}

BOOST_AUTO_TEST_CASE(what_is_ruled_to_be_refused_is_left_to_its_sender_and_recorded) {
    RuledWorld world{{kRefuse}};
    const auto first = world.submit_and_settle(world.opinion(1));
    BOOST_TEST_REQUIRE(first.has_value());
    world.probe(kFirst, false);
    const auto refused = world.submit_and_settle(world.opinion(2));
    BOOST_TEST((problem_of(refused) == model::Problem::network_down));
    BOOST_TEST(refused.error().retry_after.has_value());
    BOOST_TEST(world.leaves_of_kind("decision").back().find("network-down") != std::string::npos);
    // A repeat of what was accepted before gets its first answer.
    BOOST_TEST(world.submit_and_settle(world.opinion(1)).has_value());
    world.probe(kFirst, true);
    BOOST_TEST(world.submit_and_settle(world.opinion(2)).has_value());
}

BOOST_AUTO_TEST_CASE(what_neither_way_takes_waits_for_the_first_that_answers) {
    RuledWorld world{{kOther}};
    world.probe(kFirst, false);
    world.probe(kLine, false);
    (void)world.submit_and_settle(world.opinion(1));
    BOOST_TEST((world.to_platform(1).delivery.via == kFirst));
    world.probe(kLine, true);
    BOOST_TEST((world.to_platform(1).delivery.state == DeliveryState::delivered));
    BOOST_TEST((world.to_platform(1).delivery.via == kLine));
}

BOOST_AUTO_TEST_CASE(once_it_is_back_what_comes_goes_by_it_again) {
    RuledWorld world{{kOther}};
    world.probe(kFirst, false);
    world.probe(kFirst, true);
    (void)world.submit_and_settle(world.opinion(1));
    BOOST_TEST(world.platform->received.size() == 1U);
    BOOST_TEST(world.line->received.empty());
}

BOOST_AUTO_TEST_CASE(a_question_goes_by_the_other_way_or_is_refused) {
    RuledWorld world{{kOther}};
    world.probe(kFirst, false);
    BOOST_TEST(world.ask_and_settle(world.a_progress_question("q-1", "0000000001")).has_value());
    BOOST_TEST(world.platform->asked.empty());
    BOOST_TEST(world.line->asked.size() == 1U);
    world.follow({kRefuse});
    const auto refused = world.ask_and_settle(world.a_progress_question("q-2", "0000000001"));
    BOOST_TEST((problem_of(refused) == model::Problem::network_down));
}

BOOST_AUTO_TEST_CASE(a_reader_without_registration_is_told_no_more_than_ever) {
    RuledWorld world{{kRefuse}};
    world.probe(kFirst, false);
    const auto refused = world.ask_and_settle(world.a_progress_question("q-1", "0000000099"));
    BOOST_TEST((problem_of(refused) == model::Problem::not_registered));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_network_that_may_not_carry_a_type)

BOOST_AUTO_TEST_CASE(is_not_taken_and_where_there_is_no_other_the_document_is_refused) {
    RuledWorld world{{path_rule(WhenDown::other, {"internet"})}};
    const auto refused = world.submit_and_settle(world.opinion(1));
    BOOST_TEST((problem_of(refused) == model::Problem::path_not_carried));
    BOOST_TEST(world.platform->received.empty());
}

BOOST_AUTO_TEST_CASE(is_not_taken_by_what_was_accepted_before_the_rule) {
    RuledWorld world{{}};
    world.platform->usually = Fate::retry;
    (void)world.submit_and_settle(world.opinion(1));
    const auto before = world.platform->received.size();
    world.platform->usually = Fate::delivered;
    world.follow({path_rule(WhenDown::wait, {"internet"})});
    world.pass(std::chrono::minutes{10});
    BOOST_TEST(world.platform->received.size() == before);
    BOOST_TEST((world.to_platform(1).delivery.state == DeliveryState::queued));
    // Nor is the way held to be broken for what it may carry.
    world.follow({});
    world.pass(std::chrono::hours{1});
    BOOST_TEST((world.to_platform(1).delivery.state == DeliveryState::delivered));
}

BOOST_AUTO_TEST_CASE(is_not_taken_to_a_mailbox_by_a_type_that_the_catalogue_knows_no_more) {
    RuledWorld world{{}};
    (void)world.submit_and_settle(world.opinion(1));
    plan::Snapshot later = ruled({path_rule(WhenDown::wait, {"public"}, {"certification.*"})});
    later.catalogue =
        catalogue::Catalogue::build(party_classes(), {information_types().back()}).value();
    world.snapshots.replace(std::make_shared<const plan::Snapshot>(std::move(later)));
    std::size_t count = 0;
    world.exchange->collect(
        {.party = party(kSharingInsurer), .zone = ZoneName{"internet"}}, 10, {},
        [&count](const exchange::Collected& events) { count = events ? events->size() : 99; });
    world.settle();
    BOOST_TEST(count == 0U);
}

BOOST_AUTO_TEST_CASE(keeps_what_waits_in_a_mailbox_for_the_network_that_may) {
    RuledWorld world{{path_rule(WhenDown::wait, {"public"}, {"certification.*"})}};
    (void)world.submit_and_settle(world.opinion(1));
    const auto collected_over = [&world](std::string_view zone) {
        std::size_t count = 0;
        world.exchange->collect(
            {.party = party(kSharingInsurer), .zone = ZoneName{std::string{zone}}}, 10, {},
            [&count](const exchange::Collected& events) { count = events ? events->size() : 0; });
        world.settle();
        return count;
    };
    BOOST_TEST(collected_over("internet") == 0U);
    BOOST_TEST(collected_over("public") == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_recipient_whose_way_is_changed)

// Served by the adapter, or by a mailbox.
void serve_platform_by(RuledWorld& world, const Via& via) {
    plan::Snapshot snapshot = exchange_snapshot();
    auto rows = directory_rows();
    for (model::Party& row : rows) {
        if (row.id == party(kPlatform)) row.via = via;
    }
    snapshot.directory = model::Directory{std::move(rows)};
    world.snapshots.replace(std::make_shared<const plan::Snapshot>(std::move(snapshot)));
}

struct Collected {
    std::optional<std::size_t> count;  // once it was answered
    std::string handle;
};

std::shared_ptr<Collected> collect(RuledWorld& world, std::chrono::seconds wait) {
    auto collected = std::make_shared<Collected>();
    world.exchange->collect({.party = party(kPlatform), .zone = ZoneName{"public"}}, 10, wait,
                            [collected](const exchange::Collected& events) {
                                collected->count = events ? events->size() : 99;
                                if (events && !events->empty())
                                    collected->handle = events->front().handle;
                            });
    world.settle();
    return collected;
}

BOOST_AUTO_TEST_CASE(finds_what_waited_at_the_old_one_while_it_asks_at_its_mailbox) {
    RuledWorld world{{}};
    world.platform->usually = Fate::retry;
    (void)world.submit_and_settle(world.opinion(1));
    serve_platform_by(world, model::kMailbox);
    const auto collected = collect(world, std::chrono::seconds{30});
    BOOST_TEST(!collected->count.has_value());
    world.pass(std::chrono::seconds{20});
    BOOST_TEST((collected->count == 1U));
}

BOOST_AUTO_TEST_CASE(gets_by_the_new_one_what_stands_behind_what_it_took_from_the_mailbox) {
    RuledWorld world{{}};
    serve_platform_by(world, model::kMailbox);
    (void)world.submit_and_settle(world.a_plan_event("plan-1", {.series = "20261121000001"}));
    serve_platform_by(world, kFirst);
    (void)world.submit_and_settle(world.a_plan_event("plan-2", {.series = "20261121000002"}));
    BOOST_TEST(world.platform->received.empty());
    const auto collected = collect(world, {});
    BOOST_TEST_REQUIRE((collected->count == 1U));
    world.exchange->acknowledge(party(kPlatform), collected->handle, [](const auto&) {});
    world.settle();
    BOOST_TEST(world.platform->received.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
