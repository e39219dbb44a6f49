// One file of a care plan unit: the first line is its name, the rest its rows. Places lie in the
// rows, and how the bytes are cut into pieces changes nothing.
#include "adapters/documents/careplan/file_name.h"
#include "adapters/documents/careplan/sheet.h"
#include "adapters/documents/careplan/unit.h"
#include "adapters/documents/ms932.h"
#include "routing/model/limits.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using documents::CsvStream;
using documents::careplan::FileKind;
using documents::careplan::FileName;
using documents::careplan::Sheet;
using documents::careplan::UnitKind;
using fuzz::require;

struct Read {
    Sheet sheet;
    std::vector<documents::PersonRow> persons;
};

Read read_in_pieces(const FileName& name, std::string_view rows, std::size_t piece_bytes) {
    CsvStream stream{[&]() -> model::Result<std::string_view> {
                         const std::string_view piece = rows.substr(0, piece_bytes);
                         rows.remove_prefix(piece.size());
                         return piece;
                     },
                     {.fields_max = 80}};
    const bool plan = name.month == "000000";
    documents::careplan::Persons persons;
    auto sheet = documents::careplan::read_sheet(
        {.name = name, .unit = plan ? UnitKind::plan : UnitKind::monthly_plan}, {}, stream,
        persons);
    require(sheet.has_value(), "a source that does not fail is read");
    return {.sheet = std::move(*sheet), .persons = std::move(persons).take()};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const std::size_t end = std::min(text.find('\n'), text.size());
    const auto name = documents::careplan::parse_file_name(text.substr(0, end));
    if (!name) return 0;
    require(to_text(*name) == text.substr(0, end), "a name reads as it is written");
    if (name->kind == FileKind::basics_image) return 0;
    const std::string_view rows = text.substr(std::min(end + 1, text.size()));
    const Read whole = read_in_pieces(*name, rows, rows.size() + 1);
    const Read small = read_in_pieces(*name, rows, 3);
    require(whole.sheet.errors == small.sheet.errors, "pieces change no error");
    require(whole.sheet.keys.size() == small.sheet.keys.size(), "pieces change no key");
    require(whole.persons.size() == small.persons.size(), "pieces change no person");
    require(whole.sheet.errors.size() <= model::limits::kLocatedErrorsMax, "first errors only");
    for (const auto& error : whole.sheet.errors) {
        require(fuzz::is_within(rows, error.line, error.column), "an error lies in the rows");
        require(!error.field.empty(), "an error names its field");
    }
    for (const auto& row : whole.persons) {
        require(fuzz::is_within(rows, row.line, 1), "a person stands in the rows");
    }
    if (whole.sheet.errors.empty()) {
        require(documents::find_ms932_faults(rows).empty(), "every character is known");
        require(!whole.persons.empty(), "a file is about somebody");
    }
    return 0;
}
