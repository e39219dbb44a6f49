#include "adapters/documents/numbers.h"

namespace sekisho::documents {

using model::Problem;

std::optional<Problem> insurer_problem(std::string_view text, const FormatContext& context) {
    if (text.empty()) return Problem::field_missing;
    const auto insurer = model::parse_insurer_number(text);
    if (!insurer) return Problem::field_invalid;
    const bool is_union = context.unions != nullptr && context.unions->contains(*insurer);
    if (!is_union && !check_digit_holds(*insurer)) return Problem::check_digit;
    return std::nullopt;
}

std::optional<Problem> insured_problem(std::string_view text) {
    if (text.empty()) return Problem::field_missing;
    if (!model::parse_insured_number(text)) return Problem::field_invalid;
    return std::nullopt;
}

}  // namespace sekisho::documents
