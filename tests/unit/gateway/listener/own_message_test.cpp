#include "gateway/listener/own_message.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::listener {

BOOST_AUTO_TEST_SUITE(own_message)

BOOST_AUTO_TEST_CASE(tells_what_later_wants_besides_where_nothing_is_told) {
    const model::Text words{.ja = "取り直してください", .en = "obtain another"};
    const auto told = [&](const model::Refusal& refusal) {
        return with_words_if_later(refusal, words).detail == words;
    };
    BOOST_TEST(told({.problem = model::Problem::store_unavailable}));
    BOOST_TEST(
        told({.problem = model::Problem::over_budget, .retry_after = std::chrono::seconds{1}}));
    BOOST_TEST(!told({.problem = model::Problem::not_registered}));
    BOOST_TEST(!told({.problem = model::Problem::store_unavailable, .detail = {.en = "its own"}}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::listener
