// Lists and responders of cards, and which of a zone's lists counts.
#include <boost/test/unit_test.hpp>

#include "gateway/doctor/areas.h"
#include "gateway/doctor/pem_files.h"
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

using ListChange = std::function<void(X509_CRL*)>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, identity::FreeBy<X509_EXTENSION_free>>;

std::string pem_of(const X509_CRL* list) {
    const identity::BioPtr written{BIO_new(BIO_s_mem())};
    BOOST_TEST_REQUIRE(PEM_write_bio_X509_CRL(written.get(), list) == 1);
    char* begin = nullptr;
    const long size = BIO_get_mem_data(written.get(), &begin);
    return {begin, static_cast<std::size_t>(size)};
}

identity::RevocationListPtr list_of(const std::string& pem) {
    const identity::BioPtr read{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    return identity::RevocationListPtr{
        PEM_read_bio_X509_CRL(read.get(), nullptr, nullptr, nullptr)};
}

std::string der_of(const std::string& pem) {
    const auto list = list_of(pem);
    std::string der(static_cast<std::size_t>(i2d_X509_CRL(list.get(), nullptr)), '\0');
    auto* at = reinterpret_cast<unsigned char*>(der.data());
    i2d_X509_CRL(list.get(), &at);
    return der;
}

// The authority's list, changed and signed anew.
std::string changed(const TestJpki::Lists& lists, const ListChange& change) {
    const auto list = list_of(jpki().revocation_list(lists));
    change(list.get());
    const auto key = tests::key_of(jpki().authority().key_pem);
    BOOST_TEST_REQUIRE(X509_CRL_sign(list.get(), key.get(), EVP_sha256()) > 0);
    return pem_of(list.get());
}

ExtensionPtr extension_of(int nid, const char* value) {
    X509V3_CTX context{};
    X509V3_set_ctx_nodb(&context);
    return ExtensionPtr{X509V3_EXT_conf_nid(nullptr, &context, nid, value)};
}

std::string list_with(int nid, const char* value, const TestJpki::Lists& lists) {
    return changed(lists, [&](X509_CRL* list) {
        BOOST_TEST_REQUIRE(X509_CRL_add_ext(list, extension_of(nid, value).get(), -1) == 1);
    });
}

std::string partition(const char* number, const TestJpki::Lists& lists) {
    const std::string scope = std::string{"critical,fullname:URI:http://lists.example/"} + number;
    return list_with(NID_issuing_distribution_point, scope.c_str(), lists);
}

// Of the point "CN=1" below its issuer's own name.
std::string relative_partition(const TestJpki::Lists& lists) {
    return list_with(NID_issuing_distribution_point,
                     "critical,DER:300ea00ca10a300806035504030c0131", lists);
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

// Its one authority's list, at a zone.
struct Zone {
    std::shared_ptr<tests::MemoryFiles> files = std::make_shared<tests::MemoryFiles>();
    std::shared_ptr<FakeClock> clock = std::make_shared<FakeClock>();

    Zone() { files->change(kAuthority, jpki().authority_pem()); }

    Findings found_of(const std::string& lists) const {
        files->change(kList, lists);
        config::ZoneConfig zone;
        zone.name = model::ZoneName{"internet"};
        zone.anchors_file = kAuthority;
        zone.crl_file = kList;
        auto config = std::make_shared<config::Config>();
        config->zones.push_back(std::move(zone));
        return examine_revocation({.machine = {.files = files, .clock = clock}, .config = config});
    }
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

// An answer of its outer status alone.
std::string refusal(int status) {
    return std::string{"\x30\x03\x0a\x01"} + static_cast<char>(status);
}

std::vector<State> states(const Findings& findings) {
    std::vector<State> all;
    for (const Finding& finding : findings) all.push_back(finding.verdict.state);
    return all;
}

using States = std::vector<State>;

std::string said(const Findings& findings) {
    std::string all;
    for (const Finding& finding : findings) all += finding.verdict.what.en + "\n";
    return all;
}

bool holds(const std::string& text, std::string_view words) {
    return text.find(words) != std::string::npos;
}

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
    BOOST_TEST_REQUIRE((states(findings) == States{State::good, State::fault}));
    BOOST_TEST(findings[1].subject == kList + " (JPKI, URI:http://lists.example/2)");
    BOOST_TEST(holds(findings[1].verdict.what.en, "of this distribution point is refused"));
    use_one_file(partitions + jpki().revocation_list({.until = 72h}));
    BOOST_TEST((states(found()) == States{State::good}));
}

BOOST_AUTO_TEST_CASE(of_partitions_in_force_are_good_beside_one_of_all_that_has_run_out) {
    use_one_authority();
    const std::string whole = jpki().revocation_list({.from = -9h, .until = -2h});
    use_one_file(whole + partition("1", {.until = 72h}));
    BOOST_TEST((states(found()) == States{State::note, State::good}));
    use_one_file(whole + partition("1", {.from = -9h, .until = -2h}));
    BOOST_TEST((states(found()) == States{State::fault, State::fault}));
}

BOOST_AUTO_TEST_CASE(are_of_one_partition_by_the_name_of_its_distribution_point) {
    use_one_authority();
    use_one_file(partition("1", {.from = -9h, .until = -2h}) +
                 partition("1,onlyuser:TRUE", {.until = 72h}));
    BOOST_TEST((states(found()) == States{State::good}));
    use_one_file(
        list_with(NID_issuing_distribution_point, "critical,onlyuser:TRUE", {.until = 72h}) +
        partition("1", {.from = -9h, .until = -2h}));
    BOOST_TEST((states(found()) == States{State::good}));
}

BOOST_AUTO_TEST_CASE(that_the_gateway_passes_over_hide_none_that_has_run_out) {
    use_one_authority();
    const TestJpki::Lists latest{.revoked = {7}, .until = 72h};
    const auto of_scope = [&](const char* scope) {
        return list_with(NID_issuing_distribution_point, scope, latest);
    };
    for (const std::string& passed_over :
         {of_scope("critical,onlyCA:TRUE"), of_scope("critical,onlyAA:TRUE"),
          of_scope("critical,indirectCRL:TRUE"), of_scope("critical,onlysomereasons:keyCompromise"),
          relative_partition(latest), list_with(NID_delta_crl, "critical,DER:020101", latest),
          list_with(NID_netscape_comment, "critical,anything", latest),
          changed(latest, [](X509_CRL* list) {
              X509_REVOKED* entry = sk_X509_REVOKED_value(X509_CRL_get_REVOKED(list), 0);
              const auto demand = extension_of(NID_netscape_comment, "critical,anything");
              BOOST_TEST_REQUIRE(X509_REVOKED_add_ext(entry, demand.get(), -1) == 1);
          })}) {
        use_one_file(passed_over + jpki().revocation_list({.from = -9h, .until = -2h}));
        auto findings = found();
        BOOST_TEST_REQUIRE((states(findings) == States{State::note, State::fault}), said(findings));
        BOOST_TEST(holds(findings[0].verdict.what.en, "it counts as none"));
        BOOST_TEST(holds(findings[1].verdict.what.en, "it ran out"));
        use_one_file(passed_over);
        findings = found();
        BOOST_TEST_REQUIRE((states(findings) == States{State::note, State::fault}));
        BOOST_TEST(holds(findings[1].verdict.what.en, "none of the files holds a list"));
    }
}

BOOST_AUTO_TEST_CASE(under_anothers_name_or_of_who_may_sign_none_are_nobodys) {
    use_one_authority();
    use_one_file(changed({.until = 72h}, [](X509_CRL* list) {
        const auto other = tests::certificate_of(tests::pem_of(jpki().card()));
        X509_CRL_set_issuer_name(list, X509_get_subject_name(other.get()));
    }));
    BOOST_TEST((states(found()) == States{State::fault, State::fault}));
    use_one_file(jpki().revocation_list({.until = 72h}));
    BOOST_TEST((states(found()) == States{State::good}));
    const auto authority = tests::certificate_of(jpki().authority_pem());
    tests::with_extension(NID_key_usage, "critical,keyCertSign")(authority.get());
    const auto key = tests::key_of(jpki().authority().key_pem);
    BOOST_TEST_REQUIRE(X509_sign(authority.get(), key.get(), EVP_sha256()) > 0);
    files->change(kAuthority, tests::pem_of(tests::der_of(authority.get())));
    const auto findings = found();
    BOOST_TEST_REQUIRE((states(findings) == States{State::fault, State::fault}));
    BOOST_TEST(holds(findings[0].verdict.what.en, "no authority of admission signed it"));
}

BOOST_AUTO_TEST_CASE(are_read_as_strictly_as_the_gateway_does) {
    use_one_authority();
    const std::string pem = jpki().revocation_list({.until = 72h});
    const std::string der = der_of(pem);
    use_one_file(der);
    BOOST_TEST((states(found()) == States{State::good}));
    for (const std::string& loose : {der + '\n', "Of today:\n" + pem}) {
        use_one_file(loose);
        BOOST_TEST((states(found()) == States{State::fault, State::fault}));
    }
}

BOOST_AUTO_TEST_CASE(of_the_other_authorities_are_judged_where_one_cannot_be_read) {
    files->change(kAuthority, "no certificate");
    auto findings = found();
    BOOST_TEST_REQUIRE((states(findings) == States{State::unknown, State::good}));
    BOOST_TEST(holds(findings[0].verdict.what.en, "not every authority can be read"));
    BOOST_TEST(findings[1].subject == kOtherList + " (JPKI)");
    files->change(kNextAuthority, "no certificate");
    findings = found();
    BOOST_TEST_REQUIRE((states(findings) == States{State::unknown}));
    BOOST_TEST(holds(findings[0].verdict.what.en, "no authority can be read"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(lists_of_a_zone, Zone)

BOOST_AUTO_TEST_CASE(of_authorities_or_attributes_alone_are_none) {
    const std::string outdated = jpki().revocation_list({.from = -9h, .until = -2h});
    for (const char* scope : {"critical,onlyCA:TRUE", "critical,onlyAA:TRUE"}) {
        const std::string latest = list_with(NID_issuing_distribution_point, scope, {.until = 72h});
        auto findings = found_of(outdated + latest);
        BOOST_TEST_REQUIRE((states(findings) == States{State::fault}));
        BOOST_TEST(holds(findings[0].verdict.what.en, "it ran out"));
        findings = found_of(latest);
        BOOST_TEST_REQUIRE((states(findings) == States{State::fault}));
        BOOST_TEST(holds(findings[0].verdict.what.en, "it holds no list of"));
    }
}

BOOST_AUTO_TEST_CASE(and_its_authorities_are_read_in_pem_alone) {
    const std::string pem = jpki().revocation_list({.until = 72h});
    BOOST_TEST((states(found_of("Of today:\n" + pem)) == States{State::good}));
    const auto findings = found_of(der_of(pem));
    BOOST_TEST_REQUIRE((states(findings) == States{State::fault}));
    BOOST_TEST(holds(findings[0].verdict.what.en, "no revocation list in PEM"));
    files->change(kAuthority, jpki().authority_der());
    BOOST_TEST(!read_certificates(*files, kAuthority).has_value());
}

BOOST_AUTO_TEST_CASE(say_which_partition_they_are_of) {
    const auto findings =
        found_of(partition("1", {.until = 72h}) + partition("2", {.from = -9h, .until = -2h}));
    BOOST_TEST_REQUIRE((states(findings) == States{State::good, State::fault}));
    BOOST_TEST(findings[1].subject == kList + " (internet, URI:http://lists.example/2)");
    const auto relative =
        found_of(relative_partition({.until = 72h}) + partition("2", {.from = -9h, .until = -2h}));
    BOOST_TEST_REQUIRE((states(relative) == States{State::fault, State::good}));
    BOOST_TEST(relative[1].subject == kList + " (internet, a name relative to the issuer's)");
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
    BOOST_TEST(told(refusal(OCSP_RESPONSE_STATUS_UNAUTHORIZED)).state == State::note);
}

BOOST_AUTO_TEST_CASE(that_refuses_whoever_is_asked_about_is_a_warning) {
    for (const auto& [status, name] :
         {std::pair{OCSP_RESPONSE_STATUS_MALFORMEDREQUEST, "malformedrequest"},
          std::pair{OCSP_RESPONSE_STATUS_INTERNALERROR, "internalerror"},
          std::pair{OCSP_RESPONSE_STATUS_TRYLATER, "trylater"},
          std::pair{OCSP_RESPONSE_STATUS_SIGREQUIRED, "sigrequired"}}) {
        const auto verdict = told(refusal(status));
        BOOST_TEST(verdict.state == State::warning, name);
        BOOST_TEST(verdict.what.en.ends_with(name), verdict.what.en);
    }
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
