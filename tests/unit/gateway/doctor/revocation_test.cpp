// Lists and responders of cards, and which of a zone's lists counts.
#include <boost/test/unit_test.hpp>

#include "gateway/doctor/areas.h"
#include "tests/support/fake_world.h"
#include "tests/support/http_raw_server.h"
#include "tests/support/test_jpki.h"
#include "tests/unit/gateway/doctor/names.h"

namespace sekisho::doctor {

namespace {

using tests::FakeClock;
using tests::OcspWish;
using tests::TestJpki;
using namespace std::chrono_literals;

const TestJpki& jpki() {
    static const TestJpki made{FakeClock::kStart};
    return made;
}
const TestJpki& next_generation() {
    static const TestJpki made{FakeClock::kStart};
    return made;
}

const std::string kAuthority = "/ca.pem";
const std::string kNextAuthority = "/next-ca.pem";
const std::string kList = "/cards.crl";
const std::string kOtherList = "/other.crl";

// The same list, of one partition or beside a full one, signed anew.
std::string list_with(int nid, const char* value, const TestJpki::Lists& lists) {
    const std::string pem = jpki().revocation_list(lists);
    const identity::BioPtr read{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    const identity::RevocationListPtr list{
        PEM_read_bio_X509_CRL(read.get(), nullptr, nullptr, nullptr)};
    X509V3_CTX context{};
    X509V3_set_ctx_nodb(&context);
    const std::unique_ptr<X509_EXTENSION, identity::FreeBy<X509_EXTENSION_free>> extension{
        X509V3_EXT_conf_nid(nullptr, &context, nid, value)};
    BOOST_TEST_REQUIRE(X509_CRL_add_ext(list.get(), extension.get(), -1) == 1);
    const auto key = tests::key_of(jpki().authority().key_pem);
    BOOST_TEST_REQUIRE(X509_CRL_sign(list.get(), key.get(), EVP_sha256()) > 0);
    const identity::BioPtr written{BIO_new(BIO_s_mem())};
    BOOST_TEST_REQUIRE(PEM_write_bio_X509_CRL(written.get(), list.get()) == 1);
    char* begin = nullptr;
    const long size = BIO_get_mem_data(written.get(), &begin);
    return {begin, static_cast<std::size_t>(size)};
}

std::string partition(const char* number, const TestJpki::Lists& lists) {
    const std::string scope = std::string{"critical,fullname:URI:http://lists.example/"} + number;
    return list_with(NID_issuing_distribution_point, scope.c_str(), lists);
}

struct Admission {
    std::shared_ptr<tests::MemoryFiles> files = std::make_shared<tests::MemoryFiles>();
    std::shared_ptr<FakeClock> clock = std::make_shared<FakeClock>();
    config::AdmissionConfig admission{.authorities = {{.file = kAuthority}}};

    Admission() { files->change(kAuthority, jpki().authority_pem()); }

    Findings found() const {
        auto config = std::make_shared<config::Config>();
        config->admission = admission;
        return examine_revocation({.machine = {.files = files, .clock = clock}, .config = config});
    }
};

struct ByLists : Admission {
    ByLists() {
        admission.authorities.push_back({.file = kNextAuthority});
        admission.status.method = config::CardStatusConfig::Method::crl;
        admission.status.crl_files = {kList, kOtherList};
        files->change(kNextAuthority, next_generation().authority_pem());
        files->change(kList, jpki().revocation_list({.until = 72h}));
        files->change(kOtherList, next_generation().revocation_list({.until = 72h}));
    }
    void use_one_file(const std::string& text) {
        admission.status.crl_files = {kList};
        files->change(kList, text);
    }
    void use_one_authority() { admission.authorities.pop_back(); }
};

struct ByResponder : Admission {
    ByResponder() { admission.status.method = config::CardStatusConfig::Method::ocsp; }

    OcspWish wish() const {
        return {.certificate = jpki().authority_der(),
                .authority = jpki().authority_pem(),
                .signer = jpki().authority(),
                .this_update = clock->now()};
    }
    Verdict told(const std::string& answer) {
        const tests::RawServer responder{
            "HTTP/1.1 200 OK\r\nContent-Type: application/ocsp-response\r\nContent-Length: " +
            std::to_string(answer.size()) + "\r\n\r\n" + answer};
        admission.status.responder.url = responder.url();
        const auto findings = found();
        BOOST_TEST_REQUIRE(findings.size() == 1U);
        return findings[0].verdict;
    }
};

std::vector<State> states(const Findings& findings) {
    std::vector<State> all;
    for (const Finding& finding : findings) all.push_back(finding.verdict.state);
    return all;
}

using States = std::vector<State>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(lists_of_cards, ByLists)

BOOST_AUTO_TEST_CASE(are_good_with_one_of_each_authority_in_one_file_or_in_several) {
    BOOST_TEST((states(found()) == States{State::good, State::good}));
    use_one_file(jpki().revocation_list({.until = 72h}) +
                 next_generation().revocation_list({.until = 72h}));
    BOOST_TEST((states(found()) == States{State::good, State::good}));
}

BOOST_AUTO_TEST_CASE(behind_the_first_in_a_file_are_judged_too) {
    use_one_file(jpki().revocation_list({.until = 72h}) +
                 next_generation().revocation_list({.from = -9h, .until = -2h}));
    BOOST_TEST((states(found()) == States{State::good, State::fault}));
}

BOOST_AUTO_TEST_CASE(of_an_authority_that_has_none_are_missed) {
    admission.status.crl_files = {kList};
    const auto findings = found();
    BOOST_TEST_REQUIRE((states(findings) == States{State::good, State::fault}));
    BOOST_TEST(findings[1].subject == kNextAuthority + " (JPKI)");
    BOOST_TEST(findings[1].verdict.what.en.find("none of the files holds a list") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(that_cannot_be_read_or_are_nobodys_are_named) {
    use_one_authority();
    files->change(kOtherList, "no list");
    auto findings = found();
    BOOST_TEST_REQUIRE((states(findings) == States{State::fault, State::good}));
    BOOST_TEST(findings[0].subject == kOtherList + " (JPKI)");
    files->change(kOtherList, next_generation().revocation_list({.until = 72h}));
    findings = found();
    BOOST_TEST_REQUIRE((states(findings) == States{State::fault, State::good}));
    BOOST_TEST(findings[0].verdict.what.en.find("no authority of admission signed it") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(that_have_not_begun_or_have_run_out_do_not_hide_one_in_force) {
    use_one_authority();
    use_one_file(jpki().revocation_list({.from = -9h, .until = 72h}) +
                 jpki().revocation_list({.from = 2h, .until = 96h}) +
                 jpki().revocation_list({.from = -2h, .until = -1h}));
    BOOST_TEST((states(found()) == States{State::good}));
    use_one_file(jpki().revocation_list({.from = 2h, .until = 96h}));
    BOOST_TEST((states(found()) == States{State::fault}));
}

BOOST_AUTO_TEST_CASE(of_each_partition_are_judged_unless_one_is_of_all) {
    use_one_authority();
    const std::string partitions =
        partition("1", {.until = 72h}) + partition("2", {.from = -9h, .until = -2h});
    use_one_file(partitions);
    const auto findings = found();
    BOOST_TEST(findings.size() == 2U);
    BOOST_TEST(state_of(findings) == State::fault);
    use_one_file(partitions + jpki().revocation_list({.until = 72h}));
    BOOST_TEST((states(found()) == States{State::good}));
}

BOOST_AUTO_TEST_CASE(that_only_add_to_another_are_none) {
    use_one_authority();
    use_one_file(jpki().revocation_list({.from = -9h, .until = -2h}) +
                 list_with(NID_delta_crl, "critical,DER:020101", {.until = 72h}));
    BOOST_TEST((states(found()) == States{State::fault}));
}

BOOST_AUTO_TEST_CASE(are_unknown_without_an_authority_to_hold_them_beside) {
    files->change(kAuthority, "no certificate");
    BOOST_TEST((states(found()) == States{State::unknown}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_responder_of_cards, ByResponder)

BOOST_AUTO_TEST_CASE(that_knows_its_authority_is_good) {
    BOOST_TEST(told(tests::ocsp_answer(wish())).state == State::good);
}

BOOST_AUTO_TEST_CASE(that_does_not_know_its_authority_settles_nothing) {
    OcspWish unknown_there = wish();
    unknown_there.status = V_OCSP_CERTSTATUS_UNKNOWN;
    BOOST_TEST(told(tests::ocsp_answer(unknown_there)).state == State::note);
    const std::string try_later{"\x30\x03\x0a\x01\x03"};
    BOOST_TEST(told(try_later).state == State::note);
}

BOOST_AUTO_TEST_CASE(whose_authority_is_revoked_is_a_fault) {
    OcspWish revoked = wish();
    revoked.status = V_OCSP_CERTSTATUS_REVOKED;
    const auto verdict = told(tests::ocsp_answer(revoked));
    BOOST_TEST(verdict.state == State::fault);
    BOOST_TEST(verdict.what.en.find("is revoked") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(whose_answer_no_card_could_be_admitted_by_is_a_fault) {
    OcspWish strangers = wish();
    strangers.signer = next_generation().authority();
    OcspWish stale = wish();
    stale.this_update = clock->now() - 48h;
    OcspWish anothers = wish();
    anothers.nonce = "another question's";
    OcspWish of_another = wish();
    of_another.certificate = jpki().card();
    for (const auto& [answer, why] :
         {std::pair{tests::ocsp_answer(strangers), "stranger"},
          std::pair{tests::ocsp_answer(stale), "stale"},
          std::pair{tests::ocsp_answer(anothers), "other-nonce"},
          std::pair{tests::ocsp_answer(of_another), "other-certificate"},
          std::pair{std::string{"<html>"}, "garbage"}}) {
        BOOST_TEST_CONTEXT(why) {
            const auto verdict = told(answer);
            BOOST_TEST(verdict.state == State::fault);
            BOOST_TEST(verdict.what.en.ends_with(why), verdict.what.en);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::doctor
