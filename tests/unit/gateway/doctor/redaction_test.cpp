// What may leave the machine, and what may not.
#include "gateway/doctor/redaction.h"

#include <boost/test/unit_test.hpp>

#include "gateway/doctor/shown_configuration.h"
#include "tests/support/fake_world.h"

using namespace sekisho;
using doctor::Redactor;
using documents::Json;

namespace {

const Redactor kRedactor{{"careplan-demo", "運用者 花", "花"}};

Json parsed(std::string_view text) {
    return documents::parse_json(text).value();
}

bool holds(const std::string& text, std::string_view words) {
    return text.find(words) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(redaction)

BOOST_AUTO_TEST_CASE(takes_out_numbers_of_persons_however_they_are_written) {
    for (const char* number : {"0000000001", "H000000004", "123456789012", "1234 5678 9012",
                               "1234-5678-9012", "03-1234-56789", "xx0000000001yy"}) {
        const std::string shown = kRedactor.scrubbed("about " + std::string{number} + ".");
        BOOST_TEST(holds(shown, "[withheld]"), shown);
        BOOST_TEST(!holds(shown, "00000"), shown);
        BOOST_TEST(!holds(shown, "5678"), shown);
    }
}

BOOST_AUTO_TEST_CASE(leaves_ports_days_and_addresses) {
    for (const char* plain : {"https://127.0.0.1:10240: refused", "2026-11-21T10:00:00Z",
                              "insurer:139980", "/var/lib/sekisho/sekisho.db", "SK-5007"}) {
        BOOST_TEST(kRedactor.scrubbed(plain) == plain);
        BOOST_TEST(kRedactor.plain(plain) == plain);
    }
}

BOOST_AUTO_TEST_CASE(takes_out_tokens_and_keys) {
    BOOST_TEST(kRedactor.scrubbed("Bearer abcdefghij0123456klmnop rest") ==
               "Bearer [withheld] rest");
    BOOST_TEST(kRedactor.scrubbed("serial TEST00000000000000000001A").find("TEST0") ==
               std::string::npos);
    BOOST_TEST(kRedactor.plain("serial 4FC0FFEE12A4B5D6 refused") == "serial [withheld] refused");
    BOOST_TEST(kRedactor.plain("-----BEGIN PRIVATE KEY-----\nMIG") == "withheld");
    BOOST_TEST(!kRedactor.is_clean("-----BEGIN PRIVATE KEY-----"));
}

BOOST_AUTO_TEST_CASE(takes_out_a_tokens_pin_with_all_that_follows_it) {
    for (const char* written : {"pin-value=1234", "PIN-Value=1234", "pin-value%3D1234&x=1234"}) {
        const std::string uri = std::string{"pkcs11:token=t;object=gateway?"} + written;
        BOOST_TEST(kRedactor.plain(uri) == "pkcs11:token=t;object=gateway?[withheld]");
        BOOST_TEST(kRedactor.scrubbed("saw " + uri) ==
                   "saw pkcs11:token=t;object=gateway?[withheld]");
        BOOST_TEST(!kRedactor.is_clean("so " + uri + " stands here"));
    }
    const char* const in_its_file = "pkcs11:token=t?pin-source=file:/etc/pin";
    BOOST_TEST(kRedactor.plain(in_its_file) == in_its_file);
    BOOST_TEST(kRedactor.is_clean(in_its_file));
}

BOOST_AUTO_TEST_CASE(takes_out_what_is_known_to_be_secret_and_in_free_text_all_that_is_no_ascii) {
    BOOST_TEST(kRedactor.scrubbed("password careplan-demo refused by 花") ==
               "password [withheld] refused by [withheld]");
    BOOST_TEST(kRedactor.scrubbed("設定 careplan-demo") == "設定 [withheld]");
    BOOST_TEST(kRedactor.plain("太郎 was here") == "[withheld] was here");
    BOOST_TEST(!kRedactor.is_clean("so careplan-demo stands here"));
    BOOST_TEST(kRedactor.is_clean("nothing"));
}

BOOST_AUTO_TEST_CASE(shows_of_a_log_line_the_members_that_the_log_has_in_their_shapes) {
    BOOST_TEST(
        kRedactor.log_line(R"({"at":"2026-11-21T00:00:00Z","level":"info","event":"listening",)"
                           R"("zone":"internet","port":"8443"})") ==
        R"({"at":"2026-11-21T00:00:00Z","level":"info","event":"listening","zone":"internet",)"
        R"("port":"8443"})");
    BOOST_TEST(kRedactor.log_line(R"({"recipient":"medical:1319900013","via":"platform"})") ==
               R"({"recipient":"medical:1319900013","via":"platform"})");
    BOOST_TEST(kRedactor.log_line(R"({"detail":"saw 0000000001, 佐藤"})") ==
               R"({"detail":"saw [withheld], [withheld]"})");
}

BOOST_AUTO_TEST_CASE(withholds_every_other_member_with_its_name) {
    const std::string shown =
        kRedactor.log_line(R"({"event":"x","id":"0000000001","0000000002":"y","name":"花",)"
                           R"("detail":{"insured":"0000000003"}})");
    BOOST_TEST(shown == R"({"event":"x","withheld":4})");
}

BOOST_AUTO_TEST_CASE(shows_no_person_as_recipient_and_nothing_in_a_wrong_shape) {
    BOOST_TEST(kRedactor.log_line(R"({"recipient":"operator:hana"})") ==
               R"({"recipient":"withheld"})");
    BOOST_TEST(kRedactor.log_line(R"({"recipient":"0000000001"})") ==
               R"({"recipient":"withheld"})");
    BOOST_TEST(kRedactor.log_line(R"({"at":"yesterday","port":"123456789"})") ==
               R"({"at":"withheld","port":"withheld"})");
    BOOST_TEST(kRedactor.log_line(R"({"zone":"0000000001"})") == R"({"zone":"[withheld]"})");
}

BOOST_AUTO_TEST_CASE(withholds_a_line_that_is_none_of_the_log) {
    for (const char* line : {"", "佐藤 0000000001", "[1]", R"({"a":1,"a":2})", R"({"event":)"})
        BOOST_TEST(kRedactor.log_line(line) == R"({"withheld":"line"})", line);
}

BOOST_AUTO_TEST_CASE(shows_of_a_metrics_page_our_own_numbers) {
    BOOST_TEST(kRedactor.metrics("# HELP x 佐藤\n"
                                 "sekisho_document_memory_max_bytes 2147483648\n"
                                 "sekisho_requests_total{zone=\"internet\"} 12\n"
                                 "sekisho_odd{person=\"0000000001\"} 1\n"
                                 "sekisho_odd words\n"
                                 "node_secret 1\n") ==
               "sekisho_document_memory_max_bytes 2147483648\n"
               "sekisho_requests_total{zone=\"internet\"} 12\n"
               "sekisho_odd{person=\"[withheld]\"} 1\n");
}

BOOST_AUTO_TEST_CASE(shows_of_the_configuration_what_is_on_its_list) {
    const Json shown = doctor::shown_configuration(
        parsed(R"({"instance":"demo","facts":"facts.json","remark":"佐藤",)"
               R"("adapters":[{"name":"careplan","module":"m.so","settings":{)"
               R"("url":"https://127.0.0.1:1","user":"u","password":"p","connections":2}}]})"),
        kRedactor);
    BOOST_TEST(documents::to_text(shown) ==
               R"({"instance":"demo","adapters":[{"name":"careplan","module":"m.so","settings":{)"
               R"("url":"https://127.0.0.1:1","connections":2,"withheld":2}}],"withheld":2})");
}

BOOST_AUTO_TEST_CASE(withholds_an_address_with_a_password_and_a_key_in_place_of_its_file) {
    const std::string shown = documents::to_text(doctor::shown_configuration(
        parsed(R"({"adapters":[{"settings":{"url":"https://u:secret@peer",)"
               R"("key":"-----BEGIN PRIVATE KEY-----\nMIG"}}]})"),
        kRedactor));
    BOOST_TEST(!holds(shown, "secret"), shown);
    BOOST_TEST(!holds(shown, "MIG"), shown);
}

BOOST_AUTO_TEST_CASE(shows_keys_in_tokens_without_their_pins) {
    const std::string shown = documents::to_text(doctor::shown_configuration(
        parsed(R"({"zones":[{"name":"internet","key":"pkcs11:token=t?pin-value=123456"}],)"
               R"("adapters":[{"settings":{"key":"pkcs11:token=u?pin-value=123456"}}]})"),
        kRedactor));
    BOOST_TEST(!holds(shown, "123456"), shown);
    BOOST_TEST(holds(shown, "pkcs11:token=t?[withheld]"), shown);
    BOOST_TEST(holds(shown, "pkcs11:token=u?[withheld]"), shown);
}

BOOST_AUTO_TEST_CASE(knows_the_secrets_that_the_settings_name_and_hold) {
    tests::MemoryFiles files;
    (void)files.make_directories("/etc");
    files.change("/etc/password", "careplan-demo\n");
    files.change("/etc/short", "ab\n");
    const auto known = doctor::secrets_in(
        parsed(R"({"adapters":[{"settings":{"url":"https://127.0.0.1:1","user":"short",)"
               R"("password_file":"/etc/password","secret_file":"/etc/absent",)"
               R"("deep":[{"short_file":"/etc/short","api_token":"token-in-place"}]}}]})"),
        nullptr, files);
    BOOST_TEST((known.words == std::vector<std::string>{"careplan-demo", "token-in-place"}));
    BOOST_TEST(known.files_unread == 2U);
}

BOOST_AUTO_TEST_CASE(shows_institutions_without_names_and_persons_not_at_all) {
    const model::Directory directory{
        {{.id = *model::parse_party_id("medical:1319900013"),
          .name = "架空中央病院",
          .via = model::Via{"mailbox"}},
         {.id = *model::parse_party_id("operator:hana"), .name = "運用者 花"}}};
    const std::string shown = documents::to_text(doctor::shown_parties(directory));
    BOOST_TEST(shown == R"({"institutions":1,"persons":1,"parties":[{"id":"medical:1319900013",)"
                        R"("via":"mailbox","other_ways":[],"zones":[],"suspended":false}]})");
    tests::MemoryFiles files;
    const auto known = doctor::secrets_in(Json::object(), &directory, files);
    BOOST_TEST((known.words == std::vector<std::string>{"運用者 花"}));
}

BOOST_AUTO_TEST_SUITE_END()
