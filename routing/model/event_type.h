// A type of information as CloudEvents name it in `type`: "jp.sekisho." and the catalogue's word,
// of a question "jp.sekisho.query." and the word (CloudEvents 1.0, attribute `type`).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "routing/model/identifiers.h"

namespace sekisho::model {

inline constexpr std::string_view kEventTypePrefix = "jp.sekisho.";
inline constexpr std::string_view kQuestionTypePrefix = "jp.sekisho.query.";

inline std::string event_type(std::string_view type) {
    return std::string{kEventTypePrefix} + std::string{type};
}
inline std::string event_type(const TypeId& type) {
    return event_type(type.text());
}

inline std::string question_type(std::string_view type) {
    return std::string{kQuestionTypePrefix} + std::string{type};
}

inline bool is_question_type(std::string_view text) {
    return text.starts_with(kQuestionTypePrefix);
}

// The catalogue's word in an event's or a question's `type`; nothing where it is none of ours.
inline std::optional<TypeId> type_of_event(std::string_view text) {
    if (!text.starts_with(kEventTypePrefix)) return std::nullopt;
    const auto prefix = is_question_type(text) ? kQuestionTypePrefix : kEventTypePrefix;
    return TypeId{std::string{text.substr(prefix.size())}};
}

}  // namespace sekisho::model
