#include "gateway/audit/tree_proof.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::audit {

namespace {

// A log in memory whose rows are those of its frontier.
class Log final : public TreeRows {
  public:
    explicit Log(std::uint64_t size) {
        trees_.push_back({.size = 0, .root = frontier_.root()});
        for (std::uint64_t i = 0; i < size; ++i) {
            const model::Sha256 leaf = leaf_hash("leaf " + std::to_string(i));
            keep(0, leaf);
            unsigned row = 1;
            for (const auto& root : frontier_.append(leaf)) keep(row++, root);
            trees_.push_back({.size = i + 1, .root = frontier_.root()});
        }
    }

    model::Result<std::vector<model::Sha256>> hashes(unsigned row, std::uint64_t from,
                                                     std::size_t count) override {
        if (row >= rows_.size() || from + count > rows_[row].size()) {
            return model::refuse(model::Problem::internal);
        }
        most_asked_ = std::max(most_asked_, count);
        const auto begin = rows_[row].begin() + static_cast<std::ptrdiff_t>(from);
        return std::vector<model::Sha256>(begin, begin + static_cast<std::ptrdiff_t>(count));
    }

    const model::Sha256& leaf(std::uint64_t index) const { return rows_[0].at(index); }
    const Tree& tree(std::uint64_t size) const { return trees_.at(size); }
    std::size_t most_asked() const { return most_asked_; }

  private:
    void keep(unsigned row, const model::Sha256& hash) {
        if (rows_.size() <= row) rows_.resize(row + 1);
        rows_[row].push_back(hash);
    }

    Frontier frontier_;
    std::vector<std::vector<model::Sha256>> rows_;
    std::vector<Tree> trees_;
    std::size_t most_asked_ = 0;
};

model::Sha256 changed(model::Sha256 hash) {
    hash[7] ^= 1;
    return hash;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tree_proof)

BOOST_AUTO_TEST_CASE(each_leaf_of_each_tree_up_to_seventy_is_proven_to_be_in_it) {
    Log log(70);
    for (std::uint64_t size = 1; size <= 70; ++size) {
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto proof = inclusion_proof(log, index, size).value();
            BOOST_TEST(includes(log.tree(size), index, log.leaf(index), proof));
        }
    }
}

BOOST_AUTO_TEST_CASE(each_tree_up_to_seventy_is_proven_to_extend_each_before_it) {
    Log log(70);
    for (std::uint64_t to = 0; to <= 70; ++to) {
        for (std::uint64_t from = 0; from <= to; ++from) {
            const auto proof = consistency_proof(log, from, to).value();
            BOOST_TEST(extends(log.tree(to), log.tree(from), proof));
        }
    }
}

// RFC 6962 section 2.1.3: the tree of seven leaves.
BOOST_AUTO_TEST_CASE(the_proofs_of_the_specifications_own_example_have_its_nodes) {
    Log log(7);
    const auto node = [&](std::uint64_t begin, std::uint64_t end) {
        Frontier part;
        for (std::uint64_t i = begin; i < end; ++i) part.append(log.leaf(i));
        return part.root();
    };
    using Hashes = std::vector<model::Sha256>;
    BOOST_TEST((inclusion_proof(log, 0, 7).value() == Hashes{log.leaf(1), node(2, 4), node(4, 7)}));
    BOOST_TEST((inclusion_proof(log, 3, 7).value() == Hashes{log.leaf(2), node(0, 2), node(4, 7)}));
    BOOST_TEST(
        (inclusion_proof(log, 4, 7).value() == Hashes{log.leaf(5), log.leaf(6), node(0, 4)}));
    BOOST_TEST((inclusion_proof(log, 6, 7).value() == Hashes{node(4, 6), node(0, 4)}));
    BOOST_TEST((consistency_proof(log, 3, 7).value() ==
                Hashes{log.leaf(2), log.leaf(3), node(0, 2), node(4, 7)}));
    BOOST_TEST((consistency_proof(log, 4, 7).value() == Hashes{node(4, 7)}));
    BOOST_TEST(
        (consistency_proof(log, 6, 7).value() == Hashes{node(4, 6), log.leaf(6), node(0, 4)}));
}

