// A document that its author gives to a carrier, and that the carrier brings where it is filed
// (F5b): by whichever way it comes there first, it is one.
#include <boost/test/unit_test.hpp>

#include "tests/support/exchange/exchange_world.h"

namespace sekisho::tests {

namespace {

template <typename T>
T must(model::Result<T> value) {
    if (!value) throw std::logic_error(value.error().detail.en);
    return std::move(*value);
}

// Opinions from the eligibility network go to system:web, which hands them on; all others go where
// they are filed.
plan::Snapshot by_carrier() {
    plan::Snapshot snapshot = exchange_snapshot();
    auto types = snapshot.catalogue.types();
    for (auto& type : types) {
        if (type.id.text() != "certification.opinion") continue;
        type.filed_to.emplace_back("system:web");
        type.handed_on_by.emplace_back("system:web");
    }
    const auto route = [](const char* id, const char* zone, std::vector<std::string> to) {
        table::Route made{.id = model::RouteId{id}, .match = {.types = {"certification.opinion"}}};
        made.match.zones = {model::ZoneName{zone}};
        for (std::string& each : to) made.targets.push_back({.to = std::move(each)});
        return made;
    };
    snapshot.catalogue =
        must(catalogue::Catalogue::build(party_classes(), std::move(types), consent_rules()));
    const std::vector<std::string> filed{"$insurer", "system:platform"};
    snapshot.routes =
        must(table::RouteTable::build(1, {route("carried", "public", filed),
                                          route("direct", "internet", filed),
                                          route("by-carrier", "eligibility", {std::string{kWeb}}),
                                          {.id = model::RouteId{"requests"},
                                           .match = {.types = {"certification.opinion-request"}},
                                           .targets = {{.to = "$recipient"}}}}));
    return snapshot;
}

struct HandingOn : ExchangeWorld {
    HandingOn() { snapshots.replace(std::make_shared<const plan::Snapshot>(by_carrier())); }

    Event to_the_carrier(const std::string& id) const {
        Event event = an_opinion_event(id);
        event.zone = "eligibility";
        return event;
    }
    Event by_the_carrier(const std::string& id) const {
        Event event = an_opinion_event(id);
        event.speaker = party(kWeb);
        event.zone = "public";
        event.set("source", model::to_source(party(kWeb)));
        event.set("author", std::string{kClinic});
        return event;
    }
    // "system:web" or "insurer:139980 system:platform"; "again op-1" for one that is known.
    std::string came_to(const Event& event) {
        const auto reply = submit_and_settle(event);
        if (!reply) return model::code_of(reply.error().problem);
        if (reply->replay) return "again " + reply->message.id.text();
        std::string text;
        for (const auto& delivery : reply->deliveries) {
            text += (text.empty() ? "" : " ") + model::to_string(delivery.recipient);
        }
        return text;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_document_handed_on, HandingOn)

BOOST_AUTO_TEST_CASE(goes_to_the_carrier_and_by_it_where_it_is_filed) {
    BOOST_TEST(came_to(to_the_carrier("op-1")) == "system:web");
    BOOST_TEST(came_to(by_the_carrier("web-1")) == "insurer:139980 system:platform");
}

BOOST_AUTO_TEST_CASE(is_given_to_the_carrier_once) {
    BOOST_TEST(came_to(to_the_carrier("op-1")) == "system:web");
    BOOST_TEST(came_to(to_the_carrier("op-2")) == "again op-1");
    BOOST_TEST(came_to(to_the_carrier("op-1")) == "again op-1");
}

BOOST_AUTO_TEST_CASE(is_given_to_the_carrier_once_whatever_its_sender_calls_it_first) {
    Event named = to_the_carrier("op-1");
    named.set("businesskey", "our-own-17");
    BOOST_TEST(came_to(named) == "system:web");
    BOOST_TEST(came_to(to_the_carrier("op-2")) == "again op-1");
    BOOST_TEST(came_to(by_the_carrier("web-1")) == "insurer:139980 system:platform");
}

BOOST_AUTO_TEST_CASE(is_filed_once_when_its_author_brings_it_before_the_carrier_does) {
    BOOST_TEST(came_to(to_the_carrier("op-1")) == "system:web");
    BOOST_TEST(came_to(an_opinion_event("op-2")) == "insurer:139980 system:platform");
    BOOST_TEST(came_to(by_the_carrier("web-1")) == "again op-2");
}

BOOST_AUTO_TEST_CASE(is_filed_once_when_its_author_brings_it_after_the_carrier_did) {
    BOOST_TEST(came_to(to_the_carrier("op-1")) == "system:web");
    BOOST_TEST(came_to(by_the_carrier("web-1")) == "insurer:139980 system:platform");
    BOOST_TEST(came_to(an_opinion_event("op-2")) == "again web-1");
}

BOOST_AUTO_TEST_CASE(is_not_given_to_the_carrier_once_it_is_filed) {
    BOOST_TEST(came_to(an_opinion_event("op-1")) == "insurer:139980 system:platform");
    BOOST_TEST(came_to(to_the_carrier("op-2")) == "again op-1");
}

BOOST_AUTO_TEST_CASE(is_a_conflict_when_the_carrier_has_another_under_its_key) {
    BOOST_TEST(came_to(to_the_carrier("op-1")) == "system:web");
    Event other = to_the_carrier("op-2");
    other.document = documents::an_opinion_csv({.office = "1319900021", .written_on = "20261119"});
    BOOST_TEST(came_to(other) == "SK-6002");
}

BOOST_AUTO_TEST_CASE(is_waited_for_until_it_has_come_where_it_is_filed) {
    BOOST_TEST(came_to(a_request_event("rq-1", {.request_number = "0001"})) ==
               std::string{kClinic});
    BOOST_TEST(came_to(to_the_carrier("op-1")) == "system:web");
    BOOST_TEST(waited_for() == 1U);
    BOOST_TEST(came_to(by_the_carrier("web-1")) == "insurer:139980 system:platform");
    BOOST_TEST(waited_for() == 0U);
}

BOOST_AUTO_TEST_CASE(is_found_again_at_acceptance_when_two_come_at_once) {
    const auto first = submit(to_the_carrier("op-1"));
    const auto second = submit(to_the_carrier("op-2"));
    settle();
    BOOST_TEST_REQUIRE((first->has_value() && second->has_value()));
    BOOST_TEST_REQUIRE(((**first).has_value() && (**second).has_value()));
    BOOST_TEST((**first)->replay != (**second)->replay);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
