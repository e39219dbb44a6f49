// Verifying the gateway's log as the person's window does: by what is published, with nothing of
// the gateway's code.
//
// A checkpoint is a C2SP signed note (https://c2sp.org/signed-note,
// https://c2sp.org/tlog-checkpoint): origin, size, root in base64, an empty line, signatures. The
// verifier's keys are vkeys, a line each, Ed25519 only. A leaf's hash is SHA-256 over 0x00 and the
// leaf, a node's over 0x01 and its two halves (RFC 6962 section 2.1); an audit path holds the
// hashes from the leaf's sibling up (section 2.1.1). Hashes are 32 bytes. Whatever cannot be read
// proves nothing. Pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/documents/json.h"

namespace sekisho::portal_adapter {

struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    std::string root{};
    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// nullopt: no checkpoint, or signed by none of the keys under the log's own name.
std::optional<Checkpoint> open_checkpoint(std::string_view note, std::string_view vkeys);

std::string leaf_hash(std::string_view leaf);

// The root of a tree of `size` leaves in which this one is at `index`; nullopt where the path has
// not the length that it has to have.
std::optional<std::string> root_of(std::string_view leaf, std::uint64_t index, std::uint64_t size,
                                   const std::vector<std::string>& path);

// The members of a leaf that an entry shows beside it.
inline constexpr std::array<std::string_view, 8> kShown{"at",    "kind", "party",   "author",
                                                        "actor", "role", "purpose", "type"};

// What is wrong with an entry of the access list, in a few words; empty: its leaf is in the
// checkpoint's tree where the proof says, and what is shown beside it is what the leaf says.
std::string trouble_with(const documents::Json& access, const Checkpoint& checkpoint);

}  // namespace sekisho::portal_adapter
