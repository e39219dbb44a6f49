// The simulated peers by name. Listing each by hand; nothing registers itself.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "adapters/api/simulated_peer.h"
#include "adapters/http/http_client.h"

namespace sekisho::simulation {

struct PeerOptions {
    std::string state_folder{};      // empty: forgets at the end
    std::string gateway_url{};       // for a peer that sends by itself
    http::ClientOptions client{};    // as whom
    std::string log_key_file{};      // for a peer that checks the gateway's log
    std::string connector_folder{};  // for a peer that is spoken to by files too
};

// nullptr where there is no such peer.
std::unique_ptr<adapters::SimulatedPeer> make_peer(std::string_view name,
                                                   const PeerOptions& options);

}  // namespace sekisho::simulation
