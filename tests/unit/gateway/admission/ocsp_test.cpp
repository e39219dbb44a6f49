// A card's status by a responder's answer: what counts as one, and how it is asked for.
#include <boost/test/unit_test.hpp>

#include "gateway/admission/ocsp_checker.h"
#include "tests/unit/gateway/admission/admission_world.h"

using namespace sekisho;
using namespace std::chrono_literals;
using admission::CardStatus;
using admission::StatusAnswer;
using tests::jpki;
using tests::kToday;
using tests::OcspWish;

namespace {

const std::string kNonce(32, 'n');
const StatusAnswer kGood{.status = CardStatus::good};

StatusAnswer unknown(const std::string& why) {
    return {.status = CardStatus::unknown, .why = why};
}

OcspWish a_good_answer() {
    return {.certificate = jpki().card(),
            .authority = jpki().authority_pem(),
            .signer = jpki().authority(),
            .this_update = kToday,
            .next_update = kToday + 1h,
            .nonce = kNonce};
}

StatusAnswer read(const std::string& answer) {
    const admission::OcspQuestion question{tests::a_card(), kNonce};
    return question.read(answer, kToday);
}

StatusAnswer read(const OcspWish& wish) {
    return read(tests::ocsp_answer(wish));
}

// A responder that the authority made one, or did not.
platform::CertificateAndKey responder(const tests::TestJpki& authority,
                                      const tests::Change& change) {
    return {.certificate_pem = tests::pem_of(authority.card(change)),
            .key_pem = authority.card_key_pem()};
}

const tests::Change kForResponding = tests::with_extension(NID_ext_key_usage, "OCSPSigning");

platform::CertificateAndKey issued(const platform::CertificateRequest& wanted,
                                   const platform::CertificateAndKey* issuer) {
    platform::CertificateRequest request = wanted;
    request.not_before = kToday - 24h;
    if (request.not_after == model::Instant{}) request.not_after = kToday + 240h;
    return platform::issue(request, issuer).value();
}

// A root, two authorities below it, another below the first of these, and whose status is asked:
// a certificate of the first.
struct ALadder {
    platform::CertificateAndKey root = issued({.common_name = "Root", .authority = true}, nullptr);
    platform::CertificateAndKey issuer =
        issued({.common_name = "Issuer", .serial = 2, .authority = true}, &root);
    platform::CertificateAndKey sibling =
        issued({.common_name = "Sibling", .serial = 3, .authority = true}, &root);
    platform::CertificateAndKey below =
        issued({.common_name = "Below", .serial = 4, .authority = true}, &issuer);
    std::string leaf = der({.common_name = "gateway", .serial = 5, .server_auth = true});

    std::string der(const platform::CertificateRequest& wanted) const {
        const auto made = issued(wanted, &issuer);
        return tests::der_of(tests::certificate_of(made.certificate_pem).get());
    }
    static platform::CertificateAndKey responder_of(const platform::CertificateAndKey& authority,
                                                    model::Instant until = {}) {
        auto made =
            issued({.common_name = "Responder", .not_after = until, .serial = 6}, &authority);
        const auto certificate = tests::certificate_of(made.certificate_pem);
        kForResponding(certificate.get());
        const auto key = tests::key_of(authority.key_pem);
        BOOST_TEST_REQUIRE(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
        made.certificate_pem = tests::pem_of(tests::der_of(certificate.get()));
        return made;
    }
    admission::OcspQuestion question() const {
        const auto handle = [](const std::string& pem) {
            return admission::CertificateHandle{tests::certificate_of(pem).release(), X509_free};
        };
        const auto certificate = handle(tests::pem_of(leaf));
        return {{.certificate = certificate,
                 .authority = handle(issuer.certificate_pem),
                 .serial = admission::serial_of(certificate)},
                {}};
    }
    // With all authorities sent along: nobody is a stranger for want of a chain.
    std::string answer_by(const platform::CertificateAndKey& signer) const {
        return tests::ocsp_answer({.certificate = leaf,
                                   .authority = issuer.certificate_pem,
                                   .signer = signer,
                                   .this_update = kToday,
                                   .next_update = kToday + 48h,
                                   .sent_along = {root.certificate_pem, issuer.certificate_pem,
                                                  sibling.certificate_pem, below.certificate_pem}});
    }
    StatusAnswer said_by(const platform::CertificateAndKey& signer) const {
        return question().read(answer_by(signer), kToday);
    }
    std::optional<model::Instant> good_until(const platform::CertificateAndKey& signer) const {
        return question().good_until(answer_by(signer));
    }
};

class ScriptedTransport final : public admission::OcspTransport {
  public:
    std::expected<std::string, std::string> post(std::string_view request,
                                                 platform::Monotonic) override {
        requests.emplace_back(request);
        return answer;
    }
    std::expected<std::string, std::string> answer{};
    std::vector<std::string> requests{};
};

struct Asking {
    tests::FakeClock clock;
    tests::SeededRandom random;
    tests::StepExecutor executor;
    ScriptedTransport transport;
    admission::OcspChecker checker{
        {.transport = transport, .executor = executor, .random = random, .clock = clock}};
    std::vector<StatusAnswer> answers{};

