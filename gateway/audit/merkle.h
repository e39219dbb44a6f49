// The Merkle tree of the log, as arithmetic: RFC 6962 section 2.1 hashing (0x00 before a leaf, 0x01
// before a node).
//
// A Frontier is the right edge of the tree: what one must keep to append and to know the root. A
// value of at most 64 hashes. What checkpoints, tiles and proofs are made of are its rows, as C2SP
// tlog-tiles cuts them: row 0 holds the hashes of the leaves, row n the roots of the complete
// subtrees of 256^n leaves.
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

// The root over hashes of one level; their number is a power of two.
model::Sha256 root_over(std::vector<model::Sha256> hashes);

constexpr unsigned kTileHeight = 8;                        // levels of the tree in a tile
constexpr std::uint64_t kTileWidth = 1ULL << kTileHeight;  // hashes in a full tile

class Frontier {
  public:
    // The roots that this leaf completed, of row 1, 2 ...; most leaves complete none.
    std::vector<model::Sha256> append(const model::Sha256& leaf);
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
