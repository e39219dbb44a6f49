// The seeds of the fuzz targets are what their names say.
#include <boost/test/unit_test.hpp>

#include "gateway/admission/ocsp_question.h"
#include "tests/fuzz/card_seeds.h"
#include "tests/unit/gateway/admission/admission_world.h"

using namespace sekisho;
using admission::CardFault;
using admission::CardStatus;
using admission::StatusAnswer;

namespace {

std::optional<CardFault> fault(const std::string& name) {
    const auto card =
        tests::judge(fuzz::seed("card_certificate/" + name), *fuzz::seed_trust(), fuzz::kSeedDay);
    return card ? std::nullopt : std::optional{card.error()};
}

StatusAnswer said(const std::string& name) {
    const auto card =
        tests::judge(fuzz::seed("card_certificate/card"), *fuzz::seed_trust(), fuzz::kSeedDay);
    const admission::OcspQuestion question{*card, std::string(32, 'n')};
    return question.read(fuzz::seed("ocsp_answer/" + name), fuzz::kSeedDay);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fuzz_seeds)

BOOST_AUTO_TEST_CASE(of_certificates_are_what_they_are_named) {
    BOOST_TEST(!fault("card"));
    BOOST_TEST(!fault("client_auth"));
    BOOST_TEST((fault("for_signing") == CardFault::signing_certificate));
    BOOST_TEST((fault("usage_not_critical") == CardFault::wrong_purpose));
    BOOST_TEST((fault("responder") == CardFault::wrong_purpose));
    BOOST_TEST((fault("no_policy") == CardFault::wrong_policy));
    BOOST_TEST((fault("authority") == CardFault::unsuitable));
    BOOST_TEST((fault("calls_itself_authority") == CardFault::unsuitable));
    BOOST_TEST((fault("unknown_demand") == CardFault::unsuitable));
    BOOST_TEST((fault("by_sha1") == CardFault::weak_signature));
    BOOST_TEST((fault("forged") == CardFault::forged));
    for (const char* name : {"cut", "trailing", "long_length", "indefinite_length"})
        BOOST_TEST((fault(name) == CardFault::malformed));
}

BOOST_AUTO_TEST_CASE(of_answers_are_what_they_are_named) {
    for (const char* name : {"good", "by_delegate", "by_key_id", "without_certificates"})
        BOOST_TEST_CONTEXT(name) BOOST_TEST((said(name).status == CardStatus::good));
    BOOST_TEST((said("revoked").status == CardStatus::revoked));
    BOOST_TEST(said("unknown").why == "not-known-there");
    BOOST_TEST(said("by_stranger").why == "stranger");
    BOOST_TEST(said("bad_signature").why == "stranger");
    BOOST_TEST(said("other_nonce").why == "other-nonce");
    for (const char* name : {"named_by_sha256", "other_certificate", "twice"})
        BOOST_TEST_CONTEXT(name) BOOST_TEST(said(name).why == "other-certificate");
    BOOST_TEST(said("try_later").why == "refused-there");
    for (const char* name : {"nothing_said", "cut", "trailing"})
        BOOST_TEST_CONTEXT(name) BOOST_TEST(said(name).why == "garbage");
}

BOOST_AUTO_TEST_SUITE_END()
