// `sekisho serve`: builds the gateway from its configuration, runs it until SIGTERM or SIGINT,
// drains it.
//
// SIGHUP reads the configuration anew: routes, directory, catalogue, rollout, seed facts, trust and
// the server's own certificates are replaced whole, or, when anything in it is wrong, not at all.
// Addresses, keys, store and adapters need a restart.
#pragma once

#include <string>

namespace sekisho::wiring {

// The exit code: 0 after a drain, 2 when the configuration or the machine does not let it start
// (said on standard error, in one sentence for an administrator).
int serve(const std::string& config_file);

}  // namespace sekisho::wiring
