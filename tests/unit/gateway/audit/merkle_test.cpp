#include "gateway/audit/merkle.h"

#include <array>
#include <boost/test/unit_test.hpp>

#include "gateway/platform/crypto.h"

namespace sekisho::audit {

namespace {

using namespace std::string_view_literals;

// The leaves and roots that the reference implementation of RFC 6962 tests with.
constexpr std::array kLeaves{""sv,
                             "\x00"sv,
                             "\x10"sv,
                             "\x20\x21"sv,
                             "\x30\x31"sv,
                             "\x40\x41\x42\x43"sv,
                             "\x50\x51\x52\x53\x54\x55\x56\x57"sv,
                             "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"sv};
constexpr std::array kRoots{"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"sv,
                            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"sv,
                            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"sv,
                            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"sv,
                            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"sv,
                            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"sv,
                            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"sv,
                            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"sv};

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

BOOST_AUTO_TEST_CASE(the_empty_tree_has_the_digest_of_nothing) {
    BOOST_TEST(model::to_hex(Frontier().root()) ==
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

BOOST_AUTO_TEST_CASE(one_to_eight_leaves_have_the_known_roots) {
    Frontier frontier;
    for (std::size_t i = 0; i < kLeaves.size(); ++i) {
        frontier.append(leaf_hash(kLeaves[i]));
        BOOST_TEST(model::to_hex(frontier.root()) == kRoots[i]);
        BOOST_TEST(frontier.size() == i + 1);
    }
}

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
