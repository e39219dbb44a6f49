// The counter page in a real browser: Chromium, with an office's certificate in its own store,
// before a gateway with its simulated peers. What it says and does is tested in the *.test.mjs
// beside this file, each against a gateway of its own after a day of documents; README.md says how
// they fit.
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "adapters/simulation/card/own_namespaces.h"
#include "tests/support/config_files.h"
#include "tests/support/demo/demo_gateway.h"

namespace sekisho::tests {

namespace {

constexpr auto kBrowsersFolder = "/etc/chromium";  // where Debian's Chromium reads its policies

struct OwnMachine {
    OwnMachine() {
        auto wrong = simulation::enter_own_namespaces();
        if (!wrong) wrong = simulation::hide_below(kBrowsersFolder);
        if (wrong) throw std::runtime_error(*wrong);
    }
};

BOOST_TEST_GLOBAL_FIXTURE(OwnMachine);

// What an administrator of an office's machines sets: which certificate is shown to the gateway.
void set_browsers_policy(const DemoGateway& gateway) {
    const std::string folder = std::string{kBrowsersFolder} + "/policies/managed";
    std::filesystem::create_directories(folder);
    std::ofstream{folder + "/counter.json"}
        << R"({"AutoSelectCertificateForUrls": ["{\"pattern\":\")" << gateway.zone_url("internet")
        << R"(\",\"filter\":{}}"]})";
}

enum class Desk : std::uint8_t { without_cards, with_cards };

void in_a_browser(const std::string& script, Desk desk = Desk::without_cards) {
    DemoGateway gateway;
    gateway.start();
    if (desk == Desk::with_cards) gateway.lay_out_cards();
    const auto day = run_program({DemoGateway::program("sekisho-sim"), "day", "--demo",
                                  gateway.folder(), "--without-cards", "--quiet"});
    BOOST_TEST_REQUIRE(day.exit_code == 0, day.output);
    set_browsers_policy(gateway);
    const std::string built = std::string{SEKISHO_BINARY_DIR} + "/tests/end_to_end/counter";
    const std::string output = gateway.file("logs/browser.log");
    Child node{
        {SEKISHO_NODE, "--test", "--test-reporter=spec",
         std::string{SEKISHO_SOURCE_DIR} + "/tests/end_to_end/counter/" + script},
        output,
        {"COUNTER_GATEWAY=" + gateway.zone_url("internet"), "COUNTER_DEMO=" + gateway.folder(),
         "COUNTER_TOOLS=" + built + "/tools", "COUNTER_PICTURES=" + built + "/pictures",
         "COUNTER_SEKISHO=" + DemoGateway::program("sekisho"),
         "COUNTER_READERS=" + gateway.file("run/pcscd/pcscd.comm")}};
    const int exit_code = node.wait();
    BOOST_TEST_MESSAGE(read_text(output));
    BOOST_TEST(exit_code == 0, "a sentence of " << script << " above does not hold");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_counter_page_in_a_browser)

BOOST_AUTO_TEST_CASE(opens_for_whom_the_certificate_names_and_for_nobody_else) {
    in_a_browser("opening.test.mjs");
}

BOOST_AUTO_TEST_CASE(tells_who_is_before_the_desk_and_registers_the_office) {
    in_a_browser("person.test.mjs");
}

BOOST_AUTO_TEST_CASE(speaks_to_the_card_agent_of_its_machine) {
    in_a_browser("agent.test.mjs", Desk::with_cards);
}

BOOST_AUTO_TEST_CASE(shows_a_persons_information_and_why_it_does_not) {
    in_a_browser("information.test.mjs");
}

BOOST_AUTO_TEST_CASE(records_a_consent_and_its_withdrawal) {
    in_a_browser("consent.test.mjs");
}

BOOST_AUTO_TEST_CASE(sends_an_opinion_and_follows_it) {
    in_a_browser("opinion.test.mjs");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
