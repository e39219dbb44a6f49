// Strong<Tag>: a text that is one kind of thing and no other.
//
// Inside the gateway no std::string means an identifier. A Strong is made explicitly, at the rim,
// after its text was checked; it converts back only by text(). Two Strongs of different tags
// neither compare nor assign. A value: copy, compare, hash it; it holds no resource but its text.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace sekisho::model {

template <class Tag>
class Strong {
  public:
    Strong() = default;
    explicit Strong(std::string text) : text_(std::move(text)) {}

    const std::string& text() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }

    friend auto operator<=>(const Strong&, const Strong&) = default;
    friend bool operator==(const Strong&, const Strong&) = default;

  private:
    std::string text_;
};

}  // namespace sekisho::model

template <class Tag>
struct std::hash<sekisho::model::Strong<Tag>> {
    std::size_t operator()(const sekisho::model::Strong<Tag>& value) const noexcept {
        return std::hash<std::string>{}(value.text());
    }
};
