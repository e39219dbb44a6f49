// What a running gateway cannot take from a new configuration.
#include "gateway/wiring/reload.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/routing_cast.h"

namespace sekisho::tests {

namespace {

struct NoPeer final : adapters::Adapter {
    adapters::Capabilities capabilities() const override { return {}; }
    adapters::Outcome deliver(const adapters::Delivery&, adapters::ByteSource&,
                              adapters::Deadline) override {
        return {};
    }
    adapters::Answer ask(const model::Authorized<model::Envelope>&, adapters::Deadline) override {
        return {};
    }
    adapters::Health probe(adapters::Deadline) override { return {}; }
};

struct Running {
    Running() {
        for (const char* name : {"platform", "municipal", "loopback", "folder"}) {
            peers.add(model::Via{name}, std::make_unique<NoPeer>());
        }
    }
    std::string told(const plan::Snapshot& next) const {
        const auto refusal = wiring::needs_other_adapters(next, snapshot(), peers);
        return refusal ? refusal->detail.en : "taken";
    }

    exchange::Peers peers;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_reload, Running)

BOOST_AUTO_TEST_CASE(takes_what_the_running_adapters_can_do) {
    BOOST_TEST(told(snapshot()) == "taken");
}

BOOST_AUTO_TEST_CASE(waits_for_a_restart_where_an_adapter_passes_another_network) {
    plan::Snapshot next = snapshot();
    next.paths =
        path::PathPolicy::build({}, {{model::Via{"platform"}, model::ZoneName{"public"}}}).value();
    BOOST_TEST(told(next) == "the networks of the adapters are not those of the start; restart");
}

BOOST_AUTO_TEST_CASE(waits_for_a_restart_where_somebody_is_served_by_an_adapter_that_does_not_run) {
    const std::string missing =
        "somebody is served by the adapter line, which does not run yet; restart";
    plan::Snapshot first = snapshot();
    auto rows = directory_rows();
    rows.front().via = model::Via{"line"};
    first.directory = model::Directory{rows};
    BOOST_TEST(told(first) == missing);
    plan::Snapshot other = snapshot();
    rows = directory_rows();
    rows.front().other_ways = {model::Via{"line"}};
    other.directory = model::Directory{rows};
    BOOST_TEST(told(other) == missing);
    plan::Snapshot pinned = snapshot();
    auto routes = route_rows();
    routes.front().targets.front().via = model::Via{"line"};
    pinned.routes = table::RouteTable::build(2, std::move(routes)).value();
    BOOST_TEST(told(pinned) == missing);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
