#include "gateway/listener/chunk_scan.h"

#include <algorithm>

namespace sekisho::listener {

namespace {

using model::Problem;

constexpr unsigned kSizeDigitsMax = 8;

std::optional<unsigned> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return std::nullopt;
}

}  // namespace

std::size_t ChunkScan::take(std::string_view bytes) {
    std::size_t taken = 0;
    while (taken < bytes.size() && !complete() && !fault_) {
        if (state_ != State::data) {
            take(bytes[taken++]);
            continue;
        }
        const auto piece = std::min<std::uint64_t>(left_, bytes.size() - taken);
        taken += static_cast<std::size_t>(piece);
        left_ -= piece;
        if (left_ == 0) state_ = State::data_return;
    }
    return taken;
}

void ChunkScan::take(char c) {
    switch (state_) {
        case State::size_first:
        case State::size:
            return take_size(c);
        case State::size_line_feed:
            expect(c, '\n', State::data);
            if (!fault_) end_size();
            return;
        case State::data_return:
            return expect(c, '\r', State::data_line_feed);
        case State::data_line_feed:
            return expect(c, '\n', State::size_first);
        case State::last_return:
            return expect(c, '\r', State::last_line_feed);
        case State::last_line_feed:
            return expect(c, '\n', State::complete);
        case State::data:
        case State::complete:
            return;
    }
}

void ChunkScan::take_size(char c) {
    if (state_ == State::size_first) {
        left_ = 0;
        digits_ = 0;
    }
    if (c == '\r' && digits_ > 0) {
        state_ = State::size_line_feed;
        return;
    }
    const auto digit = hex_digit(c);
    if (!digit || digits_ >= kSizeDigitsMax) {
        fault_ = Problem::ambiguous_framing;
        return;
    }
    left_ = left_ * 16 + *digit;
    ++digits_;
    state_ = State::size;
}

void ChunkScan::end_size() {
    if (left_ == 0) {
        state_ = State::last_return;
        return;
    }
    if (left_ > bytes_max_ - std::min(total_, bytes_max_)) {
        fault_ = Problem::body_too_large;
        return;
    }
    total_ += left_;
}

void ChunkScan::expect(char c, char wanted, State next) {
    if (c != wanted) {
        fault_ = Problem::ambiguous_framing;
        return;
    }
    state_ = next;
}

}  // namespace sekisho::listener
