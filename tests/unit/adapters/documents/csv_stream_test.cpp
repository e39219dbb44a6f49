#include "adapters/documents/csv_stream.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace sekisho;
using documents::CsvRecord;
using documents::CsvStream;
using model::Problem;

// `text` in pieces of `size` bytes.
CsvStream::Pieces pieces_of(std::string_view text, std::size_t size) {
    return [text, size]() mutable -> model::Result<std::string_view> {
        const std::string_view piece = text.substr(0, size);
        text.remove_prefix(piece.size());
        return piece;
    };
}

struct Read {
    std::vector<std::vector<std::string>> records;
    std::vector<std::uint64_t> lines;
    std::optional<documents::CsvFault> fault;
    std::size_t held = 0;
};

Read read(std::string_view text, std::size_t piece, std::size_t record_max = 1024) {
    CsvStream stream{pieces_of(text, piece), {.fields_max = 8}, record_max};
    Read result;
    CsvRecord record;
    while (stream.next(record)) {
        result.lines.push_back(record.fields.front().line);
        auto& values = result.records.emplace_back();
        for (const auto& field : record.fields) values.push_back(field.value());
    }
    result.fault = stream.fault();
    result.held = stream.held_bytes_max();
    return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(csv_stream)

BOOST_AUTO_TEST_CASE(records_are_the_same_wherever_the_pieces_end) {
    const std::string text = "a,\"b,\r\n\"\"c\"\r\nd,\"\"\r\n,e";
    const std::vector<std::vector<std::string>> expected{{"a", "b,\r\n\"c"}, {"d", ""}, {"", "e"}};
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
        BOOST_TEST_CONTEXT("pieces of " << piece) {
            const Read result = read(text, piece);
            BOOST_TEST((result.records == expected));
            BOOST_TEST((result.lines == std::vector<std::uint64_t>{1, 3, 4}));
            BOOST_TEST(!result.fault.has_value());
        }
    }
}

BOOST_AUTO_TEST_CASE(a_fault_has_its_place_in_the_whole_text) {
    for (const std::size_t piece : {1U, 3U, 100U}) {
        const Read result = read("a\r\nb\r\nc,d\"e\r\n", piece);
        BOOST_TEST(result.records.size() == 2U);
        BOOST_REQUIRE(result.fault.has_value());
        BOOST_TEST((result.fault->code == Problem::quoting_invalid));
        BOOST_TEST(result.fault->line == 3U);
        BOOST_TEST(result.fault->column == 4U);
        BOOST_TEST(result.fault->field == 1U);
    }
}

BOOST_AUTO_TEST_CASE(a_lone_line_feed_is_a_fault) {
    const Read result = read("a\r\nb\nc", 2);
    BOOST_REQUIRE(result.fault.has_value());
    BOOST_TEST((result.fault->code == Problem::record_end_invalid));
    BOOST_TEST(result.fault->line == 2U);
}

BOOST_AUTO_TEST_CASE(a_quote_never_closed_holds_no_more_than_a_record) {
    const Read result = read("a\r\n\"" + std::string(100'000, 'x'), 64, 256);
    BOOST_REQUIRE(result.fault.has_value());
    BOOST_TEST((result.fault->code == Problem::quoting_invalid));
    BOOST_TEST(result.fault->line == 2U);
    BOOST_TEST(result.held <= 256U + 2 * 64);
}

BOOST_AUTO_TEST_CASE(a_record_beyond_the_limit_is_too_long) {
    const Read fits = read(std::string(254, 'x') + "\r\n", 64, 256);
    BOOST_TEST(!fits.fault.has_value());
    const Read result = read(std::string(255, 'x') + "\r\ny", 64, 256);
    BOOST_REQUIRE(result.fault.has_value());
    BOOST_TEST((result.fault->code == Problem::field_too_long));
    BOOST_TEST(result.records.empty());
}

BOOST_AUTO_TEST_CASE(what_is_held_does_not_grow_with_the_text) {
    std::string text;
    for (int i = 0; i < 10'000; ++i) text += "row,\"of text\"\r\n";
    const Read result = read(text, 128);
    BOOST_TEST(result.records.size() == 10'000U);
    BOOST_TEST(result.held <= 2 * 128U);
}

BOOST_AUTO_TEST_CASE(a_source_that_fails_is_not_the_end_of_the_text) {
    CsvStream stream{[] { return model::refuse(Problem::archive_invalid); }, {.fields_max = 8}};
    CsvRecord record;
    BOOST_TEST(!stream.next(record));
    BOOST_REQUIRE(stream.failure().has_value());
    BOOST_TEST((stream.failure()->problem == Problem::archive_invalid));
    BOOST_TEST(!stream.next(record));
}

BOOST_AUTO_TEST_SUITE_END()
