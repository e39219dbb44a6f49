// The adapter of the eligibility system (オンライン資格確認等システム): asks whose card it is, and
// for a person's medical information; gives it what it hands on for its author (主治医意見書, F5b).
//
// One HTTPS connection pool with the gateway's client certificate; each call is one exchange.
// README.md: protocol assumed, its source, posture, quirks.
#pragma once

#include <memory>

#include "adapters/peer/asked_peer.h"

namespace sekisho::eligibility_adapter {

using Settings = peer::AskedSettings;

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings);

}  // namespace sekisho::eligibility_adapter
