// Records of comma-separated fields out of bytes that come piece by piece: the dialect of csv.h
// for documents that are never whole in memory.
//
// The next record is cut out of the pieces where CR LF stands outside quotes and is then read by
// CsvReader, so the rules, faults and places are the same; lines go on counting through the whole
// text. Held at once is one record and one piece: a record beyond `record_bytes_max` is a fault
// (field_too_long at its beginning, or quoting_invalid where a quote was never closed).
//
// The fields of a record are views that end with the next call of next(). One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/documents/csv.h"
#include "routing/model/limits.h"
#include "routing/model/problem.h"

namespace sekisho::documents {

class CsvStream {
  public:
    // The next piece, valid until the next call; an empty one is the end.
    using Pieces = std::function<model::Result<std::string_view>()>;

    CsvStream(Pieces pieces, CsvOptions options,
              std::size_t record_bytes_max = model::limits::kCsvRecordBytesMax);

    // False at the end of the text, at a fault and where the source fails. Offsets of fields count
    // from the record's first byte.
    bool next(CsvRecord& record);
    const std::optional<CsvFault>& fault() const { return fault_; }
    const std::optional<model::Refusal>& failure() const { return failure_; }  // of the source

    std::string_view text() const;                // of the last record, its end included
    std::uint64_t line() const { return line_; }  // of the last record's first byte
    std::size_t held_bytes_max() const { return held_bytes_max_; }  // the most so far

  private:
    std::size_t find_end();
    void load();
    void set_fault(const std::optional<CsvFault>& found);

    Pieces pieces_;
    CsvOptions options_;
    std::size_t record_bytes_max_;
    std::string held_;
    std::size_t begin_ = 0;   // of the record in `held_`
    std::size_t length_ = 0;  // of the record
    std::size_t scanned_ = 0;
    bool in_quotes_ = false;  // at `scanned_`
    bool ended_ = false;
    std::uint64_t line_ = 1;
    std::size_t held_bytes_max_ = 0;
    std::optional<CsvFault> fault_;
    std::optional<model::Refusal> failure_;
};

}  // namespace sekisho::documents
