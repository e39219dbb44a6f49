// The adapter of a receiver of CloudEvents: delivers documents; answers no questions.
//
// Each delivery is one POST in binary mode, streamed, over a kept connection of a bounded pool with
// the gateway's client certificate. README.md: what of it is a standard, what an acknowledgement
// is, posture, quirks.
#pragma once

#include <memory>
#include <string>

#include "adapters/api/adapter.h"
#include "adapters/documents/json.h"
#include "adapters/peer/settings.h"

namespace sekisho::webhook_adapter {

// {"url", "path": "/events", "certificate", "key", "trust", "connections": 4, "answer_bytes_max":
// 64 KiB, "plain_http": false}; adapters/peer/settings.h.
struct Settings : peer::Settings {
    std::string path{};

    static model::Result<Settings> parse(const documents::Json& object);
};

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings);

}  // namespace sekisho::webhook_adapter
