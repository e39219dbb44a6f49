// The visits under way: for whom, for how long, and how many.
#include "gateway/admission/visit_book.h"

#include <boost/test/unit_test.hpp>

#include "tests/unit/gateway/admission/admission_world.h"

using namespace sekisho;
using namespace std::chrono_literals;
using tests::kClinic;

namespace {

const model::Person kHanako{model::InsurerNumber{"139980"}, model::InsuredNumber{"0000000001"}};

struct Desk {
    tests::FakeClock clock;
    tests::SeededRandom random;
    admission::VisitBook book{clock, random, {.life = 30min, .per_party = 2, .in_all = 3}};

    std::string opened(const admission::Presenter& presenter = kClinic) {
        const auto visit = book.open(presenter, kHanako);
        BOOST_REQUIRE(visit);
        return visit->id;
    }
    bool knows(const std::string& id, const admission::Presenter& presenter = kClinic) {
        return book.find(id, presenter).has_value();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(visit_book, Desk)

BOOST_AUTO_TEST_CASE(a_visit_is_of_one_person_and_says_when_it_is_over) {
    const auto visit = book.open(kClinic, kHanako);
    BOOST_TEST_REQUIRE(visit.has_value());
    BOOST_TEST(visit->id.size() == 22U);
    BOOST_TEST(model::to_rfc3339(visit->until) == model::to_rfc3339(clock.now() + 30min));
    const auto found = book.find(visit->id, kClinic);
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST((found->person == kHanako));
    BOOST_TEST(found->id == visit->id);
}

BOOST_AUTO_TEST_CASE(no_two_visits_share_an_id) {
    const std::string first = opened();
    const std::string second = opened();
    BOOST_TEST(first != second);
    BOOST_TEST(knows(first));
    BOOST_TEST(knows(second));
}

BOOST_AUTO_TEST_CASE(a_visit_is_known_to_the_client_that_opened_it_only) {
    const std::string id = opened();
    BOOST_TEST(!knows(id, tests::presenter("medical:1319900013", 1)));
    BOOST_TEST(!knows(id, tests::presenter("medical:1319900021", 2)));
    BOOST_TEST(!knows("AAAAAAAAAAAAAAAAAAAAAA"));
    BOOST_TEST(!knows(""));
    BOOST_TEST(knows(id));
}

BOOST_AUTO_TEST_CASE(a_visit_is_over_when_its_time_is_and_not_before) {
    const std::string id = opened();
    clock.advance(30min - 1ms);
    BOOST_TEST(knows(id));
    clock.advance(1ms);
    BOOST_TEST(!knows(id));
    BOOST_TEST(book.size() == 0U);
}

BOOST_AUTO_TEST_CASE(a_party_that_opens_too_many_ends_its_own_oldest) {
    const std::string first = opened();
    const std::string second = opened();
    const std::string third = opened();
    BOOST_TEST(!knows(first));
    BOOST_TEST(knows(second));
    BOOST_TEST(knows(third));
    BOOST_TEST(book.size() == 2U);
}

BOOST_AUTO_TEST_CASE(of_all_parties_no_more_than_so_many_and_none_gives_way_for_another) {
    const auto other = tests::presenter("care-office:1379900028", 3);
    const auto last = tests::presenter("care-office:1379900036", 4);
    const std::string mine = opened();
    (void)opened(other);
    (void)opened(other);
    const auto refused = book.open(last, kHanako);
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().problem == model::Problem::overloaded));
    BOOST_TEST(refused.error().retry_after.has_value());
    BOOST_TEST(knows(mine));
    clock.advance(30min);
    BOOST_TEST(book.open(last, kHanako).has_value());
    BOOST_TEST(book.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
