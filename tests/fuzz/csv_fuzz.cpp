// CSV: places lie within the text, fields are what stands there, and what is written again reads as
// the same.
#include "adapters/documents/csv.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using documents::CsvReader;
using documents::CsvRecord;
using fuzz::require;

constexpr documents::CsvOptions kOptions{.fields_max = 64, .field_bytes_max = 256};

void write_again(std::string& out, const CsvRecord& record) {
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        out += i == 0 ? "\"" : ",\"";
        for (const char c : record.fields[i].value()) {
            if (c == '"') out.push_back('"');
            out.push_back(c);
        }
        out.push_back('"');
    }
    out += "\r\n";
}

void check_record(std::string_view text, const CsvRecord& record) {
    require(record.fields.size() == std::min<std::size_t>(record.field_count, kOptions.fields_max),
            "fields beyond the limit are counted and not kept");
    for (const auto& field : record.fields) {
        require(fuzz::is_within(text, field.line, field.column), "a field has a line and column");
        const std::size_t begin = field.offset + (field.quoted ? 1 : 0);
        require(text.substr(begin, field.raw.size()) == field.raw, "a field is what stands there");
        require(field.raw.size() <= kOptions.field_bytes_max, "a field keeps its limit");
        require(field.quoted || field.value() == field.raw, "a bare field is its own value");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    CsvReader reader{text, kOptions};
    CsvRecord record;
    std::string copy;
    bool whole = true;
    while (reader.next(record)) {
        check_record(text, record);
        whole = whole && record.field_count == record.fields.size();
        write_again(copy, record);
    }
    if (reader.fault()) {
        require(fuzz::is_within(text, reader.fault()->line, reader.fault()->column),
                "the fault lies within the text");
        return 0;
    }
    if (!whole) return 0;
    CsvReader first{text, kOptions};
    CsvReader second{copy, kOptions};
    CsvRecord other;
    while (first.next(record)) {
        require(second.next(other), "the copy has as many records");
        require(record.fields.size() == other.fields.size(), "the copy has as many fields");
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            require(record.fields[i].value() == other.fields[i].value(), "the copy has the values");
        }
    }
    require(!second.next(other) && !second.fault(), "the copy ends where the text does");
    return 0;
}
