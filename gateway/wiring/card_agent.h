// `sekisho card agent`: builds the agent of this machine and runs it until SIGINT, SIGTERM or the
// end of its terminal.
//
// It has no configuration, no store and no log. Its own certificate is made on first start; where
// it lies, and the first pairing code, are said on the terminal. Ctrl-Z is passed over: a stopped
// agent would keep a page waiting.
#pragma once

#include "gateway/agent/agent_settings.h"

namespace sekisho::wiring {

// The exit code: 0 when it was told to end, 2 when it cannot start (said on standard error, in one
// sentence).
int card_agent(const agent::AgentSettings& settings);

}  // namespace sekisho::wiring
