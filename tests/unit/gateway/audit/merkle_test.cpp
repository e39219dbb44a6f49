#include "gateway/audit/merkle.h"

#include <boost/test/unit_test.hpp>

#include "gateway/platform/crypto.h"

namespace sekisho::audit {

namespace {

// The definition itself, RFC 6962 section 2.1: split at the largest power of two below n.
model::Sha256 defined_root(const std::vector<std::string>& leaves, std::size_t begin,
                           std::size_t end) {
    if (end - begin == 0) return platform::sha256("");
    if (end - begin == 1) return leaf_hash(leaves[begin]);
    std::size_t split = 1;
    while (split * 2 < end - begin) split *= 2;
    return node_hash(defined_root(leaves, begin, begin + split),
                     defined_root(leaves, begin + split, end));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(merkle)

BOOST_AUTO_TEST_CASE(the_frontier_agrees_with_the_definition_at_every_size) {
    Frontier frontier;
    std::vector<std::string> leaves;
    for (std::size_t size = 0; size <= 130; ++size) {
        BOOST_TEST((frontier.root() == defined_root(leaves, 0, leaves.size())));
        leaves.push_back("leaf " + std::to_string(size));
        frontier.append(leaf_hash(leaves.back()));
    }
}

BOOST_AUTO_TEST_CASE(a_frontier_survives_its_bytes_and_goes_on_the_same) {
    Frontier frontier;
    for (int i = 0; i < 100; ++i) {
        const auto again = Frontier::from_bytes(frontier.to_bytes());
        BOOST_REQUIRE(again);
        BOOST_TEST((*again == frontier));
        frontier = *again;
        frontier.append(leaf_hash(std::to_string(i)));
    }
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_frontier_are_refused) {
    Frontier frontier;
    for (int i = 0; i < 5; ++i) frontier.append(leaf_hash("x"));
    const std::string bytes = frontier.to_bytes();
    BOOST_TEST(bytes.size() == 8U + 2U * 32U);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        BOOST_TEST(!Frontier::from_bytes(bytes.substr(0, length)));
    }
    BOOST_TEST(!Frontier::from_bytes(bytes + "x"));
}

BOOST_AUTO_TEST_CASE(a_leaf_and_a_node_of_the_same_bytes_differ) {
    const model::Sha256 left = leaf_hash("l");
    const model::Sha256 right = leaf_hash("r");
    std::string both(left.begin(), left.end());
    both.append(right.begin(), right.end());
    BOOST_TEST((leaf_hash(both) != node_hash(left, right)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::audit
