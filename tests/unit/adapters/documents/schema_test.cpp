#include "adapters/documents/schema.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>

#include "tests/support/temporary_folder.h"

namespace {

using namespace sekisho;
using documents::Json;
using documents::Schema;

// A file that is gone when the test ends.
class SchemaFile {
  public:
    explicit SchemaFile(const std::string& text) { std::ofstream{path()} << text; }
    std::string path() const { return folder_ / "schema.json"; }

  private:
    tests::TemporaryFolder folder_;
};

std::optional<std::string> violation(const std::string& schema, const std::string& text) {
    const SchemaFile file{schema};
    const auto loaded = Schema::load(file.path());
    BOOST_REQUIRE(loaded.has_value());
    const auto value = documents::parse_json(text);
    BOOST_REQUIRE(value.has_value());
    const auto found = loaded->check(*value);
    if (!found) return std::nullopt;
    BOOST_REQUIRE(found->where != nullptr);
    return found->pointer;
}

bool loads(const std::string& schema) {
    return Schema::load(SchemaFile{schema}.path()).has_value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schema)

BOOST_AUTO_TEST_CASE(a_violation_is_found_with_its_pointer) {
    const std::string kSchema =
        R"({"type":"object","properties":{"a/b":{"type":"array","items":{"type":"string","maxLength":2}}},
            "required":["a/b"],"additionalProperties":false})";
    BOOST_TEST(!violation(kSchema, R"({"a/b":["x","あい"]})").has_value());
    BOOST_TEST(violation(kSchema, R"({"a/b":["x","xyz"]})").value() == "/a~1b/1");
    BOOST_TEST(violation(kSchema, "{}").value() == "/a~1b");
    BOOST_TEST(violation(kSchema, R"({"a/b":[],"c":1})").value() == "");
    BOOST_TEST(violation(kSchema, "[]").value() == "");
}

BOOST_AUTO_TEST_CASE(numbers_are_checked_as_what_they_are) {
    const std::string kInteger = R"({"type":"integer","minimum":-2,"maximum":3})";
    for (const std::string text : {"-2", "0", "3"})
        BOOST_TEST(!violation(kInteger, text).has_value(), text);
    for (const std::string text : {"-3", "4", "1.5", "1e0", "18446744073709551616"}) {
        BOOST_TEST(violation(kInteger, text).has_value(), text);
    }
    BOOST_TEST(!violation(R"({"type":"number"})", "1.5e3").has_value());
    BOOST_TEST(!violation(R"({"type":"boolean"})", "true").has_value());
    BOOST_TEST(violation(R"({"type":"boolean"})", "null").has_value());
}

BOOST_AUTO_TEST_CASE(a_schema_that_asks_for_what_is_passed_over_is_refused) {
    BOOST_TEST(loads(R"({"type":"string","pattern":"^([0-9]{10}|H[0-9]{9})$"})"));
    BOOST_TEST(!loads(R"({"const":1})"));
    BOOST_TEST(!loads(R"({"type":"object","properties":{"a":{"format":"date"}}})"));
    BOOST_TEST(!loads(R"({"items":{"$ref":"#"}})"));
    BOOST_TEST(!loads(R"({"pattern":"^(?=a)$"})"));
    BOOST_TEST(!loads(R"({"pattern":"[0-9"})"));
    BOOST_TEST(!loads("[]"));
    BOOST_TEST(!loads("{"));
    BOOST_TEST(!loads(""));
}

BOOST_AUTO_TEST_CASE(what_is_refused_at_loading_is_located) {
    const SchemaFile file{"{\n  \"type\": \"object\",\n  \"oneOf\": []\n}"};
    const auto loaded = Schema::load(file.path());
    BOOST_REQUIRE(!loaded.has_value());
    BOOST_REQUIRE_EQUAL(loaded.error().errors.size(), 1U);
    BOOST_TEST(loaded.error().errors[0].line == 3U);
    BOOST_TEST(loaded.error().errors[0].file == file.path());
    BOOST_TEST(loaded.error().detail.en.find("oneOf") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_facts_schema_accepts_lists_of_consents_and_registrations) {
    const auto schema = Schema::load(SEKISHO_SOURCE_DIR "/config/schema/facts-1.json");
    BOOST_REQUIRE(schema.has_value());
    const auto facts = documents::parse_json(R"({
        "consents": [{"insurer": "139980", "insured": "0000000001", "given": ["*"], "refused": ["life"],
                      "occasion": "new-certification", "explanation": "2026-04",
                      "given_at": "2026-11-21T09:00:00+09:00"}],
        "registrations": [{"id": "r-1", "insurer": "139980", "insured": "H000000004",
                           "party": "care-manager:1379900010", "assurance": "card",
                           "from": "2026-11-21T00:00:00Z"}]})");
    BOOST_REQUIRE(facts.has_value());
    BOOST_TEST(!schema->check(*facts).has_value());
    const auto wrong = documents::parse_json(R"({"consents": [{"insurer": "139980"}]})");
    const auto violation = schema->check(*wrong);
    BOOST_REQUIRE(violation.has_value());
    BOOST_TEST(violation->missing);
    BOOST_TEST(violation->pointer == "/consents/0/insured");
}

BOOST_AUTO_TEST_CASE(a_schema_of_rows_is_one_for_each_of_them_and_one_for_the_rest) {
    const SchemaFile file{R"({"type":"object","properties":{"a":{"type":"integer"},
        "rows":{"type":"array","minItems":1,"items":{"type":"string"}}},
        "required":["a","rows"],"additionalProperties":false})"};
    const auto schema = Schema::load_with_rows(file.path(), "rows");
    BOOST_TEST_REQUIRE(schema.has_value());
    const auto fits = [](const Schema& one, std::string_view text) {
        return !one.check(*documents::parse_json(text)).has_value();
    };
    BOOST_TEST(schema->rows_min == 1U);
    BOOST_TEST(schema->rows_max > 1'000'000U);
    BOOST_TEST(fits(schema->row, "\"x\""));
    BOOST_TEST(!fits(schema->row, "1"));
    BOOST_TEST(fits(schema->whole, R"({"a":1,"rows":[]})"));
    for (const std::string other : {R"({"a":1})", R"({"a":1,"rows":{}})", R"({"a":"1","rows":[]})",
                                    R"({"a":1,"rows":[],"b":1})"}) {
        BOOST_TEST(!fits(schema->whole, other), other);
    }
}

BOOST_AUTO_TEST_CASE(a_schema_without_such_rows_is_refused_with_its_file) {
    for (const std::string text :
         {R"({"type":"object"})", R"({"properties":{"rows":{"type":"array"}}})",
          R"({"properties":{"lines":{"type":"array","items":{}}}})"}) {
        const SchemaFile file{text};
        const auto schema = Schema::load_with_rows(file.path(), "rows");
        BOOST_TEST_REQUIRE(!schema.has_value(), text);
        BOOST_TEST(schema.error().detail.en.find(file.path()) != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_text_with_a_nul_violates_whatever_its_pattern_says) {
    const std::string schema = R"({"type":"string","pattern":"^[0-9]{2}$"})";
    BOOST_TEST(!violation(schema, "\"12\"").has_value());
    BOOST_TEST(violation(schema, "\"12\\u0000\"").has_value());
    BOOST_TEST(violation(schema, "\"12\\u00003\"").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
