// Strict JSON: what is read is written and read again as the same; errors lie within the text;
// slices are values.
#include "adapters/documents/json.h"
#include "adapters/documents/utf8.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using documents::Json;
using documents::parse_json;
using fuzz::require;

bool is_same(const std::string& text, const Json& value) {
    const auto again = parse_json(text);
    return again.has_value() && *again == value;
}

void check_slices(std::string_view text, const Json& value, bool comments) {
    require(value.begin_offset() < value.end_offset() && value.end_offset() <= text.size(),
            "a value lies within the text");
    require(fuzz::is_within(text, value.line(), value.column()), "a value has a line and column");
    const auto slice = text.substr(value.begin_offset(), value.end_offset() - value.begin_offset());
    const auto read = parse_json(slice, {.comments = comments});
    require(read.has_value() && *read == value, "the slice of a value is that value");
}

void check_value(std::string_view text, const Json& value, bool comments) {
    check_slices(text, value, comments);
    for (const Json& item : value.items()) check_slices(text, item, comments);
    for (const auto& [key, member] : value.members()) {
        require(documents::is_utf8(key), "keys are UTF-8");
        require(value.find(key) == &member, "a key is found, and is the only one of its name");
        check_slices(text, member, comments);
        if (&member == &value.members()[0].second && value.members().size() > 100) break;
    }
    require(is_same(to_text(value), value), "compact text reads back");
    require(is_same(to_pretty(value), value), "text for people reads back");
    const std::string canonical = to_canonical(value);
    const auto again = parse_json(canonical);
    require(again.has_value(), "canonical text reads back");
    require(to_canonical(*again) == canonical, "canonical text is its own canonical text");
}

// Rows are what the tree has in their place, and nothing else differs.
void check_rows(std::string_view text, const model::Result<Json>& tree, bool comments) {
    std::vector<Json> rows;
    const documents::JsonRows taking{.member = "a",
                                     .take = [&](const Json& row) { rows.push_back(row); }};
    const auto rest = documents::parse_json_rows(text, taking, {.comments = comments});
    require(rest.has_value() == tree.has_value(), "rows are read where the tree is");
    if (!tree) return;
    const Json* const array = tree->find("a");
    if (array == nullptr || !array->is_array()) {
        require(rows.empty() && *rest == *tree, "without an array there are no rows");
        return;
    }
    require(rows == array->items(), "the rows are the array's elements");
    require(rest->find("a")->items().empty(), "the rest has none of them");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    for (const bool comments : {false, true}) {
        const auto value = parse_json(text, {.comments = comments});
        check_rows(text, value, comments);
        if (value) {
            require(text.find('\0') == std::string_view::npos, "no NUL byte is read");
            require(documents::is_utf8(text), "only UTF-8 is read");
            check_value(text, *value, comments);
            continue;
        }
        require(value.error().errors.size() == 1, "a refusal has one located error");
        const auto& error = value.error().errors[0];
        require(fuzz::is_within(text, error.line, error.column), "the error lies within the text");
        require(comments || !parse_json(text).has_value(), "comments only widen what is read");
    }
    return 0;
}
