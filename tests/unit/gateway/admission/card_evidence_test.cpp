// The card's signature over the challenge, and all steps to the verdict.
#include <boost/test/unit_test.hpp>

#include "adapters/documents/base64.h"
#include "gateway/platform/crypto.h"
#include "tests/unit/gateway/admission/admission_world.h"

using namespace sekisho;
using namespace std::chrono_literals;
using admission::CardFault;
using admission::CardRefusal;
using admission::CardStatus;
using tests::jpki;
using tests::kClinic;
using tests::kToday;

namespace {

const std::string kText = "sekisho-card-challenge/1\n";

using KeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, identity::FreeBy<EVP_PKEY_CTX_free>>;

// The card's raw operation on a block that the caller pads: what a card that is asked for something
// else would give.
std::string raw_signature(const std::string& block) {
    const KeyContextPtr context{EVP_PKEY_CTX_new(jpki().card_key(), nullptr)};
    std::string signature(256, '\0');
    std::size_t size = signature.size();
    BOOST_REQUIRE(EVP_PKEY_sign_init(context.get()) == 1);
    BOOST_REQUIRE(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) == 1);
    BOOST_REQUIRE(EVP_PKEY_sign(context.get(), reinterpret_cast<unsigned char*>(signature.data()),
                                &size, reinterpret_cast<const unsigned char*>(block.data()),
                                block.size()) == 1);
    return signature;
}

std::string signature_with(int padding, const EVP_MD* digest) {
    std::unique_ptr<EVP_MD_CTX, identity::FreeBy<EVP_MD_CTX_free>> context{EVP_MD_CTX_new()};
    EVP_PKEY_CTX* rules = nullptr;
    std::string signature(256, '\0');
    std::size_t size = signature.size();
    BOOST_REQUIRE(EVP_DigestSignInit(context.get(), &rules, digest, nullptr, jpki().card_key()) ==
                  1);
    BOOST_REQUIRE(EVP_PKEY_CTX_set_rsa_padding(rules, padding) == 1);
    BOOST_REQUIRE(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()),
                                 &size, reinterpret_cast<const unsigned char*>(kText.data()),
                                 kText.size()) == 1);
    return signature;
}

