// An answer, and its bytes on the wire.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/listener/request_head.h"
#include "gateway/platform/memory_allowance.h"
#include "routing/model/instant.h"

namespace sekisho::listener {

struct Response {
    int status = 200;
    std::string content_type{};  // empty: no body
    std::string body{};
    std::vector<Header> headers{};  // further ones; names as they shall stand
    bool close = false;             // the connection ends behind it
    // What it holds of the memory for documents, until its last byte is written.
    std::vector<platform::MemoryAllowance::Share> memory{};
};

enum class BodyPart : std::uint8_t { sent, left_out };  // left out: the answer to HEAD

std::string to_bytes(const Response& response, model::Instant now, BodyPart body);

inline constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace sekisho::listener
