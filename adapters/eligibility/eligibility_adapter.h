// The adapter of the eligibility system (オンライン資格確認等システム): asks whose card it is, and
// for a person's medical information; gives it what it hands on for its author (主治医意見書, F5b).
//
// In one of two forms: over HTTPS, one connection pool with the gateway's client certificate and
// one exchange for each call; or by pairs of files with a connector (files/file_adapter.h).
// README.md: protocol assumed, its source, posture, quirks.
#pragma once

#include <memory>
#include <variant>

#include "adapters/eligibility/files/file_adapter.h"
#include "adapters/peer/asked_peer.h"

namespace sekisho::eligibility_adapter {

// With `folder` the form by files, else that over HTTPS.
struct Settings {
    std::variant<peer::AskedSettings, FileSettings> form;

    static model::Result<Settings> parse(const documents::Json& object);
};

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings);

}  // namespace sekisho::eligibility_adapter
