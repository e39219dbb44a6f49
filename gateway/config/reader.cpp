#include "gateway/config/reader.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <tuple>

#include "routing/model/limits.h"

namespace sekisho::config {

namespace {

using model::Text;

constexpr std::size_t kKeysUsual = 16;  // of one object

std::string in_quotes(std::string_view word) {
    return "\"" + std::string{word} + "\"";
}

std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

Place place_of(const Json& value) {
    return {.line = std::max<std::uint32_t>(value.line(), 1),
            .column = std::max<std::uint32_t>(value.column(), 1)};
}

void Complaints::add(const std::string& file, Place where, Text text) {
    errors_.push_back(
        {.file = file, .line = where.line, .column = where.column, .text = std::move(text)});
}

void Complaints::add(const std::string& file, const model::Refusal& refusal) {
    ConfigErrors::Error error{.file = file, .line = 1, .column = 1, .text = refusal.detail};
    if (!refusal.errors.empty()) {
        error.line = static_cast<std::uint32_t>(refusal.errors.front().line);
        error.column = static_cast<std::uint32_t>(refusal.errors.front().column);
    }
    errors_.push_back(std::move(error));
}

void Complaints::absorb(Complaints other) {
    std::ranges::move(other.errors_, std::back_inserter(errors_));
}

ConfigErrors Complaints::take() {
    std::ranges::sort(errors_, {}, [](const ConfigErrors::Error& error) {
        return std::tie(error.file, error.line, error.column, error.text.en);
    });
    return {.errors = std::exchange(errors_, {})};
}

Section::Section(const Json& object, const std::string& file, Complaints& complaints)
    : object_(object), file_(file), complaints_(complaints) {
    known_.reserve(kKeysUsual);
    if (!object.is_object()) misshaped(object, "オブジェクト { … }", "an object { … }");
}

void Section::complain(const Json& where, Text text) {
    complaints_.add(file_, place_of(where), std::move(text));
}

void Section::complain(std::string_view key, Text text) {
    const Json* value = object_.find(key);
    complain(value == nullptr ? object_ : *value, std::move(text));
}

void Section::misshaped(const Json& where, std::string_view ja, std::string_view en) {
    complain(where, {.ja = std::string{ja} + "でなければなりません",
                     .en = "this must be " + std::string{en}});
}

const Json* Section::member(std::string_view key, Need need) {
    if (std::ranges::find(known_, key) == known_.end()) known_.push_back(key);
    const Json* value = object_.find(key);
    if (value == nullptr && need == Need::required && object_.is_object()) {
        complain(object_, {.ja = "必要な項目 " + in_quotes(key) + " がありません",
                           .en = "the required key " + in_quotes(key) + " is missing"});
    }
    return value;
}

std::optional<std::string> Section::string_of(const Json* value) {
    if (value == nullptr) return std::nullopt;
    if (value->is_string() && !value->text().empty()) return value->text();
    misshaped(*value, "空でない文字列", "text that is not empty");
    return std::nullopt;
}

std::string Section::text(std::string_view key, Need need) {
    return string_of(member(key, need)).value_or(std::string{});
}

std::vector<std::string> Section::texts(std::string_view key) {
    std::vector<std::string> values;
    for (const Json* item : items(key, Need::optional)) {
        if (auto value = string_of(item)) values.push_back(std::move(*value));
    }
    return values;
}

bool Section::flag(std::string_view key, bool fallback) {
    const Json* value = member(key, Need::optional);
    if (value == nullptr) return fallback;
    if (const auto given = value->as_boolean()) return *given;
    misshaped(*value, "true か false", "true or false");
    return fallback;
}

std::int64_t Section::number(std::string_view key, std::int64_t fallback, Range range) {
    const Json* value = member(key, Need::optional);
    if (value == nullptr) return fallback;
    const auto given = value->as_integer();
    if (given && range.least <= *given && *given <= range.most) return *given;
    const std::string least = std::to_string(range.least);
    const std::string most = std::to_string(range.most);
    misshaped(*value, least + " から " + most + " までの整数",
              "a whole number from " + least + " to " + most);
    return fallback;
}

std::vector<const Json*> Section::items(std::string_view key, Need need) {
    std::vector<const Json*> items;
    const Json* value = member(key, need);
    if (value == nullptr) return items;
    if (!value->is_array()) {
        misshaped(*value, "配列 [ … ]", "an array [ … ]");
        return items;
    }
    for (const Json& item : value->items()) items.push_back(&item);
    return items;
}

void Section::object(std::string_view key, Need need, const std::function<void(Section&)>& read) {
    const Json* value = member(key, need);
    if (value == nullptr) return;
    Section section{*value, file_, complaints_};
    if (!value->is_object()) return;
    read(section);
    section.finish();
}

void Section::each(std::string_view key, Need need, const std::function<void(Section&)>& read) {
    for (const Json* item : items(key, need)) {
        Section section{*item, file_, complaints_};
        if (!item->is_object()) continue;
        read(section);
        section.finish();
    }
}

void Section::finish() {
    for (const auto& [key, value] : object_.members()) {
        if (std::ranges::find(known_, key) != known_.end()) continue;
        Text text{.ja = "知らない項目 " + in_quotes(key) + " です",
                  .en = "the key " + in_quotes(key) + " is not known here"};
        if (const auto meant = nearest(key, {known_.begin(), known_.end()})) {
            text.ja += "。" + in_quotes(*meant) + " ではありませんか";
            text.en += "; did you mean " + in_quotes(*meant) + "?";
        }
        complain(value, std::move(text));
    }
}

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& known) {
    const std::size_t near_enough = word.size() < 4 ? 1 : std::max<std::size_t>(word.size() / 3, 2);
    std::optional<std::string> best;
    std::size_t best_distance = near_enough + 1;
    for (const std::string& candidate : known) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance >= best_distance) continue;
        best_distance = distance;
        best = candidate;
    }
    return best;
}

