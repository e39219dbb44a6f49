// ports.json: where the simulators of a demo listen, {"platform": 9101, "municipal": 9102}.
//
// Each simulator writes its own line; a lock beside the file keeps two from losing each other's,
// and the file is replaced by rename, so a reader never sees half of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "routing/model/problem.h"

namespace sekisho::simulation {

model::Result<void> write_port(const std::string& file, std::string_view peer, std::uint16_t port);
std::optional<std::uint16_t> read_port(const std::string& file, std::string_view peer);

// The whole of a small file; nullopt where it cannot be read.
std::optional<std::string> read_file(const std::string& file);
// By a hidden name and a rename.
model::Result<void> replace_file(const std::string& file, std::string_view bytes);

}  // namespace sekisho::simulation
