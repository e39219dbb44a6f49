// The adapter of the portal (マイナポータル): brings a person's notices to the person; answers no
// questions. What the portal asks for, it asks at the gateway's own door.
//
// One HTTPS connection pool with the gateway's client certificate; each call is one exchange. A
// notice is about one person, whose window it appears in. README.md: protocol assumed, its source,
// posture, quirks.
#pragma once

#include <memory>

#include "adapters/api/adapter.h"
#include "adapters/documents/json.h"
#include "adapters/peer/settings.h"

namespace sekisho::portal_adapter {

// {"url", "certificate", "key", "trust", "connections": 2, "answer_bytes_max": 1 MiB,
// "plain_http": false}; adapters/peer/settings.h.
struct Settings : peer::Settings {
    static model::Result<Settings> parse(const documents::Json& object);
};

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings);

}  // namespace sekisho::portal_adapter