std::optional<std::string> read_bytes(const std::string& path, const Naming& named,
                                      Complaints& complaints) {
    namespace fs = std::filesystem;
    std::error_code trouble;
    const auto size = fs::is_regular_file(path, trouble) ? fs::file_size(path, trouble) : 0;
    std::ifstream stream{path, std::ios::binary};
    if (!fs::is_regular_file(path, trouble) || !stream) {
        complaints.add(named.file, named.where,
                       {.ja = "ファイル " + in_quotes(path) + " を読めません",
                        .en = "the file " + in_quotes(path) + " cannot be read"});
        return std::nullopt;
    }
    if (size > model::limits::kConfigurationBytesMax) {
        complaints.add(named.file, named.where,
                       {.ja = "ファイル " + in_quotes(path) + " が大きすぎます",
                        .en = "the file " + in_quotes(path) + " is too large"});
        return std::nullopt;
    }
    std::string bytes(static_cast<std::size_t>(size), '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    return bytes;
}

namespace {

documents::JsonOptions options_for(const std::string& path) {
    return {.nodes_max = model::limits::kConfigurationBytesMax / 8, .comments = true, .file = path};
}

std::optional<Json> read_or_complain(const std::string& path, model::Result<Json> parsed,
                                     Complaints& complaints) {
    if (parsed) return std::move(*parsed);
    complaints.add(path, parsed.error());
    return std::nullopt;
}

}  // namespace

std::optional<Json> parse_file(const std::string& path, std::string_view bytes,
                               Complaints& complaints) {
    return read_or_complain(path, documents::parse_json(bytes, options_for(path)), complaints);
}

std::optional<Json> parse_file_rows(const std::string& path, std::string_view bytes,
                                    const documents::JsonRows& rows, Complaints& complaints) {
    return read_or_complain(path, documents::parse_json_rows(bytes, rows, options_for(path)),
                            complaints);
}

}  // namespace sekisho::config
