// The adapter of a municipality's own system (介護保険事務システム): delivers documents; answers no
// questions.
//
// Each call is one HTTPS exchange with the gateway's client certificate. The wrapper needs the
// whole document in memory, hence the smaller limit. README.md: protocol assumed, its source,
// posture, quirks.
#pragma once

#include <memory>

#include "adapters/api/adapter.h"
#include "adapters/documents/json.h"
#include "adapters/peer/line.h"

namespace sekisho::municipal_adapter {

inline constexpr std::uint64_t kDocumentBytesMax = 16 * model::limits::kMebibyte;

// {"url", "certificate", "key", "trust", "connections": 2, "answer_bytes_max": 1 MiB,
// "plain_http": false}; adapters/peer/settings.h.
struct Settings : peer::Settings {
    static model::Result<Settings> parse(const documents::Json& object);
};

class MunicipalAdapter final : public adapters::Adapter {
  public:
    explicit MunicipalAdapter(Settings settings) : line_(std::move(settings)) {}

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

}  // namespace sekisho::municipal_adapter
