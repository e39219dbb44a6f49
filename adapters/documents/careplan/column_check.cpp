#include "adapters/documents/careplan/column_check.h"

#include <algorithm>

#include "adapters/documents/my_number.h"
#include "adapters/documents/numbers.h"
#include "routing/model/identifiers.h"
#include "routing/model/instant.h"

namespace sekisho::documents::careplan {

namespace {

using model::Problem;

// In words of two: 居宅 and 地域密着, their prevention, 総合事業.
constexpr std::string_view kServices =
    "11 12 13 14 15 16 17 21 22 23 2A 31 71 76 72 78 73 68 77 79 27 28 38 "
    "62 63 64 66 67 24 25 26 2B 34 74 75 69 39 "
    "A1 A2 A3 A4 A5 A6 A7 A8";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool are_digits(std::string_view text) {
    return std::ranges::all_of(text, is_digit);
}

bool is_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    if (whole.empty() || !are_digits(whole)) return false;
    if (point == std::string_view::npos) return true;
    const std::string_view rest = text.substr(point + 1);
    return !rest.empty() && are_digits(rest);
}

bool is_time(std::string_view text) {
    if (text.size() != 4 || !are_digits(text)) return false;
    return text == "2400" || (text.substr(0, 2) < "24" && text.substr(2) < "60");
}

bool is_postal(std::string_view text) {
    return text.size() == 8 && text[3] == '-' && are_digits(text.substr(0, 3)) &&
           are_digits(text.substr(4));
}

bool is_service_code(std::string_view text) {
    return text.size() == 6 && is_service_in_scope(text.substr(0, 2)) &&
           std::ranges::all_of(text.substr(2),
                               [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); });
}

bool is_listed(std::string_view values, std::string_view text) {
    while (!values.empty()) {
        const std::size_t end = std::min(values.find(' '), values.size());
        if (values.substr(0, end) == text) return true;
        values.remove_prefix(std::min(end + 1, values.size()));
    }
    return false;
}

// Lead bytes of MS932 take the next one with them.
std::size_t characters_in(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i, ++count) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC)) ++i;
    }
    return count;
}

std::optional<Problem> invalid_unless(bool holds) {
    if (holds) return std::nullopt;
    return Problem::field_invalid;
}

// `rest` completes a month to a day.
std::optional<Problem> date_problem(std::string_view text, std::string_view rest) {
    if (text.size() + rest.size() != 8 || !are_digits(text)) return Problem::field_invalid;
    if (model::is_calendar_date(std::string{text}.append(rest))) return std::nullopt;
    return Problem::date_invalid;
}

std::optional<Problem> kind_problem(const Column& column, std::string_view text,
                                    const FormatContext& context) {
    switch (column.kind) {
        case ColumnKind::text:
        case ColumnKind::version:
            return std::nullopt;
        case ColumnKind::insurer:
            return insurer_problem(text, context);
        case ColumnKind::insured:
            return insured_problem(text);
        case ColumnKind::day:
            return date_problem(text, "");
        case ColumnKind::month:
            return date_problem(text, "01");
        case ColumnKind::time:
            return invalid_unless(is_time(text));
        case ColumnKind::number:
            return invalid_unless(is_number(text));
        case ColumnKind::digits:
            return invalid_unless(are_digits(text));
        case ColumnKind::bits:
            return invalid_unless(text.find_first_not_of("01") == std::string_view::npos);
        case ColumnKind::code:
        case ColumnKind::product:
            return invalid_unless(
                std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; }));
        case ColumnKind::postal:
            return invalid_unless(is_postal(text));
        case ColumnKind::office:
            return invalid_unless(model::parse_office_number(text).has_value());
        case ColumnKind::service_type:
            return invalid_unless(is_service_in_scope(text));
        case ColumnKind::service_code:
            return invalid_unless(is_service_code(text));
        case ColumnKind::choice:
            return invalid_unless(is_listed(column.values, text));
    }
    return std::nullopt;
}

std::optional<Problem> problem_of(const Column& column, const CsvField& field,
                                  const FormatContext& context) {
    if (field.raw.empty()) {
        if (column.need == Need::required) return Problem::field_missing;
        return std::nullopt;
    }
    if (column.length != 0) {
        const std::size_t length =
            field.quoted ? characters_in(field.value()) : characters_in(field.raw);
        if (length > column.length) return Problem::field_too_long;
    }
    if (column.kind != ColumnKind::choice && is_listed(column.values, field.raw)) {
        return std::nullopt;
    }
    return kind_problem(column, field.raw, context);
}

}  // namespace

bool is_service_in_scope(std::string_view service_type) {
    return is_listed(kServices, service_type);
}

std::optional<Problem> column_problem(const Column& column, const CsvField& field,
                                      const FormatContext& context) {
    const auto problem = problem_of(column, field, context);
    return problem && is_my_number(field.value()) ? Problem::my_number_present : problem;
}

}  // namespace sekisho::documents::careplan
