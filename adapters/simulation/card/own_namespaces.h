// A /run and a network of this process's own, by Linux namespaces, so that it can start the real
// smart card service whatever runs on the machine: pcscd's socket has a fixed place below /run, and
// its virtual reader listens on a port of every address. Children have the same; all of it is gone
// with the last of them, and nothing outside has changed.
#pragma once

#include <optional>
#include <string>

namespace sekisho::simulation {

// An empty /run, and a network in which there is loopback alone. An ordinary user becomes root of a
// user namespace first, where the machine permits that. The process must still have one thread.
// Returns what is wrong: then it may be halfway, and only good for ending.
std::optional<std::string> enter_own_namespaces();

// Shows `from` at `at` too, a folder that is made. For who has entered. Returns what is wrong.
std::optional<std::string> show_at(const std::string& from, const std::string& at);

// Hides what is below a folder behind an empty one. For who has entered. Returns what is wrong.
std::optional<std::string> hide_below(const std::string& folder);

}  // namespace sekisho::simulation
