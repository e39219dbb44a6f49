// Large units: what is kept does not grow with the rows, only with the persons.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <malloc.h>
#include <string>
#include <vector>

#include "adapters/documents/careplan/careplan.h"
#include "adapters/documents/careplan/samples.h"
#include "adapters/documents/careplan/sheet.h"
#include "routing/model/limits.h"

namespace {

using namespace sekisho;
using documents::CareplanSample;
using documents::CsvStream;
using documents::careplan::FileKind;
namespace limits = model::limits;

const CareplanSample kSample{.sender = "1379900028",
                             .sender_service = "11",
                             .recipient = "1379900010",
                             .recipient_service = "43"};

std::string insured(std::size_t number) {
    const std::string digits = std::to_string(number);
    return std::string(10 - digits.size(), '0') + digits;
}

// Bytes in use on the heap; a build whose allocator does not tell says 0 and measures nothing.
std::size_t heap_bytes() {
    return mallinfo2().uordblks + mallinfo2().hblkhd;
}

std::string result_row(std::size_t person, const std::string& text) {
    return a_careplan_row(FileKind::use_result, kSample, insured(person),
                          {{4, "20261120"},
                           {5, "202612"},
                           {7, text},
                           {10, "20261201"},
                           {12, "0900"},
                           {13, "1000"},
                           {14, "1"},
                           {15, "112111"},
                           {20, "1379900028"},
                           {23, "0"}});
}

// A file of 第6表 that is made row by row while it is read, and so is nowhere whole.
struct Growing {
    std::size_t rows = 0;
    std::size_t persons = 0;
    std::string text{};
    std::size_t made = 0;
    std::size_t bytes = 0;
    std::size_t heap_max = 0;
    std::string piece{};

    model::Result<std::string_view> next() {
        heap_max = std::max(heap_max, heap_bytes());
        piece.clear();
        while (made < rows && piece.size() < limits::kArchivePieceBytes) {
            piece += result_row(made % persons + 1, text);
            ++made;
        }
        bytes += piece.size();
        return std::string_view{piece};
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(careplan_volume)

BOOST_AUTO_TEST_CASE(ten_thousand_rows_of_long_text_stay_in_bounded_memory) {
    auto name = a_careplan_name(FileKind::use_result, kSample);
    name.month = "202612";
    Growing file{.rows = 10'000, .persons = 200, .text = std::string(2000, 'x')};
    const std::size_t before = heap_bytes();
    CsvStream stream{[&] { return file.next(); }, {.fields_max = 80}};
    documents::careplan::Persons persons;
    const auto sheet = documents::careplan::read_sheet(
        {.name = name, .unit = documents::careplan::UnitKind::result}, {}, stream, persons);
    BOOST_REQUIRE(sheet.has_value());
    BOOST_TEST(sheet->errors.empty());
    BOOST_TEST(sheet->keys.size() == 200U);
    BOOST_TEST(std::move(persons).take().size() == 200U);
    BOOST_TEST(file.bytes > 20 * limits::kMebibyte);
    BOOST_TEST(stream.held_bytes_max() < 2 * limits::kArchivePieceBytes);
    BOOST_TEST(file.heap_max < before + limits::kMebibyte);
}

BOOST_AUTO_TEST_CASE(a_zipped_unit_of_ten_thousand_rows_is_read) {
    CareplanSample sample = kSample;
    sample.insured.clear();
    for (std::size_t i = 1; i <= 100; ++i) sample.insured.push_back(insured(i));
    sample.visits = 100;
    const auto files = documents::a_result_unit(sample);
    const auto read = documents::careplan_format()->read(zip_of(files), {});
    BOOST_REQUIRE(read.has_value());
    BOOST_REQUIRE_EQUAL(read->persons.size(), 100U);
    BOOST_TEST(read->persons[99].line == 9901U);
}

BOOST_AUTO_TEST_CASE(more_persons_than_the_limit_are_refused) {
    auto name = a_careplan_name(FileKind::delete_table1, kSample);
    std::size_t made = 0;
    std::string piece;
    CsvStream stream{[&]() -> model::Result<std::string_view> {
                         piece.clear();
                         for (int i = 0; i < 1000 && made <= limits::kPersonsPerDocumentMax; ++i) {
                             piece += "202407,139980," + insured(++made) + ",20261120\r\n";
                         }
                         return std::string_view{piece};
                     },
                     {.fields_max = 80}};
    documents::careplan::Persons persons;
    const auto sheet = documents::careplan::read_sheet(
        {.name = name, .unit = documents::careplan::UnitKind::delete_plan}, {}, stream, persons);
    BOOST_REQUIRE(sheet.has_value());
    BOOST_REQUIRE_EQUAL(sheet->errors.size(), 1U);
    BOOST_TEST((sheet->errors[0].code == model::Problem::too_many_rows));
    BOOST_TEST(sheet->errors[0].line == limits::kPersonsPerDocumentMax + 1);
}

BOOST_AUTO_TEST_SUITE_END()
