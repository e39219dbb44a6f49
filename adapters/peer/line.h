// The line to one peer: its address and the pool of connections to it.
//
// A request is written without its address; the line adds the url before the path and the limit of
// the answer. Threads: any number; each call ends by its deadline.
#pragma once

#include <expected>
#include <functional>
#include <string_view>

#include "adapters/peer/settings.h"

namespace sekisho::peer {

class Line {
  public:
    explicit Line(Settings settings) : settings_(std::move(settings)), client_(settings_.client) {}

    // `path` begins with a slash; the request's own url is not looked at.
    std::expected<http::Reply, http::Failure> send(std::string_view path, http::Request request,
                                                   adapters::Deadline deadline);
    // A delivery: `read` says what the answer means. A connection that brought anything but a
    // success is not kept, so that the same answer, given again, rejects no other document.
    using Read = std::function<adapters::Outcome(const http::Reply&)>;
    adapters::Outcome deliver(std::string_view path, http::Request request, const Read& read,
                              adapters::Deadline deadline);
    // Whether the peer answers a GET of that path.
    adapters::Health health(std::string_view path, adapters::Deadline deadline);

  private:
    const Settings settings_;
    http::HttpClient client_;
};

}  // namespace sekisho::peer
