// The adapter of the care plan exchange system (ケアプランデータ連携システム): delivers send units;
// answers no questions.
//
// Each call is one unit to one office, under an access token that the session keeps. README.md:
// what of the protocol is known and what assumed, posture, quirks.
#pragma once

#include <memory>
#include <string>

#include "adapters/api/adapter.h"
#include "adapters/careplan/session.h"
#include "adapters/documents/json.h"
#include "adapters/peer/settings.h"

namespace sekisho::careplan_adapter {

// {"url", "certificate", "key", "trust", "connections": 4, "answer_bytes_max": 1 MiB,
// "plain_http": false, "user", "password_file"}; adapters/peer/settings.h. The password file must
// be readable when the settings are read.
struct Settings : peer::Settings {
    Account account{};

    static model::Result<Settings> parse(const documents::Json& object);
};

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings);

}  // namespace sekisho::careplan_adapter
