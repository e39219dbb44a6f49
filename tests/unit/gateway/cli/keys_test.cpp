// `pki init` and `keys`: what is made, with which rights, and what is left alone.
#include <boost/test/unit_test.hpp>

#include "adapters/documents/json.h"
#include "gateway/cli/client.h"
#include "gateway/identity/certificate.h"
#include "gateway/platform/keyring.h"
#include "tests/support/config_files.h"
#include "tests/support/test_jpki.h"
#include "tests/unit/gateway/cli/cli_world.h"

using namespace sekisho;
using tests::CliWorld;

namespace {

struct Authority {
    CliWorld world;
    Authority() {
        (void)world.files.write_whole(
            "/desk/profile.json", tests::read_text(tests::source_path("certs/development.json")),
            0644);
    }
    int init(const std::string& more = "") {
        world.forget();
        return world.run("pki init /desk/pki --profile /desk/profile.json " + more);
    }
    std::string content(const std::string& name) const {
        return world.files.content("/desk/pki/" + name).value_or("");
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(keys)

BOOST_AUTO_TEST_CASE(the_demos_whole_cast_gets_certificates_and_each_zone_its_list) {
    Authority authority;
    BOOST_TEST(authority.init() == 0);
    for (const char* zone : {"internet", "public", "eligibility"}) {
        BOOST_TEST(
            authority.content(std::string{zone} + "-ca.pem").starts_with("-----BEGIN CERTIFICATE"));
        BOOST_TEST(
            authority.content(std::string{zone} + ".crl").starts_with("-----BEGIN X509 CRL"));
    }
    BOOST_TEST(!authority.content("server-ca.pem").empty());
    BOOST_TEST(!authority.content("operator-ca.pem").empty());
    const tests::DemoFolder folder;
    const auto directory = config::load_directory(folder.path("parties.json"));
    for (const auto& [id, party] : directory->all()) {
        std::string file = to_string(id);
        std::ranges::replace(file, ':', '-');
        BOOST_TEST_CONTEXT(file) {
            const auto found = cli::party_of_certificate(authority.content(file + ".pem"));
            BOOST_TEST_REQUIRE(found.has_value());
            BOOST_TEST((*found == id));
            BOOST_TEST(*authority.world.files.mode("/desk/pki/" + file + ".key") == 0600U);
        }
    }
    BOOST_TEST(cli::party_of_certificate(authority.content("medical-1319900013.eligibility.pem"))
                   .has_value());
    BOOST_TEST(!cli::party_of_certificate(authority.content("gateway.pem")).has_value());
    BOOST_TEST(*authority.world.files.mode("/desk/pki/authority/internet.key") == 0600U);
}

BOOST_AUTO_TEST_CASE(the_authority_of_cards_and_its_cards_have_the_profile_of_jpki) {
    Authority authority;
    BOOST_TEST(authority.init() == 0);
    const auto card = tests::certificate_of(authority.content("card-1.pem"));
    const auto above = tests::certificate_of(authority.content("jpki-auth-ca.pem"));
    BOOST_TEST_REQUIRE((card && above));
    BOOST_TEST(X509_verify(card.get(), X509_get0_pubkey(above.get())) == 1);
    BOOST_TEST(EVP_PKEY_get_bits(X509_get0_pubkey(card.get())) == 2048);
    BOOST_TEST(X509_get_key_usage(card.get()) == std::uint32_t{KU_DIGITAL_SIGNATURE});
    const auto values = identity::read_certificate(card.get());
    BOOST_TEST(values.subject == "CN=TEST00000000000000000001A,C=JP");
    BOOST_TEST(values.issuer ==
               "OU=Japan Agency for Local Authority Information Systems,"
               "OU=JPKI for user authentication,O=JPKI,C=JP");
    BOOST_TEST(X509_get_ext_by_NID(card.get(), NID_issuer_alt_name, -1) >= 0);
    BOOST_TEST(X509_get_ext_by_NID(card.get(), NID_certificate_policies, -1) >= 0);
    BOOST_TEST(X509_get_ext_by_NID(card.get(), NID_subject_alt_name, -1) == -1);
}

BOOST_AUTO_TEST_CASE(a_second_run_keeps_certificates_completes_them_and_issues_lists_anew) {
    Authority authority;
    BOOST_TEST(authority.init() == 0);
    const std::string clinic = authority.content("medical-1319900021.pem");
    const std::string list = authority.content("internet.crl");
    (void)authority.world.files.remove("/desk/pki/operator-ken.pem");
    authority.world.clock.advance(std::chrono::hours{24});
    BOOST_TEST(authority.init("--json") == 0);
    const auto told = documents::parse_json(authority.world.out());
    BOOST_TEST(*told->integer_at("made") == 1);
    BOOST_TEST(*told->integer_at("lists") == 5);
    BOOST_TEST(authority.content("medical-1319900021.pem") == clinic);
    BOOST_TEST(authority.content("internet.crl") != list);
    BOOST_TEST(!authority.content("operator-ken.pem").empty());
}

BOOST_AUTO_TEST_CASE(a_keyring_is_made_once_and_never_replaced) {
    Authority authority;
    BOOST_TEST(authority.init("--keys /desk/keys") == 0);
    const auto person = authority.world.files.content("/desk/keys/person.key");
    BOOST_TEST_REQUIRE(person.has_value());
    BOOST_TEST(authority.init("--keys /desk/keys") == 0);
    BOOST_TEST(*authority.world.files.content("/desk/keys/person.key") == *person);
}

BOOST_AUTO_TEST_CASE(rotation_adds_keys_and_keeps_what_reads_the_old) {
    Authority authority;
    CliWorld& world = authority.world;
    BOOST_TEST(authority.init("--keys /desk/keys") == 0);
    const auto before = platform::Keyring::load(world.files, "/desk/keys");
    const auto secret = platform::SecretKey::make(world.random);
    const auto wrapped = before->wrap(world.random, secret);
    world.forget();
    BOOST_TEST(world.run("keys rotate --keys /desk/keys --json") == 0);
    BOOST_TEST(world.out() ==
               "{\"body\":\"body-2\",\"receipt\":\"receipt-2\",\"log\":\"log-2\"}\n");
    const auto after = platform::Keyring::load(world.files, "/desk/keys");
    BOOST_TEST_REQUIRE(after.has_value());
    BOOST_TEST(after->receipt_key().kid == "receipt-2");
    BOOST_TEST(after->receipt_keys().size() == 2U);
    BOOST_TEST((after->unwrap(wrapped)->bytes() == secret.bytes()));
    BOOST_TEST(after->wrap(world.random, secret).wrapping_key == 2U);
    BOOST_TEST(*world.files.mode("/desk/keys/body-2.key") == 0600U);
    world.forget();
    BOOST_TEST(world.run("keys list --keys /desk/keys --json") == 0);
    const auto list = documents::parse_json(world.out());
    BOOST_TEST_REQUIRE(list->items().size() == 7U);
    BOOST_TEST(*list->items()[0].string_at("kid") == "body-1");
    BOOST_TEST(*list->items()[0].boolean_at("in_use") == false);
    BOOST_TEST(*list->items()[1].boolean_at("in_use") == true);
    for (const std::size_t at : {2U, 3U}) {  // both sign: who verifies changes in his own time
        BOOST_TEST(*list->items()[at].string_at("kind") == "log-checkpoint");
        BOOST_TEST(*list->items()[at].boolean_at("in_use") == true);
    }
    BOOST_TEST(after->log_keys().signing.size() == 2U);
    BOOST_TEST(after->log_keys().signing.back().public_key() ==
               before->log_keys().signing.front().public_key());
}

BOOST_AUTO_TEST_CASE(one_kind_alone_is_rotated_and_the_logs_public_keys_stay) {
    CliWorld world;
    BOOST_TEST_REQUIRE(
        platform::Keyring::create(world.files, world.random, "/desk/keys").has_value());
    const auto before = platform::Keyring::load(world.files, "/desk/keys");
    BOOST_TEST(world.run("keys rotate --keys /desk/keys --only log --json") == 0);
    BOOST_TEST(world.out() == "{\"log\":\"log-2\"}\n");
    BOOST_TEST(world.run("keys rotate --keys /desk/keys --only person") == 2);
    BOOST_TEST_REQUIRE(world.files.remove("/desk/keys/log.pem").has_value());
    const auto after = platform::Keyring::load(world.files, "/desk/keys");
    BOOST_TEST_REQUIRE(after.has_value());
    BOOST_TEST(after->receipt_keys().size() == 1U);
    BOOST_TEST_REQUIRE(after->log_keys().retired.size() == 1U);
    BOOST_TEST(after->log_keys().retired[0] == before->log_keys().signing[0].public_key());
}

BOOST_AUTO_TEST_CASE(what_the_keyring_does_not_read_is_not_listed_and_gives_no_number) {
    CliWorld world;
    BOOST_TEST_REQUIRE(
        platform::Keyring::create(world.files, world.random, "/desk/keys").has_value());
    for (const char* other : {"body-07.key", "log-1.pem", "receipt-9.key"}) {
        world.files.change(std::string{"/desk/keys/"} + other, "none");
    }
    BOOST_TEST(world.run("keys list --keys /desk/keys --json") == 0);
    BOOST_TEST(documents::parse_json(world.out())->items().size() == 4U);
    world.forget();
    BOOST_TEST(world.run("keys rotate --keys /desk/keys --only body --json") == 0);
    BOOST_TEST(world.out() == "{\"body\":\"body-2\"}\n");
}

BOOST_AUTO_TEST_CASE(keys_of_nowhere_are_2) {
    CliWorld world;
    BOOST_TEST(world.run("keys list") == 2);
    BOOST_TEST(world.run("keys list --keys /desk/none") == 2);
    BOOST_TEST(world.run("keys rotate --keys /desk/none") == 2);
    BOOST_TEST(world.run("pki init /desk/pki --profile /desk/none.json") == 2);
}

BOOST_AUTO_TEST_CASE(a_profile_that_leads_out_of_its_folder_is_refused) {
    CliWorld world;
    (void)world.files.write_whole("/desk/p.json", R"({"authorities":[{"name":"a","common_name":"a",
        "certificate":"../a.pem"}],"subjects":[]})",
                                  0644);
    BOOST_TEST(world.run("pki init /desk/pki --profile /desk/p.json") == 2);
    (void)world.files.write_whole("/desk/p.json", R"({"authorities":[],"subjects":[
        {"party":"system:web","authority":"nobody"}]})",
                                  0644);
    BOOST_TEST(world.run("pki init /desk/pki --profile /desk/p.json") == 2);
}

BOOST_AUTO_TEST_SUITE_END()
