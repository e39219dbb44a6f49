// A card's status by lists in files.
#include "gateway/admission/crl_checker.h"

#include <boost/test/unit_test.hpp>
#include <openssl/pem.h>

#include "tests/unit/gateway/admission/admission_world.h"

using namespace sekisho;
using namespace std::chrono_literals;
using admission::CardStatus;
using admission::StatusAnswer;
using tests::jpki;
using tests::kCardSerial;

namespace {

const std::string kFile = "/jpki-auth.crl";
const std::string kNextFile = "/jpki-auth-2.crl";

StatusAnswer unknown(const std::string& why) {
    return {.status = CardStatus::unknown, .why = why};
}
const StatusAnswer kGood{.status = CardStatus::good};
const StatusAnswer kRevoked{.status = CardStatus::revoked};

using ListPtr = identity::RevocationListPtr;

ListPtr list_of(const std::string& pem) {
    const identity::BioPtr bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    return ListPtr{PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr)};
}

std::string der_of(const ListPtr& list) {
    std::string der(static_cast<std::size_t>(i2d_X509_CRL(list.get(), nullptr)), '\0');
    auto* at = reinterpret_cast<unsigned char*>(der.data());
    i2d_X509_CRL(list.get(), &at);
    return der;
}

ListPtr list_of_der(const std::string& der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    return ListPtr{d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size()))};
}

using SettingsPtr = std::unique_ptr<CONF, identity::FreeBy<NCONF_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, identity::FreeBy<X509_EXTENSION_free>>;

// With one more extension, as openssl.cnf writes it, and signed again.
std::string list_with(int nid, const std::string& value,
                      const tests::TestJpki::Lists& wanted = {}) {
    const auto list = list_of(jpki().revocation_list(wanted));
    const SettingsPtr none{NCONF_new(nullptr)};
    X509V3_CTX context;
    X509V3_set_ctx(&context, nullptr, nullptr, nullptr, list.get(), 0);
    X509V3_set_nconf(&context, none.get());
    const ExtensionPtr extension{X509V3_EXT_nconf_nid(nullptr, &context, nid, value.c_str())};
    BOOST_REQUIRE(extension && X509_CRL_add_ext(list.get(), extension.get(), -1) == 1);
    const auto key = tests::key_of(jpki().authority().key_pem);
    BOOST_REQUIRE(X509_CRL_sign(list.get(), key.get(), EVP_sha256()) > 0);
    return der_of(list);
}

// A card of the partition whose list is published there.
admission::CertifiedCard card_of_partition(const std::string& name) {
    const auto certificate =
        jpki().card(tests::with_extension(NID_crl_distribution_points, "URI:" + name));
    return *tests::judge(certificate, *tests::trust_in({jpki().authority_pem()}));
}

struct Lists {
    tests::MemoryFiles files;
    tests::FakeClock clock;

