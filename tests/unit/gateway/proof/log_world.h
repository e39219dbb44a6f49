// A log of numbered leaves in a MemoryStore, and its key.
#pragma once

#include <boost/test/unit_test.hpp>

#include "gateway/proof/published_log.h"
#include "gateway/store/memory_store.h"

namespace sekisho::proof {

struct LogWorld {
    static std::string leaf(std::uint64_t index) {
        return R"({"kind":"test","number":)" + std::to_string(index) + "}";
    }

    static audit::Frontier tree_of(std::uint64_t size) {
        audit::Frontier tree;
        for (std::uint64_t i = 0; i < size; ++i) tree.append(audit::leaf_hash(leaf(i)));
        return tree;
    }

    // Until there are `size` leaves.
    void append(std::uint64_t size) {
        const bool queued = store.submit(
            [size](store::Transaction& transaction) -> model::Result<void> {
                for (auto at = transaction.tree_head().value().size; at < size; ++at) {
                    const auto index = transaction.append_leaf(leaf(at));
                    if (!index) return std::unexpected(index.error());
                }
                return {};
            },
            [](const model::Result<void>& done) { BOOST_REQUIRE(done.has_value()); });
        BOOST_REQUIRE(queued);
        store.commit_group();
    }

    audit::LogVerifier verifier() const {
        return {.name = "gateway.example", .public_key = keys.signing.front().public_key()};
    }

    audit::Checkpoint opened(const std::string& note) const {
        return audit::open_checkpoint(note, {verifier()}).value();
    }

    store::MemoryStore store;
    platform::LogKeys keys{.signing = {platform::LogKey::make()}};
    PublishedLog log{store, "gateway.example", keys};
};

}  // namespace sekisho::proof
