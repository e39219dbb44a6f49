#include "gateway/exchange/ask_breakers.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::exchange {

namespace {

using Pass = AskBreakers::Pass;
namespace limits = model::limits;

const model::Via kPeer{"platform"};

struct Open {
    Open() {
        for (std::uint32_t i = 0; i < limits::kBreakerFailures; ++i)
            breakers.on_silence(kPeer, now);
    }
    Pass ask() { return breakers.lets_pass(kPeer, now); }

    platform::Monotonic now{};
    AskBreakers breakers;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(an_open_ask_breaker, Open)

BOOST_AUTO_TEST_CASE(lets_one_question_pass_after_each_rest) {
    BOOST_TEST((ask() == Pass::none));
    now += limits::kBreakerRest;
    BOOST_TEST((ask() == Pass::only));
    BOOST_TEST((ask() == Pass::none));
    now += limits::kBreakerRest;
    BOOST_TEST((ask() == Pass::only));
}

BOOST_AUTO_TEST_CASE(lets_the_next_pass_where_the_only_one_told_nothing) {
    now += limits::kBreakerRest;
    BOOST_TEST((ask() == Pass::only));
    breakers.on_nothing(kPeer, Pass::only, now);
    BOOST_TEST((ask() == Pass::only));
}

BOOST_AUTO_TEST_CASE(rests_on_though_questions_from_before_it_opened_had_too_little_time) {
    breakers.on_nothing(kPeer, Pass::free, now);
    BOOST_TEST((ask() == Pass::none));
}

BOOST_AUTO_TEST_CASE(is_shut_again_by_an_answer) {
    now += limits::kBreakerRest;
    BOOST_TEST((ask() == Pass::only));
    breakers.on_answer(kPeer);
    BOOST_TEST((ask() == Pass::free));
    BOOST_TEST((ask() == Pass::free));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::exchange
