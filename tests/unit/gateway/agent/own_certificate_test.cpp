// The agent's own certificate: made once, kept, made anew in time.
#include "gateway/agent/own_certificate.h"

#include <boost/test/unit_test.hpp>

#include "gateway/platform/certificate_text.h"
#include "tests/support/fake_world.h"

using namespace sekisho;

namespace {

struct Machine {
    tests::MemoryFiles files;
    tests::FakeClock clock;
    tests::SeededRandom random;

    auto own() { return agent::own_certificate(files, clock, random, "/home/agent"); }
    std::string read(const std::string& path) { return files.read(path, 100'000).value(); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(own_certificate)

BOOST_AUTO_TEST_CASE(is_made_on_first_start_and_kept) {
    Machine machine;
    const auto first = machine.own();
    BOOST_TEST_REQUIRE(first.has_value());
    BOOST_TEST(first->made_now);
    BOOST_TEST((first->files.clients == listener::Clients::anonymous));
    BOOST_TEST(first->fingerprint.size() == 95U);
    const auto again = machine.own();
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST(!again->made_now);
    BOOST_TEST(again->fingerprint == first->fingerprint);
    BOOST_TEST(listener::TlsContext::load(machine.files, first->files).has_value());
}

BOOST_AUTO_TEST_CASE(is_valid_for_two_years_and_made_anew_in_the_last_month) {
    Machine machine;
    const auto first = machine.own();
    const auto der = platform::certificate_der(machine.read(first->files.certificate_file));
    const auto text = platform::certificate_text(der.value());
    BOOST_TEST((text->not_after == tests::FakeClock::kStart + std::chrono::hours{24 * 730}));
    machine.clock.advance(std::chrono::hours{24 * 699});
    BOOST_TEST(!machine.own()->made_now);
    machine.clock.advance(std::chrono::hours{24 * 2});
    const auto renewed = machine.own();
    BOOST_TEST(renewed->made_now);
    BOOST_TEST(renewed->fingerprint != first->fingerprint);
}

BOOST_AUTO_TEST_CASE(is_made_anew_when_its_key_is_gone) {
    Machine machine;
    const auto first = machine.own();
    BOOST_REQUIRE(machine.files.remove(first->files.key_file).has_value());
    BOOST_TEST(machine.own()->made_now);
}

BOOST_AUTO_TEST_CASE(that_cannot_be_read_is_left_alone_and_said) {
    Machine machine;
    const auto first = machine.own();
    BOOST_REQUIRE(
        machine.files.write_whole(first->files.certificate_file, "nonsense", 0644).has_value());
    const auto refused = machine.own();
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().detail.en.find("card-agent.pem") != std::string::npos);
    BOOST_TEST(machine.read(first->files.certificate_file) == "nonsense");
}

BOOST_AUTO_TEST_SUITE_END()
