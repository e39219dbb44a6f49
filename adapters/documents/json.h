// Strict JSON: one tree of values for configuration, envelopes, leaves, answers and documents.
//
// Reading refuses what makes JSON ambiguous: duplicate keys, NUL bytes anywhere, invalid UTF-8,
// lone surrogates, trailing bytes, depth and size beyond the limits. Numbers stay text, so no digit
// of an identifier or an amount is lost. Each value knows the line and column (from 1, bytes) where
// it began, and inline values their byte range, so that errors can be located and the exact slice
// of a document hashed. Values are plain values: copy, compare, move. Reading is iterative; nesting
// cannot exhaust the stack. RapidJSON does the lexing, inside json.cpp only.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "routing/model/limits.h"
#include "routing/model/problem.h"

namespace sekisho::documents {

class Json {
  public:
    enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
    using Member = std::pair<std::string, Json>;

    Json() = default;  // null
    static Json boolean(bool value);
    static Json number(std::int64_t value);
    static Json number_text(std::string text);  // a JSON number as written
    static Json string(std::string value);
    static Json array(std::vector<Json> items = {});
    static Json object(std::vector<Member> members = {});

    Kind kind() const { return kind_; }
    bool is_null() const { return kind_ == Kind::null; }
    bool is_string() const { return kind_ == Kind::string; }
    bool is_object() const { return kind_ == Kind::object; }
    bool is_array() const { return kind_ == Kind::array; }

    // Each nullopt (or empty) where the value is of another kind.
    std::optional<bool> as_boolean() const;
    std::optional<std::int64_t> as_integer() const;  // whole numbers that fit
    std::optional<std::string_view> as_string() const;
    const std::string& text() const { return text_; }  // a string's content or a number's digits
    const std::vector<Json>& items() const { return items_; }
    const std::vector<Member>& members() const { return members_; }

    const Json* find(std::string_view key) const;  // nullptr: absent, or not an object
    std::optional<std::string_view> string_at(std::string_view key) const;
    std::optional<std::int64_t> integer_at(std::string_view key) const;
    std::optional<bool> boolean_at(std::string_view key) const;

    Json& set(std::string key, Json value);  // appends a member; the key must be new; returns *this
    Json& set(std::string key, std::string value) {
        return set(std::move(key), string(std::move(value)));
    }
    Json& push(Json value);

    std::uint32_t line() const { return line_; }
    std::uint32_t column() const { return column_; }
    std::size_t begin_offset() const {
        return begin_;
    }  // of the value in the text read; for slices
    std::size_t end_offset() const { return end_; }

    friend bool operator==(const Json& a, const Json& b);  // content only, positions aside

  private:
    friend class JsonBuilder;
    Kind kind_ = Kind::null;
    bool boolean_ = false;
    std::uint32_t line_ = 0;
    std::uint32_t column_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::string text_;
    std::vector<Json> items_;
    std::vector<Member> members_;
};

struct JsonOptions {
    std::size_t depth_max = model::limits::kJsonDepthMax;
    std::size_t nodes_max = model::limits::kJsonNodesMax;  // values that are held at once
    bool comments = false;                                 // `//` and `/* */`: configuration only
    std::string file{};                                    // named in located errors
};

// Refusal json_malformed with one located error. Never throws.
model::Result<Json> parse_json(std::string_view bytes, const JsonOptions& options = {});

// The long array of a root object, whose elements are looked at one by one: each is handed on as
// soon as it has ended, in their order, and kept no longer.
struct JsonRows {
    std::string_view member;  // of the root object
    std::function<void(const Json& row)> take;
};
// The text without its rows: an array in that place is there and empty. Rows are handed on before
// what stands behind them was read: none of them counts where the text turns out to be malformed.
model::Result<Json> parse_json_rows(std::string_view bytes, const JsonRows& rows,
                                    const JsonOptions& options = {});

// What the tree of this text takes at the most while it is read: a value for each comma and each
// bracket, and the growing of the vectors they stand in.
std::uint64_t json_memory_for(std::string_view bytes);
// What reading its rows takes beside the text: the values held at once, the strings in them, and
// the longest string or number while it is put together.
std::uint64_t json_rows_memory_for(std::string_view bytes, const JsonOptions& options);

std::string to_text(const Json& value);    // compact, members in their order
std::string to_pretty(const Json& value);  // two spaces, for people
std::string to_canonical(
    const Json& value);  // RFC 8785 (numbers: integers only, as all of ours are)

}  // namespace sekisho::documents
