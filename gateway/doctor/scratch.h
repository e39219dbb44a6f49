// A scratch file: written, synced and gone, to learn whether a folder's disk takes what it is given
// and how long that takes.
//
// It has a hidden name of its own, holds zeros, and is removed whatever happens but a kill in
// between. Throws nothing.
#pragma once

#include <chrono>
#include <expected>
#include <string>

namespace sekisho::doctor {

// How long writing and syncing took; or the call that failed, in the system's words.
std::expected<std::chrono::microseconds, std::string> try_disk(const std::string& folder,
                                                               std::size_t bytes);

}  // namespace sekisho::doctor
