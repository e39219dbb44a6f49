// The adapter of the platform (介護情報基盤): delivers documents, asks for what it holds.
//
// One HTTPS connection pool with the gateway's client certificate. Retrying, queueing and breaking
// are the lanes' business; each call here is one exchange. README.md: protocol assumed, its source,
// posture, quirks.
#pragma once

#include <memory>

#include "adapters/api/adapter.h"
#include "adapters/documents/json.h"
#include "adapters/peer/line.h"

namespace sekisho::platform_adapter {

// {"url", "certificate", "key", "trust", "connections": 16, "answer_bytes_max": 4 MiB,
// "plain_http": false}; adapters/peer/settings.h.
struct Settings : peer::Settings {
    static model::Result<Settings> parse(const documents::Json& object);
};

class PlatformAdapter final : public adapters::Adapter {
  public:
    explicit PlatformAdapter(Settings settings) : line_(std::move(settings)) {}

    adapters::Capabilities capabilities() const override;
    adapters::Outcome deliver(const adapters::Delivery& delivery, adapters::ByteSource& body,
                              adapters::Deadline deadline) override;
    adapters::Answer ask(const model::Authorized<model::Envelope>& question,
                         adapters::Deadline deadline) override;
    adapters::Health probe(adapters::Deadline deadline) override;

  private:
    peer::Line line_;
};

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings);

}  // namespace sekisho::platform_adapter