// RFC 8017 section 9.2, and formats of the card: 19 bytes in front of the digest.
std::string digest_info(const std::string& text) {
    constexpr std::string_view kFront{
        "\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20", 19};
    const model::Sha256 digest = platform::sha256(text);
    return std::string{kFront} +
           std::string{reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string padded(const std::string& info, std::size_t bytes) {
    return std::string{"\x00\x01", 2} + std::string(bytes - 3 - info.size(), '\xff') + '\0' + info;
}

bool holds(const std::string& signature, const std::string& text = kText) {
    return admission::is_signed_by(tests::a_card().certificate, text, signature);
}

// Answers what it is told, at once or when it is told to.
class ScriptedStatus final : public admission::StatusChecker {
  public:
    void check(const admission::CertifiedCard&, platform::Monotonic, Answered answered) override {
        ++asked;
        if (silent) {
            kept = std::move(answered);
        } else {
            answered(answer);
        }
    }

    admission::StatusAnswer answer{.status = CardStatus::good};
    bool silent = false;
    Answered kept{};
    int asked = 0;
};

struct Counter {
    tests::FakeClock clock;
    tests::SeededRandom random;
    tests::InlineExecutor executor;
    tests::FakeTimer timer{clock, executor};
    admission::ChallengeBook book{"test.sekisho.example", clock, random};
    std::shared_ptr<ScriptedStatus> checker = std::make_shared<ScriptedStatus>();
    ScriptedStatus& status = *checker;
    std::shared_ptr<const admission::JpkiTrust> trust = tests::trust_in({jpki().authority_pem()});
    using Judgement = std::expected<admission::Verdict, CardRefusal>;
    std::vector<Judgement> judgements{};

    admission::CardEvidence evidence(const admission::Presenter& presenter = kClinic) {
        const auto offer = book.issue(presenter, model::Purpose{"care"});
        BOOST_REQUIRE(offer);
        return {.challenge_id = offer->id,
                .certificate = jpki().card(),
                .signature = jpki().sign(*documents::from_base64url(offer->challenge))};
    }
    admission::CardVerifier verifier_with(std::shared_ptr<admission::StatusChecker> asked) {
        return admission::CardVerifier{{.challenges = book,
                                        .trust = trust,
                                        .status = std::move(asked),
                                        .timer = timer,
                                        .clock = clock}};
    }
    void verify(const admission::CardEvidence& shown,
                std::shared_ptr<admission::StatusChecker> asked,
                const admission::Presenter& presenter = kClinic) {
        verify_by(verifier_with(std::move(asked)), shown, presenter);
    }
    void verify_by(const admission::CardVerifier& verifier, const admission::CardEvidence& shown,
                   const admission::Presenter& presenter = kClinic) {
        verifier.verify(shown, presenter, clock.monotonic() + 5s, [this](Judgement judgement) {
            judgements.push_back(std::move(judgement));
        });
    }
    CardRefusal refusal(const admission::CardEvidence& shown,
                        const admission::Presenter& presenter = kClinic) {
        verify(shown, checker, presenter);
        BOOST_REQUIRE(!judgements.empty());
        BOOST_REQUIRE(!judgements.back());
        return judgements.back().error();
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(card_signature)

BOOST_AUTO_TEST_CASE(of_the_challenge_by_the_card_holds) {
    BOOST_TEST(holds(jpki().sign(kText)));
}

// What a card does with the 51 bytes that challenge.h describes.
BOOST_AUTO_TEST_CASE(made_of_the_digest_info_alone_holds) {
    BOOST_TEST(digest_info(kText).size() == 51U);
    BOOST_TEST(holds(raw_signature(padded(digest_info(kText), 256))));
}

BOOST_AUTO_TEST_CASE(over_another_text_does_not_hold) {
    BOOST_TEST(!holds(jpki().sign(kText), kText + "x"));
    BOOST_TEST(!holds(jpki().sign(""), kText));
    BOOST_TEST(!holds(jpki().sign(digest_info(kText)), kText));
}

BOOST_AUTO_TEST_CASE(with_any_bit_changed_does_not_hold) {
    const std::string signature = jpki().sign(kText);
    for (std::size_t bit = 0; bit < signature.size() * 8; bit += 13) {
        std::string changed = signature;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        BOOST_TEST_CONTEXT(bit) BOOST_TEST(!holds(changed));
    }
}

BOOST_AUTO_TEST_CASE(of_another_length_does_not_hold) {
    const std::string signature = jpki().sign(kText);
    BOOST_TEST(!holds(""));
    BOOST_TEST(!holds(signature.substr(1)));
    BOOST_TEST(!holds(signature.substr(0, 255)));
    BOOST_TEST(!holds(signature + '\0'));
    BOOST_TEST(!holds('\0' + signature));
}

BOOST_AUTO_TEST_CASE(by_pss_or_another_digest_does_not_hold) {
    BOOST_TEST(!holds(signature_with(RSA_PKCS1_PSS_PADDING, EVP_sha256())));
    BOOST_TEST(!holds(signature_with(RSA_PKCS1_PADDING, EVP_sha1())));
    BOOST_TEST(!holds(signature_with(RSA_PKCS1_PADDING, EVP_sha512())));
    BOOST_TEST(holds(signature_with(RSA_PKCS1_PADDING, EVP_sha256())));
}

// Bleichenbacher 2006 and its relatives: room behind the digest, parameters left out, short
// padding, another first block.
BOOST_AUTO_TEST_CASE(with_padding_that_is_not_exact_does_not_hold) {
    const std::string info = digest_info(kText);
    const std::string whole = padded(info, 256);
    BOOST_TEST(!holds(raw_signature(padded(info, 128) + std::string(128, '\0'))));
    BOOST_TEST(!holds(raw_signature(padded(info, 64) + std::string(192, '\x01'))));
    std::string without_null = info.substr(0, 15) + info.substr(17);
    without_null[1] = '\x2f';
    without_null[3] = '\x0b';
    BOOST_TEST(!holds(raw_signature(padded(without_null, 256))));
    std::string other_type = whole;
    other_type[1] = '\x02';
    BOOST_TEST(!holds(raw_signature(other_type)));
    std::string hole = whole;
    hole[100] = '\xfe';
    BOOST_TEST(!holds(raw_signature(hole)));
    const std::string bare = padded(info.substr(19), 256);
    BOOST_TEST(!holds(raw_signature(bare)));
}

BOOST_AUTO_TEST_CASE(by_a_key_that_is_not_rsa_does_not_hold) {
    const identity::PrivateKeyPtr key{EVP_EC_gen("P-256")};
    const auto card = admission::parse_card_certificate(jpki().card(tests::with_key(key.get())));
    BOOST_TEST(!admission::is_signed_by(*card, kText, jpki().sign(kText)));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(card_verdict, Counter)

BOOST_AUTO_TEST_CASE(of_a_good_card_is_good) {
    verify(evidence(), checker);
    BOOST_REQUIRE_EQUAL(judgements.size(), 1U);
    const admission::Verdict expected{.assurance = admission::Assurance::card,
                                      .status = admission::CheckedStatus::good,
                                      .purpose = model::Purpose{"care"},
                                      .serial = tests::a_card().serial};
    BOOST_REQUIRE(judgements[0]);
    BOOST_TEST((*judgements[0] == expected));
    BOOST_TEST(timer.pending() == 0U);
}

BOOST_AUTO_TEST_CASE(without_a_checker_says_not_checked) {
    verify(evidence(), nullptr);
    BOOST_REQUIRE(judgements.at(0));
    BOOST_TEST((judgements[0]->status == admission::CheckedStatus::not_checked));
    BOOST_TEST(admission::to_string(judgements[0]->status) == "not-checked");
    BOOST_TEST(admission::to_string(judgements[0]->assurance) == "card");
    BOOST_TEST(admission::to_string(admission::CheckedStatus::good) == "good");
    BOOST_TEST(admission::to_string(admission::Assurance::document) == "document");
}

BOOST_AUTO_TEST_CASE(of_anything_but_good_is_a_refusal_of_its_own) {
    status.answer = {.status = CardStatus::revoked};
    BOOST_TEST((refusal(evidence()).fault == CardFault::revoked));
    status.answer = {.status = CardStatus::unknown, .why = "list-outdated"};
    BOOST_TEST((refusal(evidence()) ==
                CardRefusal{.fault = CardFault::status_unknown, .why = "list-outdated"}));
    status.answer = {.status = CardStatus::unreachable, .why = "tls"};
    BOOST_TEST(
        (refusal(evidence()) == CardRefusal{.fault = CardFault::status_unreachable, .why = "tls"}));
}

BOOST_AUTO_TEST_CASE(of_a_silent_checker_comes_with_the_deadline_and_once) {
    status.silent = true;
    verify(evidence(), checker);
    timer.advance(4999ms);
    BOOST_TEST(judgements.empty());
    timer.advance(1ms);
    BOOST_REQUIRE_EQUAL(judgements.size(), 1U);
    BOOST_TEST((judgements[0].error() ==
                CardRefusal{.fault = CardFault::status_unreachable, .why = "timeout"}));
    status.kept({.status = CardStatus::good});
    BOOST_TEST(judgements.size() == 1U);
    status.kept = nullptr;  // it keeps its checker
}

BOOST_AUTO_TEST_CASE(of_the_same_evidence_again_is_a_replay) {
    const auto shown = evidence();
    verify(shown, checker);
    BOOST_TEST(judgements.at(0).has_value());
    BOOST_TEST((refusal(shown).fault == CardFault::challenge_used));
}

BOOST_AUTO_TEST_CASE(of_a_late_or_a_foreign_challenge_is_a_refusal) {
    const auto shown = evidence();
    BOOST_TEST((refusal(shown, tests::presenter("medical:1319900013", 1)).fault ==
                CardFault::challenge_foreign));
    clock.advance(5min);
    BOOST_TEST((refusal(shown).fault == CardFault::challenge_late));
    BOOST_TEST(status.asked == 0);
}

BOOST_AUTO_TEST_CASE(over_another_challenge_is_a_refusal_and_uses_this_one_up) {
    auto shown = evidence();
    shown.signature = evidence().signature;
    BOOST_TEST((refusal(shown).fault == CardFault::wrong_signature));
    BOOST_TEST((refusal(shown).fault == CardFault::challenge_used));
}

BOOST_AUTO_TEST_CASE(by_another_card_is_a_refusal_and_asks_nobody) {
    auto shown = evidence();
    shown.certificate = jpki().card(tests::with_key(tests::next_generation().card_key()));
    BOOST_TEST((refusal(shown).fault == CardFault::wrong_signature));
    shown = evidence();
    shown.certificate = tests::next_generation().card();
    BOOST_TEST((refusal(shown).fault == CardFault::forged));
    shown = evidence();
    shown.certificate += '\0';
    BOOST_TEST((refusal(shown).fault == CardFault::malformed));
    BOOST_TEST(status.asked == 0);
}

BOOST_AUTO_TEST_CASE(is_by_the_authorities_that_are_trusted_then) {
    auto verifier = verifier_with(checker);
    const auto before = evidence();
    verify_by(verifier, before);
    BOOST_TEST(judgements.back().has_value());
    const auto out_already = evidence();
    verifier.replace(tests::trust_in({tests::next_generation().authority_pem()}), checker);
    verify_by(verifier, out_already);
    BOOST_REQUIRE(!judgements.back());
    BOOST_TEST((judgements.back().error().fault == CardFault::forged));
}

BOOST_AUTO_TEST_CASE(that_is_under_way_ends_by_what_it_began_with) {
    auto verifier = verifier_with(checker);
    status.silent = true;
    verify_by(verifier, evidence());
    const std::weak_ptr<ScriptedStatus> first = checker;
    const auto next = std::make_shared<ScriptedStatus>();
    next->answer = {.status = CardStatus::revoked};
    checker.reset();
    verifier.replace(trust, next);
    BOOST_REQUIRE(!first.expired());
    auto answer = std::move(first.lock()->kept);
    answer({.status = CardStatus::good});
    BOOST_REQUIRE_EQUAL(judgements.size(), 1U);
    BOOST_TEST(judgements[0].has_value());
    answer = nullptr;
    BOOST_TEST(first.expired());
    verify_by(verifier, evidence());
    BOOST_TEST((judgements.back().error().fault == CardFault::revoked));
}

BOOST_AUTO_TEST_CASE(is_by_the_moment_of_the_verification) {
    const auto shown = evidence();
    clock.set_wall(kToday + 24h * 1826);
    BOOST_TEST((refusal(shown).fault == CardFault::expired));
}

BOOST_AUTO_TEST_SUITE_END()
