// What an administrator gets wrong is told with file, line and column, all of it at once.
#include <boost/test/unit_test.hpp>

#include "gateway/config/reader.h"
#include "tests/support/config_files.h"

namespace {

using namespace sekisho;
using tests::DemoFolder;

std::vector<std::string> errors_of(const DemoFolder& folder) {
    const auto loaded = config::load(folder.main_file());
    return loaded ? std::vector<std::string>{} : tests::lines_of(loaded.error());
}

template <class T>
std::vector<std::string> errors_of(const std::expected<T, config::ConfigErrors>& loaded) {
    return loaded ? std::vector<std::string>{} : tests::lines_of(loaded.error());
}

bool has(const std::vector<std::string>& lines, std::string_view file, std::string_view words) {
    for (const std::string& line : lines) {
        if (line.starts_with(file) && line.find(words) != std::string::npos) return true;
    }
    for (const std::string& line : lines) BOOST_TEST_MESSAGE(line);
    return false;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(configuration_errors)

BOOST_AUTO_TEST_CASE(a_budget_for_a_party_nobody_knows_is_named) {
    const DemoFolder folder;
    folder.edit("sekisho.json", "\"party\": \"insurer:139980\"", "\"party\": \"insurer:999995\"");
    BOOST_TEST(has(errors_of(folder), "sekisho.json:17", "insurer:999995"));
}

BOOST_AUTO_TEST_CASE(a_budget_of_nothing_is_refused) {
    const DemoFolder folder;
    folder.edit("sekisho.json", "\"weight\": 8", "\"weight\": 0");
    BOOST_TEST(has(errors_of(folder), "sekisho.json:17", "1000"));
}

BOOST_AUTO_TEST_CASE(a_zones_budget_of_nothing_is_refused) {
    const DemoFolder folder;
    folder.edit("sekisho.json", "\"weights\":", "\"queued_of_zone\": 0, \"weights\":");
    BOOST_TEST(has(errors_of(folder), "sekisho.json:17", "1000000000000"));
}

BOOST_AUTO_TEST_CASE(a_zones_budget_that_one_party_could_use_up_is_refused) {
    const DemoFolder folder;
    folder.edit("sekisho.json", "\"weights\":",
                "\"bytes_per_second\": 5, \"bytes_per_second_of_zone\": 5, \"weights\":");
    BOOST_TEST(has(errors_of(folder), "sekisho.json:17", "exceed what one party may have, 40"));
}

BOOST_AUTO_TEST_CASE(a_misspelt_key_is_named_with_the_nearest_known_one) {
    const DemoFolder folder;
    folder.edit("sekisho.json", "\"workers\"", "\"wrokers\"");
    const auto lines = errors_of(folder);
    BOOST_TEST_REQUIRE(lines.size() == 1U);
    BOOST_TEST(has(lines, "sekisho.json:25:14", "did you mean \"workers\"?"));
}

BOOST_AUTO_TEST_CASE(every_error_of_every_file_is_found_in_one_run) {
    const DemoFolder folder;
    folder.edit("sekisho.json", "\"127.0.0.1:8443\"", "\"127.0.0.1:84430\"");
    folder.edit("rollout.json", "\"loading_from\": \"2028-11-21\"", "\"loading_from\": \"soon\"");
    folder.edit("parties.json", "\"id\": \"insurer:139972\"", "\"id\": \"insurer:13997\"");
    folder.edit("routes.json", "\"revision\": 1", "\"revision\": 0");
    const auto lines = errors_of(folder);
    BOOST_TEST(lines.size() == 4U);
    BOOST_TEST(has(lines, "sekisho.json:8:", "an address and port"));
    BOOST_TEST(has(lines, "rollout.json:7:", "a date"));
    BOOST_TEST(has(lines, "parties.json:", "a party id"));
    BOOST_TEST(has(lines, "routes.json:3:", "a whole number from 1"));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_told_where_it_is_named) {
    const DemoFolder folder;
    folder.edit("sekisho.json", "\"rollout.json\"", "\"rolout.json\"");
    BOOST_TEST(has(errors_of(folder), "sekisho.json:31:", "cannot be read"));
    BOOST_TEST(config::load(folder.path("nowhere.json")).error().errors.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_json_is_told_by_its_line) {
    const DemoFolder folder;
    tests::write_file(folder.path("unions.json"), "{\n  \"unions\": [,]\n}\n");
    BOOST_TEST(has(errors_of(folder), "unions.json:2:", "a value is malformed"));
}

BOOST_AUTO_TEST_CASE(a_missing_key_and_a_wrong_kind_are_told) {
    const DemoFolder folder;
    folder.edit("sekisho.json", "\"keys\": \"keys\",", "");
    folder.edit("sekisho.json", "\"delivery_threads\": 32", "\"delivery_threads\": \"8\"");
    const auto lines = errors_of(folder);
    BOOST_TEST(has(lines, "sekisho.json:5:1", "the required key \"keys\" is missing"));
    BOOST_TEST(has(lines, "sekisho.json:", "a whole number from 1 to 1024"));
}

BOOST_AUTO_TEST_CASE(names_of_other_files_are_looked_up) {
    const DemoFolder folder;
    folder.edit("routes.json", "\"system:eligibility\"]", "\"system:nobody\"]");
    folder.edit("routes.json", "\"certification.survey\",", "\"certification.servey\",");
    folder.edit("parties.json", "\"name\": \"介護情報基盤\", \"via\": \"platform\"",
                "\"name\": \"介護情報基盤\", \"via\": \"platfrom\"");
    folder.edit("rollout.json", "\"139956\"", "\"139949\"");
    const auto lines = errors_of(folder);
    BOOST_TEST(lines.size() == 4U);
    BOOST_TEST(has(lines, "routes.json:", "the directory has no party \"system:nobody\""));
    BOOST_TEST(has(lines, "routes.json:", "no information type \"certification.servey\""));
    BOOST_TEST(has(lines, "parties.json:", "there is no adapter \"platfrom\""));
    BOOST_TEST(has(lines, "rollout.json:", "the directory has no insurer \"139949\""));
}

BOOST_AUTO_TEST_CASE(an_insurer_needs_a_check_digit_or_a_place_in_the_table_of_unions) {
    const DemoFolder folder;
    const std::string insurer = "{ \"id\": \"insurer:139981\", \"name\": \"誤字市\" },\n";
    folder.edit("parties.json", "    { \"id\": \"insurer:139964\"",
                insurer + "    { \"id\": \"insurer:139964\"");
    BOOST_TEST(has(errors_of(folder), "parties.json:", "fails its check digit"));
    folder.edit("unions.json", "\"139999\"", "\"139981\"");
    BOOST_TEST(config::load(folder.main_file()).has_value());
}

BOOST_AUTO_TEST_CASE(two_parties_cannot_share_an_id_or_a_certificate) {
    const DemoFolder folder;
    tests::write_file(folder.path("p.json"), R"({ "parties": [
      { "id": "system:web", "name": "a", "certificates": [{ "zone": "public", "san_uri": "urn:x" }] },
      { "id": "system:web", "name": "b" },
      { "id": "system:pmh", "name": "c", "certificates": [{ "zone": "public", "san_uri": "urn:x" }] },
      { "id": "system:life", "name": "d", "certificates": [{ "zone": "public" }] } ] })");
    const auto lines = errors_of(config::load_directory(folder.path("p.json")));
    BOOST_TEST(lines.size() == 3U);
    BOOST_TEST(has(lines, "p.json:3:15", "exists already"));
    BOOST_TEST(has(lines, "p.json:4:", "the same certificate pattern"));
    BOOST_TEST(has(lines, "p.json:5:", "exactly one of san_uri and subject"));
}

BOOST_AUTO_TEST_CASE(a_route_that_the_table_would_refuse_is_told_at_its_line) {
    const DemoFolder folder;
    tests::write_file(folder.path("r.json"), R"({ "revision": 3, "routes": [
      { "id": "a", "match": { "types": ["life.*"] }, "targets": [{ "to": "$nobody" }] },
      { "id": "a", "match": { "types": ["li*fe"] }, "targets": [{ "to": "$insurer" }] },
      { "id": "c", "match": {}, "targets": [],
        "effective": { "from": "2026-04-01", "until": "2026-04-01" } } ] })");
    const auto lines = errors_of(config::load_routes(folder.path("r.json")));
    BOOST_TEST(has(lines, "r.json:2:", "neither $insurer, $recipient nor a party id"));
    BOOST_TEST(has(lines, "r.json:3:15", "a route of this id exists already"));
    BOOST_TEST(has(lines, "r.json:3:7", "neither a type id nor a prefix"));
    BOOST_TEST(has(lines, "r.json:4:", "has no target"));
    BOOST_TEST(has(lines, "r.json:5:", "the end is not after the beginning"));
}

