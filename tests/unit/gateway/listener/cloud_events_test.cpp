#include "gateway/listener/cloud_events.h"

#include <boost/test/unit_test.hpp>

using namespace sekisho;
using listener::RequestHead;
using model::Problem;

namespace {

RequestHead head_with(std::vector<listener::Header> headers) {
    return {.method = "POST", .headers = std::move(headers)};
}

model::Result<listener::StructuredEvent> structured(const std::string& text) {
    const auto json = documents::parse_json(text);
    BOOST_REQUIRE(json.has_value());
    return listener::read_structured_event(*json, text);
}

std::string value_of(const exchange::Attributes& attributes, std::string_view name) {
    const std::string* value = listener::find_attribute(attributes, name);
    return value == nullptr ? "(none)" : *value;
}

void is_refused(const RequestHead& head, Problem problem, const std::string& field) {
    const auto read = listener::read_binary_attributes(head);
    BOOST_REQUIRE(!read);
    BOOST_TEST((read.error().problem == problem));
    BOOST_TEST(read.error().errors.at(0).field == field);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cloud_events)

BOOST_AUTO_TEST_CASE(binary_attributes_are_decoded_headers) {
    const auto read = listener::read_binary_attributes(head_with({{"host", "a"},
                                                                  {"ce-id", "1"},
                                                                  {"ce-actor", "%E8%81%B7%20x"},
                                                                  {"ce-vendorextra", "kept"},
                                                                  {"content-type", "text/csv"}}));
    BOOST_REQUIRE(read);
    BOOST_TEST(value_of(*read, "id") == "1");
    BOOST_TEST(value_of(*read, "actor") == "職 x");
    BOOST_TEST(value_of(*read, "vendorextra") == "kept");
    BOOST_TEST(value_of(*read, "datacontenttype") == "text/csv");
    BOOST_TEST(read->size() == 4);
}

BOOST_AUTO_TEST_CASE(a_header_that_comes_twice_is_refused) {
    is_refused(head_with({{"ce-id", "1"}, {"ce-id", "1"}}), Problem::attribute_duplicate, "id");
}

BOOST_AUTO_TEST_CASE(the_media_type_has_its_own_header) {
    is_refused(head_with({{"ce-datacontenttype", "text/csv"}}), Problem::attribute_invalid,
               "datacontenttype");
}

BOOST_AUTO_TEST_CASE(a_name_that_is_none_is_refused) {
    is_refused(head_with({{"ce-a-b", "1"}}), Problem::attribute_invalid, "a-b");
    is_refused(head_with({{"ce-", "1"}}), Problem::attribute_invalid, "");
    is_refused(head_with({{"ce-" + std::string(21, 'a'), "1"}}), Problem::attribute_invalid,
               std::string(21, 'a'));
}

BOOST_AUTO_TEST_CASE(a_value_that_cannot_be_read_is_refused) {
    for (const std::string value : {"%zz", "%4", "%FF", "%00", "", "a\"b", "\xe8\x81\xb7"}) {
        BOOST_TEST_CONTEXT(value) {
            is_refused(head_with({{"ce-id", value}}), Problem::attribute_invalid, "id");
        }
    }
    is_refused(head_with({{"ce-id", std::string(1025, 'a')}}), Problem::attribute_invalid, "id");
}

BOOST_AUTO_TEST_CASE(the_mode_is_the_content_type) {
    using listener::ContentMode;
    const auto mode = [](const std::string& type) {
        return listener::content_mode_of(head_with({{"ce-id", "1"}, {"content-type", type}}));
    };
    BOOST_TEST((mode("text/csv; charset=Shift_JIS") == ContentMode::binary));
    BOOST_TEST((mode("application/CloudEvents+JSON; charset=utf-8") == ContentMode::structured));
    BOOST_TEST((mode("application/cloudevents-batch+json") == ContentMode::batch));
    BOOST_TEST(
        (mode("application/cloudevents+avro").error().problem == Problem::unsupported_media_type));
}

BOOST_AUTO_TEST_CASE(inline_json_is_its_exact_slice) {
    const auto read = structured(R"({"id":"1","data": { "a" : 1.0 ,"b":[ ] } ,"x":"y"})");
    BOOST_REQUIRE(read);
    BOOST_TEST(read->body == R"({ "a" : 1.0 ,"b":[ ] })");
    BOOST_TEST(value_of(read->attributes, "datacontenttype") == "application/json");
}

BOOST_AUTO_TEST_CASE(a_string_of_json_is_a_document_too) {
    const auto read = structured(R"({"datacontenttype":"application/fhir+json","data":"a\n"})");
    BOOST_TEST(read->body == R"("a\n")");
}

BOOST_AUTO_TEST_CASE(a_string_of_another_type_is_its_content) {
    const auto read = structured(R"({"datacontenttype":"text/csv","data":"a,b\r\n"})");
    BOOST_TEST(read->body == "a,b\r\n");
}

BOOST_AUTO_TEST_CASE(base64_data_is_decoded) {
    BOOST_TEST(structured(R"({"data_base64":"aGVsbG8="})")->body == "hello");
    for (const std::string text : {R"({"data_base64":"aGVsbG8"})", R"({"data_base64":1})",
                                   R"({"data_base64":"aGVsbG8=","data":1})",
                                   R"({"datacontenttype":"text/csv","data":{"a":1}})"}) {
        BOOST_TEST_CONTEXT(text) {
            const auto read = structured(text);
            BOOST_REQUIRE(!read);
            BOOST_TEST((read.error().problem == Problem::attribute_invalid));
        }
    }
}

BOOST_AUTO_TEST_CASE(attribute_values_are_texts_whole_numbers_and_truths) {
    const auto read = structured(R"({"a":"x","b":12,"c":true,"d":null})");
    BOOST_TEST(value_of(read->attributes, "b") == "12");
    BOOST_TEST(value_of(read->attributes, "c") == "true");
    BOOST_TEST(value_of(read->attributes, "d") == "(none)");
    for (const std::string text : {R"({"a":1.5})", R"({"a":[]})", R"({"a":{}})", R"({"A":"x"})",
                                   R"({"a":""})", R"({"a_b":"x"})"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(!structured(text).has_value());
        }
    }
}

BOOST_AUTO_TEST_CASE(an_event_is_an_object) {
    BOOST_TEST((structured("[1]").error().problem == Problem::json_malformed));
}

BOOST_AUTO_TEST_CASE(a_trace_parent_is_passed_on_or_left_out) {
    const std::string good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    BOOST_TEST(listener::trace_parent_of(head_with({{"traceparent", good}})) == good);
    BOOST_TEST(listener::trace_parent_of(head_with({})).empty());
    BOOST_TEST(listener::trace_parent_of(head_with({{"traceparent", good}, {"traceparent", good}}))
                   .empty());
    for (const std::string bad :
         {"00-4BF92F3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "nonsense",
          "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
          "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}) {
        BOOST_TEST(listener::trace_parent_of(head_with({{"traceparent", bad}})).empty());
    }
}

BOOST_AUTO_TEST_CASE(a_media_type_without_end_is_refused) {
    is_refused(head_with({{"ce-id", "1"}, {"content-type", std::string(1025, 'a')}}),
               Problem::attribute_invalid, "datacontenttype");
}

BOOST_AUTO_TEST_SUITE_END()
