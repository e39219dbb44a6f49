#include <bit>
#include <span>

#include "gateway/audit/merkle.h"
#include "gateway/platform/crypto.h"
#include "tests/simulation/checkers.h"

namespace sekisho::tests::simulation {

namespace {

// RFC 6962 section 2.1 as it is written: split at the largest power of two below the size.
model::Sha256 root_of(std::span<const std::string> leaves) {
    if (leaves.empty()) return platform::sha256("");
    if (leaves.size() == 1) return audit::leaf_hash(leaves.front());
    const std::size_t left = std::bit_floor(leaves.size() - 1);
    return audit::node_hash(root_of(leaves.first(left)), root_of(leaves.subspan(left)));
}

}  // namespace

void ChainIntact::see_leaves(const LeavesAppended& seen) {
    if (seen.from != leaves_.size()) {
        complain("leaves were put at " + std::to_string(seen.from) + " of a log of " +
                 std::to_string(leaves_.size()));
    }
    leaves_.insert(leaves_.end(), seen.leaves.begin(), seen.leaves.end());
}

void ChainIntact::see_store(const StoreRead& seen) {
    if (seen.leaves != leaves_) complain("the log is not what was seen of it");
    if (seen.head.size != seen.leaves.size()) complain("the head has another size than the log");
    if (seen.head.root != root_of(seen.leaves)) complain("the head is not the root of the log");
}

}  // namespace sekisho::tests::simulation
