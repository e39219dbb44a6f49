// The adapter of the sharing service of medical records (電子カルテ情報共有サービス): asks what
// institutions have shared of a person; delivers nothing.
//
// One HTTPS connection pool with the gateway's client certificate; each call is one exchange.
// README.md: protocol assumed, its source, posture, quirks.
#pragma once

#include <memory>

#include "adapters/api/adapter.h"
#include "adapters/documents/json.h"
#include "adapters/peer/settings.h"

namespace sekisho::emr_sharing_adapter {

// {"url", "certificate", "key", "trust", "connections": 4, "answer_bytes_max": 4 MiB,
// "plain_http": false}; adapters/peer/settings.h.
struct Settings : peer::Settings {
    static model::Result<Settings> parse(const documents::Json& object);
};

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings);

}  // namespace sekisho::emr_sharing_adapter
