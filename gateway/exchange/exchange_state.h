// What the parts of the exchange share: its collaborators, its settings, its counters. Internal to
// the room.
#pragma once

#include <atomic>

#include "gateway/exchange/ask_breakers.h"
#include "gateway/exchange/counters.h"
#include "gateway/exchange/exchange.h"

namespace sekisho::exchange {

struct Exchange::State {
    State(Collaborators collaborators, Settings options, Counters& counts)
        : with(collaborators), settings(std::move(options)), counters(counts) {}

    Collaborators with;
    Settings settings;
    Counters& counters;
    AskBreakers ask_breakers;
    std::atomic<bool> draining{false};
    std::atomic<std::size_t> questions_in_flight{0};
};

}  // namespace sekisho::exchange
