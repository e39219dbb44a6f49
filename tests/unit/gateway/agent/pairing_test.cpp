// Six digits once, then a token.
#include "gateway/agent/pairing.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "tests/support/fake_world.h"

using namespace sekisho;
using namespace std::chrono_literals;
using agent::Code;
using agent::Pairing;

namespace {

constexpr std::string_view kPage = "https://localhost:8443";

struct Desk {
    tests::FakeClock clock;
    tests::SeededRandom random;
    Pairing pairing{random};

    auto pair(std::string_view code) { return pairing.pair(kPage, code, clock.monotonic()); }
    Code refusal_of(std::string_view code) { return pair(code).error().code; }
    std::string token() { return pair(pairing.code()).value(); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(pairing)

BOOST_AUTO_TEST_CASE(a_code_is_six_digits_and_another_each_time) {
    Desk desk;
    std::set<std::string> seen;
    for (int i = 0; i < 20; ++i) {
        const std::string code = desk.pairing.code();
        BOOST_TEST(code.size() == 6U);
        BOOST_TEST(code.find_first_not_of("0123456789") == std::string::npos);
        seen.insert(code);
        desk.token();
    }
    BOOST_TEST(seen.size() == 20U);
}

BOOST_AUTO_TEST_CASE(a_code_is_good_once) {
    Desk desk;
    const std::string code = desk.pairing.code();
    BOOST_TEST(desk.pair(code).has_value());
    BOOST_TEST((desk.refusal_of(code) == Code::wrong_code));
}

BOOST_AUTO_TEST_CASE(a_wrong_guess_ends_the_code_it_was_made_at) {
    Desk desk;
    const std::string code = desk.pairing.code();
    for (const std::string& wrong : {std::string{}, code + "0", code.substr(1)}) {
        Desk fresh;
        BOOST_TEST((fresh.refusal_of(wrong) == Code::wrong_code));
        BOOST_TEST(fresh.pairing.code() != code);
        BOOST_TEST((fresh.refusal_of(code) == Code::wrong_code));
    }
}

BOOST_AUTO_TEST_CASE(wrong_guesses_in_a_row_make_the_next_wait_ever_longer) {
    Desk desk;
    for (int i = 0; i < 3; ++i) BOOST_TEST((desk.refusal_of("x") == Code::wrong_code));
    for (const auto wait : {30s, 60s, 120s, 240s, 480s, 900s, 900s}) {
        const std::string code = desk.pairing.code();
        const auto refused = desk.pair(code);
        BOOST_TEST_REQUIRE(!refused.has_value());
        BOOST_TEST((refused.error().code == Code::too_many_codes));
        BOOST_TEST((refused.error().wait == wait));
        BOOST_TEST(desk.pairing.code() == code);  // it was not even looked at
        desk.clock.advance(wait - 1ms);
        BOOST_TEST((desk.refusal_of(code) == Code::too_many_codes));
        desk.clock.advance(1ms);
        BOOST_TEST((desk.refusal_of("x") == Code::wrong_code));
    }
}

BOOST_AUTO_TEST_CASE(a_right_code_ends_the_waiting) {
    Desk desk;
    for (int i = 0; i < 3; ++i) BOOST_TEST((desk.refusal_of("x") == Code::wrong_code));
    desk.clock.advance(30s);
    desk.token();
    BOOST_TEST((desk.refusal_of("x") == Code::wrong_code));
    desk.token();
}

BOOST_AUTO_TEST_CASE(a_token_is_known_for_the_page_it_was_given_to_only) {
    Desk desk;
    const std::string token = desk.token();
    BOOST_TEST(token.size() == 43U);
    BOOST_TEST(desk.pairing.knows(kPage, token));
    BOOST_TEST(!desk.pairing.knows("https://other.example", token));
    BOOST_TEST(!desk.pairing.knows(kPage, ""));
    BOOST_TEST(!desk.pairing.knows(kPage, token.substr(1)));
    Desk another;
    BOOST_TEST(!another.pairing.knows(kPage, token));
}

BOOST_AUTO_TEST_CASE(of_too_many_tokens_the_oldest_goes) {
    Desk desk;
    const std::string first = desk.token();
    const std::string second = desk.token();
    for (std::size_t i = 2; i <= Pairing::kTokensMax; ++i) desk.token();
    BOOST_TEST(!desk.pairing.knows(kPage, first));
    BOOST_TEST(desk.pairing.knows(kPage, second));
}

BOOST_AUTO_TEST_SUITE_END()
