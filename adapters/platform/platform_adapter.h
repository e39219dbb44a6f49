// The adapter of the platform (介護情報基盤): delivers documents, asks for what it holds.
//
// One HTTPS connection pool with the gateway's client certificate. Retrying, queueing and breaking
// are the lanes' business; each call here is one exchange. README.md: protocol assumed, its source,
// posture, quirks.
#pragma once

#include <memory>
#include <string>

#include "adapters/api/adapter.h"
#include "adapters/documents/json.h"
#include "adapters/http/http_client.h"

namespace sekisho::platform_adapter {

struct Settings {
    std::string url;  // "https://127.0.0.1:9101", without a path
    http::ClientOptions client{};
    std::uint64_t answer_bytes_max = 4 * model::limits::kMebibyte;

    // {"url", "certificate", "key", "trust", "connections": 4, "answer_bytes_max", "plain_http":
    // false}. `plain_http` allows http:// to loopback, for tests; otherwise the url must be https
    // and the three files named.
    static model::Result<Settings> parse(const documents::Json& object);
};

class PlatformAdapter final : public adapters::Adapter {
  public:
    explicit PlatformAdapter(Settings settings);

    adapters::Capabilities capabilities() const override;
    adapters::Outcome deliver(const adapters::Delivery& delivery, adapters::ByteSource& body,
                              adapters::Deadline deadline) override;
    adapters::Answer ask(const model::Authorized<model::Envelope>& question,
                         adapters::Deadline deadline) override;
    adapters::Health probe(adapters::Deadline deadline) override;

  private:
    const Settings settings_;
    http::HttpClient client_;
};

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings);

}  // namespace sekisho::platform_adapter
