#include "routing/model/note.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/routing_cast.h"

using namespace sekisho::model;
using namespace sekisho::tests;

namespace {

Consent a_consent() {
    return {.comprehensive = true, .given_at = kNow - kOneDay, .id = "c-1"};
}

Registration a_registration() {
    return {.party = party(kHelpers),
            .assurance = "document",
            .period = {.from = kNow - kOneDay},
            .id = "r-1"};
}

Consent consent_taken(const Consent& consent, const PersonFacts& facts) {
    return std::get<Consent>(taken_at(consent, facts, kNow));
}

Registration registration_taken(const Registration& registration, const PersonFacts& facts) {
    return std::get<Registration>(taken_at(registration, facts, kNow));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(notes)

BOOST_AUTO_TEST_CASE(a_new_one_is_kept_as_it_says) {
    BOOST_TEST((consent_taken(a_consent(), {}) == a_consent()));
    BOOST_TEST((registration_taken(a_registration(), {}) == a_registration()));
    BOOST_TEST(id_of(a_consent()) == "c-1");
    BOOST_TEST(!is_ending(a_consent(), {}));
    BOOST_TEST(!is_ending(a_registration(), {}));
}

BOOST_AUTO_TEST_CASE(no_consent_and_no_withdrawal_is_of_the_future) {
    auto ahead = a_consent();
    ahead.given_at = kNow + kOneDay;
    BOOST_TEST((consent_taken(ahead, {}).given_at == kNow));
    auto withdrawn = a_consent();
    withdrawn.withdrawn_at = kNow + kOneDay;
    BOOST_TEST((consent_taken(withdrawn, {.consents = {a_consent()}}).withdrawn_at == kNow));
}

BOOST_AUTO_TEST_CASE(a_withdrawal_changes_its_record_in_that_alone) {
    Consent other{.given = {ConsentKind::life}, .given_at = kNow, .id = "c-1"};
    other.withdrawn_at = kNow;
    auto expected = a_consent();
    expected.withdrawn_at = kNow;
    BOOST_TEST((consent_taken(other, {.consents = {a_consent()}}) == expected));
    BOOST_TEST(is_ending(other, {.consents = {a_consent()}}));
}

BOOST_AUTO_TEST_CASE(an_earlier_end_stays) {
    auto withdrawn = a_consent();
    withdrawn.withdrawn_at = kNow - kOneDay;
    auto again = a_consent();
    again.withdrawn_at = kNow;
    BOOST_TEST((consent_taken(again, {.consents = {withdrawn}}).withdrawn_at == kNow - kOneDay));
    auto ended = a_registration();
    ended.period.until = kNow;
    auto later = a_registration();
    later.period.until = kNow + kOneDay;
    BOOST_TEST((registration_taken(later, {.registrations = {ended}}).period.until == kNow));
}

BOOST_AUTO_TEST_CASE(a_registration_ends_with_its_contract_which_may_be_later) {
    auto end = a_registration();
    end.assurance = "card";
    end.period.until = kNow + kOneDay;
    const PersonFacts facts{.registrations = {a_registration()}};
    BOOST_TEST(is_ending(end, facts));
    const auto record = registration_taken(end, facts);
    BOOST_TEST((record.period.until == kNow + kOneDay));
    BOOST_TEST(record.assurance == "document");
    const PersonFacts then{.registrations = {record}};
    BOOST_TEST(is_registered(then, party(kHelpers), kNow));
    BOOST_TEST(!is_registered(then, party(kHelpers), kNow + kOneDay));
}

BOOST_AUTO_TEST_CASE(records_are_found_by_their_id) {
    const PersonFacts facts{.registrations = {a_registration()}, .consents = {a_consent()}};
    BOOST_TEST(consent_of(facts, "c-1") == &facts.consents.front());
    BOOST_TEST(consent_of(facts, "r-1") == nullptr);
    BOOST_TEST(registration_of(facts, "r-1") == &facts.registrations.front());
    BOOST_TEST(registration_of(facts, "c-1") == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
