// The demo's scripted day: real documents through a running gateway, each outcome compared with
// what it must be.
#pragma once

#include <string>

namespace sekisho::simulation {

struct DayOptions {
    std::string demo_folder;
    bool quiet = false;          // only the last line, and the first that went wrong
    bool without_cards = false;  // there is no desk (sekisho-sim desk)
};

// 0: all as expected; 1: not; 2: the demo's folder cannot be read.
int play_day(const DayOptions& options);

}  // namespace sekisho::simulation
