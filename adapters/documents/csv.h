// Records of comma-separated fields from bytes, in the one dialect of the field's specifications.
//
// Fields are separated by commas; a field may stand in double quotes, then commas and line ends
// belong to it and a quote within is written twice; a record ends in CRLF, the last one in CRLF or
// the end of the text. Anything else is a fault: a quote inside a bare field, text after a closing
// quote, a quote never closed (quoting_invalid), CR or LF alone outside quotes
// (record_end_invalid), a field beyond the limit (field_too_long). The first fault ends the
// reading, for whatever follows it would be guessed at.
//
// Works on bytes without decoding. In MS932 the second byte of a character is 0x40 or above (0x5C
// and 0x7C among them) and so never a quote (0x22), a comma (0x2C), CR or LF; in UTF-8 every byte
// of a longer character is 0x80 or above. Splitting by bytes is safe in both.
//
// Lines count from 1 and end at LF, whether a record ends there or not; columns are bytes from 1 in
// that line. A reader holds a view: the bytes must outlive it and its fields. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/documents/text_position.h"
#include "routing/model/limits.h"
#include "routing/model/problem.h"

namespace sekisho::documents {

struct CsvField {
    std::string_view raw;  // as written, without the enclosing quotes; inner quotes still doubled
    bool quoted = false;
    std::uint64_t line = 0;  // where the field begins, its quote included
    std::uint64_t column = 0;
    std::size_t offset = 0;  // of the same place in the bytes

    std::string value() const;
};

struct CsvRecord {
    std::vector<CsvField> fields{};  // the first `fields_max`
    std::size_t field_count = 0;     // all of them
    std::uint64_t end_line = 0;      // just behind its last field
    std::uint64_t end_column = 0;
};

struct CsvFault {
    model::Problem code = model::Problem::quoting_invalid;
    std::uint64_t line = 0;
    std::uint64_t column = 0;
    std::size_t field = 0;  // index in its record, from 0
};

struct CsvOptions {
    std::size_t fields_max;  // kept of each record; more are counted only
    std::size_t field_bytes_max = model::limits::kCsvFieldBytesMax;
};

class CsvReader {
  public:
    CsvReader(std::string_view bytes, CsvOptions options);

    // False at the end of the text and at a fault.
    bool next(CsvRecord& record);
    const std::optional<CsvFault>& fault() const { return fault_; }

  private:
    bool read_field(CsvField& field, std::size_t index);
    bool read_bare(CsvField& field, std::size_t index);
    bool read_quoted(CsvField& field, std::size_t index);
    bool end_record(std::size_t index);
    bool stop(model::Problem code, std::size_t offset, std::size_t field);

    std::string_view bytes_;
    CsvOptions options_;
    std::size_t at_ = 0;
    TextPosition position_;
    std::optional<CsvFault> fault_;
};

// `text` as a quoted field: its quotes doubled, quotes around it.
std::string csv_quoted(std::string_view text);

}  // namespace sekisho::documents
