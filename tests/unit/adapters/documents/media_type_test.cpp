#include "adapters/documents/media_type.h"

#include <boost/test/unit_test.hpp>
#include <string_view>

using namespace sekisho::documents;

BOOST_AUTO_TEST_SUITE(media_type)

BOOST_AUTO_TEST_CASE(an_opinion_is_text_csv_in_shift_jis_by_any_of_its_names) {
    for (const std::string_view text :
         {"text/csv; charset=Shift_JIS", "text/csv", "TEXT/CSV;charset=\"windows-31j\"",
          "text/csv ; header=absent; charset=MS932"}) {
        BOOST_TEST(is_ms932_csv(text), text);
    }
    for (const std::string_view text :
         {"text/csv; charset=utf-8", "text/plain", "application/json", "", "text",
          "text/csv; charset=Shift_JIS; charset=utf-8", "text/csv;", "text/csv; charset",
          "text/csv; charset=", "text/csv x", "text/csv; charset=\"Shift_JIS"}) {
        BOOST_TEST(!is_ms932_csv(text), text);
    }
}

BOOST_AUTO_TEST_CASE(a_profile_is_application_json_in_utf8) {
    BOOST_TEST(is_json("application/json"));
    BOOST_TEST(is_json("Application/JSON; charset=UTF-8"));
    BOOST_TEST(!is_json("application/json; charset=Shift_JIS"));
    BOOST_TEST(!is_json("application/fhir+json"));
}

BOOST_AUTO_TEST_CASE(a_file_name_keeps_its_letters_and_comes_once) {
    const auto type = parse_media_type("Text/CSV; charset=Shift_JIS; FileName=\"UP1KYO_A.CSV\"");
    BOOST_REQUIRE(type.has_value());
    BOOST_TEST(type->name == "text/csv");
    BOOST_TEST(type->charset == "shift_jis");
    BOOST_TEST(type->filename == "UP1KYO_A.CSV");
    BOOST_TEST(parse_media_type("text/csv; filename=a.CSV")->filename == "a.CSV");
    BOOST_TEST(!parse_media_type("text/csv; filename=a; filename=b").has_value());
    BOOST_TEST(parse_media_type("text/csv")->filename.empty());
}

BOOST_AUTO_TEST_SUITE_END()
