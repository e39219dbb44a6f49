// The gateway that the bench measures starts and answers, so that a bench that is wanted is there.
#include <boost/test/unit_test.hpp>

#include "tests/bench/bench_gateway.h"

using namespace sekisho::bench;

namespace {

LoadResult asked_a_little(const BenchGateway& gateway, const Credentials& who,
                          std::function<std::string(std::uint64_t)> request) {
    return run({.credentials = who,
                .port = gateway.port(),
                .lines = 1,
                .warm_up = Seconds{0},
                .duration = Seconds{0.2},
                .request = std::move(request)});
}

void takes_opinions(BenchGateway::Recipient recipient) {
    const BenchGateway gateway{recipient};
    const LoadResult taken = asked_a_little(gateway, gateway.clinic(), gateway.opinions(4096));
    BOOST_TEST(taken.answered > 0U);
    BOOST_TEST(taken.troubles() == "");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_gateway_of_the_bench)

BOOST_AUTO_TEST_CASE(takes_opinions_for_each_recipient) {
    takes_opinions(BenchGateway::Recipient::mailbox);
    takes_opinions(BenchGateway::Recipient::platform);
    takes_opinions(BenchGateway::Recipient::loopback);
}

BOOST_AUTO_TEST_CASE(answers_questions) {
    const BenchGateway gateway{BenchGateway::Recipient::mailbox};
    const LoadResult asked =
        asked_a_little(gateway, gateway.care_manager(), gateway.progress_questions());
    BOOST_TEST(asked.answered > 0U);
    BOOST_TEST(asked.troubles() == "");
}

BOOST_AUTO_TEST_SUITE_END()
