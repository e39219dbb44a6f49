#include "routing/model/party.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/routing_cast.h"

using namespace sekisho::model;
using namespace sekisho::tests;

BOOST_AUTO_TEST_SUITE(parties)

BOOST_AUTO_TEST_CASE(every_kind_has_a_text_form_and_a_source_form) {
    const std::pair<std::string_view, std::string_view> forms[] = {
        {"care-manager:1379900010", "/care-managers/1379900010"},
        {"support-center:1300000013", "/support-centers/1300000013"},
        {"care-office:01B0100011", "/care-offices/01B0100011"},
        {"medical:1319900013", "/medical/1319900013"},
        {"insurer:139980", "/insurers/139980"},
        {"reviewer:panel-1", "/reviewers/panel-1"},
        {"system:platform", "/systems/platform"},
        {"operator:hana", "/operators/hana"},
    };
    for (const auto& [text, source] : forms) {
        BOOST_TEST_CONTEXT(text) {
            const PartyId id = parse_party_id(text).value();
            BOOST_TEST(to_string(id) == text);
            BOOST_TEST(to_source(id) == source);
            BOOST_TEST((parse_source(source) == id));
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_party_is_refused) {
    for (const auto* bad :
         {"", ":", "medical", "medical:", "medical:131990001", "hospital:1319900013",
          "insurer:1399800", "insurer:13998x", "system:", "system:Platform", "system:a/b",
          "system:a b", "Medical:1319900013", "medical:1319900013 "}) {
        BOOST_TEST_CONTEXT(bad) BOOST_TEST(!parse_party_id(bad).has_value());
    }
    BOOST_TEST(!parse_party_id("system:" + std::string(65, 'a')).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_source_is_refused) {
    for (const auto* bad : {"", "/", "//", "/medical", "/medical/", "medical/1319900013",
                            "/medical/1319900013/", "/medical/1319900013/x", "//medical/1319900013",
                            "/care-manager/1379900010", "/systems/a/b"}) {
        BOOST_TEST_CONTEXT(bad) BOOST_TEST(!parse_source(bad).has_value());
    }
}

BOOST_AUTO_TEST_CASE(the_directory_finds_by_kind_and_number_together) {
    const Directory known = directory();
    BOOST_TEST_REQUIRE(known.find(party(kClinic)) != nullptr);
    BOOST_TEST(known.find(party(kClinic))->via.text() == "mailbox");
    BOOST_TEST(known.find(party("care-office:1319900021")) == nullptr);
    BOOST_TEST(known.find(party(kStranger)) == nullptr);
    BOOST_TEST(known.all().size() == known_parties().size());
}

BOOST_AUTO_TEST_CASE(a_service_type_is_held_within_its_dates) {
    Party office{.id = party(kHelpers), .name = {}, .via = {}};
    office.service_types.push_back(
        {.service_type = ServiceType{"11"}, .period = {.from = kNow, .until = kNow + kOneDay}});
    BOOST_TEST(holds_service_type(office, ServiceType{"11"}, kNow));
    BOOST_TEST(!holds_service_type(office, ServiceType{"11"}, kNow - Duration{1}));
    BOOST_TEST(!holds_service_type(office, ServiceType{"11"}, kNow + kOneDay));
    BOOST_TEST(!holds_service_type(office, ServiceType{"15"}, kNow));
}

BOOST_AUTO_TEST_CASE(the_directory_keeps_mandates_sorted_by_author) {
    Party carrier{.id = party(kWeb), .name = {}, .via = {}};
    for (const auto author : {kClinic, kCareManager, kHelpers}) {
        carrier.speaks_for.push_back({.author = party(author), .types = {}, .period = {}});
    }
    const Directory known{{carrier}};
    const auto& mandates = known.find(party(kWeb))->speaks_for;
    BOOST_TEST(mandates.size() == 3u);
    BOOST_TEST(std::ranges::is_sorted(mandates, {}, &Mandate::author));
}

BOOST_AUTO_TEST_SUITE_END()
