// The adapter of PMH (Public Medical Hub): registers the cards of a load, a few hundred a call;
// answers no questions.
//
// Each call stands under an access token that the session keeps. README.md: what of the protocol is
// known and what assumed, posture, quirks.
#pragma once

#include <memory>

#include "adapters/api/adapter.h"
#include "adapters/documents/json.h"
#include "adapters/peer/settings.h"
#include "adapters/pmh/session.h"

namespace sekisho::pmh_adapter {

// {"url", "certificate", "key", "trust", "connections": 4, "answer_bytes_max": 1 MiB,
// "plain_http": false, "client", "secret_file"}; adapters/peer/settings.h. The secret file must be
// readable when the settings are read.
struct Settings : peer::Settings {
    Account account{};

    static model::Result<Settings> parse(const documents::Json& object);
};

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings);

}  // namespace sekisho::pmh_adapter
