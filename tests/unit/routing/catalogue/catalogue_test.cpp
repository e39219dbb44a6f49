#include "routing/catalogue/catalogue.h"

#include <boost/test/unit_test.hpp>
#include <functional>
#include <string>

#include "tests/support/routing_cast.h"

using namespace sekisho::catalogue;
using namespace sekisho::model;
using namespace sekisho::tests;

namespace {

const Party& known(const Directory& directory, std::string_view id) {
    return *directory.find(party(id));
}

// The classes a party belongs to, in the order of the data.
std::string classes_of(std::string_view id, Instant at = kNow) {
    const Catalogue rows = small_catalogue();
    const Directory parties = directory();
    std::string text;
    for (const PartyClass& row : rows.classes()) {
        if (!rows.belongs(known(parties, id), row.name, at)) continue;
        text.append(text.empty() ? "" : " ").append(row.name.text());
    }
    return text;
}

// The English sentence with which a changed catalogue is refused, or "built".
std::string building(
    const std::function<void(std::vector<PartyClass>&, std::vector<InformationType>&)>& change) {
    auto classes = party_classes();
    auto types = information_types();
    change(classes, types);
    const auto built = Catalogue::build(std::move(classes), std::move(types));
    return built ? "built" : built.error().detail.en;
}

std::string naming(std::vector<ClassName> InformationType::* list) {
    return building([&](auto&, auto& types) { (types[0].*list).push_back(ClassName{"nobody"}); });
}

const std::string kNobody =
    "The information type \"certification.opinion\" names the party class \"nobody\", which does "
    "not exist";

}  // namespace

BOOST_AUTO_TEST_SUITE(catalogues)

BOOST_AUTO_TEST_CASE(types_are_found_by_their_ids) {
    const Catalogue rows = small_catalogue();
    BOOST_TEST_REQUIRE(rows.find(TypeId{"certification.opinion"}) != nullptr);
    BOOST_TEST((rows.find(TypeId{"certification.opinion"})->subject == Subject::one));
    BOOST_TEST(rows.find(TypeId{"certification"}) == nullptr);
    BOOST_TEST(rows.find(TypeId{}) == nullptr);
    BOOST_TEST(rows.types().size() == information_types().size());
}

BOOST_AUTO_TEST_CASE(a_copy_of_a_catalogue_stands_on_its_own) {
    Catalogue copy;
    {
        const Catalogue rows = small_catalogue();
        copy = rows;
    }
    BOOST_TEST(copy.find(TypeId{"claim.statement"})->held_elsewhere);
}

BOOST_AUTO_TEST_CASE(parties_belong_to_classes_by_kind_service_type_and_name) {
    BOOST_TEST(classes_of(kSharingInsurer) == "insurer");
    BOOST_TEST(classes_of(kCareManager) == "care-manager consent-taker");
    BOOST_TEST(classes_of(kSupportCenter) == "support-center");
    BOOST_TEST(classes_of(kHelpers) == "care-office");
    BOOST_TEST(classes_of(kHealthFacility) ==
               "care-manager consent-taker care-office opinion-facility");
    BOOST_TEST(classes_of(kDeemedHospital) == "medical deemed-medical");
    BOOST_TEST(classes_of(kClinic) == "medical");
    BOOST_TEST(classes_of(kReviewer) == "reviewer");
    BOOST_TEST(classes_of(kPlatform) == "system:platform");
}

BOOST_AUTO_TEST_CASE(rights_hang_on_service_types_and_not_on_the_prefix_of_an_id) {
    Party office = known(directory(), kCareManager);
    office.service_types = {{.service_type = ServiceType{"11"}, .period = {}}};
    const Catalogue rows = small_catalogue();
    BOOST_TEST(!rows.belongs(office, ClassName{"care-manager"}, kNow));
    BOOST_TEST(rows.belongs(office, ClassName{"care-office"}, kNow));
}

BOOST_AUTO_TEST_CASE(a_service_type_counts_within_its_dates) {
    Party office = known(directory(), kCareManager);
    office.service_types[0].period = {.from = kNow, .until = kNow + kOneDay};
    const Catalogue rows = small_catalogue();
    BOOST_TEST(!rows.belongs(office, ClassName{"care-manager"}, kNow - kOneDay));
    BOOST_TEST(rows.belongs(office, ClassName{"care-manager"}, kNow));
    BOOST_TEST(!rows.belongs(office, ClassName{"care-manager"}, kNow + kOneDay));
}

