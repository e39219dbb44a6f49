// The section `admission`, right and wrong.
#include <boost/test/unit_test.hpp>

#include "adapters/documents/schema.h"
#include "tests/support/config_files.h"

namespace {

using namespace sekisho;
using Method = config::CardStatusConfig::Method;

const std::string kAuthority = R"("authorities": [{ "file": "pki/jpki-auth-ca.pem" }])";
const std::string kDemoStatus = R"({ "method": "crl", "files": ["pki/jpki-auth.crl"] })";

// The demo with another section; what was written in its place, by line and column from 1.
struct Admission {
    tests::DemoFolder folder;

    std::vector<std::string> errors(const std::string& section) {
        const std::string path = folder.main_file();
        std::string text = tests::read_text(path);
        const std::size_t at = text.rfind("\"admission\":");
        text = text.substr(0, at) + "\"admission\": " + section + "\n}\n";
        tests::write_file(path, text);
        auto loaded = config::load(path);
        if (!loaded) return tests::lines_of(loaded.error());
        read = std::move(loaded->admission);
        return {};
    }
    std::vector<std::string> errors_of_status(const std::string& status) {
        return errors("{ " + kAuthority + ", \"status\": " + status + " }");
    }
    bool refuses(const std::string& section, std::string_view words) {
        const auto lines = errors(section);
        for (const std::string& line : lines) BOOST_TEST_MESSAGE(line);
        return lines.size() == 1U && lines[0].find(words) != std::string::npos;
    }
    bool refuses_status(const std::string& status, std::string_view words) {
        return refuses("{ " + kAuthority + ", \"status\": " + status + " }", words);
    }
    // By the schema beside it.
    bool fits_schema() {
        const auto schema =
            documents::Schema::load(tests::source_path("config/schema/sekisho.schema.json"));
        const auto value =
            documents::parse_json(tests::read_text(folder.main_file()), {.comments = true});
        return schema && value && !schema->check(*value);
    }

    std::optional<config::AdmissionConfig> read{};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(admission_section, Admission)

BOOST_AUTO_TEST_CASE(may_be_absent_and_then_nobody_is_admitted_by_card) {
    std::string text = tests::read_text(folder.main_file());
    const std::size_t comment = text.rfind("// A development authority");
    text = text.substr(0, text.rfind(']', comment) + 1) + "\n}\n";
    tests::write_file(folder.main_file(), text);
    const auto loaded = config::load(folder.main_file());
    BOOST_TEST_REQUIRE(loaded.has_value());
    BOOST_TEST(!loaded->admission.has_value());
}

BOOST_AUTO_TEST_CASE(names_several_generations_with_rules_of_their_own) {
    BOOST_TEST(errors(R"({ "authorities": [
        { "file": "a.cer" },
        { "file": "b.cer", "policies": ["1.2.3", "1.2.4"], "rsa_bits_min": 3072 }],
      "status": { "method": "none" } })")
                   .empty());
    BOOST_TEST(fits_schema());
    BOOST_TEST_REQUIRE(read->authorities.size() == 2U);
    BOOST_TEST(read->authorities[0].policies ==
               std::vector<std::string>{"1.2.392.200149.8.5.1.3.30"});
    BOOST_TEST(read->authorities[1].policies == (std::vector<std::string>{"1.2.3", "1.2.4"}));
    BOOST_TEST(read->authorities[1].rsa_bits_min == 3072);
    BOOST_TEST((read->status.method == Method::none));
}

