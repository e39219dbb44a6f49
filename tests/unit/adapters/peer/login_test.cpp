// What peers with a login share: the secret's file, the token, and turns at asking for it.
#include <boost/test/unit_test.hpp>
#include <thread>

#include "adapters/peer/secret_file.h"
#include "adapters/peer/turn.h"
#include "tests/support/config_files.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using namespace std::chrono_literals;
using documents::Json;

namespace {

const peer::TokenTime kStart{std::chrono::hours{1000}};

}  // namespace

BOOST_AUTO_TEST_SUITE(peer_login)

BOOST_AUTO_TEST_CASE(a_secret_is_one_line_of_a_file_that_can_be_read) {
    const tests::TemporaryFolder folder;
    const auto secret = [&](const std::string& content) {
        tests::write_file(folder / "secret", content);
        return peer::read_secret(folder / "secret").value_or("none");
    };
    BOOST_TEST(secret("a secret\r\n") == "a secret");
    BOOST_TEST(secret("a secret") == "a secret");
    BOOST_TEST(secret("\n") == "none");
    BOOST_TEST(secret("one\ntwo\n") == "none");
    BOOST_TEST(secret(std::string(1025, 'x')) == "none");
    BOOST_TEST(!peer::read_secret(folder / "nowhere"));
}

BOOST_AUTO_TEST_CASE(a_refused_secret_rests_five_minutes_and_another_is_tried_at_once) {
    const tests::TemporaryFolder folder;
    tests::write_file(folder / "secret", "wrong");
    peer::SecretFile file{folder / "secret", "secret"};
    BOOST_TEST(file.read(kStart).value() == "wrong");
    file.rest("wrong", kStart);
    BOOST_TEST(file.read(kStart + 4min + 59s).error().outcome.detail ==
               "login: refused a moment ago, not tried again yet");
    BOOST_TEST(file.read(kStart + 5min).value() == "wrong");
    tests::write_file(folder / "secret", "right");
    BOOST_TEST(file.read(kStart).value() == "right");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_no_refusal) {
    const peer::SecretFile file{"/nowhere/secret", "secret"};
    const auto trouble = file.read(kStart).error();
    BOOST_TEST(trouble.outcome.detail == "login: the secret file cannot be read");
    BOOST_TEST(!trouble.refused);
}

BOOST_AUTO_TEST_CASE(a_token_is_given_up_before_its_end) {
    BOOST_CHECK(peer::given_up(kStart, 1h) == kStart + 59min);
    BOOST_CHECK(peer::given_up(kStart, 20s) == kStart + 10s);
}

BOOST_AUTO_TEST_CASE(a_turn_is_waited_for_until_the_deadline) {
    peer::Turns turns;
    const auto soon = [] { return std::chrono::steady_clock::now() + 10s; };
    {
        const peer::Turn first(turns, soon());
        BOOST_TEST(first.is_taken());
        BOOST_TEST(!peer::Turn(turns, std::chrono::steady_clock::now()).is_taken());
    }
    BOOST_TEST(peer::Turn(turns, std::chrono::steady_clock::now()).is_taken());
}

BOOST_AUTO_TEST_CASE(one_at_a_time_has_the_turn) {
    peer::Turns turns;
    int count = 0;  // belongs to who has the turn
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 1000; ++n) {
                const peer::Turn turn(turns, std::chrono::steady_clock::now() + 60s);
                if (turn.is_taken()) ++count;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    BOOST_TEST(count == 8000);
}

BOOST_AUTO_TEST_SUITE_END()
