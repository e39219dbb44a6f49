#include "gateway/proof/published_log.h"

#include <boost/test/unit_test.hpp>

#include "tests/unit/gateway/proof/log_world.h"

namespace sekisho::proof {

using model::Problem;

BOOST_FIXTURE_TEST_SUITE(published_log, LogWorld)

BOOST_AUTO_TEST_CASE(the_checkpoint_of_an_empty_log_opens_with_its_key) {
    const auto checkpoint = audit::open_checkpoint(log.checkpoint().value(), {verifier()});
    BOOST_REQUIRE(checkpoint);
    BOOST_TEST(checkpoint->origin == "gateway.example");
    BOOST_TEST(checkpoint->tree.size == 0U);
    BOOST_TEST((checkpoint->tree.root == audit::Frontier().root()));
}

BOOST_AUTO_TEST_CASE(a_checkpoint_is_of_what_was_committed) {
    append(700);
    const auto checkpoint = opened(log.checkpoint().value());
    BOOST_TEST(checkpoint.tree.size == 700U);
    BOOST_TEST((checkpoint.tree.root == tree_of(700).root()));
}

BOOST_AUTO_TEST_CASE(verifier_keys_are_a_line_each) {
    const std::string text = log.verifier_keys();
    BOOST_TEST(text.ends_with('\n'));
    BOOST_TEST((audit::parse_vkey(text.substr(0, text.size() - 1)).value() == verifier()));
}

BOOST_AUTO_TEST_CASE(each_leaf_is_proven_in_each_size_that_has_it) {
    append(300);
    for (const std::uint64_t size : {1UL, 2UL, 255UL, 256UL, 257UL, 300UL}) {
        const audit::Tree tree{.size = size, .root = tree_of(size).root()};
        for (std::uint64_t index = 0; index < size; index += 37) {
            const auto proof = log.inclusion(index, size).value();
            BOOST_TEST((proof.leaf_hash == audit::leaf_hash(leaf(index))));
            BOOST_TEST(audit::includes(tree, index, proof.leaf_hash, proof.hashes));
        }
    }
}

BOOST_AUTO_TEST_CASE(several_leaves_are_proven_as_each_is_in_their_order) {
    append(300);
    const std::vector<std::uint64_t> indices{299, 4, 255};
    const auto proofs = log.inclusions(indices, 300).value();
    BOOST_TEST_REQUIRE(proofs.size() == 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        const auto one = log.inclusion(indices[i], 300).value();
        BOOST_TEST((to_json(proofs[i]) == to_json(one)));
        BOOST_TEST(proofs[i].index == indices[i]);
    }
    BOOST_TEST(log.inclusions({}, 300).value().empty());
    BOOST_TEST(!log.inclusions({4, 300}, 300));
    BOOST_TEST(!log.inclusions({4}, 301));
}

BOOST_AUTO_TEST_CASE(any_two_sizes_are_consistent) {
    append(300);
    for (const std::uint64_t to : {0UL, 1UL, 256UL, 300UL}) {
        for (std::uint64_t from = 0; from <= to; from += 19) {
            const auto proof = log.consistency(from, to).value();
            BOOST_TEST(audit::extends({.size = to, .root = tree_of(to).root()},
                                      {.size = from, .root = tree_of(from).root()}, proof.hashes));
        }
    }
}

BOOST_AUTO_TEST_CASE(numbers_that_fit_no_tree_are_refused_with_the_size_there_is) {
    append(3);
    for (const auto& refused : {log.inclusion(3, 3), log.inclusion(0, 4), log.inclusion(0, 0),
                                log.inclusion(UINT64_MAX, UINT64_MAX)}) {
        BOOST_REQUIRE(!refused);
        BOOST_TEST((refused.error().problem == Problem::attribute_invalid));
    }
    for (const auto& refused : {log.consistency(2, 4), log.consistency(3, 2)}) {
        BOOST_REQUIRE(!refused);
        BOOST_TEST((refused.error().problem == Problem::attribute_invalid));
    }
    BOOST_TEST(log.inclusion(0, 4).error().detail.en.find("3 leaves") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(tiles_have_the_hashes_of_their_row) {
    append(600);
    std::vector<model::Sha256> leaves;
    for (std::uint64_t i = 256; i < 512; ++i) leaves.push_back(audit::leaf_hash(leaf(i)));
    BOOST_TEST(log.tile({.row = 0, .number = 1}).value() == audit::hash_tile(leaves));
    leaves.resize(7);
    BOOST_TEST(log.tile({.row = 0, .number = 1, .width = 7}).value() == audit::hash_tile(leaves));
    const auto above = log.tile({.row = 1, .number = 0, .width = 2}).value();
    BOOST_TEST(above.starts_with(audit::hash_tile({tree_of(256).root()})));
    BOOST_TEST(above.size() == 64U);
}

BOOST_AUTO_TEST_CASE(entry_tiles_have_the_leaves) {
    append(3);
    BOOST_TEST(log.tile({.row = std::nullopt, .number = 0, .width = 2}).value() ==
               audit::entry_tile({leaf(0), leaf(1)}).value());
}

BOOST_AUTO_TEST_CASE(a_tile_that_is_not_there_yet_is_not_found) {
    append(300);
    for (const audit::TileName& name : {audit::TileName{.row = 0, .number = 1},
                                        {.row = 0, .number = 2, .width = 1},
                                        {.row = 1, .number = 0},
                                        {.row = std::nullopt, .number = 1, .width = 45}}) {
        const auto tile = log.tile(name);
        BOOST_REQUIRE(!tile);
        BOOST_TEST((tile.error().problem == Problem::not_found));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::proof
