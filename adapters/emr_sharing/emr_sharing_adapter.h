// The adapter of the sharing service of medical records (電子カルテ情報共有サービス): asks what
// institutions have shared of a person; delivers nothing.
//
// One HTTPS connection pool with the gateway's client certificate; each call is one exchange.
// README.md: protocol assumed, its source, posture, quirks.
#pragma once

#include <memory>

#include "adapters/peer/asked_peer.h"

namespace sekisho::emr_sharing_adapter {

using Settings = peer::AskedSettings;

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings);

}  // namespace sekisho::emr_sharing_adapter
