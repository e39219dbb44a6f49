// Each worked example under config/ loads, and says what the demo promises.
#include <boost/test/unit_test.hpp>

#include "adapters/documents/schema.h"
#include "tests/support/config_files.h"

namespace {

using namespace sekisho;
using table::RolloutState;

const model::Instant kNoon = *model::parse_rfc3339("2026-11-21T12:00:00+09:00");

model::Sha256 length_digest(std::string_view bytes) {
    return {static_cast<std::uint8_t>(bytes.size() % 251), 1};
}

config::Config demo() {
    const tests::DemoFolder folder;
    auto loaded = config::load(folder.main_file(), length_digest);
    if (!loaded) {
        for (const auto& line : tests::lines_of(loaded.error())) BOOST_ERROR(line);
        BOOST_FAIL("the demo does not load");
    }
    return std::move(*loaded);
}

RolloutState state_of(const config::Config& config, const char* insurer, model::Instant at) {
    return config.snapshot->rollout.state(model::InsurerNumber{insurer}, at);
}

const model::Party* find(const config::Config& config, const char* id) {
    return config.snapshot->directory.find(*model::parse_party_id(id));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(demo_configuration)

BOOST_AUTO_TEST_CASE(the_demo_loads_with_its_zones_adapters_and_paths) {
    const config::Config config = demo();
    BOOST_TEST_REQUIRE(config.zones.size() == 3U);
    BOOST_TEST(config.zones[0].name.text() == "internet");
    BOOST_TEST(config.zones[0].listen.port == 8443);
    BOOST_TEST((config.zones[0].protection.by == model::Protection::none));
    BOOST_TEST(config.zones[1].name.text() == "eligibility");
    BOOST_TEST(config.zones[1].listen.port == 8444);
    BOOST_TEST((config.zones[1].protection.by == model::Protection::loopback));
    BOOST_TEST(config.zones[2].name.text() == "public");
    BOOST_TEST(config.zones[2].listen.port == 8445);
    BOOST_TEST(config.zones[2].rsa_bits_min == 3072);
    BOOST_TEST(config.zones[2].budget.weight_of(*model::parse_party_id("insurer:139980")) == 8U);
    BOOST_TEST(config.zones[2].budget.weight_of(*model::parse_party_id("insurer:139964")) == 1U);
    BOOST_TEST(config.health->port == 9464);
    BOOST_TEST_REQUIRE(config.adapters.size() == 8U);
    BOOST_TEST(config.adapters[0].name == "platform");
    BOOST_TEST(config.adapters[0].settings.string_at("url").has_value());
    BOOST_TEST(config.adapters[0].line > 0);
    BOOST_TEST(config.store.path.ends_with("/state/sekisho.db"));
    BOOST_TEST(config.store.path.starts_with("/"));
    BOOST_TEST(config.file.starts_with("/"));
    BOOST_TEST(config.pid_file->ends_with("/run/gateway.pid"));
    BOOST_TEST(config.snapshot->revision == 1U);
    BOOST_TEST(config.routes_digest[1] == 1);
}

BOOST_AUTO_TEST_CASE(the_demo_admits_cards_of_its_own_authority_by_its_list) {
    const config::Config config = demo();
    BOOST_TEST_REQUIRE(config.admission.has_value());
    const config::AdmissionConfig& admission = *config.admission;
    BOOST_TEST_REQUIRE(admission.authorities.size() == 1U);
    BOOST_TEST(admission.authorities[0].file.starts_with("/"));
    BOOST_TEST(admission.authorities[0].file.ends_with("/pki/jpki-auth-ca.pem"));
    BOOST_TEST(admission.authorities[0].policies ==
               std::vector<std::string>{"1.2.392.200149.8.5.1.3.30"});
    BOOST_TEST(admission.authorities[0].rsa_bits_min == 2048);
    BOOST_TEST((admission.status.method == config::CardStatusConfig::Method::crl));
    BOOST_TEST_REQUIRE(admission.status.crl_files.size() == 1U);
    BOOST_TEST(admission.status.crl_files[0].ends_with("/pki/jpki-auth.crl"));
}

BOOST_AUTO_TEST_CASE(the_demo_has_insurers_in_each_state_of_the_rollout) {
    const config::Config config = demo();
    BOOST_TEST((state_of(config, "139980", kNoon) == RolloutState::sharing));
    BOOST_TEST((state_of(config, "139964", kNoon) == RolloutState::sharing));
    BOOST_TEST((state_of(config, "139956", kNoon) == RolloutState::loading));
    BOOST_TEST((state_of(config, "139972", kNoon) == RolloutState::not_connected));
    const auto three_years_on = kNoon + std::chrono::days{3 * 365};
    BOOST_TEST((state_of(config, "139972", three_years_on) == RolloutState::loading));
    BOOST_TEST((state_of(config, "139999", kNoon) == RolloutState::unknown));
}

BOOST_AUTO_TEST_CASE(the_demo_knows_its_whole_cast_by_certificate) {
    const config::Config config = demo();
    for (const auto& [id, party] : config.snapshot->directory.all()) {
        BOOST_TEST_CONTEXT(to_string(id)) {
            BOOST_TEST_REQUIRE(!party.certificates.empty());
            BOOST_TEST(party.certificates[0].san_uri == "urn:sekisho:party:" + to_string(id));
        }
    }
    BOOST_TEST(config.snapshot->directory.all().size() == 27U);
    const model::Party* hospital = find(config, "medical:1319900013");
    BOOST_TEST_REQUIRE(hospital != nullptr);
    BOOST_TEST(hospital->deemed->contains(kNoon));
    BOOST_TEST(hospital->certificates[1].zone.text() == "eligibility");
    BOOST_TEST(!find(config, "medical:1319900021")->deemed.has_value());
    BOOST_TEST(find(config, "insurer:139964")->via.text() == "municipal");
    BOOST_TEST(find(config, "insurer:139980")->via.text() == "mailbox");
}

BOOST_AUTO_TEST_CASE(the_seed_says_who_consented_and_who_is_registered) {
    const config::Config config = demo();
    const model::Facts facts = config::to_facts(config.seeds);
    const auto person = [](const char* insurer, const char* insured) {
        return model::Person{model::InsurerNumber{insurer}, model::InsuredNumber{insured}};
    };
    const auto state = [&](const model::Person& who, model::ConsentKind kind) {
        return model::consent_state(facts.at(who), kind, kNoon);
    };
    const auto kakehashi = *model::parse_party_id("care-manager:1379900010");
    const auto hanako = person("139980", "0000000001");
    BOOST_TEST(model::is_registered(facts.at(hanako), kakehashi, kNoon));
    BOOST_TEST(facts.at(hanako).registrations.size() == 3U);
    BOOST_TEST((state(hanako, model::ConsentKind::life) == model::ConsentState::given));
    const auto ichiro = person("139980", "0000000002");
    BOOST_TEST((state(ichiro, model::ConsentKind::life) == model::ConsentState::refused));
    BOOST_TEST((state(ichiro, model::ConsentKind::care_plan) == model::ConsentState::given));
    const auto ume = person("139980", "0000000003");
    BOOST_TEST((state(ume, model::ConsentKind::certification) == model::ConsentState::not_asked));
    const auto tadashi = person("139980", "0000000006");
    BOOST_TEST((state(tadashi, model::ConsentKind::certification) == model::ConsentState::refused));
    BOOST_TEST(facts.contains(person("139956", "0000000007")));
    BOOST_TEST(!facts.contains(person("139980", "H000000004")));
}

BOOST_AUTO_TEST_CASE(each_file_of_the_demo_fits_its_schema) {
    const tests::DemoFolder folder;
    const auto check = [](const std::string& file, std::string_view schema_name) {
        const auto schema = documents::Schema::load(
            tests::source_path("config/schema/" + std::string{schema_name}));
        BOOST_TEST_REQUIRE(schema.has_value(), std::string{schema_name});
        const auto value = documents::parse_json(tests::read_text(file), {.comments = true});
        BOOST_TEST_REQUIRE(value.has_value());
        const auto violation = schema->check(*value);
        BOOST_TEST(!violation, file << " " << (violation ? violation->pointer : ""));
    };
    check(folder.main_file(), "sekisho.schema.json");
    check(folder.path("parties.json"), "parties.schema.json");
    check(folder.path("routes.json"), "routes.schema.json");
    check(folder.path("rollout.json"), "rollout.schema.json");
    check(folder.path("paths.json"), "paths.schema.json");
    check(folder.path("unions.json"), "unions.schema.json");
    check(folder.path("facts.json"), "facts-1.json");
    check(tests::source_path("config/catalogue/catalogue.json"), "catalogue.schema.json");
}

BOOST_AUTO_TEST_SUITE_END()
