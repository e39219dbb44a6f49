// `sekisho doctor` beside a running gateway, and what may not be in its bundle. One demo serves
// most of the tests: each changes a copy of its configuration, and nothing of the gateway's.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <openssl/pem.h>
#include <set>
#include <sys/stat.h>

#include "adapters/documents/json.h"
#include "adapters/documents/zip_reader.h"
#include "adapters/simulation/ports_file.h"
#include "gateway/identity/certificate.h"
#include "gateway/identity/openssl_handles.h"
#include "gateway/platform/pki.h"
#include "gateway/platform/system.h"
#include "gateway/store/gateway_lock.h"
#include "tests/support/config_files.h"
#include "tests/support/demo/demo_gateway.h"
#include "tests/support/http_raw_server.h"

namespace sekisho::tests {

namespace {

using documents::Json;
using std::chrono::days;

// One gateway for all tests of a suite.
std::unique_ptr<DemoGateway> kept;
DemoGateway& running() {
    return *kept;
}

struct OneGateway {
    OneGateway() {
        kept = std::make_unique<DemoGateway>();
        kept->start();
    }
    ~OneGateway() { kept.reset(); }
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    BOOST_TEST_REQUIRE((at != std::string::npos), from);
    return text.replace(at, from.size(), to);
}

// A configuration beside the running gateway's, with one word changed.
std::string changed(const std::string& from, const std::string& to) {
    const std::string path = running().file("changed.json");
    write_file(path, replaced(read_text(running().config_file()), from, to));
    return path;
}

struct Diagnosis {
    int exit_code = 0;
    Json report;

