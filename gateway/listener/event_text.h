// A request whose body is JSON with whole documents in it: kept in memory, so its memory is
// reserved while it comes, and the tree's before it is read.
//
// Who finds no memory left is told to come again; nothing of the request remains.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "adapters/documents/json.h"
#include "gateway/listener/api_requests.h"

namespace sekisho::listener {

// The text, its tree and what is held for both.
struct EventText {
    std::string text;
    documents::Json tree;
    platform::MemoryAllowance::Share memory;
};

class EventTextBody final : public Receiving {
  public:
    using Serve =
        std::move_only_function<void(model::Result<EventText> event, Responder responder)>;

    EventTextBody(platform::MemoryAllowance& memory, std::uint64_t bytes_max, Serve serve)
        : memory_(memory), bytes_max_(bytes_max), serve_(std::move(serve)) {}

    std::uint64_t body_bytes_max() const override { return bytes_max_; }
    bool takes_a_turn() const override { return true; }
    model::Result<void> append(std::string_view piece) override;
    void serve(Responder responder) override;

  private:
    model::Result<EventText> read();

    platform::MemoryAllowance::Share memory_;
    const std::uint64_t bytes_max_;
    Serve serve_;
    std::string text_;
};

}  // namespace sekisho::listener
