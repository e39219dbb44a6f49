// Cards asked about at a real responder, `openssl ocsp`, which each test starts and stops: by the
// gateway's own client, over loopback.
#include <boost/test/unit_test.hpp>

#include "adapters/http/curl_library.h"
#include "gateway/admission/ocsp_checker.h"
#include "gateway/platform/system.h"
#include "tests/support/demo/ocsp_responder.h"
#include "tests/support/fake_world.h"
#include "tests/support/http_raw_server.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_jpki.h"

using namespace sekisho;
using namespace std::chrono_literals;
using admission::CardStatus;
using admission::StatusAnswer;
using tests::TestJpki;

namespace {

const StatusAnswer kGood{.status = CardStatus::good};

StatusAnswer unknown(const std::string& why) {
    return {.status = CardStatus::unknown, .why = why};
}

const TestJpki& jpki() {
    static const TestJpki made{platform::SystemClock{}.now()};
    return made;
}

const TestJpki& stranger() {
    static const TestJpki made{platform::SystemClock{}.now()};
    return made;
}

// By that index, of these cards' authority.
class Responder : public tests::OcspResponder {
  public:
    explicit Responder(const std::string& index,
                       const platform::CertificateAndKey& signer = jpki().authority(),
                       const std::vector<std::string>& more = {})
        : OcspResponder(index,
                        {.authority = jpki().authority_pem(),
                         .signer = signer.certificate_pem,
                         .signer_key = signer.key_pem},
                        more) {}
};

const auto valid = tests::OcspResponder::valid;
const auto revoked = tests::OcspResponder::revoked;

struct Gateway {
    http::CurlLibrary curl;
    platform::SystemClock clock;
    platform::SystemRandom random;
    tests::InlineExecutor executor;

    admission::CertifiedCard card() {
        tests::MemoryFiles files;
        files.change("/ca.pem", jpki().authority_pem());
        const auto trust = admission::JpkiTrust::load(files, {{.file = "/ca.pem"}});
        BOOST_REQUIRE(trust);
        const auto parsed = admission::parse_card_certificate(jpki().card());
        BOOST_REQUIRE(parsed);
        auto card = (*trust)->judge(*parsed, clock.now());
        BOOST_REQUIRE(card);
        return std::move(*card);
    }

