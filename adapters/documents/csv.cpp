#include "adapters/documents/csv.h"

#include <algorithm>

namespace sekisho::documents {

using model::Problem;

std::string CsvField::value() const {
    std::string text;
    text.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        text.push_back(raw[i]);
        if (quoted && raw[i] == '"') ++i;  // the second of a pair
    }
    return text;
}

CsvReader::CsvReader(std::string_view bytes, CsvOptions options)
    : bytes_(bytes), options_(options), position_(bytes) {}

bool CsvReader::next(CsvRecord& record) {
    record.fields.clear();
    record.field_count = 0;
    if (fault_ || at_ == bytes_.size()) return false;
    for (std::size_t index = 0;; ++index) {
        CsvField field;
        if (!read_field(field, index)) return false;
        ++record.field_count;
        if (record.fields.size() < options_.fields_max) record.fields.push_back(field);
        if (at_ == bytes_.size() || bytes_[at_] != ',') {
            position_.move_to(at_);
            record.end_line = position_.line();
            record.end_column = position_.column();
            return end_record(index);
        }
        ++at_;
    }
}

bool CsvReader::read_field(CsvField& field, std::size_t index) {
    position_.move_to(at_);
    field.line = position_.line();
    field.column = position_.column();
    field.offset = at_;
    const bool quoted = at_ < bytes_.size() && bytes_[at_] == '"';
    if (!(quoted ? read_quoted(field, index) : read_bare(field, index))) return false;
    if (field.raw.size() > options_.field_bytes_max) {
        return stop(Problem::field_too_long, field.offset, index);
    }
    return true;
}

bool CsvReader::read_bare(CsvField& field, std::size_t index) {
    const std::size_t end = std::min(bytes_.find_first_of("\",\r\n", at_), bytes_.size());
    if (end < bytes_.size() && bytes_[end] == '"') {
        return stop(Problem::quoting_invalid, end, index);
    }
    field.raw = bytes_.substr(at_, end - at_);
    at_ = end;
    return true;
}

bool CsvReader::read_quoted(CsvField& field, std::size_t index) {
    const std::size_t begin = at_ + 1;
    std::size_t end = bytes_.find('"', begin);
    while (end != std::string_view::npos && bytes_.substr(end, 2) == "\"\"") {
        end = bytes_.find('"', end + 2);
    }
    if (end == std::string_view::npos) return stop(Problem::quoting_invalid, at_, index);
    field.quoted = true;
    field.raw = bytes_.substr(begin, end - begin);
    at_ = end + 1;
    const bool ends =
        at_ == bytes_.size() || bytes_[at_] == ',' || bytes_[at_] == '\r' || bytes_[at_] == '\n';
    return ends || stop(Problem::quoting_invalid, at_, index);
}

bool CsvReader::end_record(std::size_t index) {
    if (at_ == bytes_.size()) return true;
    if (bytes_.substr(at_, 2) != "\r\n") return stop(Problem::record_end_invalid, at_, index);
    at_ += 2;
    return true;
}

bool CsvReader::stop(Problem code, std::size_t offset, std::size_t field) {
    position_.move_to(offset);
    fault_ = CsvFault{
        .code = code, .line = position_.line(), .column = position_.column(), .field = field};
    return false;
}

std::string csv_quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"') result.push_back('"');
        result.push_back(c);
    }
    return result + "\"";
}

}  // namespace sekisho::documents
