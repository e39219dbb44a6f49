// A made-up nation's configuration: 1,741 insurers, 210,000 offices, 10,000 routes, beside the
// demo's own, as an administrator would have it in files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "routing/model/envelope.h"

namespace sekisho::bench {

inline constexpr int kInsurers = 1741;
inline constexpr int kOffices = 210'000;
inline constexpr int kRoutes = 10'000;

// Adds them to parties.json, rollout.json and routes.json of `folder`. Throws std::runtime_error.
void write_nation(const std::string& folder);

// Loads that insurers send of their residents, `count` different ones. More than the cache holds
// would measure the cache: an envelope is planned right after it was read.
std::vector<model::Envelope> loads_of_the_nation(std::size_t count, model::Instant now);

}  // namespace sekisho::bench
