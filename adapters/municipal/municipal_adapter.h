// The adapter of a municipality's own system (介護保険事務システム): delivers documents; answers no
// questions.
//
// Each call is one HTTPS exchange with the gateway's client certificate. The wrapper needs the
// whole document in memory, hence the smaller limit. README.md: protocol assumed, its source,
// posture, quirks.
#pragma once

#include <memory>
#include <string>

#include "adapters/api/adapter.h"
#include "adapters/documents/json.h"
#include "adapters/http/http_client.h"

namespace sekisho::municipal_adapter {

inline constexpr std::uint64_t kDocumentBytesMax = 16 * model::limits::kMebibyte;

struct Settings {
    std::string url;  // "https://127.0.0.1:9102", without a path
    http::ClientOptions client{};
    std::uint64_t answer_bytes_max = model::limits::kMebibyte;

    // {"url", "certificate", "key", "trust", "connections": 2, "answer_bytes_max", "plain_http":
    // false}. `plain_http` allows http:// to loopback, for tests; otherwise the url must be https
    // and the three files named.
    static model::Result<Settings> parse(const documents::Json& object);
};

class MunicipalAdapter final : public adapters::Adapter {
  public:
    explicit MunicipalAdapter(Settings settings);

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

}  // namespace sekisho::municipal_adapter
