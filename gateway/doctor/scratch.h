// A scratch file: written, synced and gone, to learn whether a folder's disk takes what it is given
// and how long that takes.
//
// It holds zeros and loses its name as soon as it is there. Throws nothing.
#pragma once

#include <chrono>
#include <expected>
#include <string>

namespace sekisho::doctor {

// How long writing and syncing took; or the call that failed, in the system's words.
std::expected<std::chrono::microseconds, std::string> try_disk(const std::string& folder,
                                                               std::size_t bytes);

}  // namespace sekisho::doctor
