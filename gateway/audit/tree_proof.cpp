#include "gateway/audit/tree_proof.h"

#include <algorithm>
#include <bit>

namespace sekisho::audit {

namespace {

using Hashes = std::vector<model::Sha256>;

struct Range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::uint64_t size() const { return end - begin; }
};

// The largest power of two below n. Requires n > 1.
std::uint64_t split_of(std::uint64_t n) {
    return std::bit_floor(n - 1);
}

// The root of a complete subtree: its size is a power of two and it begins at a multiple of that.
model::Result<model::Sha256> complete_root(TreeRows& rows, Range range) {
    const auto level = static_cast<unsigned>(std::countr_zero(range.size()));
    const unsigned row = level / kTileHeight;
    const unsigned levels = level % kTileHeight;
    const std::uint64_t from = range.begin >> (row * kTileHeight);
    auto hashes = rows.hashes(row, from, std::size_t{1} << levels);
    if (!hashes) return std::unexpected(hashes.error());
    return root_over(std::move(*hashes));
}

// MTH(D[begin:end]) of RFC 6962. Only a right edge is incomplete, so that the depth is at most 64.
model::Result<model::Sha256> root_of(TreeRows& rows, Range range) {
    if (std::has_single_bit(range.size())) return complete_root(rows, range);
    const std::uint64_t middle = range.begin + split_of(range.size());
    const auto left = complete_root(rows, {.begin = range.begin, .end = middle});
    if (!left) return left;
    const auto right = root_of(rows, Range{.begin = middle, .end = range.end});
    if (!right) return right;
    return node_hash(*left, *right);
}

model::Result<Hashes> roots_of(TreeRows& rows, const std::vector<Range>& ranges) {
    Hashes hashes;
    for (const Range& range : ranges) {
        const auto root = root_of(rows, range);
        if (!root) return std::unexpected(root.error());
        hashes.push_back(*root);
    }
    return hashes;
}

}  // namespace

model::Result<model::Sha256> root_of(TreeRows& rows, std::uint64_t size) {
    if (size == 0) return Frontier().root();
    return root_of(rows, Range{.begin = 0, .end = size});
}

model::Result<Hashes> inclusion_proof(TreeRows& rows, std::uint64_t index, std::uint64_t size) {
    std::vector<Range> siblings;
    for (Range around{.begin = 0, .end = size}; around.size() > 1;) {
        const std::uint64_t middle = around.begin + split_of(around.size());
        const Range left{.begin = around.begin, .end = middle};
        const Range right{.begin = middle, .end = around.end};
        siblings.push_back(index < middle ? right : left);
        around = index < middle ? left : right;
    }
    std::ranges::reverse(siblings);
    return roots_of(rows, siblings);
}

// SUBPROOF(m, D[n], true): down along the right edge of the earlier tree; the subtree that ends
// there is left out when it is the earlier tree itself.
model::Result<Hashes> consistency_proof(TreeRows& rows, std::uint64_t from, std::uint64_t to) {
    if (from == 0 || from == to) return Hashes{};
    std::vector<Range> parts;
    Range around{.begin = 0, .end = to};
    while (around.end != from) {
        const std::uint64_t middle = around.begin + split_of(around.size());
        const Range left{.begin = around.begin, .end = middle};
        const Range right{.begin = middle, .end = around.end};
        parts.push_back(from <= middle ? right : left);
        around = from <= middle ? left : right;
    }
    if (around.begin != 0) parts.push_back(around);
    std::ranges::reverse(parts);
    return roots_of(rows, parts);
}

bool includes(const Tree& tree, std::uint64_t index, const model::Sha256& leaf,
              std::span<const model::Sha256> proof) {
    if (index >= tree.size) return false;
    std::uint64_t place = index;
    std::uint64_t last = tree.size - 1;
    model::Sha256 grown = leaf;
    for (const model::Sha256& sibling : proof) {
        if (last == 0) return false;
        if (place % 2 == 1 || place == last) {
            grown = node_hash(sibling, grown);
            while (place % 2 == 0 && place != 0) {
                place /= 2;
                last /= 2;
            }
        } else {
            grown = node_hash(grown, sibling);
        }
        place /= 2;
        last /= 2;
    }
    return last == 0 && grown == tree.root;
}

bool extends(const Tree& later, const Tree& earlier, std::span<const model::Sha256> proof) {
    if (earlier.size > later.size) return false;
    if (earlier.size == 0) return proof.empty() && earlier.root == Frontier().root();
    if (earlier.size == later.size) return proof.empty() && earlier.root == later.root;
    std::uint64_t place = earlier.size - 1;
    std::uint64_t last = later.size - 1;
    while (place % 2 == 1) {
        place /= 2;
        last /= 2;
    }
    const bool whole = std::has_single_bit(earlier.size);
    if (!whole && proof.empty()) return false;
    model::Sha256 old_root = whole ? earlier.root : proof.front();
    model::Sha256 new_root = old_root;
    for (const model::Sha256& part : whole ? proof : proof.subspan(1)) {
        if (last == 0) return false;
        if (place % 2 == 1 || place == last) {
            old_root = node_hash(part, old_root);
            new_root = node_hash(part, new_root);
            while (place % 2 == 0 && place != 0) {
                place /= 2;
                last /= 2;
            }
        } else {
            new_root = node_hash(new_root, part);
        }
        place /= 2;
        last /= 2;
    }
    return last == 0 && old_root == earlier.root && new_root == later.root;
}

}  // namespace sekisho::audit
