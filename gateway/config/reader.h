// Reading an administrator's JSON: every fault collected with its place, never only the first.
//
// A Section reads one object member by member: what is required, what is optional, in which shape.
// What it was not asked for is unknown and a fault too, with the nearest known key as a suggestion;
// a misspelt key must never be a silent default. Readings that fail give a fallback, so that
// reading goes on in straight lines and one run of `sekisho check` shows everything. Sentences are
// in Japanese and English. Not for use by several threads; a Section lives no longer than the Json
// and the Complaints it was given.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/config/config.h"

namespace sekisho::config {

using documents::Json;

// From 1; of what stands in no file, its first byte.
struct Place {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};
Place place_of(const Json& value);

// Where the faults of one load gather, over all its files.
class Complaints {
  public:
    void add(const std::string& file, Place where, model::Text text);
    void add(const std::string& file, const model::Refusal& refusal);  // of parse_json
    void absorb(Complaints other);
    bool none() const { return errors_.empty(); }
    ConfigErrors take();  // sorted by file, line and column

  private:
    std::vector<ConfigErrors::Error> errors_;
};

// How a text becomes a T, and what to say when it cannot.
template <class T>
struct Shape {
    std::optional<T> (*parse)(std::string_view text);
    std::string_view ja;  // "接続機関の識別子 (例 insurer:139980)"
    std::string_view en;
};

enum class Need : std::uint8_t { required, optional };

struct Range {
    std::int64_t least;
    std::int64_t most;
};

class Section {
  public:
    Section(const Json& object, const std::string& file, Complaints& complaints);

    const std::string& file() const { return file_; }
    const Json& object() const { return object_; }

    // The member, or nullptr; complains when a required one is absent.
    const Json* member(std::string_view key, Need need);
    std::string text(std::string_view key, Need need = Need::required);
    std::vector<std::string> texts(std::string_view key);
    bool flag(std::string_view key, bool fallback);
    std::int64_t number(std::string_view key, std::int64_t fallback, Range range);

    template <class T>
    std::optional<T> optional(std::string_view key, const Shape<T>& shape) {
        return shaped(member(key, Need::optional), shape);
    }
    template <class T>
    T required(std::string_view key, const Shape<T>& shape) {
        return shaped(member(key, Need::required), shape).value_or(T{});
    }
    template <class T>
    std::vector<T> list(std::string_view key, const Shape<T>& shape) {
        std::vector<T> values;
        for (const Json* item : items(key, Need::optional)) {
            if (auto value = shaped(item, shape)) values.push_back(std::move(*value));
        }
        return values;
    }

    // Reads the object `key`, or each object of the array `key`; unknown keys in it are seen to.
    void object(std::string_view key, Need need, const std::function<void(Section&)>& read);
    void each(std::string_view key, Need need, const std::function<void(Section&)>& read);
    std::vector<const Json*> items(std::string_view key, Need need);  // of an array

    // For a value that reads well and still cannot be; at the member, or at the object.
    void complain(std::string_view key, model::Text text);
    void complain(const Json& where, model::Text text);

    void finish();  // complains of every member nobody asked for

  private:
    std::optional<std::string> string_of(const Json* value);
    void misshaped(const Json& where, std::string_view ja, std::string_view en);

    template <class T>
    std::optional<T> shaped(const Json* value, const Shape<T>& shape) {
        if (value == nullptr) return std::nullopt;
        std::optional<T> parsed;
        if (value->is_string()) parsed = shape.parse(value->text());
        if (!parsed) misshaped(*value, shape.ja, shape.en);
        return parsed;
    }

    const Json& object_;
    const std::string& file_;
    Complaints& complaints_;
    std::vector<std::string_view> known_;  // the keys asked for: literals of those who read
};

// The bytes of a file; complains at `named` (where a file names it) when it cannot be read or is
// too large.
struct Naming {
    const std::string& file;
    Place where;
};
std::optional<std::string> read_bytes(const std::string& path, const Naming& named,
                                      Complaints& complaints);
// The file as a tree, comments allowed.
std::optional<Json> parse_file(const std::string& path, std::string_view bytes,
                               Complaints& complaints);
// The file without the rows of its long array, which are handed on one by one.
std::optional<Json> parse_file_rows(const std::string& path, std::string_view bytes,
                                    const documents::JsonRows& rows, Complaints& complaints);

// The known word nearest to `word` by edit distance, when it is near enough to be meant.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace sekisho::config
