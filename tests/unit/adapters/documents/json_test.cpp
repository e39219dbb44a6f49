#include "adapters/documents/json.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

namespace {

using namespace sekisho;
using namespace std::string_literals;
using namespace std::string_view_literals;
using documents::Json;
using documents::parse_json;
using model::Problem;

Json read(std::string_view text) {
    auto value = parse_json(text);
    BOOST_REQUIRE_MESSAGE(value.has_value(), "should be read: " << text);
    return std::move(*value);
}

struct Place {
    std::uint64_t line;
    std::uint64_t column;
    friend bool operator==(const Place&, const Place&) = default;
    friend std::ostream& operator<<(std::ostream& out, const Place& place) {
        return out << place.line << ":" << place.column;
    }
};

Place refused_at(std::string_view text, const documents::JsonOptions& options = {}) {
    const auto value = parse_json(text, options);
    BOOST_REQUIRE_MESSAGE(!value.has_value(), "should be refused: " << text);
    BOOST_TEST((value.error().problem == Problem::json_malformed));
    BOOST_REQUIRE_EQUAL(value.error().errors.size(), 1U);
    BOOST_TEST(!value.error().detail.ja.empty());
    BOOST_TEST(!value.error().detail.en.empty());
    return {value.error().errors[0].line, value.error().errors[0].column};
}

std::string reason(std::string_view text, const documents::JsonOptions& options = {}) {
    const auto value = parse_json(text, options);
    return value ? "read" : value.error().detail.en;
}

std::string slice(std::string_view text, const Json& value) {
    return std::string{
        text.substr(value.begin_offset(), value.end_offset() - value.begin_offset())};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(every_kind_of_value_is_read) {
    const Json value =
        read(R"( {"n":null,"t":true,"f":false,"i":-12,"s":"あ\n","a":[1,[]],"o":{}} )");
    BOOST_TEST(value.is_object());
    BOOST_TEST(value.find("n")->is_null());
    BOOST_TEST(value.boolean_at("t").value());
    BOOST_TEST(!value.boolean_at("f").value());
    BOOST_TEST(value.integer_at("i").value() == -12);
    BOOST_TEST(value.string_at("s").value() == "あ\n");
    BOOST_TEST(value.find("a")->items().size() == 2U);
    BOOST_TEST(value.find("o")->is_object());
    BOOST_TEST(value.find("absent") == nullptr);
    BOOST_TEST(!value.string_at("i").has_value());
    BOOST_TEST(!value.integer_at("s").has_value());
    BOOST_TEST(!value.find("a")->string_at("x").has_value());
}

BOOST_AUTO_TEST_CASE(a_value_alone_is_a_text) {
    BOOST_TEST(read("0").as_integer().value() == 0);
    BOOST_TEST(read("\"x\"").as_string().value() == "x");
    BOOST_TEST(read(" null\n").is_null());
}

BOOST_AUTO_TEST_CASE(no_digit_of_a_number_is_lost) {
    const Json value =
        read("[18446744073709551616, 0.10, 1E5, 9223372036854775807, 9223372036854775808]");
    BOOST_TEST(value.items()[0].text() == "18446744073709551616");
    BOOST_TEST(value.items()[1].text() == "0.10");
    BOOST_TEST(value.items()[2].text() == "1E5");
    BOOST_TEST(!value.items()[0].as_integer().has_value());
    BOOST_TEST(!value.items()[1].as_integer().has_value());
    BOOST_TEST(value.items()[3].as_integer().value() == INT64_MAX);
    BOOST_TEST(!value.items()[4].as_integer().has_value());
    BOOST_TEST(to_text(value) ==
               "[18446744073709551616,0.10,1E5,9223372036854775807,9223372036854775808]");
}

BOOST_AUTO_TEST_CASE(a_number_too_large_for_any_reader_is_refused) {
    BOOST_TEST(reason("1e400") == "a number is too large");
}

BOOST_AUTO_TEST_CASE(each_value_knows_where_it_began_and_its_slice) {
    constexpr std::string_view kText =
        "{\n  \"a\" : [ 1,\r\n\t{\"b\":\"\\u3042あ\"} ,-2.5e1],\n \"data\":  {\"x\" : [true , null "
        "] } }\n";
    const Json value = read(kText);
    const Json& items = *value.find("a");
    BOOST_TEST((Place{items.line(), items.column()} == Place{2, 9}));
    BOOST_TEST((Place{items.items()[0].line(), items.items()[0].column()} == Place{2, 11}));
    BOOST_TEST((Place{items.items()[1].line(), items.items()[1].column()} == Place{3, 2}));
    BOOST_TEST(slice(kText, items.items()[0]) == "1");
    BOOST_TEST(slice(kText, items.items()[1]) == "{\"b\":\"\\u3042あ\"}");
    BOOST_TEST(slice(kText, *items.items()[1].find("b")) == "\"\\u3042あ\"");
    BOOST_TEST(slice(kText, items.items()[2]) == "-2.5e1");
    BOOST_TEST(slice(kText, *value.find("data")) == "{\"x\" : [true , null ] }");
    BOOST_TEST(slice(kText, value.find("data")->find("x")->items()[0]) == "true");
    BOOST_TEST(slice(kText, value.find("data")->find("x")->items()[1]) == "null");
    BOOST_TEST(slice(kText, value) == std::string{kText.substr(0, kText.size() - 1)});
}

BOOST_AUTO_TEST_CASE(a_duplicate_key_is_refused_where_it_stands_the_second_time) {
    BOOST_TEST(refused_at("{\"a\":1,\n \"b\":2,\n  \"a\":3}") == (Place{3, 3}));
    BOOST_TEST(refused_at(R"({"a":{"k":1,"k":1}})") == (Place{1, 13}));
    BOOST_TEST(reason(R"({"a":1,"\u0061":2})") == "a key stands twice in an object");
    BOOST_TEST(reason(R"([{"a":1},{"a":2}])") == "read");
    BOOST_TEST(reason(R"({"":1,"":2})") == "a key stands twice in an object");
}

BOOST_AUTO_TEST_CASE(keys_are_compared_with_their_length) {
    const Json value = read(R"({"a\u0000b":1,"a":2,"a\u0000c":3})");
    BOOST_TEST(value.integer_at("a").value() == 2);
    BOOST_TEST(value.integer_at("a\0b"sv).value() == 1);
    BOOST_TEST(value.integer_at("a\0c"sv).value() == 3);
    BOOST_TEST(reason(R"({"a\u0000":1,"a\u0000":2})") == "a key stands twice in an object");
}

BOOST_AUTO_TEST_CASE(many_keys_are_told_apart_in_time) {
    std::string text = "{";
    for (int i = 0; i < 200'000; ++i) text += "\"key" + std::to_string(i) + "\":0,";
    BOOST_TEST(read(text + "\"last\":0}").members().size() == 200'001U);
    BOOST_TEST(reason(text + "\"key7\":0}") == "a key stands twice in an object");
}

BOOST_AUTO_TEST_CASE(a_nul_byte_is_refused_wherever_it_stands) {
    BOOST_TEST(refused_at("{\"a\":1}\0{\"b\":2}"sv) == (Place{1, 8}));
    BOOST_TEST(refused_at("[\n\"a\0\"]"sv) == (Place{2, 3}));
    BOOST_TEST(refused_at("\0"sv) == (Place{1, 1}));
    BOOST_TEST(refused_at("1 \0"sv) == (Place{1, 3}));
    BOOST_TEST(reason("1\0"sv) == "there is a NUL byte");
}

BOOST_AUTO_TEST_CASE(text_that_is_not_utf8_is_refused_at_its_byte) {
    BOOST_TEST(refused_at("[\"\xC0\xAF\"]") == (Place{1, 3}));  // overlong
    BOOST_TEST(refused_at("{\n\"k\":\"ab\xED\xA0\x80\"}") ==
               (Place{2, 8}));                                        // a surrogate in UTF-8
    BOOST_TEST(refused_at("\"\xE3\x81") == (Place{1, 2}));            // cut short
    BOOST_TEST(refused_at("\"\xF4\x90\x80\x80\"") == (Place{1, 2}));  // beyond U+10FFFF
    BOOST_TEST(refused_at("\"\x83\x41\"") == (Place{1, 2}));          // Shift_JIS
    const auto refused = parse_json("\"\xFF\"");
    BOOST_TEST((refused.error().errors[0].code == Problem::encoding_invalid));
}

BOOST_AUTO_TEST_CASE(a_lone_surrogate_escape_is_refused) {
    BOOST_TEST(reason(R"(["\uD800"])") == "a string has a lone surrogate");
    BOOST_TEST(reason(R"(["\uDFFF"])") == "a string has a lone surrogate");
    BOOST_TEST(reason(R"(["\uD800\u0041"])") == "a string has a lone surrogate");
    BOOST_TEST(reason(R"({"\uDC00":1})") == "a string has a lone surrogate");
    BOOST_TEST(refused_at("[\n \"\\uDFFF\"]") == (Place{2, 2}));
    BOOST_TEST(read(R"("\uD842\uDFB7")").as_string().value() == "𠮷");
}

BOOST_AUTO_TEST_CASE(bytes_after_the_value_are_refused) {
    BOOST_TEST(refused_at("{} {}") == (Place{1, 4}));
    BOOST_TEST(refused_at("{}\n]") == (Place{2, 1}));
    BOOST_TEST(refused_at("1 2") == (Place{1, 3}));
    BOOST_TEST(reason("[] x") == "bytes follow the JSON value");
}

BOOST_AUTO_TEST_CASE(nesting_beyond_the_limit_is_refused_and_costs_no_stack) {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    BOOST_TEST(reason(nested(64)) == "read");
    BOOST_TEST(reason(nested(65)) == "values are nested too deeply");
    BOOST_TEST(refused_at(nested(65)) == (Place{1, 65}));
    BOOST_TEST(reason(std::string(1'000'000, '[')) == "values are nested too deeply");
    BOOST_TEST(reason(nested(3), {.depth_max = 2}) == "values are nested too deeply");
    std::string objects;
    for (int i = 0; i < 65; ++i) objects += "{\"a\":";
    BOOST_TEST(reason(objects) == "values are nested too deeply");
}

BOOST_AUTO_TEST_CASE(more_values_than_the_limit_are_refused) {
    BOOST_TEST(reason("[1,2,3]", {.nodes_max = 4}) == "read");
    BOOST_TEST(reason("[1,2,3]", {.nodes_max = 3}) == "there are too many values");
    BOOST_TEST(refused_at("[1,2,3]", {.nodes_max = 3}) == (Place{1, 6}));
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_refused) {
    for (const std::string_view text : {"",
                                        " ",
                                        "{",
                                        "[",
                                        "[1,]",
                                        "{\"a\":1,}",
                                        "{a:1}",
                                        "{'a':1}",
                                        "[1 2]",
                                        "{\"a\" 1}",
                                        "nul",
                                        "NaN",
                                        "Infinity",
                                        "-",
                                        "+1",
                                        "01",
                                        ".5",
                                        "1.",
                                        "1e",
                                        "\"",
                                        "\"\\x\"",
                                        "\"\\u12\"",
                                        "\"a\nb\"",
                                        "\"\t\"",
                                        "\xEF\xBB\xBF{}",
                                        "[1]]",
                                        "{\"a\":}",
                                        "{,}",
                                        "[,1]",
                                        "tru",
                                        "{\"a\":1 \"b\":2}",
                                        "/",
                                        "\"\x1f\""}) {
        BOOST_TEST(!parse_json(text).has_value(), "should be refused: " << text);
    }
}

BOOST_AUTO_TEST_CASE(a_malformed_text_is_located) {
    BOOST_TEST(refused_at("{\n\"a\": tru\n}").line == 2U);
    BOOST_TEST(refused_at("[1,\n2,\n}").line == 3U);
    BOOST_TEST(refused_at("") == (Place{1, 1}));
    const auto refused = parse_json("{", {.file = "sekisho.json"});
    BOOST_TEST(refused.error().errors[0].file == "sekisho.json");
}

BOOST_AUTO_TEST_CASE(comments_are_for_configuration_only) {
    constexpr std::string_view kText =
        "// head, {\n{ /* \"x\": */ \"a\" /* : */ : // one\n [ 1, /**/ 2 ] } // end";
    BOOST_TEST(!parse_json(kText).has_value());
    const auto value = parse_json(kText, {.comments = true});
    BOOST_REQUIRE(value.has_value());
    const Json& items = *value->find("a");
    BOOST_TEST((Place{items.line(), items.column()} == Place{3, 2}));
    BOOST_TEST(slice(kText, items.items()[1]) == "2");
    BOOST_TEST(!parse_json("{} /* never closed", {.comments = true}).has_value());
    BOOST_TEST(!parse_json("{\"a\"://\n1,/* */\"a\":2}", {.comments = true}).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_written_reads_back_as_the_same_value) {
    const Json value =
        read("{\"z\":[1,{\"k\":\"\\u0001\\\"\\\\/\\n\"}],\"a\":{},\"e\":[],\"b\":false}");
    BOOST_TEST(to_text(value) ==
               "{\"z\":[1,{\"k\":\"\\u0001\\\"\\\\/\\n\"}],\"a\":{},\"e\":[],\"b\":false}");
    BOOST_TEST((read(to_text(value)) == value));
    BOOST_TEST((read(to_pretty(value)) == value));
    BOOST_TEST((read(to_canonical(value)) == value));
    BOOST_TEST(to_pretty(read("{\"a\":[1],\"b\":{}}")) ==
               "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}");
}

BOOST_AUTO_TEST_CASE(canonical_text_sorts_keys_by_utf16_code_units) {
    // RFC 8785, 3.2.3: U+1F600 (surrogates D83D DE00) comes before U+FB33.
    const Json value =
        read(R"({"\ufb33":1,"\ud83d\ude00":2,"\u20ac":3,"\r":4,"1":5,"\u0080":6,"\u00f6":7,"":8})");
    BOOST_TEST(
        to_canonical(value) ==
        "{\"\":8,\"\\r\":4,\"1\":5,\"\xC2\x80\":6,\"ö\":7,\"€\":3,\"😀\":2,\"\xEF\xAC\xB3\":1}");
    BOOST_TEST(to_canonical(read(R"({"b":{"d":1,"c":2},"ab":3,"a":4})")) ==
               R"({"a":4,"ab":3,"b":{"c":2,"d":1}})");
}

BOOST_AUTO_TEST_CASE(canonical_numbers_are_written_in_one_way) {
    BOOST_TEST(to_canonical(read(
                   "[-0,0,12,-7,1.0,1E2,-0.0,4.50,2e-3,1e-7,1e21,333333333.33333329,1e-400]")) ==
               "[0,0,12,-7,1,100,0,4.5,0.002,1e-7,1e+21,333333333.3333333,0]");
}

BOOST_AUTO_TEST_CASE(values_are_made_set_and_compared) {
    Json value = Json::object();
    value.set("id", "x").set("n", Json::number(-3)).set("list", Json::array({Json::boolean(true)}));
    BOOST_TEST(to_text(value) == R"({"id":"x","n":-3,"list":[true]})");
    BOOST_TEST((value == read(R"( {"list":[true],"n":-3,"id":"x"} )")));
    BOOST_TEST(!(value == read(R"({"list":[true],"n":-3,"id":"y"})")));
    BOOST_TEST(!(read("[1,2]") == read("[2,1]")));
    BOOST_TEST(!(read("1") == read("\"1\"")));
    BOOST_TEST(!(Json{} == Json::boolean(false)));
    Json list = Json::array();
    list.push(Json::number_text("1.50")).push(Json{});
    BOOST_TEST(to_text(list) == "[1.50,null]");
}

BOOST_AUTO_TEST_SUITE_END()
