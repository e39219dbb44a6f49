// What a killed or troubled gateway promised, and whether it kept it: to its senders, at its peers,
// in the insurer's mailbox and in its log.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "tests/support/demo/demo_gateway.h"

namespace sekisho::tests {

// A document as its sender knows it.
struct Sent {
    std::string sender;  // "medical:1319900021"
    std::string source;  // "/medical/1319900021"
    std::string sha256;
    std::string peer;                     // the simulator that must hold it: "platform"
    std::vector<std::string> recipients;  // whose outcomes the log must tell
    std::string series{};                 // of a unit: those of a sender arrive in its order
    std::string receipt{};                // empty: it was never answered, and may be lost
};
using SentById = std::map<std::string, Sent>;

std::size_t count_acknowledged(const SentById& sent);

// Checks, of a gateway that runs and recovers: what was acknowledged was delivered as it was sent
// and as its receipt says, to each recipient, once in effect, and its fate is told (of very many:
// of some). Then stops it as an administrator does, and has the whole log verified: one outcome for
// each recipient, and no arrival at a peer that is not an attempt in it.
void check_promises(DemoGateway& gateway, const SentById& sent);

}  // namespace sekisho::tests