    StatusAnswer ask(admission::CrlChecker& checker,
                     const admission::CertifiedCard& card = tests::a_card()) {
        StatusAnswer given;
        checker.check(card, clock.monotonic() + 1s, [&](StatusAnswer answer) { given = answer; });
        return given;
    }
    StatusAnswer ask(const std::string& bytes) {
        files.change(kFile, bytes);
        auto checker = checker_of({kFile});
        return ask(checker);
    }
    // Both generations' lists may count.
    admission::CrlChecker checker_of(std::vector<std::string> list_files) {
        const auto trust =
            tests::trust_in({jpki().authority_pem(), tests::next_generation().authority_pem()});
        return admission::CrlChecker{files, clock, std::move(list_files), trust->authorities()};
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(crl_checker, Lists)

BOOST_AUTO_TEST_CASE(who_is_not_on_the_list_is_good) {
    BOOST_TEST((ask(jpki().revocation_list({.revoked = {kCardSerial + 1}})) == kGood));
}

BOOST_AUTO_TEST_CASE(who_is_on_the_list_is_revoked) {
    BOOST_TEST((ask(jpki().revocation_list({.revoked = {7, kCardSerial}})) == kRevoked));
}

BOOST_AUTO_TEST_CASE(a_list_in_der_counts_too) {
    const auto list = list_of(jpki().revocation_list({.revoked = {kCardSerial}}));
    BOOST_TEST((ask(der_of(list)) == kRevoked));
    BOOST_TEST((ask(der_of(list) + '\0') == unknown("list-missing")));
}

BOOST_AUTO_TEST_CASE(without_a_list_nothing_is_known) {
    auto checker = checker_of({kFile});
    BOOST_TEST((ask(checker) == unknown("list-missing")));
    BOOST_TEST((ask("") == unknown("list-missing")));
    BOOST_TEST((ask("-----BEGIN X509 CRL-----\nnonsense\n") == unknown("list-missing")));
}

BOOST_AUTO_TEST_CASE(half_a_file_is_none) {
    const std::string list = jpki().revocation_list({});
    BOOST_TEST((ask(list + list.substr(0, list.size() / 2)) == unknown("list-missing")));
}

BOOST_AUTO_TEST_CASE(an_outdated_list_settles_nothing) {
    BOOST_TEST((ask(jpki().revocation_list({.until = -1h})) == unknown("list-outdated")));
    BOOST_TEST((ask(jpki().revocation_list({.from = 1h})) == unknown("list-outdated")));
}

BOOST_AUTO_TEST_CASE(a_list_runs_out_while_the_gateway_runs) {
    files.change(kFile, jpki().revocation_list({.until = 2h}));
    auto checker = checker_of({kFile});
    BOOST_TEST((ask(checker) == kGood));
    clock.advance(2h + 1s);
    BOOST_TEST((ask(checker) == unknown("list-outdated")));
}

BOOST_AUTO_TEST_CASE(a_list_without_an_end_counts_for_nothing) {
    const auto whole = list_of(jpki().revocation_list({}));
    const ListPtr list{X509_CRL_new()};
    X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
    X509_CRL_set_issuer_name(list.get(), X509_CRL_get_issuer(whole.get()));
    X509_CRL_set1_lastUpdate(list.get(), X509_CRL_get0_lastUpdate(whole.get()));
    const auto key = tests::key_of(jpki().authority().key_pem);
    BOOST_REQUIRE(X509_CRL_sign(list.get(), key.get(), EVP_sha256()) > 0);
    BOOST_REQUIRE(X509_CRL_get0_nextUpdate(list_of_der(der_of(list)).get()) == nullptr);
    BOOST_TEST((ask(der_of(list)) == unknown("list-missing")));
}

BOOST_AUTO_TEST_CASE(another_generations_list_says_nothing_of_this_one) {
    const std::string list = tests::next_generation().revocation_list({});
    BOOST_TEST((ask(list).status == CardStatus::unknown));
    BOOST_TEST((ask(list + jpki().revocation_list({.revoked = {kCardSerial}})) == kRevoked));
    BOOST_TEST((ask(list + jpki().revocation_list({})) == kGood));
}

BOOST_AUTO_TEST_CASE(each_generation_is_asked_in_its_own_list) {
    files.change(kFile, jpki().revocation_list({}));
    files.change(kNextFile, tests::next_generation().revocation_list({.revoked = {kCardSerial}}));
    auto checker = checker_of({kFile, kNextFile});
    const auto trust = tests::trust_in({tests::next_generation().authority_pem()});
    const auto next = tests::judge(tests::next_generation().card(), *trust);
    BOOST_REQUIRE(next);
    BOOST_TEST((ask(checker) == kGood));
    BOOST_TEST((ask(checker, *next) == kRevoked));
}

BOOST_AUTO_TEST_CASE(a_changed_file_counts_from_the_next_look) {
    files.change(kFile, jpki().revocation_list({}));
    auto checker = checker_of({kFile});
    BOOST_TEST(!checker.refresh());
    BOOST_TEST((ask(checker) == kGood));
    files.change(kFile, jpki().revocation_list({.revoked = {kCardSerial}}));
    BOOST_TEST((ask(checker) == kGood));
    BOOST_TEST(checker.refresh());
    BOOST_TEST((ask(checker) == kRevoked));
    BOOST_TEST(!checker.refresh());
    BOOST_REQUIRE(files.remove(kFile));
    BOOST_TEST(checker.refresh());
    BOOST_TEST((ask(checker) == unknown("list-missing")));
}

BOOST_AUTO_TEST_CASE(a_list_whose_signature_is_not_the_authoritys_is_forged) {
    const auto list = list_of(jpki().revocation_list({}));
    const auto key = tests::key_of(tests::next_generation().authority().key_pem);
    BOOST_REQUIRE(X509_CRL_sign(list.get(), key.get(), EVP_sha256()) > 0);
    BOOST_TEST((ask(der_of(list)) == unknown("list-forged")));
}

BOOST_AUTO_TEST_CASE(a_list_of_a_partition_settles_who_is_of_it) {
    files.change(kFile, list_with(NID_issuing_distribution_point,
                                  "critical,fullname:URI:http://lists.example/1,onlyuser:TRUE",
                                  {.revoked = {kCardSerial}}));
    auto checker = checker_of({kFile});
    BOOST_TEST((ask(checker, card_of_partition("http://lists.example/1")) == kRevoked));
    BOOST_TEST(
        (ask(checker, card_of_partition("http://lists.example/2")) == unknown("list-unfit")));
    BOOST_TEST((ask(checker) == unknown("list-unfit")));
}

BOOST_AUTO_TEST_CASE(a_list_of_others_or_of_some_reasons_settles_nothing) {
    for (const char* scope :
         {"critical,onlyCA:TRUE", "critical,onlyAA:TRUE", "critical,indirectCRL:TRUE",
          "critical,onlysomereasons:keyCompromise"}) {
        const std::string list = list_with(NID_issuing_distribution_point, scope);
        BOOST_TEST_CONTEXT(scope) BOOST_TEST((ask(list) == unknown("list-unfit")));
    }
    BOOST_TEST((ask(list_with(NID_issuing_distribution_point, "critical,onlyuser:TRUE")) == kGood));
}

BOOST_AUTO_TEST_CASE(a_demand_that_nobody_understands_is_not_passed_over) {
    BOOST_TEST(
        (ask(list_with(NID_netscape_comment, "critical,anything")) == unknown("list-unfit")));
    BOOST_TEST((ask(list_with(NID_netscape_comment, "anything")) == kGood));
    BOOST_TEST((ask(list_with(NID_delta_crl, "critical,DER:020101")) == unknown("list-unfit")));
}

BOOST_AUTO_TEST_CASE(files_that_give_no_list_are_named) {
    files.change(kFile, jpki().revocation_list({}));
    files.change(kNextFile, "-----BEGIN X509 CRL-----\nnonsense\n");
    auto checker = checker_of({kFile, kNextFile, "/absent.crl"});
    BOOST_TEST((checker.silent_files() == std::vector<std::string>{kNextFile, "/absent.crl"}));
    files.change(kNextFile, tests::past_generation().revocation_list({}));  // whom nobody trusts
    files.change("/absent.crl", jpki().revocation_list({.until = -1h}));
    BOOST_TEST(checker.refresh());
    BOOST_TEST((checker.silent_files() == std::vector<std::string>{kNextFile}));
}

BOOST_AUTO_TEST_CASE(the_latest_of_several_lists_counts) {
    files.change(kFile, jpki().revocation_list({.revoked = {kCardSerial}, .from = -2h}));
    files.change(kNextFile, jpki().revocation_list({.from = -1h}));
    auto checker = checker_of({kFile, kNextFile});
    BOOST_TEST((ask(checker) == kGood));
    files.change(kNextFile, jpki().revocation_list({.from = 1h}));
    BOOST_TEST(checker.refresh());
    BOOST_TEST((ask(checker) == kRevoked));
}

BOOST_AUTO_TEST_SUITE_END()