BOOST_AUTO_TEST_CASE(names_a_responder) {
    BOOST_TEST(errors_of_status(R"({ "method": "ocsp", "url": "https://ocsp.example/",
        "trust": "pki/server-ca.pem", "certificate": "pki/gateway.pem", "key": "pki/gateway.key",
        "skew_seconds": 30 })")
                   .empty());
    BOOST_TEST(fits_schema());
    BOOST_TEST((read->status.method == Method::ocsp));
    BOOST_TEST(read->status.responder.url == "https://ocsp.example/");
    BOOST_TEST(read->status.responder.trust_file.ends_with("/pki/server-ca.pem"));
    BOOST_TEST(read->status.responder.certificate_file.ends_with("/pki/gateway.pem"));
    BOOST_TEST(read->status.responder.key_file.ends_with("/pki/gateway.key"));
    BOOST_TEST(read->status.skew.count() == 30);
    BOOST_TEST(
        errors_of_status(R"({ "method": "ocsp", "url": "http://127.0.0.1:9560/" })").empty());
    BOOST_TEST(fits_schema());
    BOOST_TEST(read->status.skew.count() == 60);
}

BOOST_AUTO_TEST_CASE(misspelt_is_told_with_the_nearest_known_key) {
    BOOST_TEST(
        refuses("{ \"authorites\": [], " + kAuthority + ", \"status\": " + kDemoStatus + " }",
                "did you mean \"authorities\"?"));
    BOOST_TEST(!fits_schema());
    BOOST_TEST(refuses_status(R"({ "method": "crl", "files": ["a"], "file": "b" })",
                              "did you mean \"files\"?"));
    BOOST_TEST(refuses_status(R"({ "method": "none", "url": "https://ocsp.example/" })",
                              "the key \"url\" is not known here"));
}

BOOST_AUTO_TEST_CASE(without_authorities_or_a_word_about_status_is_refused) {
    BOOST_TEST(refuses("{ \"authorities\": [], \"status\": " + kDemoStatus + " }",
                       "at least one authority"));
    BOOST_TEST(refuses("{ \"status\": " + kDemoStatus + " }", "\"authorities\" is missing"));
    BOOST_TEST(refuses("{ " + kAuthority + " }", "\"status\" is missing"));
    BOOST_TEST(refuses_status(R"({ "method": "maybe" })", "one of none, crl and ocsp"));
    BOOST_TEST(refuses_status(R"({ "method": "crl", "files": [] })", "at least one file"));
}

BOOST_AUTO_TEST_CASE(with_policies_or_keys_that_cannot_be_is_refused) {
    const auto authority = [](const std::string& rest) {
        return R"({ "authorities": [{ "file": "a.cer", )" + rest + R"( }], "status": )" +
               kDemoStatus + " }";
    };
    for (const char* oid : {"one", "1", "1.2.", ".1.2", "1..2"}) {
        BOOST_TEST_CONTEXT(oid)
        BOOST_TEST(!errors(authority("\"policies\": [\"" + std::string{oid} + "\"]")).empty());
    }
    BOOST_TEST(refuses(authority("\"policies\": []"), "at least one policy"));
    BOOST_TEST(refuses(authority("\"rsa_bits_min\": 1024"), "from 2048 to 4096"));
}

BOOST_AUTO_TEST_CASE(whose_responder_could_be_overheard_is_refused) {
    BOOST_TEST(refuses_status(R"({ "method": "ocsp", "url": "http://ocsp.example/" })",
                              "must be https://"));
    BOOST_TEST(refuses_status(R"({ "method": "ocsp", "url": "https://ocsp.example/" })",
                              "https needs \"trust\""));
    BOOST_TEST(refuses_status(
        R"({ "method": "ocsp", "url": "http://127.0.0.1:9560/", "key": "a.key" })", "go together"));
    BOOST_TEST(refuses_status(R"({ "method": "ocsp" })", "\"url\" is missing"));
}

BOOST_AUTO_TEST_CASE(whose_responder_only_looks_like_this_host_is_refused) {
    for (const std::string url :
         {"http://127.0.0.1:x@ocsp.example/", "http://127.0.0.1:80@ocsp.example/",
          "http://127.0.0.1:/", "http://127.0.0.1:123456/", "http://[::1]:x@ocsp.example/",
          "http://127.0.0.1/", "http://127.0.0.1:0/", "http://[127.0.0.1]:80/",
          "http://127.0.0.1:99999/", "http://127.0.0.1.ocsp.example:80/", "http:/127.0.0.1:80/"}) {
        BOOST_TEST(
            refuses_status(R"({ "method": "ocsp", "url": ")" + url + "\" }", "must be https://"),
            url);
    }
    BOOST_TEST(refuses_status(
        R"({ "method": "ocsp", "url": "https://user@ocsp.example/", "trust": "a.pem" })",
        "must be https://"));
    for (const std::string url : {"http://[::1]:9560/ocsp?a=b", "http://127.0.0.1:9560"}) {
        BOOST_TEST(errors_of_status(R"({ "method": "ocsp", "url": ")" + url + "\" }").empty(), url);
    }
}

BOOST_AUTO_TEST_CASE(a_visit_lasts_half_an_hour_or_as_long_as_it_says) {
    BOOST_TEST(errors_of_status(kDemoStatus).empty());
    BOOST_TEST(read->visit.count() == 30);
    const auto with = [](const std::string& minutes) {
        return "{ " + kAuthority + ", \"visit_minutes\": " + minutes +
               ", \"status\": " + kDemoStatus + " }";
    };
    BOOST_TEST(errors(with("480")).empty());
    BOOST_TEST(read->visit.count() == 480);
    BOOST_TEST(fits_schema());
    for (const char* minutes : {"0", "481", "\"30\""}) {
        BOOST_TEST(errors(with(minutes)).size() == 1U, minutes);
        BOOST_TEST(!fits_schema(), minutes);
    }
}

BOOST_AUTO_TEST_SUITE_END()
