// Synthetic numbers: each only has the right check digit.
#include "adapters/documents/my_number.h"

#include <boost/test/unit_test.hpp>

#include "adapters/documents/format.h"
#include "adapters/documents/ikensho.h"
#include "adapters/documents/ms932.h"
#include "adapters/documents/samples.h"

using namespace sekisho;
using namespace sekisho::documents;
using model::Problem;

namespace {

const std::string kNumber = "123456789018";

std::string wide(const std::string& digits) {
    std::string text;
    for (const char c : digits) {
        text += "\xef\xbc";
        text.push_back(static_cast<char>(0x90 + (c - '0')));
    }
    return text;
}

model::Result<DocumentFacts> read(const std::string& format, const std::string& text) {
    static const auto formats = load_formats(SEKISHO_SOURCE_DIR "/config/schema").value();
    return formats.find(model::FormatName{format})->read(text, {.media_type = "application/json"});
}

// "4:17 /records/0/insured 被保険者番号", or what was found else.
std::string said(const std::vector<model::LocatedError>& found, Problem code) {
    if (found.empty() || found.front().code != code) return "nothing of it";
    return found.front().field;
}

model::Result<DocumentFacts> an_opinion_with(std::size_t number, const std::string& text) {
    return ikensho_format()->read(an_opinion_csv({.fields = {{number, text}}}), {});
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(my_number)

BOOST_AUTO_TEST_CASE(is_twelve_digits_with_the_right_last_one) {
    for (const char* right : {"123456789018", "023456789013", "999999999996"})
        BOOST_TEST(is_my_number(right), right);
    for (const char* wrong :
         {"123456789010", "12345678901", "1234567890180", "12345678901a", "", "1234-5678-9018"})
        BOOST_TEST(!is_my_number(wrong), wrong);
}

BOOST_AUTO_TEST_CASE(one_twelve_digit_number_in_eleven_or_so_has_it) {
    int right = 0;
    for (int i = 0; i < 10'000; ++i) {
        const std::string digits = std::to_string(314'159'260'000 + i * 17);
        right += is_my_number(digits) ? 1 : 0;
    }
    BOOST_TEST(right > 800);
    BOOST_TEST(right < 1200);
}

BOOST_AUTO_TEST_CASE(is_found_in_a_text_where_it_stands_alone) {
    for (const std::string& text :
         {kNumber, "番号は" + kNumber + "です", std::string{"1234-5678-9018"},
          std::string{"1234 5678 9018"}, "番号" + wide(kNumber), "1 " + kNumber + " 2",
          wide("1234") + "－" + wide("5678") + "－" + wide("9018"),
          wide("1234") + "　" + wide("5678") + "　" + wide("9018")}) {
        BOOST_TEST(mentions_my_number_utf8(text), text);
        BOOST_TEST(mentions_my_number_ms932(encode_ms932(text).value()), text);
    }
    for (const std::string& text :
         {"1" + kNumber, kNumber + "0", std::string{"123456789010"}, std::string{"1234-5678-90180"},
          std::string{"12-3456-789018"}, std::string{},
          std::string{"電話 03-1234-5678、FAX 03-1234-5679"}, std::string{"2026-11-21 09:00:00"}}) {
        BOOST_TEST(!mentions_my_number_utf8(text), text);
        BOOST_TEST(!mentions_my_number_ms932(encode_ms932(text).value()), text);
    }
}

// An insurer may number its requests by day and serial: one in ten has the right digit.
BOOST_AUTO_TEST_CASE(in_a_number_that_another_gave_only_warns) {
    for (const std::size_t number : {11U, 12U, 22U}) {
        const auto read = an_opinion_with(number, "202611210002");
        BOOST_TEST_REQUIRE(read.has_value(), number);
        BOOST_TEST(said(read->warnings, Problem::my_number_suspected) == ikensho_label(number));
    }
    const auto request =
        read("opinion-request-json:1", an_opinion_request_json({.request_number = "202611210002"}));
    BOOST_TEST_REQUIRE(request.has_value());
    BOOST_TEST(said(request->warnings, Problem::my_number_suspected) == "/request_number 依頼番号");
}

BOOST_AUTO_TEST_CASE(in_a_field_of_an_opinion_that_means_something_else_is_refused) {
    for (const std::size_t number : {4U, 6U, 7U, 14U}) {
        const auto read = an_opinion_with(number, kNumber);
        BOOST_TEST_REQUIRE(!read.has_value());
        BOOST_TEST(said(read.error().errors, Problem::my_number_present) == ikensho_label(number));
    }
}

BOOST_AUTO_TEST_CASE(in_free_text_of_an_opinion_warns) {
    const auto read = an_opinion_with(121, "本人の番号 1234-5678-9018");
    BOOST_TEST_REQUIRE(read.has_value());
    BOOST_TEST(said(read->warnings, Problem::my_number_suspected) == ikensho_label(121));
}

BOOST_AUTO_TEST_CASE(in_a_json_document_is_refused_as_text_or_as_number) {
    const auto insured =
        read("card-json:1", with(a_card_json(), "\"0000000001\"", "\"" + kNumber + "\""));
    BOOST_TEST_REQUIRE(!insured.has_value());
    BOOST_TEST(said(insured.error().errors, Problem::my_number_present) ==
               "/records/0/insured 被保険者番号");
    const auto history =
        read("card-json:1", with(a_card_json(), "\"history\": 1", "\"history\": " + kNumber));
    BOOST_TEST_REQUIRE(!history.has_value());
    BOOST_TEST(said(history.error().errors, Problem::my_number_present) ==
               "/records/0/history 履歴番号");
}

BOOST_AUTO_TEST_CASE(in_a_text_of_a_json_note_is_warned_of_alone_and_within) {
    const auto consent = [](const std::string& explanation, const std::string& id) {
        return R"({"format":"consent-json:1","id":")" + id +
               R"(","insurer":"139980","insured":"0000000001","given":["*"],"refused":[],)"
               R"("occasion":"application","explanation":")" +
               explanation + R"(","given_at":"2026-11-21T09:00:00+09:00"})";
    };
    BOOST_TEST(read("consent-json:1", consent("2026-04", "c1")).has_value());
    for (const std::string& explanation : {kNumber, "v " + kNumber}) {
        const auto warned = read("consent-json:1", consent(explanation, "c1"));
        BOOST_TEST_REQUIRE(warned.has_value());
        BOOST_TEST(said(warned->warnings, Problem::my_number_suspected) ==
                   "/explanation 説明文の版");
    }
    const auto named = read("consent-json:1", consent("2026-04", kNumber));  // of its own choosing
    BOOST_TEST_REQUIRE(named.has_value());
    BOOST_TEST(named->warnings.empty());
}

BOOST_AUTO_TEST_SUITE_END()
