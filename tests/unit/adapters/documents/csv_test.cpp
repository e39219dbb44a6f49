#include "adapters/documents/csv.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace sekisho;
using documents::CsvReader;
using documents::CsvRecord;
using model::Problem;

constexpr documents::CsvOptions kOptions{.fields_max = 8, .field_bytes_max = 16};

using Rows = std::vector<std::vector<std::string>>;

Rows rows(std::string_view bytes) {
    CsvReader reader{bytes, kOptions};
    Rows result;
    CsvRecord record;
    while (reader.next(record)) {
        result.emplace_back();
        for (const auto& field : record.fields) result.back().push_back(field.value());
    }
    BOOST_TEST(!reader.fault().has_value());
    return result;
}

documents::CsvFault fault(std::string_view bytes) {
    CsvReader reader{bytes, kOptions};
    CsvRecord record;
    while (reader.next(record)) {
    }
    BOOST_REQUIRE_MESSAGE(reader.fault().has_value(), "should be refused: " << bytes);
    BOOST_TEST(!reader.next(record));
    return *reader.fault();
}

void is_at(const documents::CsvFault& fault, Problem code, std::uint64_t line, std::uint64_t column,
           std::size_t field) {
    BOOST_TEST((fault.code == code));
    BOOST_TEST(fault.line == line);
    BOOST_TEST(fault.column == column);
    BOOST_TEST(fault.field == field);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(csv)

BOOST_AUTO_TEST_CASE(records_end_in_crlf_and_the_last_one_may_end_with_the_text) {
    BOOST_TEST((rows("a,b\r\nc,d\r\n") == Rows{{"a", "b"}, {"c", "d"}}));
    BOOST_TEST((rows("a,b\r\nc,d") == Rows{{"a", "b"}, {"c", "d"}}));
    BOOST_TEST(rows("").empty());
    BOOST_TEST((rows("\r\n") == Rows{{""}}));
    BOOST_TEST((rows(",\r\n") == Rows{{"", ""}}));
    BOOST_TEST((rows("a,") == Rows{{"a", ""}}));
}

BOOST_AUTO_TEST_CASE(quotes_hold_commas_line_ends_and_doubled_quotes) {
    BOOST_TEST((rows("\"a,b\",\"c\r\nd\",\"\"\"x\"\"\",\"\"\r\n") ==
                Rows{{"a,b", "c\r\nd", "\"x\"", ""}}));
    BOOST_TEST((rows("\"a\nb\rc\"") == Rows{{"a\nb\rc"}}));
}

BOOST_AUTO_TEST_CASE(second_bytes_of_ms932_do_not_split_fields) {
    // 表 is 95 5C, ポ is 83 7C.
    BOOST_TEST((rows("\x95\x5C,\x83\x7C\r\n") == Rows{{"\x95\x5C", "\x83\x7C"}}));
}

BOOST_AUTO_TEST_CASE(each_field_knows_its_physical_line_and_byte_column) {
    constexpr std::string_view kBytes = "a,\"b\r\nc\",d\r\n\"e\",f";
    CsvReader reader{kBytes, kOptions};
    CsvRecord record;
    BOOST_REQUIRE(reader.next(record));
    BOOST_REQUIRE_EQUAL(record.fields.size(), 3U);
    BOOST_TEST(record.fields[1].line == 1U);
    BOOST_TEST(record.fields[1].column == 3U);
    BOOST_TEST(record.fields[1].quoted);
    BOOST_TEST(record.fields[2].line == 2U);
    BOOST_TEST(record.fields[2].column == 4U);
    BOOST_TEST(kBytes.substr(record.fields[2].offset, 1) == "d");
    BOOST_TEST(record.end_line == 2U);
    BOOST_TEST(record.end_column == 5U);
    BOOST_REQUIRE(reader.next(record));
    BOOST_TEST(record.fields[0].line == 3U);
    BOOST_TEST(record.fields[1].column == 5U);
}

BOOST_AUTO_TEST_CASE(a_bare_lf_or_cr_outside_quotes_ends_no_record) {
    is_at(fault("a,b\nc"), Problem::record_end_invalid, 1, 4, 1);
    is_at(fault("a\r\nb,c\rd"), Problem::record_end_invalid, 2, 4, 1);
    is_at(fault("\"x\"\n"), Problem::record_end_invalid, 1, 4, 0);
    is_at(fault("a\r"), Problem::record_end_invalid, 1, 2, 0);
    is_at(fault("a\r\r\n"), Problem::record_end_invalid, 1, 2, 0);
}

BOOST_AUTO_TEST_CASE(quotes_out_of_place_are_refused_where_they_stand) {
    is_at(fault("a,b\"c\""), Problem::quoting_invalid, 1, 4, 1);
    is_at(fault("\"a\"b"), Problem::quoting_invalid, 1, 4, 0);
    is_at(fault("\"a\r\nb\" ,c"), Problem::quoting_invalid, 2, 3, 0);
    is_at(fault("x\r\na,\"never closed\r\n"), Problem::quoting_invalid, 2, 3, 1);
    is_at(fault("\"\"\""), Problem::quoting_invalid, 1, 1, 0);
}

BOOST_AUTO_TEST_CASE(a_field_beyond_the_limit_is_refused) {
    const std::string most(16, 'x');
    BOOST_TEST((rows(most + ",y") == Rows{{most, "y"}}));
    is_at(fault("y," + most + "x"), Problem::field_too_long, 1, 3, 1);
    is_at(fault("y,\"" + most + "x\""), Problem::field_too_long, 1, 3, 1);
}

BOOST_AUTO_TEST_CASE(fields_beyond_the_limit_are_counted_and_not_kept) {
    const std::string bytes = std::string(99'999, ',') + "\r\n";
    CsvReader reader{bytes, kOptions};
    CsvRecord record;
    BOOST_REQUIRE(reader.next(record));
    BOOST_TEST(record.field_count == 100'000U);
    BOOST_TEST(record.fields.size() == 8U);
}

BOOST_AUTO_TEST_SUITE_END()