    StatusAnswer ask(const std::string& url, const platform::Clock& by,
                     std::chrono::milliseconds patience = 10s) {
        admission::OcspOverHttp transport{{.plain_http = http::PlainHttp::loopback}, url};
        admission::OcspChecker checker{
            {.transport = transport, .executor = executor, .random = random, .clock = by}};
        StatusAnswer given{.status = CardStatus::unknown, .why = "never answered"};
        checker.check(card(), clock.monotonic() + patience,
                      [&given](StatusAnswer answer) { given = std::move(answer); });
        return given;
    }
    StatusAnswer ask(const std::string& url) { return ask(url, clock); }
};

std::string http_answer(const std::string& status, const std::string& body) {
    return "HTTP/1.1 " + status +
           "\r\nContent-Type: application/ocsp-response\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_real_responder, Gateway)

BOOST_AUTO_TEST_CASE(says_of_a_good_card_that_it_is_good) {
    const Responder responder{valid("1001") + revoked("1002")};
    BOOST_TEST((ask(responder.url()) == kGood));
    BOOST_TEST((ask(responder.url()) == kGood));
}

BOOST_AUTO_TEST_CASE(says_of_a_revoked_card_that_it_is_revoked) {
    const Responder responder{revoked("1001")};
    BOOST_TEST((ask(responder.url()) == StatusAnswer{.status = CardStatus::revoked}));
}

BOOST_AUTO_TEST_CASE(does_not_know_every_card) {
    const Responder responder{valid("1002")};
    BOOST_TEST((ask(responder.url()) == unknown("not-known-there")));
}

BOOST_AUTO_TEST_CASE(may_be_delegated_by_the_authority) {
    const platform::CertificateAndKey signer{
        .certificate_pem =
            tests::pem_of(jpki().card(tests::with_extension(NID_ext_key_usage, "OCSPSigning"))),
        .key_pem = jpki().card_key_pem()};
    const Responder responder{valid("1001"), signer, {"-nmin", "5"}};
    BOOST_TEST((ask(responder.url()) == kGood));
}

BOOST_AUTO_TEST_CASE(that_is_a_stranger_is_not_believed) {
    const Responder responder{valid("1001"), stranger().authority()};
    BOOST_TEST((ask(responder.url()) == unknown("stranger")));
}

BOOST_AUTO_TEST_CASE(whose_signature_is_broken_is_not_believed) {
    const Responder responder{valid("1001"), jpki().authority(), {"-badsig"}};
    BOOST_TEST((ask(responder.url()) == unknown("stranger")));
}

BOOST_AUTO_TEST_CASE(is_not_believed_later) {
    const Responder responder{valid("1001"), jpki().authority(), {"-nmin", "5"}};
    const tests::FakeClock later{clock.now() + 1h};
    BOOST_TEST((ask(responder.url(), later) == unknown("stale")));
}

BOOST_AUTO_TEST_CASE(that_has_stopped_is_unreachable) {
    Responder responder{valid("1001")};
    BOOST_TEST((ask(responder.url()) == kGood));
    responder.stop();
    BOOST_TEST((ask(responder.url()) ==
                StatusAnswer{.status = CardStatus::unreachable, .why = "unreachable"}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(who_plays_a_responder, Gateway)

BOOST_AUTO_TEST_CASE(and_answers_garbage_is_not_believed) {
    const tests::RawServer server{http_answer("200 OK", "<html>login</html>")};
    BOOST_TEST((ask(server.url()) == unknown("garbage")));
}

BOOST_AUTO_TEST_CASE(and_answers_for_another_certificate_is_not_believed) {
    const std::string answer =
        tests::ocsp_answer({.certificate = jpki().card(tests::with_serial(tests::kCardSerial + 1)),
                            .authority = jpki().authority_pem(),
                            .signer = jpki().authority(),
                            .this_update = clock.now()});
    const tests::RawServer server{http_answer("200 OK", answer)};
    BOOST_TEST((ask(server.url()) == unknown("other-certificate")));
}

BOOST_AUTO_TEST_CASE(and_answers_an_error_is_unreachable) {
    const tests::RawServer server{http_answer("503 Service Unavailable", "")};
    BOOST_TEST(
        (ask(server.url()) == StatusAnswer{.status = CardStatus::unreachable, .why = "http-503"}));
}

BOOST_AUTO_TEST_CASE(and_answers_too_much_or_half_is_unreachable) {
    const tests::RawServer large{http_answer("200 OK", std::string(std::size_t{65} * 1024, '0'))};
    BOOST_TEST(
        (ask(large.url()) == StatusAnswer{.status = CardStatus::unreachable, .why = "too_large"}));
    const tests::RawServer half{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0"};
    BOOST_TEST(
        (ask(half.url()) == StatusAnswer{.status = CardStatus::unreachable, .why = "truncated"}));
}

BOOST_AUTO_TEST_CASE(and_never_answers_is_unreachable_at_the_deadline) {
    const tests::RawServer server{"", tests::RawEnd::silence};
    BOOST_TEST((ask(server.url(), clock, 200ms) ==
                StatusAnswer{.status = CardStatus::unreachable, .why = "timeout"}));
}

BOOST_AUTO_TEST_CASE(beyond_this_host_without_tls_is_not_asked) {
    BOOST_TEST((ask("http://ocsp.example:80/") ==
                StatusAnswer{.status = CardStatus::unreachable, .why = "refused"}));
}

BOOST_AUTO_TEST_SUITE_END()
