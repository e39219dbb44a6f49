// Json as a plain value: making, asking, comparing.
#include <algorithm>
#include <cassert>
#include <charconv>

#include "adapters/documents/json.h"

namespace sekisho::documents {

Json Json::boolean(bool value) {
    Json json;
    json.kind_ = Kind::boolean;
    json.boolean_ = value;
    return json;
}

Json Json::number(std::int64_t value) {
    return number_text(std::to_string(value));
}

Json Json::number_text(std::string text) {
    Json json;
    json.kind_ = Kind::number;
    json.text_ = std::move(text);
    return json;
}

Json Json::string(std::string value) {
    Json json;
    json.kind_ = Kind::string;
    json.text_ = std::move(value);
    return json;
}

Json Json::array(std::vector<Json> items) {
    Json json;
    json.kind_ = Kind::array;
    json.items_ = std::move(items);
    return json;
}

Json Json::object(std::vector<Member> members) {
    Json json;
    json.kind_ = Kind::object;
    json.members_ = std::move(members);
    return json;
}

std::optional<bool> Json::as_boolean() const {
    if (kind_ != Kind::boolean) return std::nullopt;
    return boolean_;
}

std::optional<std::int64_t> Json::as_integer() const {
    if (kind_ != Kind::number) return std::nullopt;
    std::int64_t value = 0;
    const char* const end = text_.data() + text_.size();
    const auto [stop, error] = std::from_chars(text_.data(), end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

std::optional<std::string_view> Json::as_string() const {
    if (kind_ != Kind::string) return std::nullopt;
    return text_;
}

const Json* Json::find(std::string_view key) const {
    const auto found = std::ranges::find(members_, key, &Member::first);
    return found == members_.end() ? nullptr : &found->second;
}

std::optional<std::string_view> Json::string_at(std::string_view key) const {
    const Json* const value = find(key);
    return value == nullptr ? std::nullopt : value->as_string();
}

std::optional<std::int64_t> Json::integer_at(std::string_view key) const {
    const Json* const value = find(key);
    return value == nullptr ? std::nullopt : value->as_integer();
}

std::optional<bool> Json::boolean_at(std::string_view key) const {
    const Json* const value = find(key);
    return value == nullptr ? std::nullopt : value->as_boolean();
}

Json& Json::set(std::string key, Json value) {
    assert(kind_ == Kind::object && find(key) == nullptr);
    members_.emplace_back(std::move(key), std::move(value));
    return *this;
}

Json& Json::push(Json value) {
    assert(kind_ == Kind::array);
    items_.push_back(std::move(value));
    return *this;
}

namespace {

std::vector<const Json::Member*> by_key(const Json& object) {
    std::vector<const Json::Member*> members;
    members.reserve(object.members().size());
    for (const Json::Member& member : object.members()) members.push_back(&member);
    std::ranges::sort(members, {},
                      [](const Json::Member* member) -> std::string_view { return member->first; });
    return members;
}

}  // namespace

// The order of members means nothing in JSON, so it means nothing here; numbers are compared as
// written.
bool operator==(const Json& a, const Json& b) {
    if (a.kind_ != b.kind_ || a.boolean_ != b.boolean_ || a.text_ != b.text_) return false;
    if (a.members_.size() != b.members_.size()) return false;
    if (!a.members_.empty()) {
        const auto same = [](const Json::Member* x, const Json::Member* y) { return *x == *y; };
        return std::ranges::equal(by_key(a), by_key(b), same);
    }
    return a.items_ == b.items_;
}

}  // namespace sekisho::documents
