// The adapters' outgoing client by itself, asking a peer as fast as it goes: what any question
// through the gateway costs at the least on its way out.
#pragma once

#include <string>

#include "tests/bench/load.h"

namespace sekisho::bench {

struct AloneResult {
    double rate = 0;  // answered with 200, per second
    double processor_seconds_each = 0;
};

AloneResult client_alone(const Credentials& credentials, const std::string& url,
                         const std::string& body, std::size_t lines, Seconds duration);

}  // namespace sekisho::bench