BOOST_AUTO_TEST_CASE(a_catalogue_names_only_classes_and_role_sets_that_exist) {
    const DemoFolder folder;
    tests::write_file(folder.path("c.json"),
                      R"({ "classes": [{ "name": "insurer", "kinds": ["insurer"] }],
      "types": [
        { "id": "a", "name": "a", "subject": "one", "purposes": ["care"], "authors": ["insurers"],
          "readers": [{ "who": "insurer", "grant": "consent", "roles": "clerks" }] },
        { "id": "a", "name": "a", "subject": "two", "purposes": [] } ] })");
    const auto lines = errors_of(config::load_catalogue(folder.path("c.json")));
    BOOST_TEST(has(lines, "c.json:3:", "did you mean \"insurer\"?"));
    BOOST_TEST(has(lines, "c.json:4:", "there is no role set \"clerks\""));
    BOOST_TEST(has(lines, "c.json:4:", "needs the type's consent_kind"));
    BOOST_TEST(has(lines, "c.json:5:", "one of none, one and many"));
    BOOST_TEST(has(lines, "c.json:5:", "this information type exists already"));
    BOOST_TEST(has(lines, "c.json:5:", "at least one purpose"));
}

BOOST_AUTO_TEST_CASE(a_type_names_which_units_of_its_format_it_holds_and_no_others) {
    const DemoFolder folder;
    tests::write_file(folder.path("k.json"), R"({ "classes": [],
      "types": [
        { "id": "a", "name": "a", "subject": "one", "purposes": ["care"],
          "formats": ["careplan-csv:4.1"], "holds": ["plan", "month-plan"] },
        { "id": "b", "name": "b", "subject": "one", "purposes": ["care"],
          "formats": ["careplan-csv:4.1"] },
        { "id": "c", "name": "c", "subject": "one", "purposes": ["care"],
          "formats": ["ikensho-csv:1.1"], "holds": ["plan"] } ] })");
    const auto lines = errors_of(config::load_catalogue(folder.path("k.json")));
    BOOST_TEST(lines.size() == 3U);
    BOOST_TEST(has(lines, "k.json:4:62", "did you mean \"monthly-plan\"?"));
    BOOST_TEST(has(lines, "k.json:6:", "\"holds\" must name what of this format"));
    BOOST_TEST(has(lines, "k.json:8:", "no format of this type holds \"plan\""));
}