BOOST_AUTO_TEST_CASE(a_hospital_is_deemed_while_its_choice_is_in_force) {
    Party hospital = known(directory(), kDeemedHospital);
    hospital.deemed = Period{.from = kNow, .until = kNow + kOneDay};
    const Catalogue rows = small_catalogue();
    BOOST_TEST(!rows.belongs(hospital, ClassName{"deemed-medical"}, kNow - kOneDay));
    BOOST_TEST(rows.belongs(hospital, ClassName{"deemed-medical"}, kNow));
    BOOST_TEST(!rows.belongs(hospital, ClassName{"deemed-medical"}, kNow + kOneDay));
}

BOOST_AUTO_TEST_CASE(nobody_belongs_to_a_class_that_does_not_exist) {
    const Party clinic = known(directory(), kClinic);
    BOOST_TEST(!small_catalogue().belongs(clinic, ClassName{"nobody"}, kNow));
    BOOST_TEST(!small_catalogue().belongs_to_any(clinic, {}, kNow));
    BOOST_TEST(small_catalogue().belongs_to_any(
        clinic, {ClassName{"insurer"}, ClassName{"medical"}}, kNow));
}

BOOST_AUTO_TEST_CASE(every_class_that_a_type_names_must_exist) {
    BOOST_TEST(building([](auto&, auto&) {}) == "built");
    BOOST_TEST(naming(&InformationType::authors) == kNobody);
    BOOST_TEST(naming(&InformationType::carriers) == kNobody);
    BOOST_TEST(naming(&InformationType::filed_to) == kNobody);
    BOOST_TEST(naming(&InformationType::never_to) == kNobody);
    BOOST_TEST(building([](auto&, auto& types) {
                   types[0].readers.push_back({.who = ClassName{"nobody"}});
               }) == kNobody);
}

BOOST_AUTO_TEST_CASE(who_hands_a_type_on_carries_it_and_is_given_it) {
    const ClassName web{"system:web"};  // carries opinions
    const auto handed_on_by = [&](bool given) {
        return building([&](auto&, auto& types) {
            types[0].handed_on_by = {web};
            if (given) types[0].filed_to.push_back(web);
        });
    };
    BOOST_TEST(handed_on_by(true) == "built");
    BOOST_TEST(handed_on_by(false) ==
               "The class \"system:web\" in handed_on_by of the information type "
               "\"certification.opinion\" must stand in carriers and in filed_to too");
    BOOST_TEST(building([&](auto&, auto& types) {
                   types[0].handed_on_by = {web};
                   types[0].filed_to.push_back(web);
                   types[0].carriers.clear();
               }) == handed_on_by(false));
}

BOOST_AUTO_TEST_CASE(a_name_is_given_once) {
    BOOST_TEST(building([](auto& classes, auto&) { classes.push_back(classes[0]); }) ==
               "The party class \"insurer\" is defined twice");
    BOOST_TEST(building([](auto&, auto& types) { types.push_back(types[0]); }) ==
               "The information type \"certification.opinion\" is defined twice");
}

BOOST_AUTO_TEST_CASE(a_network_is_named_once_and_names_its_protection) {
    const auto building_with = [](std::vector<Network> networks) {
        const auto built = Catalogue::build(party_classes(), information_types(), consent_rules(),
                                            std::move(networks));
        return built ? "built" : built.error().detail.en;
    };
    const Network network{.zone = ZoneName{"eligibility"}, .protected_by = {Protection::ipsec}};
    BOOST_TEST(building_with({network}) == "built");
    BOOST_TEST(building_with({network, network}) == "The network \"eligibility\" is defined twice");
    BOOST_TEST(building_with({{.zone = network.zone}}) ==
               "The network \"eligibility\" names no protection");
}

BOOST_AUTO_TEST_CASE(a_type_has_a_purpose) {
    BOOST_TEST(building([](auto&, auto& types) { types[0].purposes.clear(); }) ==
               "The information type \"certification.opinion\" has no purpose");
}

BOOST_AUTO_TEST_CASE(the_consent_rules_name_classes_that_exist) {
    auto rules = consent_rules();
    BOOST_TEST(small_catalogue().consent().on_behalf.text() == "consent-taker");
    rules.person = ClassName{"nobody"};
    const auto built = Catalogue::build(party_classes(), information_types(), rules);
    BOOST_TEST_REQUIRE(!built.has_value());
    BOOST_TEST(built.error().detail.en ==
               "The consent rules name the party class \"nobody\", which does not exist");
    BOOST_TEST(Catalogue::build(party_classes(), information_types()).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
