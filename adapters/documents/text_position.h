// Line and column of growing offsets in a text, found in one pass: lines count from 1 and end at
// LF, the column is the byte's place in its line from 1. Holds a view of the text. One thread.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sekisho::documents {

class TextPosition {
  public:
    explicit TextPosition(std::string_view bytes) : bytes_(bytes) {}

    // `offset` is not before the last one and not beyond the text's end.
    void move_to(std::size_t offset) {
        assert(offset >= at_ && offset <= bytes_.size());
        const std::string_view passed = bytes_.substr(0, offset);
        for (;;) {
            const std::size_t end = passed.find('\n', at_);
            if (end == std::string_view::npos) break;
            ++line_;
            at_ = line_begin_ = end + 1;
        }
        at_ = offset;
    }
    std::uint64_t line() const { return line_; }
    std::uint64_t column() const { return at_ - line_begin_ + 1; }

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    std::size_t line_begin_ = 0;
    std::uint64_t line_ = 1;
};

}  // namespace sekisho::documents
