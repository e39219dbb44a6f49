#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "adapters/documents/json.h"

namespace {

using namespace sekisho;
using namespace std::string_literals;
using documents::Json;

struct Taken {
    model::Result<Json> rest;
    std::vector<Json> rows;
};

Taken rows_of(std::string_view text, std::string_view member = "rows",
              const documents::JsonOptions& options = {}) {
    std::vector<Json> rows;
    auto rest = documents::parse_json_rows(
        text, {.member = member, .take = [&](const Json& row) { rows.push_back(row); }}, options);
    return {.rest = std::move(rest), .rows = std::move(rows)};
}

bool same_place(const Json& a, const Json& b) {
    return a.line() == b.line() && a.column() == b.column() &&
           a.begin_offset() == b.begin_offset() && a.end_offset() == b.end_offset();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_rows)

BOOST_AUTO_TEST_CASE(each_row_is_the_value_it_is_in_the_tree_and_stands_where_it_stands) {
    const std::string text =
        "{\"a\": [1, [2]],\n \"rows\": [ 1,\n  {\"rows\": [7, 8]}, [[]], \"x\"],\n \"b\": 2}";
    const auto tree = documents::parse_json(text);
    BOOST_TEST_REQUIRE(tree.has_value());
    const auto taken = rows_of(text);
    BOOST_TEST_REQUIRE(taken.rest.has_value());
    const auto& expected = tree->find("rows")->items();
    BOOST_TEST_REQUIRE(taken.rows.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        BOOST_TEST((taken.rows[i] == expected[i]), i);
        BOOST_TEST(same_place(taken.rows[i], expected[i]), i);
    }
}

BOOST_AUTO_TEST_CASE(the_rest_is_the_text_with_an_empty_array) {
    const auto taken = rows_of("{\"a\": [1], \"rows\": [1, 2], \"b\": {\"rows\": [3]}}");
    BOOST_TEST_REQUIRE(taken.rest.has_value());
    BOOST_TEST(documents::to_text(*taken.rest) == "{\"a\":[1],\"rows\":[],\"b\":{\"rows\":[3]}}");
    BOOST_TEST(taken.rows.size() == 2U);
}

BOOST_AUTO_TEST_CASE(only_an_array_that_is_the_roots_own_has_rows) {
    for (const std::string text :
         {"[[1,2]]", "{\"rows\":{\"rows\":[1]}}", "{\"other\":[1]}", "{\"rows\":1}", "1", "[]",
          "{\"a\":{\"rows\":[1]}}", "{\"\":[1]}"}) {
        const auto taken = rows_of(text);
        BOOST_TEST_REQUIRE(taken.rest.has_value(), text);
        BOOST_TEST(taken.rows.empty(), text);
        BOOST_TEST((*taken.rest == *documents::parse_json(text)), text);
    }
}

BOOST_AUTO_TEST_CASE(what_makes_a_tree_malformed_makes_rows_malformed_in_the_same_place) {
    for (const std::string text :
         {"{\"rows\":[1,2,]}", "{\"rows\":[1,2}", "{\"rows\":[{\"a\":1,\n\"a\":2}]}",
          "{\"rows\":[1],\"rows\":[2]}", "{\"rows\":[\"\\ud800\"]}", "{\"rows\":[1]}x",
          "{\"rows\":[1],\n\"b\":}", "{\"rows\":[\"\xff\"]}"}) {
        const auto tree = documents::parse_json(text);
        const auto taken = rows_of(text);
        BOOST_TEST_REQUIRE(!tree.has_value(), text);
        BOOST_TEST_REQUIRE(!taken.rest.has_value(), text);
        BOOST_TEST(taken.rest.error().errors[0].line == tree.error().errors[0].line, text);
        BOOST_TEST(taken.rest.error().errors[0].column == tree.error().errors[0].column, text);
    }
}

BOOST_AUTO_TEST_CASE(only_what_is_held_at_once_counts_towards_the_limit_of_values) {
    std::string many = "{\"rows\":[";
    for (int i = 0; i < 1000; ++i) many += "[1,2],";
    many += "3]}";
    const documents::JsonOptions options{.nodes_max = 5};  // the root, its array, and one row
    BOOST_TEST(!documents::parse_json(many, options).has_value());
    const auto taken = rows_of(many, "rows", options);
    BOOST_TEST(taken.rest.has_value());
    BOOST_TEST(taken.rows.size() == 1001U);
    const auto large = rows_of("{\"rows\":[[1,2],\n[1,2,3]]}", "rows", options);
    BOOST_TEST_REQUIRE(!large.rest.has_value());
    BOOST_TEST(large.rest.error().errors[0].line == 2U);
    BOOST_TEST(large.rows.size() == 1U);
}

BOOST_AUTO_TEST_CASE(values_beside_the_rows_count_too) {
    const documents::JsonOptions options{.nodes_max = 6};
    BOOST_TEST(
        rows_of("{\"a\":1,\"rows\":[1,2,3,4],\"b\":2,\"c\":3}", "rows", options).rest.has_value());
    BOOST_TEST(
        !rows_of("{\"a\":1,\"rows\":[1,2,3,4],\"b\":2,\"c\":3,\"d\":4,\"e\":5}", "rows", options)
             .rest.has_value());
}

BOOST_AUTO_TEST_CASE(
    the_memory_for_rows_grows_with_the_text_and_a_string_but_not_with_their_number) {
    const documents::JsonOptions options{.nodes_max = 100};
    std::string few = "{\"rows\":[\"x\"]}";
    std::string many = "{\"rows\":[\"x\"";
    for (int i = 0; i < 10'000; ++i) many += ",\"x\"";
    many += "]}";
    BOOST_TEST(documents::json_rows_memory_for(many, options) -
                   documents::json_rows_memory_for(few, options) ==
               many.size() - few.size());
    const std::string with_escapes =
        "{\"rows\":[\"" + std::string(1000, 'x') + "\\\"" + std::string(1000, 'x') + "\"]}";
    BOOST_TEST(documents::json_rows_memory_for(with_escapes, options) >=
               documents::json_rows_memory_for(few, options) + 2000U);
    for (const std::string open : {"\"", "{\"rows\":[\"xx\\", "\"\\\"", ""}) {
        BOOST_TEST(documents::json_rows_memory_for(open, options) > 0U, open);
    }
}

BOOST_AUTO_TEST_SUITE_END()
