// `sekisho card` as a person at a counter runs it: the real program, the real service, a PIN on a
// descriptor.
#include <array>
#include <boost/test/unit_test.hpp>
#include <signal.h>
#include <unistd.h>

#include "adapters/documents/base64.h"
#include "adapters/documents/json.h"
#include "gateway/platform/certificate_text.h"
#include "tests/end_to_end/card/card_world.h"

using namespace sekisho;
using tests::CardWorld;
using tests::Child;
using tests::Finished;
using tests::RawHandle;

namespace {

// A pipe with a PIN in it, that the program inherits.
class PinPipe {
  public:
    explicit PinPipe(std::string_view pin) {
        std::array<int, 2> ends{};
        BOOST_TEST_REQUIRE(::pipe(ends.data()) == 0);
        BOOST_TEST_REQUIRE(::write(ends[1], pin.data(), pin.size()) ==
                           static_cast<ssize_t>(pin.size()));
        ::close(ends[1]);
        end_ = ends[0];
    }
    ~PinPipe() { ::close(end_); }
    PinPipe(const PinPipe&) = delete;
    PinPipe& operator=(const PinPipe&) = delete;

    std::string number() const { return std::to_string(end_); }

  private:
    int end_ = -1;
};

std::vector<std::string> sekisho_card(const std::vector<std::string>& words) {
    std::vector<std::string> command{tests::DemoGateway::program("sekisho"), "card"};
    command.insert(command.end(), words.begin(), words.end());
    return command;
}

Finished run(const std::vector<std::string>& words) {
    return tests::run_program(sekisho_card(words));
}

// "challenge" in base64url.
Finished run_sign(std::string_view pin, const std::vector<std::string>& more = {}) {
    const PinPipe pipe{pin};
    std::vector<std::string> words{"sign",   "--challenge", "Y2hhbGxlbmdl",
                                   "--json", "--pin-fd",    pipe.number()};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_card_command, CardWorld)

BOOST_AUTO_TEST_CASE(tells_the_status_and_reads_the_certificate) {
    BOOST_TEST(run({"status"}).exit_code == 1);
    BOOST_TEST(run({"read"}).exit_code == 2);  // two readers, and no card says which
    insert();
    const Finished status = run({"status", "--json"});
    BOOST_TEST(status.exit_code == 0, status.output);
    BOOST_TEST(holds(status.output, "\"token\":\"my-number-card\",\"tries_left\":3"));
    const Finished read = run({"read", "--out", file("card.pem")});
    BOOST_TEST(read.exit_code == 0, read.output);
    const Finished shown =
        tests::run_program({"/usr/bin/openssl", "x509", "-in", file("card.pem"), "-noout",
                            "-issuer", "-ext", "keyUsage,certificatePolicies"});
    BOOST_TEST(holds(shown.output, "JPKI for user authentication"));
    BOOST_TEST(holds(shown.output, "Digital Signature"));
    BOOST_TEST(holds(shown.output, "1.2.392.200149.8.5.1.3.30"));
}

BOOST_AUTO_TEST_CASE(signs_a_challenge_that_openssl_verifies_and_leaves_the_card_locked) {
    insert();
    const Finished finished = run_sign("1234");
    BOOST_TEST_REQUIRE(finished.exit_code == 0, finished.output);
    const auto evidence = documents::parse_json(finished.output);
    BOOST_TEST_REQUIRE(evidence.has_value());
    const auto certificate = documents::from_base64(*evidence->string_at("certificate"));
    const auto signature = documents::from_base64(*evidence->string_at("signature"));
    BOOST_TEST(verifies(platform::certificate_text(*certificate)->pem, "challenge", *signature));
    BOOST_TEST(!RawHandle{reader()}.can_sign());
}

BOOST_AUTO_TEST_CASE(never_shows_a_pin_and_spends_one_try_on_a_wrong_one) {
    insert();
    const Finished wrong = run_sign("7391");
    BOOST_TEST(wrong.exit_code == 1);
    BOOST_TEST(holds(wrong.output, "あと2回"));
    BOOST_TEST(!holds(wrong.output, "7391"));
    BOOST_TEST(holds(run({"status"}).output, "PIN: 2"));
    BOOST_TEST(run_sign("7392").exit_code == 1);
    BOOST_TEST(run_sign("1234").exit_code == 1);  // one is left: kept
    BOOST_TEST(holds(run({"status"}).output, "PIN: 1"));
    BOOST_TEST(run_sign("1234", {"--even-if-one-try-is-left"}).exit_code == 0);
}

BOOST_AUTO_TEST_CASE(killed_behind_the_pin_leaves_nothing_unlocked) {
    insert({"--fault", "slow@sign:once", "--slow", "1500"});
    const PinPipe pipe{"1234"};
    Child child{sekisho_card({"sign", "--challenge", "Y2hhbGxlbmdl", "--pin-fd", pipe.number()}),
                file("killed.log")};
    // The card tells its program's log when it begins to be slow: it is unlocked then.
    BOOST_TEST_REQUIRE(tests::eventually([this] { return is_slow(); }));
    child.signal(SIGKILL);
    BOOST_TEST(child.wait() == 128 + SIGKILL);
    BOOST_TEST_REQUIRE(
        tests::eventually([this] { return RawHandle{reader()}.connected() == SCARD_S_SUCCESS; }));
    BOOST_TEST(!RawHandle{reader()}.can_sign());
}

BOOST_AUTO_TEST_CASE(says_what_to_do_without_the_service) {
    stop_service();
    const Finished finished = run({"status"});
    BOOST_TEST(finished.exit_code == 3);
    BOOST_TEST(holds(finished.output, "pcscd"));
}

BOOST_AUTO_TEST_CASE(names_the_readers_when_two_cards_lie_there) {
    insert();
    insert({"--token", "JPKIAPGPSETOKEN"}, Slot::second);
    const Finished ambiguous = run({"read"});
    BOOST_TEST(ambiguous.exit_code == 2);
    BOOST_TEST(holds(ambiguous.output, "\"Virtual PCD 00 00\", \"Virtual PCD 00 01\""));
    BOOST_TEST(run({"read", "--reader", reader(Slot::first)}).exit_code == 0);
    BOOST_TEST(run({"read", "--reader", reader(Slot::second)}).exit_code == 1);
}

BOOST_AUTO_TEST_SUITE_END()
