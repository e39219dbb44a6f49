// Keys in tokens, without a token: who loads them is a script.
#include "gateway/doctor/token_keys.h"

#include <boost/test/unit_test.hpp>

#include "gateway/doctor/areas.h"
#include "gateway/doctor/peer_settings.h"
#include "gateway/platform/disk.h"
#include "gateway/platform/system.h"
#include "tests/support/config_files.h"
#include "tests/support/http_raw_server.h"
#include "tests/support/test_jpki.h"
#include "tests/support/test_pki.h"
#include "tests/unit/gateway/doctor/names.h"

namespace sekisho::doctor {

namespace {

using tests::TestPki;

const std::string kModule = "/usr/lib/token.so";
const std::string kUri = "pkcs11:token=t;object=gateway;type=private?pin-source=file:/pin";
const std::string kOther = "pkcs11:token=t;object=other;type=private?pin-source=file:/pin";

model::Result<tokens::TokenKey> wrong_pin() {
    return model::refuse(model::Problem::internal, {.ja = "PINが違います", .en = "a wrong PIN"});
}

tokens::TokenKey key_in(const std::string& file) {
    return {tests::key_of(tests::read_text(file)).release(),
            [](EVP_PKEY* key) { EVP_PKEY_free(key); }};
}

// Counts how often the token is asked.
struct Token {
    int asked = 0;
    std::function<model::Result<tokens::TokenKey>()> says = wrong_pin;
    TokenKeys keys{[this](const std::string&, const std::string&) {
        ++asked;
        return says();
    }};
};

// The token's key is the zone's and an adapter's.
struct Gateway {
    TestPki pki{{"internet"}};
    int asked = 0;
    std::function<model::Result<tokens::TokenKey>()> says = wrong_pin;
    config::Config config{};