BOOST_AUTO_TEST_CASE(proofs_of_a_large_tree_read_at_most_half_a_tile_at_a_time) {
    constexpr std::uint64_t kSize = 70'001;  // rows 0, 1 and 2 are needed
    Log log(kSize);
    for (const std::uint64_t index : {0UL, 255UL, 256UL, 65'535UL, 65'536UL, 69'999UL, 70'000UL}) {
        const auto proof = inclusion_proof(log, index, kSize).value();
        BOOST_TEST(includes(log.tree(kSize), index, log.leaf(index), proof));
        const auto growth = consistency_proof(log, index, kSize).value();
        BOOST_TEST(extends(log.tree(kSize), log.tree(index), growth));
    }
    BOOST_TEST((root_of(log, kSize).value() == log.tree(kSize).root));
    BOOST_TEST(log.most_asked() <= kTileWidth / 2);
}

BOOST_AUTO_TEST_CASE(a_leaf_elsewhere_or_another_leaf_is_not_proven) {
    Log log(21);
    const auto proof = inclusion_proof(log, 5, 21).value();
    for (std::uint64_t index = 0; index < 25; ++index) {
        BOOST_TEST(includes(log.tree(21), index, log.leaf(5), proof) == (index == 5));
    }
    BOOST_TEST(!includes(log.tree(21), 5, log.leaf(6), proof));
    BOOST_TEST(!includes(log.tree(20), 5, log.leaf(5), proof));
    BOOST_TEST(!includes({.size = 0, .root = log.tree(0).root}, 0, log.leaf(0), {}));
}

BOOST_AUTO_TEST_CASE(a_proof_that_is_changed_shortened_or_lengthened_proves_nothing) {
    Log log(21);
    const auto sound = inclusion_proof(log, 5, 21).value();
    const auto growth = consistency_proof(log, 13, 21).value();
    for (std::size_t at = 0; at < sound.size(); ++at) {
        auto proof = sound;
        proof[at] = changed(proof[at]);
        BOOST_TEST(!includes(log.tree(21), 5, log.leaf(5), proof));
        proof = sound;
        proof.erase(proof.begin() + static_cast<std::ptrdiff_t>(at));
        BOOST_TEST(!includes(log.tree(21), 5, log.leaf(5), proof));
    }
    for (std::size_t at = 0; at < growth.size(); ++at) {
        auto proof = growth;
        proof[at] = changed(proof[at]);
        BOOST_TEST(!extends(log.tree(21), log.tree(13), proof));
        proof = growth;
        proof.erase(proof.begin() + static_cast<std::ptrdiff_t>(at));
        BOOST_TEST(!extends(log.tree(21), log.tree(13), proof));
    }
    auto longer = sound;
    longer.push_back(sound.back());
    BOOST_TEST(!includes(log.tree(21), 5, log.leaf(5), longer));
    longer = growth;
    longer.push_back(growth.back());
    BOOST_TEST(!extends(log.tree(21), log.tree(13), longer));
}

BOOST_AUTO_TEST_CASE(a_tree_that_was_set_back_or_rewritten_extends_nothing) {
    Log log(21);
    const auto proof = consistency_proof(log, 13, 21).value();
    BOOST_TEST(!extends(log.tree(13), log.tree(21), proof));
    BOOST_TEST(!extends(log.tree(21), {.size = 13, .root = changed(log.tree(13).root)}, proof));
    BOOST_TEST(!extends({.size = 21, .root = changed(log.tree(21).root)}, log.tree(13), proof));
    BOOST_TEST(!extends({.size = 13, .root = changed(log.tree(13).root)}, log.tree(13), {}));
    BOOST_TEST(!extends(log.tree(21), {.size = 0, .root = changed(log.tree(0).root)}, {}));
    BOOST_TEST(!extends(log.tree(21), log.tree(0), proof));
}

BOOST_AUTO_TEST_CASE(what_the_rows_refuse_is_handed_on) {
    Log log(3);
    BOOST_TEST(!inclusion_proof(log, 1, 300));
    BOOST_TEST(!consistency_proof(log, 1, 300));
    BOOST_TEST(!root_of(log, 300));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::audit
