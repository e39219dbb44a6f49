// The strict reading of a request head, byte by byte.
//
// HTTP/1.1 (RFC 9112) with every liberty taken out of it over which two readers could differ: line
// ends are CRLF, the version is HTTP/1.1, the target begins with `/`, names are tokens without
// underscore directly followed by a colon, values hold no control character, nothing is folded, one
// Host, at most one Content-Length (1 to 12 digits) or one `Transfer-Encoding: chunked`, never
// both. What can no longer become well-formed is refused with the byte that makes it so.
// One request per object; one thread at a time.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/listener/request_head.h"
#include "routing/model/problem.h"

namespace sekisho::listener {

class StrictHead {
  public:
    // Takes bytes up to the end of the head or the first fault; returns how many it took.
    std::size_t take(std::string_view bytes);

    bool complete() const { return state_ == State::complete; }
    bool begun() const { return size_ > 0; }
    const std::optional<model::Refusal>& fault() const { return fault_; }
    RequestHead& head() { return head_; }
    const RequestHead& head() const { return head_; }

  private:
    enum class State {
        method,
        target,
        version,
        line_feed,
        line_start,
        name,
        value,
        last_line_feed,
        complete,
    };

    void take(char c);
    void take_method(char c);
    void take_target(char c);
    void take_version(char c);
    void take_line_start(char c);
    void take_name(char c);
    void take_value(char c);
    void end_target();
    void end_field();
    void end_head();

    // The fields that frame the request, each checked when its line ends.
    void read_host(const std::string& value);
    void read_content_length(const std::string& value);
    void read_transfer_encoding(const std::string& value);
    void read_connection(std::string_view value);
    void read_expect(std::string_view value);

    void refuse(model::Problem problem, std::string_view what);

    State state_ = State::method;
    std::size_t size_ = 0;
    std::string name_;   // of the line being read
    std::string value_;  // of the line being read; the version while that is read
    RequestHead head_;
    std::optional<model::Refusal> fault_;
};

}  // namespace sekisho::listener
