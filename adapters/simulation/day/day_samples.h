// Something to try the commands of README.md with: `samples/` of the demo's folder, written anew at
// each day, since a document's days may not be old and its number is taken once.
#pragma once

#include <string>

#include "adapters/simulation/day/day.h"

namespace sekisho::simulation {

// samples/opinion.csv (主治医意見書 of the clinic 1319900021) and samples/event.json, what
// `explain` asks about. False: they cannot be written.
bool write_samples(const Day& day, const std::string& demo_folder);

}  // namespace sekisho::simulation