BOOST_AUTO_TEST_CASE(an_insurer_cannot_share_before_it_loads) {
    const DemoFolder folder;
    tests::write_file(folder.path("o.json"), R"({ "insurers": [
      { "insurer": "139980", "loading_from": "2027-01-01", "sharing_from": "2026-01-01" },
      { "insurer": "139964", "sharing_from": "2026-01-01" } ] })");
    BOOST_TEST(errors_of(config::load_rollout(folder.path("o.json"))).size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_kind_of_consent_cannot_be_given_and_refused_in_one_record) {
    const DemoFolder folder;
    tests::write_file(folder.path("f.json"), R"({ "consents": [
      { "insurer": "139980", "insured": "0000000001", "given": ["life"], "refused": ["life"],
        "occasion": "renewal", "explanation": "1", "given_at": "2026-01-01T00:00:00Z" } ] })");
    const auto lines = errors_of(config::load_facts(folder.path("f.json")));
    BOOST_TEST(has(lines, "f.json:2:", "both given and refused"));
}

BOOST_AUTO_TEST_CASE(health_and_metrics_are_plain_and_so_stay_on_loopback) {
    const DemoFolder folder;
    folder.edit("sekisho.json", "\"127.0.0.1:9464\"", "\"0.0.0.0:9464\"");
    BOOST_TEST(has(errors_of(folder), "sekisho.json:19:", "must be a loopback address"));
}

BOOST_AUTO_TEST_CASE(an_error_reads_as_one_line_in_both_languages) {
    const config::ConfigErrors::Error error{
        .file = "routes.json", .line = 12, .column = 5, .text = {.ja = "誤り", .en = "wrong"}};
    BOOST_TEST(config::to_text(error) == "routes.json:12:5: 誤り / wrong");
}

BOOST_AUTO_TEST_CASE(only_a_near_word_is_suggested) {
    const std::vector<std::string> known{"certificate", "key", "anchors"};
    BOOST_TEST(*config::nearest("certficate", known) == "certificate");
    BOOST_TEST(!config::nearest("colour", known).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
