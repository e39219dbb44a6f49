// The log's checkpoints stamped by an outside authority, again and again, as the configuration
// says.
//
// Built before the doors open; reads the anchors. run() has the head stamped and says how long to
// wait until the next: `every`, or a minute after what did not succeed. It blocks, at most
// kTimestampPatience for the authority: for an executor that may. The parts handed in outlive it.
#pragma once

#include <memory>

#include "adapters/http/http_client.h"
#include "gateway/config/config.h"
#include "gateway/platform/log.h"
#include "gateway/proof/timestamps.h"

namespace sekisho::wiring {

inline constexpr std::chrono::seconds kTimestampPatience{5};

class Timestamping {
  public:
    struct Parts {
        const proof::PublishedLog& log;
        platform::Files& files;
        platform::Random& random;
        const platform::Clock& clock;
        platform::Log& said;
    };

    static model::Result<std::unique_ptr<Timestamping>> build(const config::TimestampConfig& config,
                                                              const Parts& parts);

    std::chrono::milliseconds run();
    const proof::Timestamps& kept() const { return timestamps_; }

  private:
    Timestamping(const config::TimestampConfig& config, const Parts& parts, std::string anchors);

    std::expected<std::string, std::string> ask(std::string_view der);

    const std::string url_;
    const std::chrono::minutes every_;
    const platform::Clock& clock_;
    platform::Log& said_;
    http::HttpClient client_;
    proof::Timestamps timestamps_;
};

}  // namespace sekisho::wiring
