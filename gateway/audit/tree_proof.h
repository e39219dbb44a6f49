// Proofs over the log's Merkle tree, made and checked: RFC 6962 sections 2.1.1 (inclusion) and
// 2.1.2 (consistency), the checks as RFC 9162 sections 2.1.3.2 and 2.1.4.2 state them.
//
// Proofs are made from the tree's rows (merkle.h), so that one of a log of any size reads at most a
// few thousand hashes. Making reads through TreeRows and hands on its refusals; checking is
// arithmetic on what a stranger sent, and says no to whatever does not fit.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gateway/audit/merkle.h"
#include "routing/model/problem.h"

namespace sekisho::audit {

// `count` hashes of row `row`, from number `from` on. Fewer than asked for is a refusal: what is
// asked for is within the tree.
class TreeRows {
  public:
    virtual ~TreeRows() = default;
    virtual model::Result<std::vector<model::Sha256>> hashes(unsigned row, std::uint64_t from,
                                                             std::size_t count) = 0;
};

// Hashes from the leaf's sibling up. Requires index < size.
model::Result<std::vector<model::Sha256>> inclusion_proof(TreeRows& rows, std::uint64_t index,
                                                          std::uint64_t size);
// Requires from <= to; empty when they are equal or from is 0.
model::Result<std::vector<model::Sha256>> consistency_proof(TreeRows& rows, std::uint64_t from,
                                                            std::uint64_t to);
model::Result<model::Sha256> root_of(TreeRows& rows, std::uint64_t size);

struct Tree {
    std::uint64_t size = 0;
    model::Sha256 root{};
    friend bool operator==(const Tree&, const Tree&) = default;
};

bool includes(const Tree& tree, std::uint64_t index, const model::Sha256& leaf,
              std::span<const model::Sha256> proof);
// Is `later` nothing but `earlier` with leaves appended?
bool extends(const Tree& later, const Tree& earlier, std::span<const model::Sha256> proof);

}  // namespace sekisho::audit
