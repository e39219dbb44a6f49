// Whom the agent answers at all, by what a browser says of a request and no page can change.
//
// Host must be a name of this agent with its port. A page of somebody else whose name was made to
// point at the loopback (DNS rebinding) is asked under that name, and turned away. Origin must be
// exactly one of the pages'; browsers send it with every call to another origin (Fetch standard,
// section 3.2), and a request without it is none of ours. Programs of this machine can write what
// they like: against them stand the pairing and the PIN.
//
// The answers' CORS headers name that one origin. Chrome asks before a page may reach into a more
// private network (W3C Private Network Access, preflight) and is told yes for these pages.
// Constant after construction; thread-safe.
#pragma once

#include <cstdint>
#include <expected>
#include <vector>

#include "gateway/agent/agent_settings.h"
#include "gateway/agent/refusal.h"
#include "gateway/listener/request_head.h"

namespace sekisho::agent {

class Door {
  public:
    Door(std::uint16_t port, std::vector<Page> pages) : port_(port), pages_(std::move(pages)) {}

    // The page that asks; it lives as long as the Door.
    std::expected<const Page*, Code> who_asks(const listener::RequestHead& head) const;

  private:
    const std::uint16_t port_;
    const std::vector<Page> pages_;
};

// The value of a header that came exactly once.
const std::string* only_value(const listener::RequestHead& head, std::string_view name);

// What an answer to that page carries.
std::vector<listener::Header> headers_for(const Page& page);

// What the answer to its preflight carries besides.
std::vector<listener::Header> preflight_headers(const listener::RequestHead& head);

}  // namespace sekisho::agent
