// Requests out of bytes: fed as they come, without any socket.
//
// Two readers must agree: our own strict scan, which refuses at the first byte that cannot be made
// well again, and Boost.Beast's parser, which frames. feed() takes bytes; next() tells what has
// come:
//
//     head     head() can be read; limit_body() must be called before next()
//     body     piece() holds the next bytes of the body, until next()
//     end      the request is whole; next() goes on with the request behind it
//     refused  refusal() says why; nothing more can be read, the connection is to be closed
//     need_more
//
// One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "gateway/listener/request_head.h"
#include "routing/model/problem.h"

namespace sekisho::listener {

class RequestReader {
  public:
    enum class Event : std::uint8_t { need_more, head, body, end, refused };
    enum class Stage : std::uint8_t { idle, head, body };  // idle: nothing of a request has come

    RequestReader();
    ~RequestReader();

    void feed(std::string_view bytes);
    Event next();

    Stage stage() const;
    const RequestHead& head() const;
    std::string_view piece() const;
    const model::Refusal& refusal() const;
    void limit_body(std::uint64_t bytes_max);  // after `head`; 0 until then

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace sekisho::listener