    void ask() {
        checker.check(tests::a_card(), clock.monotonic() + 1s,
                      [this](StatusAnswer answer) { answers.push_back(std::move(answer)); });
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(ocsp_answer)

BOOST_AUTO_TEST_CASE(says_good_revoked_or_not_known_there) {
    OcspWish wish = a_good_answer();
    BOOST_TEST((read(wish) == kGood));
    wish.status = V_OCSP_CERTSTATUS_REVOKED;
    BOOST_TEST((read(wish) == StatusAnswer{.status = CardStatus::revoked}));
    wish.status = V_OCSP_CERTSTATUS_UNKNOWN;
    BOOST_TEST((read(wish) == unknown("not-known-there")));
}

BOOST_AUTO_TEST_CASE(that_is_garbage_settles_nothing) {
    const std::string good = tests::ocsp_answer(a_good_answer());
    BOOST_TEST((read("") == unknown("garbage")));
    BOOST_TEST((read("<html>login</html>") == unknown("garbage")));
    BOOST_TEST((read(good + '\0') == unknown("garbage")));
    for (std::size_t size = 1; size < good.size(); size += 11)
        BOOST_TEST((read(good.substr(0, size)) == unknown("garbage")));
}

// responseStatus: malformedRequest, internalError, tryLater, sigRequired, unauthorized; and
// successful without a word more.
BOOST_AUTO_TEST_CASE(that_is_a_refusal_settles_nothing) {
    for (const char status : {'\x01', '\x02', '\x03', '\x05', '\x06'})
        BOOST_TEST((read(std::string{"\x30\x03\x0a\x01"} + status) == unknown("refused-there")));
    BOOST_TEST((read(std::string{"\x30\x03\x0a\x01\x00", 5}) == unknown("garbage")));
}

BOOST_AUTO_TEST_CASE(of_a_delegated_responder_counts) {
    OcspWish wish = a_good_answer();
    wish.signer = responder(jpki(), kForResponding);
    BOOST_TEST((read(wish) == kGood));
}

BOOST_AUTO_TEST_CASE(signed_by_a_stranger_does_not_count) {
    OcspWish wish = a_good_answer();
    wish.signer = tests::next_generation().authority();
    BOOST_TEST((read(wish) == unknown("stranger")));
    wish.signer = responder(tests::next_generation(), kForResponding);
    BOOST_TEST((read(wish) == unknown("stranger")));
}

BOOST_AUTO_TEST_CASE(signed_by_a_card_does_not_count) {
    OcspWish wish = a_good_answer();
    wish.signer = responder(jpki(), {});
    BOOST_TEST((read(wish) == unknown("stranger")));
    wish.signer =
        responder(jpki(), tests::with_extension(NID_ext_key_usage, "clientAuth,serverAuth"));
    BOOST_TEST((read(wish) == unknown("stranger")));
}

BOOST_AUTO_TEST_CASE(of_a_responder_that_has_run_out_does_not_count) {
    OcspWish wish = a_good_answer();
    wish.signer = responder(
        jpki(), tests::both(kForResponding, tests::with_validity(kToday - 48h, kToday - 1h)));
    BOOST_TEST((read(wish) == unknown("stranger")));
}

// What is signed, and its signature: 30 0d 06 09 … 05 00 (15 bytes) and 03 82 01 01 00 in between.
BOOST_AUTO_TEST_CASE(with_any_bit_changed_settles_nothing) {
    const std::string good = tests::ocsp_answer(a_good_answer());
    const std::size_t between = good.find(std::string{"\x03\x82\x01\x01\x00", 5});
    BOOST_REQUIRE(between != std::string::npos);
    const std::size_t signature = between + 5;
    for (std::size_t byte = 0; byte < signature + 256; byte += 5) {
        if (byte + 15 >= between && byte < signature) continue;
        std::string changed = good;
        changed[byte] = static_cast<char>(changed[byte] ^ 1);
        BOOST_TEST_CONTEXT(byte) BOOST_TEST((read(changed).status == CardStatus::unknown));
    }
}

BOOST_AUTO_TEST_CASE(about_another_certificate_does_not_count) {
    OcspWish wish = a_good_answer();
    wish.certificate = jpki().card(tests::with_serial(tests::kCardSerial + 1));
    BOOST_TEST((read(wish) == unknown("other-certificate")));
    // The same name and number under another key: another generation's card.
    wish = a_good_answer();
    wish.authority = tests::next_generation().authority_pem();
    BOOST_TEST((read(wish).status == CardStatus::unknown));
}

BOOST_AUTO_TEST_CASE(that_speaks_twice_does_not_count) {
    OcspWish wish = a_good_answer();
    wish.times = 2;
    BOOST_TEST((read(wish) == unknown("other-certificate")));
    wish.times = 0;
    BOOST_TEST((read(wish).status == CardStatus::unknown));
}

BOOST_AUTO_TEST_CASE(to_another_question_does_not_count) {
    OcspWish wish = a_good_answer();
    wish.nonce = std::string(32, 'x');
    BOOST_TEST((read(wish) == unknown("other-nonce")));
    wish.nonce.clear();
    BOOST_TEST((read(wish) == kGood));
}

BOOST_AUTO_TEST_CASE(that_is_stale_or_from_the_future_does_not_count) {
    OcspWish wish = a_good_answer();
    wish.this_update = kToday - 2h;
    wish.next_update = kToday - 60s;
    BOOST_TEST((read(wish) == kGood));
    wish.next_update = kToday - 61s;
    BOOST_TEST((read(wish) == unknown("stale")));
    wish.next_update = kToday + 1h;
    wish.this_update = kToday + 60s;
    BOOST_TEST((read(wish) == kGood));
    wish.this_update = kToday + 61s;
    BOOST_TEST((read(wish) == unknown("stale")));
}

BOOST_AUTO_TEST_CASE(without_an_end_counts_for_five_minutes) {
    OcspWish wish = a_good_answer();
    wish.next_update.reset();
    wish.this_update = kToday - 5min - 60s;
    BOOST_TEST((read(wish) == kGood));
    wish.this_update -= 1s;
    BOOST_TEST((read(wish) == unknown("stale")));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(ocsp_answer_below_a_root, ALadder)

BOOST_AUTO_TEST_CASE(of_the_issuer_or_its_responder_counts) {
    BOOST_TEST((said_by(issuer) == kGood));
    BOOST_TEST((said_by(responder_of(issuer)) == kGood));
}

BOOST_AUTO_TEST_CASE(of_anybody_above_beside_or_below_the_issuer_does_not_count) {
    for (const auto* authority : {&root, &sibling, &below}) {
        BOOST_TEST((said_by(*authority) == unknown("stranger")));
        BOOST_TEST((said_by(responder_of(*authority)) == unknown("stranger")));
    }
}

BOOST_AUTO_TEST_CASE(is_handed_on_no_longer_than_its_signer_stands) {
    BOOST_TEST((good_until(issuer) == kToday + 48h));
    BOOST_TEST((good_until(responder_of(issuer, kToday + 72h)) == kToday + 48h));
    BOOST_TEST((good_until(responder_of(issuer, kToday + 5h)) == kToday + 5h));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(ocsp_checker, Asking)

BOOST_AUTO_TEST_CASE(asks_with_a_nonce_that_is_never_the_same) {
    transport.answer = std::string{};
    ask();
    ask();
    executor.run_all();
    BOOST_REQUIRE_EQUAL(transport.requests.size(), 2U);
    BOOST_TEST(!transport.requests[0].empty());
    BOOST_TEST(transport.requests[0] != transport.requests[1]);
}

BOOST_AUTO_TEST_CASE(takes_an_answer_and_holds_it_to_the_time_it_came) {
    OcspWish wish = a_good_answer();
    wish.nonce.clear();
    transport.answer = tests::ocsp_answer(wish);
    ask();
    executor.run_all();
    ask();
    clock.advance(2h);
    executor.run_all();
    BOOST_REQUIRE_EQUAL(answers.size(), 2U);
    BOOST_TEST((answers[0] == kGood));
    BOOST_TEST((answers[1] == unknown("stale")));
}

BOOST_AUTO_TEST_CASE(without_an_answer_the_status_is_unreachable) {
    transport.answer = std::unexpected(std::string{"timeout"});
    ask();
    executor.run_all();
    BOOST_REQUIRE_EQUAL(answers.size(), 1U);
    BOOST_TEST((answers[0] == StatusAnswer{.status = CardStatus::unreachable, .why = "timeout"}));
}

BOOST_AUTO_TEST_CASE(without_room_to_ask_the_status_is_unreachable_at_once) {
    executor.refuse(true);
    ask();
    BOOST_REQUIRE_EQUAL(answers.size(), 1U);
    BOOST_TEST((answers[0] == StatusAnswer{.status = CardStatus::unreachable, .why = "busy"}));
    BOOST_TEST(transport.requests.empty());
}

BOOST_AUTO_TEST_SUITE_END()
