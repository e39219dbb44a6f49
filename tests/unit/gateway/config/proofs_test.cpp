// Keys in tokens and the log's timestamps, as an administrator writes them.
#include <boost/test/unit_test.hpp>

#include "tests/support/config_files.h"

namespace {

using namespace sekisho;
using tests::DemoFolder;

// The configuration with more beside `keys`, and another key of the first zone.
std::expected<config::Config, config::ConfigErrors> loaded(const std::string& more,
                                                           const std::string& key) {
    const DemoFolder folder;
    folder.edit("sekisho.json", R"("keys": "keys",)", R"("keys": "keys",)" + more);
    if (!key.empty())
        folder.edit("sekisho.json", R"("key": "pki/gateway.key",
      "anchors": "pki/internet-ca.pem")",
                    "\"key\": \"" + key + R"(", "anchors": "pki/internet-ca.pem")");
    return config::load(folder.main_file());
}

// The errors' sentences, or "sound".
std::string loading(const std::string& more, const std::string& key = {}) {
    const auto config = loaded(more, key);
    std::string text = config ? "sound" : "";
    for (const auto& line : config ? std::vector<std::string>{} : tests::lines_of(config.error()))
        text += line + "\n";
    return text;
}

bool says(const std::string& text, std::string_view words) {
    BOOST_TEST_MESSAGE(text);
    return text.find(words) != std::string::npos;
}

std::string stamped_at(const std::string& url, const std::string& more = "") {
    return R"("timestamps": { "url": ")" + url + R"(", "anchors": "tsa.pem", "folder": "stamps")" +
           more + "},";
}

const std::string kModule = R"("pkcs11_module": "/usr/lib/token.so",)";
const std::string kUri = "pkcs11:token=t;object=o;type=private?pin-source=file:/etc/pin";

}  // namespace

BOOST_AUTO_TEST_SUITE(proofs)

BOOST_AUTO_TEST_CASE(a_tokens_key_is_its_uri_and_needs_a_module) {
    const auto config = loaded(kModule, kUri);
    BOOST_TEST_REQUIRE(config.has_value());
    BOOST_TEST(config->zones[0].key_file == kUri);
    BOOST_TEST(config->zones[0].token_module == "/usr/lib/token.so");
    BOOST_TEST(config->zones[1].token_module.empty());
    BOOST_TEST(says(loading("", kUri), "a token's key needs \"pkcs11_module\""));
}

BOOST_AUTO_TEST_CASE(a_pin_does_not_stand_in_the_configuration_and_is_not_repeated) {
    const std::string text = loading(kModule, "pkcs11:token=t?pin-value=4711");
    BOOST_TEST(says(text, "a PIN does not stand here"));
    BOOST_TEST(text.find("4711") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(timestamps_name_an_authority_and_where_they_are_kept) {
    const auto config = loaded(stamped_at("https://tsa.example/", R"(, "trust": "ca.pem")"), "");
    BOOST_TEST_REQUIRE((config.has_value() && config->timestamps.has_value()));
    BOOST_TEST(config->timestamps->anchors_file.ends_with("/tsa.pem"));
    BOOST_TEST((config->timestamps->every == std::chrono::minutes{60}));
    BOOST_TEST(loading(stamped_at("http://127.0.0.1:3161/")) == "sound");
    BOOST_TEST(says(loading(stamped_at("http://tsa.example/")), "this must be https://"));
    BOOST_TEST(says(loading(stamped_at("https://tsa.example/")), "https needs \"trust\""));
    BOOST_TEST(says(loading(stamped_at("http://127.0.0.1:3161/", R"(, "key": "k.pem")")),
                    "\"certificate\" and \"key\" go together"));
    BOOST_TEST(loading(stamped_at("http://127.0.0.1:3161/", R"(, "every_minutes": 0)")) != "sound");
    BOOST_TEST(says(loading(R"("timestamps": { "url": "http://127.0.0.1:1/" },)"), "anchors"));
}

BOOST_AUTO_TEST_SUITE_END()
