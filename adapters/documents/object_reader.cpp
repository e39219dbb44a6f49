#include "adapters/documents/object_reader.h"

#include <algorithm>

namespace sekisho::documents {

using model::Problem;

ObjectReader::ObjectReader(const Json& object) : object_(object) {
    if (!object.is_object())
        note(Problem::attribute_invalid, "", object,
             {"オブジェクトではありません", "this is not an object"});
}

void ObjectReader::note(Problem problem, std::string_view key, const Json& where,
                        const model::Text& why) {
    if (trouble_) return;
    const std::string name = key.empty() ? std::string{} : "\"" + std::string{key} + "\": ";
    trouble_ = model::Refusal{.problem = problem,
                              .detail = {name + why.ja, name + why.en},
                              .errors = {{.file = {},
                                          .line = where.line(),
                                          .column = where.column(),
                                          .field = std::string{key},
                                          .code = problem}}};
}

const Json* ObjectReader::take(std::string_view key) {
    known_.push_back(key);
    return object_.find(key);
}

const Json* ObjectReader::any(std::string_view key) {
    return take(key);
}

std::string ObjectReader::required_text(std::string_view key) {
    const Json* value = take(key);
    if (value == nullptr) {
        note(Problem::attribute_missing, key, object_, {"必要な項目がありません", "is missing"});
        return {};
    }
    if (value->is_string() && !value->text().empty()) return value->text();
    note(Problem::attribute_invalid, key, *value,
         {"空でない文字列にしてください", "must be text that is not empty"});
    return {};
}

std::string ObjectReader::text(std::string_view key, std::string_view fallback) {
    const Json* value = take(key);
    if (value == nullptr) return std::string{fallback};
    if (value->is_string()) return value->text();
    note(Problem::attribute_invalid, key, *value, {"文字列にしてください", "must be text"});
    return std::string{fallback};
}

std::uint64_t ObjectReader::number(std::string_view key, std::uint64_t fallback,
                                   std::uint64_t largest) {
    const Json* value = take(key);
    if (value == nullptr) return fallback;
    const auto number = value->as_integer();
    if (number && *number > 0 && static_cast<std::uint64_t>(*number) <= largest)
        return static_cast<std::uint64_t>(*number);
    const std::string limit = std::to_string(largest);
    note(Problem::attribute_invalid, key, *value,
         {"1 から " + limit + " までの整数にしてください",
          "must be a whole number from 1 to " + limit});
    return fallback;
}

bool ObjectReader::flag(std::string_view key, bool fallback) {
    const Json* value = take(key);
    if (value == nullptr) return fallback;
    if (const auto flag = value->as_boolean()) return *flag;
    note(Problem::attribute_invalid, key, *value,
         {"true か false にしてください", "must be true or false"});
    return fallback;
}

std::string ObjectReader::choice(std::string_view key,
                                 const std::vector<std::string_view>& choices) {
    std::string chosen = text(key, choices.front());
    if (std::ranges::find(choices, chosen) != choices.end()) return chosen;
    std::string list;
    for (const std::string_view each : choices)
        list += (list.empty() ? "" : ", ") + std::string{each};
    fault(key, "次のいずれかにしてください: " + list, "must be one of: " + list);
    return std::string{choices.front()};
}

void ObjectReader::fault(std::string_view key, std::string_view why_ja, std::string_view why_en) {
    const Json* value = object_.find(key);
    note(Problem::attribute_invalid, key, value != nullptr ? *value : object_,
         {std::string{why_ja}, std::string{why_en}});
}

model::Result<void> ObjectReader::finish() {
    for (const auto& [key, value] : object_.members()) {
        if (std::ranges::find(known_, key) == known_.end())
            note(Problem::attribute_invalid, key, value, {"知らない項目です", "is not known here"});
    }
    if (trouble_) return std::unexpected(*trouble_);
    return {};
}

}  // namespace sekisho::documents