    std::string overall() const { return std::string{report.string_at("state").value_or("")}; }
    std::set<std::string> areas_in(std::string_view state) const {
        std::set<std::string> areas;
        for (const Json& finding : report.find("findings")->items()) {
            if (finding.string_at("state") == state)
                areas.insert(std::string{*finding.string_at("area")});
        }
        return areas;
    }
    // The sentences of an area's findings in that state.
    std::string says(std::string_view area, std::string_view state) const {
        std::string said;
        for (const Json& finding : report.find("findings")->items()) {
            if (finding.string_at("area") == area && finding.string_at("state") == state) {
                said += documents::to_text(finding) + "\n";
            }
        }
        return said;
    }
};

Diagnosis diagnosis_of(const std::string& config_file) {
    const auto run =
        run_program({DemoGateway::program("sekisho"), "doctor", "--config", config_file, "--json"});
    const auto read = documents::parse_json(run.output.substr(0, run.output.find('\n')));
    BOOST_TEST_REQUIRE(read.has_value(), run.output);
    return {.exit_code = run.exit_code, .report = *read};
}

using Areas = std::set<std::string>;

platform::CertificateAndKey authority(const std::string& name) {
    return {.certificate_pem = read_text(running().file("pki/" + name + "-ca.pem")),
            .key_pem = read_text(running().file("pki/authority/" + name + ".key"))};
}

model::Instant now() {
    return platform::SystemClock{}.now();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_doctor, *boost::unit_test::fixture<OneGateway>())

BOOST_AUTO_TEST_CASE(finds_no_fault_in_a_sound_gateway_and_leaves_it_alone) {
    DemoGateway& gateway = running();
    const auto seen = diagnosis_of(gateway.config_file());
    BOOST_TEST(seen.areas_in("fault") == Areas{}, boost::test_tools::per_element());
    BOOST_TEST(seen.exit_code == (seen.overall() == "good" ? 0 : 1));
    for (const Json& finding : seen.report.find("findings")->items()) {
        if (finding.string_at("state") == "good") continue;
        const Json* next = finding.find("next");
        const bool told = next != nullptr && !next->string_at("ja").value_or("").empty() &&
                          !next->string_at("en").value_or("").empty();
        BOOST_TEST(told, documents::to_text(finding));
    }
    BOOST_TEST(seen.says("ports", "good").find("the gateway answers") != std::string::npos);
    for (const char* area : {"configuration", "certificates", "revocation", "clock", "ports",
                             "tunnel", "cards", "store", "disk", "adapters"}) {
        BOOST_TEST(documents::to_text(seen.report).find("\"area\":\"" + std::string{area} + "\"") !=
                       std::string::npos,
                   area);
    }
    BOOST_TEST(!gateway.has_ended());
    BOOST_TEST(gateway.health("/readyz").find("true") != std::string::npos);
    BOOST_TEST(store::GatewayLock::is_held(gateway.file("state/sekisho.db")));
}

BOOST_AUTO_TEST_CASE(speaks_to_people_in_both_languages_and_ends_with_the_counts) {
    const auto told = run_program(
        {DemoGateway::program("sekisho"), "doctor", "--config", running().config_file()});
    BOOST_TEST(told.output.find("証明書と鍵 / certificates\n") != std::string::npos, told.output);
    BOOST_TEST(told.output.find("障害 / fault: 0") != std::string::npos, told.output);
}

BOOST_AUTO_TEST_CASE(knows_its_usage) {
    const auto bare = run_program({DemoGateway::program("sekisho"), "doctor"});
    BOOST_TEST(bare.exit_code == 2, bare.output);
}

BOOST_AUTO_TEST_CASE(looks_at_a_gateway_before_its_first_start) {
    const DemoGateway resting;
    const auto before = std::filesystem::exists(resting.file("state/sekisho.db"));
    const auto seen = diagnosis_of(resting.config_file());
    BOOST_TEST(seen.areas_in("fault") == Areas{}, boost::test_tools::per_element());
    BOOST_TEST(seen.says("ports", "good").find("free") != std::string::npos);
    BOOST_TEST(seen.says("store", "note").find("not there yet") != std::string::npos);
    BOOST_TEST((!before && !std::filesystem::exists(resting.file("state/sekisho.db"))));
}

BOOST_AUTO_TEST_CASE(sees_an_expired_certificate_of_a_zone) {
    const auto issuer = authority("server");
    const auto made = platform::issue({.common_name = "sekisho",
                                       .not_before = now() - days{30},
                                       .not_after = now() - days{1},
                                       .server_auth = true,
                                       .dns_names = {"localhost"}},
                                      &issuer);
    BOOST_TEST_REQUIRE(made.has_value());
    write_file(running().file("pki/expired.pem"), made->certificate_pem);
    write_file(running().file("pki/expired.key"), made->key_pem);
    ::chmod(running().file("pki/expired.key").c_str(), 0600);
    const auto seen =
        diagnosis_of(changed(R"("certificate": "pki/gateway.pem", "key": "pki/gateway.key")",
                             R"("certificate": "pki/expired.pem", "key": "pki/expired.key")"));
    BOOST_TEST(seen.areas_in("fault") == Areas{"certificates"}, boost::test_tools::per_element());
    BOOST_TEST(seen.says("certificates", "fault").find("expired") != std::string::npos);
    BOOST_TEST(seen.exit_code == 1);
    // The gateway still has the one it was started with.
    BOOST_TEST(seen.says("ports", "warning").find("another certificate") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(sees_a_revocation_list_that_ran_out) {
    const auto list = platform::issue_revocation_list(
        {.this_update = now() - days{9}, .next_update = now() - days{2}}, authority("internet"));
    BOOST_TEST_REQUIRE(list.has_value());
    write_file(running().file("pki/old.crl"), *list);
    const auto seen =
        diagnosis_of(changed(R"("crl": "pki/internet.crl")", R"("crl": "pki/old.crl")"));
    BOOST_TEST(seen.areas_in("fault") == Areas{"revocation"}, boost::test_tools::per_element());
    BOOST_TEST(seen.says("revocation", "fault").find("ran out") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(sees_a_port_that_another_program_has) {
    const RawServer another{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"};
    const auto seen = diagnosis_of(changed("127.0.0.1:" + std::to_string(running().internet_port()),
                                           "127.0.0.1:" + std::to_string(another.port())));
    BOOST_TEST(seen.areas_in("fault") == Areas{"ports"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(sees_that_the_spool_is_missing) {
    const auto seen =
        diagnosis_of(changed(R"("spool": "state/spool")", R"("spool": "state/gone")"));
    BOOST_TEST(seen.areas_in("fault") == Areas{"store"}, boost::test_tools::per_element());
    BOOST_TEST(seen.says("store", "fault").find("state/gone") != std::string::npos);
    BOOST_TEST(!std::filesystem::exists(running().file("state/gone")));
}

BOOST_AUTO_TEST_CASE(sees_a_peer_that_is_dead_and_does_not_know_its_clock) {
    const std::string text = read_text(running().config_file());
    const auto begin = text.find("https://127.0.0.1:");
    const std::string url = text.substr(begin, text.find('"', begin) - begin);
    const auto seen =
        diagnosis_of(changed(url, "https://127.0.0.1:" + std::to_string(closed_port())));
    BOOST_TEST(seen.areas_in("fault") == Areas{"adapters"}, boost::test_tools::per_element());
    BOOST_TEST(seen.areas_in("unknown") == Areas{"clock"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(sees_a_key_that_others_may_read) {
    const std::string key = running().file("keys/receipt-1.pem");
    ::chmod(key.c_str(), 0644);
    const auto seen = diagnosis_of(running().config_file());
    ::chmod(key.c_str(), 0600);
    BOOST_TEST(seen.areas_in("fault") == Areas{"certificates"}, boost::test_tools::per_element());
    BOOST_TEST(seen.says("certificates", "fault").find("receipt-1.pem") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(sees_an_error_of_the_configuration_with_its_place) {
    const auto seen = diagnosis_of(changed(R"("workers": 2)", R"("wokers": 2)"));
    BOOST_TEST(seen.areas_in("fault") == Areas{"configuration"}, boost::test_tools::per_element());
    BOOST_TEST(seen.says("configuration", "fault").find("changed.json:") != std::string::npos);
    BOOST_TEST(seen.exit_code == 1);
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

struct Unpacked {
    std::string name;
    std::string text;
};

std::vector<Unpacked> unpacked(const std::string& zip) {
    const std::string bytes = read_text(zip);
    auto reader = documents::ZipReader::open(bytes);
    BOOST_TEST_REQUIRE(reader.has_value());
    std::vector<Unpacked> all;
    for (const documents::ZipEntry& entry : std::vector{reader->entries()}) {
        BOOST_TEST_REQUIRE(reader->next().has_value());
        Unpacked one{.name = entry.name};
        for (auto piece = reader->read(); piece && !piece->empty(); piece = reader->read())
            one.text += *piece;
        all.push_back(std::move(one));
    }
    return all;
}

std::string serial_of(const std::string& certificate_file) {
    const std::string pem = read_text(certificate_file);
    const identity::BioPtr bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    const identity::CertificatePtr read{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
    return identity::read_certificate(read.get()).serial;
}

std::string second_line(const std::string& file) {
    const std::string text = read_text(file);
    const auto begin = text.find('\n') + 1;
    return text.substr(begin, text.find('\n', begin) - begin);
}

std::string first_line(const std::string& file) {
    const std::string text = read_text(file);
    return text.substr(0, text.find('\n'));
}

// What must not leave the machine, each as it is written where it stands.
std::vector<std::string> forbidden(const DemoGateway& demo) {
    std::vector<std::string> words{"H000000004",
                                   "123456789018",
                                   "1234 5678 9018",
                                   "花",
                                   "太郎",
                                   "健",
                                   "佐藤",
                                   "PRIVATE KEY",
                                   "careplan-demo",
                                   "pmh-demo",
                                   "脳梗塞",
                                   "かくう",
                                   "TEST00000000000000000001A"};
    for (char digit = '1'; digit <= '9'; ++digit) words.push_back(std::string("000000000") + digit);
    for (const char* key : {"pki/gateway.key", "keys/log.pem", "keys/receipt-1.pem"})
        words.push_back(second_line(demo.file(key)));
    for (const char* key : {"keys/body-1.key", "keys/person.key"})
        words.push_back(first_line(demo.file(key)));
    for (const char* card : {"pki/card-1.pem", "pki/card-2.pem"})
        words.push_back(serial_of(demo.file(card)));
    return words;
}

std::string one_line_of(const std::vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words) line += word + " ";
    return line;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_support_bundle, *boost::unit_test::fixture<OneGateway>())

BOOST_AUTO_TEST_CASE(holds_nothing_personal_and_nothing_secret_even_where_it_was_planted) {
    DemoGateway& demo = running();
    const auto day = run_program({DemoGateway::program("sekisho-sim"), "day", "--demo",
                                  demo.folder(), "--without-cards", "--quiet"});
    BOOST_TEST(day.exit_code == 0, day.output);

    const auto words = forbidden(demo);
    const std::string planted = one_line_of(words);
    const std::string log = demo.file("logs/planted.log");
    std::string lines = read_text(demo.file("logs/gateway.log"));
    BOOST_TEST_REQUIRE(!lines.empty());
    for (const char* member : {"detail", "event", "zone", "recipient", "file", "id", "insured"}) {
        lines += documents::to_text(Json::object().set(member, planted)) + "\n";
        for (const std::string& word : words)
            lines += documents::to_text(Json::object().set(member, "saw " + word + ".")) + "\n";
    }
    lines += planted + "\n";
    write_file(log, lines);
    const std::string config = demo.file("planted.json");
    const std::string secrets = R"("user": "sekisho", "password": "careplan-demo", "remark": )" +
                                documents::to_text(Json::string(planted)) + ", ";
    write_file(config,
               replaced(replaced(read_text(demo.config_file()), R"("user": "sekisho", )", secrets),
                        "logs/gateway.log", "logs/planted.log"));
    // The check can fail: all of it stands where the bundle is made of.
    for (const std::string& word : words) {
        BOOST_TEST(read_text(log).find(word) != std::string::npos, word);
        BOOST_TEST(read_text(config).find(word) != std::string::npos, word);
    }

    const std::string zip = demo.file("bundle.zip");
    const auto made = run_program(
        {DemoGateway::program("sekisho"), "doctor", "--config", config, "--bundle", zip});
    BOOST_TEST(made.exit_code == 1, made.output);  // the settings are wrong now
    struct stat status{};
    BOOST_TEST_REQUIRE(::stat(zip.c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777U) == 0600U);
    for (const Unpacked& entry : unpacked(zip)) {
        BOOST_TEST_CONTEXT(entry.name) {
            // Taken out one by one: no entry was in need of the last look.
            BOOST_TEST(entry.text != "withheld");
            for (const std::string& word : words)
                BOOST_TEST(entry.text.find(word) == std::string::npos, word);
        }
    }
}

BOOST_AUTO_TEST_CASE(holds_what_somebody_who_helps_needs) {
    DemoGateway& demo = running();
    const std::string zip = demo.file("plain.zip");
    // A password where an address may have one: the configuration is sound with it.
    const auto port = simulation::read_port(demo.file("ports.json"), "emr-sharing").value();
    const std::string address = "127.0.0.1:" + std::to_string(port);
    const std::string config = demo.file("password-in-url.json");
    write_file(config, replaced(read_text(demo.config_file()), "https://" + address,
                                "https://sekisho:hunter2planted@" + address));
    const auto made = run_program(
        {DemoGateway::program("sekisho"), "doctor", "--config", config, "--bundle", zip});
    BOOST_TEST(made.output.find("emr-sharing") != std::string::npos, made.output);
    BOOST_TEST(made.output.find("hunter2planted") == std::string::npos, made.output);
    std::map<std::string, std::string> entries;
    for (Unpacked& entry : unpacked(zip)) {
        BOOST_TEST(entry.text.find("hunter2planted") == std::string::npos, entry.name);
        entries[entry.name] = std::move(entry.text);
    }
    const auto holds = [&](const std::string& name, std::string_view words) {
        BOOST_TEST(entries[name].find(words) != std::string::npos, name << ": " << entries[name]);
    };
    holds("doctor.json", "\"findings\"");
    holds("about.json", "\"openssl\"");
    holds("configuration.json", "\"url\": \"https://127.0.0.1:");
    holds("configuration.json", "\"withheld\"");
    holds("routes.json", "\"opinion-from-writer\"");
    holds("rollout.json", "\"139980\"");
    holds("paths.json", "\"when_down\"");
    holds("parties.json", "\"medical:1319900021\"");
    holds("parties.json", "\"persons\": 3");
    holds("readyz.json", "\"ready\": true");
    holds("metrics.txt", "sekisho_");
    holds("log.jsonl", "\"event\":\"listening\",\"zone\":\"internet\"");
    holds("store.json", "\"of\": \"message\"");
    BOOST_TEST(entries.size() == 12U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
