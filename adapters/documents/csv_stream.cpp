#include "adapters/documents/csv_stream.h"

#include <algorithm>

namespace sekisho::documents {

using model::Problem;

CsvStream::CsvStream(Pieces pieces, CsvOptions options, std::size_t record_bytes_max)
    : pieces_(std::move(pieces)), options_(options), record_bytes_max_(record_bytes_max) {}

std::string_view CsvStream::text() const {
    return std::string_view{held_}.substr(begin_, length_);
}

bool CsvStream::next(CsvRecord& record) {
    record.fields.clear();
    record.field_count = 0;
    if (fault_ || failure_) return false;
    line_ += static_cast<std::uint64_t>(std::ranges::count(text(), '\n'));
    begin_ += length_;
    length_ = 0;
    const std::size_t end = find_end();
    if (failure_ || end == 0) return false;
    length_ = std::min(end, record_bytes_max_);
    CsvReader reader{text(), options_};
    const bool whole = reader.next(record);
    if (!whole || end > record_bytes_max_) {
        record.fields.clear();
        set_fault(reader.fault());
        return false;
    }
    for (CsvField& field : record.fields) field.line += line_ - 1;
    record.end_line += line_ - 1;
    return true;
}

// Where a record was cut at the limit, its line end may be torn: then it is the record that is at
// fault.
void CsvStream::set_fault(const std::optional<CsvFault>& found) {
    const bool torn =
        length_ == record_bytes_max_ && found && found->code == Problem::record_end_invalid;
    fault_ = CsvFault{.code = Problem::field_too_long, .line = 1, .column = 1, .field = 0};
    if (found && !torn) fault_ = found;
    fault_->line += line_ - 1;
}

// Bytes from `begin_` to behind the line end outside quotes, or to the end of the text; more than
// the limit where none came within it.
std::size_t CsvStream::find_end() {
    scanned_ = begin_;
    in_quotes_ = false;
    for (;;) {
        const std::size_t at = held_.find_first_of(in_quotes_ ? "\"" : "\"\n", scanned_);
        if (at != std::string::npos) {
            scanned_ = at + 1;
            if (held_[at] == '\n') return scanned_ - begin_;
            in_quotes_ = !in_quotes_;
            continue;
        }
        scanned_ = held_.size();
        if (ended_ || scanned_ - begin_ > record_bytes_max_) return scanned_ - begin_;
        load();
    }
}

void CsvStream::load() {
    held_.erase(0, begin_);
    scanned_ -= begin_;
    begin_ = 0;
    auto piece = pieces_();
    if (!piece) {
        failure_ = std::move(piece.error());
        ended_ = true;
        return;
    }
    ended_ = piece->empty();
    held_.append(*piece);
    held_bytes_max_ = std::max(held_bytes_max_, held_.size());
}

}  // namespace sekisho::documents
