// `sekisho doctor` beside a real IKE daemon and the machine's own packet filter.
#include <boost/test/unit_test.hpp>
#include <csignal>

#include "adapters/documents/json.h"
#include "tests/end_to_end/tunnel/zone_behind_a_tunnel.h"
#include "tests/support/config_files.h"

namespace sekisho::tests {

namespace {

using documents::Json;

// What it says of the tunnels.
class Diagnosis {
  public:
    explicit Diagnosis(ZoneBehindATunnel& zone) {
        const auto run = run_program({DemoGateway::program("sekisho"), "doctor", "--config",
                                      zone.gateway().config_file(), "--json"});
        auto read = documents::parse_json(run.output.substr(0, run.output.find('\n')));
        BOOST_TEST_REQUIRE(read.has_value(), run.output);
        report_ = std::move(*read);
    }

    // "good: valid until ...": of the first finding whose subject begins so; "" where there is
    // none.
    std::string of(std::string_view subject) const {
        const Json* const finding = find(subject);
        if (finding == nullptr) return {};
        return std::string{*finding->string_at("state")} + ": " +
               std::string{*finding->find("what")->string_at("en")};
    }
    // What is to be done, in both languages.
    bool says_what_is_next(std::string_view subject) const {
        const Json* const finding = find(subject);
        return finding != nullptr && !finding->find("next")->string_at("ja")->empty() &&
               !finding->find("next")->string_at("en")->empty();
    }
    bool tells_of(std::string_view subject) const { return find(subject) != nullptr; }

  private:
    const Json* find(std::string_view subject) const {
        for (const Json& finding : report_.find("findings")->items()) {
            if (finding.string_at("area") == "tunnel" &&
                finding.string_at("subject")->starts_with(subject)) {
                return &finding;
            }
        }
        return nullptr;
    }

    Json report_;
};

constexpr std::string_view kOwn = "eligibility (ike own: C=JP, O=Sekisho, CN=gw)";
constexpr std::string_view kAuthority = "eligibility (ike authority: C=JP, O=Sekisho, CN=IKE CA)";
constexpr std::string_view kHospitals =
    "eligibility (ike peer: C=JP, O=Sekisho, CN=ehr: medical:1319900013)";

// "399 days)" where 400 were given: part of a day is gone.
bool is_good_for_days(const std::string& said, const std::string& days) {
    return said.starts_with("good: valid until ") && said.ends_with("(" + days + " days)");
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_doctor_at_a_tunnel, ZoneBehindATunnel)

BOOST_AUTO_TEST_CASE(finds_it_good_with_the_days_of_its_certificates) {
    open();
    const Diagnosis said{*this};
    BOOST_TEST(said.of("nft") == "good: the packet filter stands");
    BOOST_TEST(said.of("eligibility") == "good: associations up: 1");
    BOOST_TEST(is_good_for_days(said.of(kOwn), "399"), said.of(kOwn));
    BOOST_TEST(is_good_for_days(said.of(kAuthority), "799"), said.of(kAuthority));
    BOOST_TEST(is_good_for_days(said.of(kHospitals), "399"), said.of(kHospitals));
    BOOST_TEST(!said.tells_of("eligibility (ike)"));
}

BOOST_AUTO_TEST_CASE(warns_of_the_own_certificate_until_the_next_one_is_loaded_as_it_says) {
    BOOST_TEST_REQUIRE(hosts().comes_to_carry(kEhr));
    const std::string own = hosts().file("gw/swanctl/x509/gw.pem");
    const std::string next = read_text(own);
    const auto load = [&](const std::string& certificate) {
        write_file(own, certificate);
        BOOST_TEST(hosts().tell("gw", {"--load-all", "--clear"}).exit_code == 0);
    };
    load(read_text(hosts().file("short.pem")));
    const Diagnosis warned{*this};
    BOOST_TEST(warned.of(kOwn).starts_with("warning: it expires in 19 days"), warned.of(kOwn));
    BOOST_TEST(warned.says_what_is_next(kOwn));
    load(next);
    const Diagnosis renewed{*this};
    BOOST_TEST(is_good_for_days(renewed.of(kOwn), "399"), renewed.of(kOwn));
    BOOST_TEST(hosts().tell("ehr", {"--terminate", "--ike", "gw"}).exit_code == 0);
    const auto anew = hosts().try_from("ehr");
    BOOST_TEST(anew.exit_code == 0, anew.output);
}

BOOST_AUTO_TEST_CASE(finds_a_packet_filter_that_is_gone_at_fault) {
    open();
    flush_filter();
    const Diagnosis said{*this};
    BOOST_TEST(said.of("nft") ==
               "fault: the packet filter is not what it must be: there is no table inet sekisho");
    BOOST_TEST(said.says_what_is_next("nft"));
    BOOST_TEST(said.of("eligibility") == "good: associations up: 1");
    load_filter();
    BOOST_TEST(Diagnosis{*this}.of("nft") == "good: the packet filter stands");
}

BOOST_AUTO_TEST_CASE(finds_a_daemon_that_is_silent_or_gone_at_fault_and_tells_no_days) {
    open();
    hosts().signal_daemon("gw", SIGSTOP);
    const Diagnosis silent{*this};
    BOOST_TEST(silent.of("eligibility") ==
               "fault: the IKE daemon does not answer: the deadline passed");
    BOOST_TEST(silent.says_what_is_next("eligibility"));
    BOOST_TEST(!silent.tells_of("eligibility (ike"));
    BOOST_TEST(silent.of("nft") == "good: the packet filter stands");
    hosts().signal_daemon("gw", SIGCONT);
    BOOST_TEST(eventually([&] { return Diagnosis{*this}.tells_of(kOwn); }, 20));
    hosts().signal_daemon("gw", SIGKILL);
    BOOST_TEST(eventually(
        [&] {
            return Diagnosis{*this}
                .of("eligibility")
                .starts_with("fault: the IKE daemon does not answer: connect: ");
        },
        20));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
