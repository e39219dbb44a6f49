// The Merkle tree of the log, as arithmetic: RFC 6962 section 2.1 hashing (0x00 before a leaf, 0x01
// before a node).
//
// A Frontier is the right edge of the tree: what one must keep to append and to know the root. A
// value of at most 64 hashes. Checkpoints, tiles and proofs are built on the same hashes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "routing/model/identifiers.h"

namespace sekisho::audit {

model::Sha256 leaf_hash(std::string_view leaf);
model::Sha256 node_hash(const model::Sha256& left, const model::Sha256& right);

class Frontier {
  public:
    void append(const model::Sha256& leaf);
    std::uint64_t size() const { return size_; }
    const std::vector<model::Sha256>& edge() const { return edge_; }
    model::Sha256 root() const;  // of the empty tree: SHA-256 of nothing

    std::string to_bytes() const;
    static std::optional<Frontier> from_bytes(std::string_view bytes);
    friend bool operator==(const Frontier&, const Frontier&) = default;

  private:
    std::uint64_t size_ = 0;
    std::vector<model::Sha256> edge_;  // roots of the complete subtrees, largest first
};

}  // namespace sekisho::audit