    Gateway() {
        config.snapshot = std::make_shared<plan::Snapshot>();
        config.zones.push_back({.name = model::ZoneName{"internet"},
                                .certificate_file = pki.server_certificate_file(),
                                .key_file = kUri,
                                .token_module = kModule,
                                .anchors_file = pki.anchors_file("internet"),
                                .crl_file = pki.crl_file("internet")});
    }
    void add_adapter() {
        config.adapters.push_back(
            {.name = "platform",
             .settings =
                 documents::Json::object()
                     .set("url", "https://127.0.0.1:" + std::to_string(tests::closed_port()))
                     .set("certificate", pki.server_certificate_file())
                     .set("key", kUri)
                     .set("pkcs11_module", kModule)
                     .set("trust", pki.anchors_file("internet"))});
    }
    Premises premises() {
        return {.machine = {.files = std::make_shared<platform::Disk>(),
                            .clock = std::make_shared<platform::SystemClock>()},
                .config = std::make_shared<const config::Config>(config),
                .token_keys =
                    std::make_shared<TokenKeys>([this](const std::string&, const std::string&) {
                        ++asked;
                        return says();
                    })};
    }
};

std::string said_in(const Findings& findings, State state) {
    std::string said;
    for (const Finding& finding : findings) {
        if (finding.verdict.state == state) said += finding.verdict.what.en + "\n";
    }
    return said;
}

bool holds(const std::string& text, std::string_view words) {
    return text.find(words) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_key_in_a_token, Token)

BOOST_AUTO_TEST_CASE(that_was_had_or_could_not_be_is_asked_for_once) {
    for (int i = 0; i < 3; ++i) {
        const auto none = keys.of({.uri = kUri, .module = kModule});
        BOOST_TEST_REQUIRE(!none.has_value());
        BOOST_TEST(none.error().state == State::fault);
        BOOST_TEST(none.error().what.en == "the key in the token cannot be used: a wrong PIN");
    }
    BOOST_TEST(asked == 1);
    says = [] { return tokens::TokenKey{}; };
    for (int i = 0; i < 3; ++i) {
        BOOST_TEST(keys.of({.uri = kUri + "2", .module = kModule}).has_value());
    }
    BOOST_TEST(asked == 2);
}

BOOST_AUTO_TEST_CASE(behind_a_pin_that_failed_is_not_tried) {
    (void)keys.of({.uri = kUri, .module = kModule});
    const auto other = keys.of({.uri = kOther, .module = kModule});
    BOOST_TEST_REQUIRE(!other.has_value());
    BOOST_TEST(other.error().state == State::unknown);
    BOOST_TEST(asked == 1);
    (void)keys.of({.uri = kOther, .module = "/usr/lib/another.so"});
    BOOST_TEST(asked == 2);
}

BOOST_AUTO_TEST_CASE(that_is_still_asked_for_is_not_waited_for) {
    std::optional<Verdict> meanwhile;
    says = [&] {
        const auto second = keys.of({.uri = kUri, .module = kModule});
        if (!second) meanwhile = second.error();
        return wrong_pin();
    };
    (void)keys.of({.uri = kUri, .module = kModule});
    BOOST_TEST_REQUIRE(meanwhile.has_value());
    BOOST_TEST(meanwhile->state == State::unknown);
    BOOST_TEST(asked == 1);
}

BOOST_AUTO_TEST_CASE(keeps_nobody_waiting_who_wants_another_meanwhile) {
    const TokenName other{.uri = "pkcs11:token=u;object=o?pin-source=file:/u",
                          .module = "/usr/lib/another.so"};
    std::optional<Verdict> meanwhile;
    bool first = true;
    says = [&] {
        if (!std::exchange(first, false)) return tokens::TokenKey{};
        const auto second = keys.of(other);
        if (!second) meanwhile = second.error();
        return tokens::TokenKey{};
    };
    BOOST_TEST(keys.of({.uri = kUri, .module = kModule}).has_value());
    BOOST_TEST_REQUIRE(meanwhile.has_value());
    BOOST_TEST(meanwhile->state == State::unknown);
    BOOST_TEST(asked == 1);
    BOOST_TEST(keys.of(other).has_value());
    BOOST_TEST(asked == 2);
}

BOOST_AUTO_TEST_CASE(behind_a_pin_file_that_failed_is_not_tried_however_its_uri_is_written) {
    (void)keys.of({.uri = kUri, .module = kModule});
    for (const char* uri : {"pkcs11:object=gateway;type=private;token=t?pin-source=file:/pin",
                            "pkcs11:serial=1;object=gateway?pin-source=file:/pin",
                            "pkcs11:token=%74;object=gateway?pin-source=file:///pin",
                            "pkcs11:object=gateway?pin-source=%2Fpin"}) {
        const auto other = keys.of({.uri = uri, .module = kModule});
        BOOST_TEST_REQUIRE(!other.has_value());
        BOOST_TEST(other.error().state == State::unknown, uri);
    }
    BOOST_TEST(asked == 1);
    (void)keys.of({.uri = "pkcs11:object=gateway?pin-source=file:/pin-2", .module = kModule});
    BOOST_TEST(asked == 2);
}

BOOST_AUTO_TEST_CASE(whose_asking_throws_cannot_be_used_and_is_asked_for_once) {
    says = []() -> model::Result<tokens::TokenKey> { throw std::runtime_error(kUri); };
    for (int i = 0; i < 2; ++i) {
        const auto none = keys.of({.uri = kUri, .module = kModule});
        BOOST_TEST_REQUIRE(!none.has_value());
        BOOST_TEST(none.error().state == State::fault);
        BOOST_TEST(!holds(none.error().what.en, "pkcs11:"));
    }
    BOOST_TEST(asked == 1);
    says = [] { return tokens::TokenKey{}; };
    BOOST_TEST(keys.of({.uri = kUri, .module = "/usr/lib/another.so"}).has_value());
}

BOOST_AUTO_TEST_CASE(whose_uri_has_the_pin_in_it_or_that_has_no_module_is_refused_unasked) {
    const auto told = keys.of({.uri = kUri + "&pin-value=123456", .module = kModule});
    BOOST_TEST_REQUIRE(!told.has_value());
    BOOST_TEST(told.error().state == State::fault);
    BOOST_TEST(!holds(told.error().what.en, "123456"));
    BOOST_TEST(!keys.of({.uri = kUri, .module = ""}).has_value());
    BOOST_TEST(asked == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_gateway_with_a_token, Gateway)

BOOST_AUTO_TEST_CASE(whose_key_fits_its_certificate_is_good) {
    says = [this] { return key_in(pki.server_key_file()); };
    const auto findings = examine_certificates(premises());
    BOOST_TEST_REQUIRE(!findings.empty());
    BOOST_TEST(!holds(said_in(findings, State::fault), "token"));
    BOOST_TEST(!holds(said_in(findings, State::note), "token"));
    BOOST_TEST(asked == 1);
}

BOOST_AUTO_TEST_CASE(whose_key_is_another_certificates_has_a_fault) {
    const TestPki another{{"internet"}};
    says = [&] { return key_in(another.server_key_file()); };
    BOOST_TEST(holds(said_in(examine_certificates(premises()), State::fault),
                     "the key in the token is not this certificate's"));
}

BOOST_AUTO_TEST_CASE(tries_a_wrong_pin_once_in_all_areas_together) {
    add_adapter();
    Premises all = premises();
    int opened = 0;
    all.machine.open_adapter =
        [&](const config::AdapterConfig&) -> model::Result<std::unique_ptr<adapters::Adapter>> {
        ++opened;
        return model::refuse(model::Problem::internal, {});
    };
    BOOST_TEST(holds(said_in(examine_certificates(all), State::fault), "a wrong PIN"));
    BOOST_TEST(holds(said_in(examine_clock(all), State::unknown), "a wrong PIN"));
    BOOST_TEST(holds(said_in(examine_adapters(all), State::fault), "a wrong PIN"));
    BOOST_TEST(asked == 1);
    BOOST_TEST(opened == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(settings_of_a_peer, Gateway)

BOOST_AUTO_TEST_CASE(name_the_key_and_load_it_only_where_it_is_needed) {
    says = [this] { return key_in(pki.server_key_file()); };
    add_adapter();
    const auto names = client_of(config.adapters[0]);
    BOOST_TEST(names.key_file == kUri);
    BOOST_TEST(names.key == nullptr);
    BOOST_TEST(asked == 0);
    const Premises all = premises();
    const auto client = client_with_key(config.adapters[0], *all.token_keys);
    BOOST_TEST_REQUIRE(client.has_value());
    BOOST_TEST(client->key != nullptr);
    BOOST_TEST(asked == 1);
}

BOOST_AUTO_TEST_CASE(of_a_service_are_those_that_the_gateway_asks_by) {
    const auto secure = client_of(config::Remote{.url = "https://ocsp.example/",
                                                 .trust_file = "ca.pem",
                                                 .certificate_file = "gateway.pem",
                                                 .key_file = "gateway.key"});
    BOOST_TEST(secure.trust_file == "ca.pem");
    BOOST_TEST(secure.certificate_file == "gateway.pem");
    BOOST_TEST(secure.key_file == "gateway.key");
    BOOST_TEST((secure.plain_http == http::PlainHttp::refused));
    const auto plain = client_of(config::Remote{.url = "http://127.0.0.1:9560/"});
    BOOST_TEST((plain.plain_http == http::PlainHttp::loopback));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::doctor
