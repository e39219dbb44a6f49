#include "gateway/listener/problem_json.h"

#include <boost/test/unit_test.hpp>

using namespace sekisho;
using listener::Language;
using listener::parse_language;
using model::Problem;

namespace {

std::string text_at(const documents::Json& json, std::string_view key) {
    return std::string{json.string_at(key).value_or("(none)")};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(problem_json)

BOOST_AUTO_TEST_CASE(every_problem_of_the_catalogue_can_be_told) {
    for (const auto& entry : model::problem_catalogue()) {
        for (const Language language : {Language::ja, Language::en}) {
            const auto response = listener::to_response({.problem = entry.problem}, language);
            BOOST_TEST(response.status == entry.status);
            BOOST_TEST(response.content_type == "application/problem+json");
            const auto json = documents::parse_json(response.body);
            BOOST_REQUIRE(json.has_value());
            BOOST_TEST(text_at(*json, "type") == "urn:sekisho:problem:" + std::string{entry.name});
            BOOST_TEST(text_at(*json, "code") == model::code_of(entry.problem));
            BOOST_TEST(!text_at(*json, "title").empty());
            BOOST_TEST(!text_at(*json, "next").empty());
            BOOST_TEST(json->integer_at("status").value() == entry.status);
        }
    }
}

BOOST_AUTO_TEST_CASE(errors_are_located_and_reasons_told) {
    const auto json = listener::to_problem(
        {.problem = Problem::document_invalid,
         .detail = {.ja = "詳細", .en = "detail"},
         .errors = {{.file = "a.csv",
                     .line = 2,
                     .column = 31,
                     .field = "006 被保険者番号",
                     .code = Problem::field_missing}},
         .reasons = {{.problem = Problem::no_consent, .about = "certification"}}},
        Language::en);
    BOOST_TEST(text_at(json, "detail") == "detail");
    const auto& error = json.find("errors")->items().at(0);
    BOOST_TEST(text_at(error, "file") == "a.csv");
    BOOST_TEST(error.integer_at("line").value() == 2);
    BOOST_TEST(error.integer_at("column").value() == 31);
    BOOST_TEST(text_at(error, "code") == "SK-4004");
    BOOST_TEST(text_at(error, "next") == "The author fills in the field");
    const auto& reason = json.find("reasons")->items().at(0);
    BOOST_TEST(text_at(reason, "type") == "urn:sekisho:problem:no-consent");
    BOOST_TEST(text_at(reason, "about") == "certification");
}

BOOST_AUTO_TEST_CASE(a_file_whose_name_is_not_repeated_is_told_by_its_place_in_either_language) {
    const model::Refusal refusal{
        .problem = Problem::document_invalid,
        .errors = {{.file_number = 2, .field = "filename", .code = Problem::file_name_invalid}}};
    const auto file_in = [&](Language language) {
        return text_at(listener::to_problem(refusal, language).find("errors")->items().at(0),
                       "file");
    };
    BOOST_TEST(file_in(Language::ja) == "2番目のファイル");
    BOOST_TEST(file_in(Language::en) == "file 2");
}

BOOST_AUTO_TEST_CASE(what_is_for_now_says_when_to_come_back) {
    const auto wait_of = [](const model::Refusal& refusal) {
        for (const auto& header : listener::to_response(refusal, Language::ja).headers) {
            if (header.name == "Retry-After") return header.value;
        }
        return std::string{};
    };
    BOOST_TEST(wait_of({.problem = Problem::overloaded}) == "2");
    BOOST_TEST(wait_of({.problem = Problem::undecided, .retry_after = std::chrono::seconds{7}}) ==
               "7");
    BOOST_TEST(wait_of({.problem = Problem::no_consent}).empty());
}

BOOST_AUTO_TEST_CASE(japanese_unless_english_is_preferred) {
    for (const auto* japanese : {"", "ja", "ja-JP,en;q=0.8", "fr", "*", "en;q=0.5,ja;q=0.6",
                                 "en;q=0", "en;q=x", "en,ja", "english"}) {
        BOOST_TEST_CONTEXT(japanese) {
            BOOST_TEST((parse_language(japanese) == Language::ja));
        }
    }
    for (const auto* english :
         {"en", "EN-us", "en-GB,en;q=0.9", "fr, en;q=0.2", "en;q=0.6, ja;q=0.599", "ja;q=0,*"}) {
        BOOST_TEST_CONTEXT(english) {
            BOOST_TEST((parse_language(english) == Language::en));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
