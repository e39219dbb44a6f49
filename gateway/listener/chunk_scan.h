// The strict reading of chunked framing (RFC 9112, 7.1), before the parser sees it.
//
// A size is 1 to 8 hexadecimal digits directly followed by CRLF, its data by CRLF; no extensions,
// no trailers. What can no longer become well-formed is refused with the byte that makes it so. The
// scan moves over the framing only; it copies nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "routing/model/problem.h"

namespace sekisho::listener {

class ChunkScan {
  public:
    void limit(std::uint64_t bytes_max) { bytes_max_ = bytes_max; }

    // Moves over bytes up to the end of the body or the first fault; returns how many belong to it.
    std::size_t take(std::string_view bytes);

    bool complete() const { return state_ == State::complete; }
    // In the midst of a size, a line end or the last chunk: what was taken is no whole unit yet.
    bool within_framing() const {
        return state_ != State::data && state_ != State::data_return && !complete();
    }
    std::optional<model::Problem> fault() const { return fault_; }

  private:
    enum class State {
        size_first,
        size,
        size_line_feed,
        data,
        data_return,
        data_line_feed,
        last_return,
        last_line_feed,
        complete,
    };

    void take(char c);
    void take_size(char c);
    void end_size();
    void expect(char c, char wanted, State next);

    State state_ = State::size_first;
    std::uint64_t bytes_max_ = 0;
    std::uint64_t total_ = 0;
    std::uint64_t left_ = 0;  // of the present chunk
    unsigned digits_ = 0;
    std::optional<model::Problem> fault_;
};

}  // namespace sekisho::listener
