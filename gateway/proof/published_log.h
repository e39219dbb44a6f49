// The log as anyone may check it: checkpoints, tiles and proofs, made of what the store has.
//
// Everything is about committed leaves only. A checkpoint is signed when it is asked for: what it
// says was durable then and stays so, since leaves are never taken back. Proofs are made for any
// size up to the present one. Errors: attribute_invalid for numbers that fit no tree of this log,
// not_found for a tile that is not there yet, and what the store refuses. Immutable but for the
// store; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "adapters/documents/json.h"
#include "gateway/audit/checkpoint.h"
#include "gateway/audit/tile.h"
#include "gateway/audit/tree_proof.h"
#include "gateway/store/store.h"

namespace sekisho::proof {

// The rows of the tree as a store has them.
class StoredRows final : public audit::TreeRows {
  public:
    explicit StoredRows(store::View& view) : view_(view) {}
    model::Result<std::vector<model::Sha256>> hashes(unsigned row, std::uint64_t from,
                                                     std::size_t count) override;

  private:
    store::View& view_;
};

struct Inclusion {
    std::uint64_t index = 0;
    std::uint64_t size = 0;
    model::Sha256 leaf_hash{};
    std::vector<model::Sha256> hashes{};
};

struct Consistency {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::vector<model::Sha256> hashes{};
};

// As `GET /v1/log/proof` and `/v1/log/consistency` answer them: hashes in base64, RFC 6962 order.
documents::Json to_json(const std::vector<model::Sha256>& hashes);
documents::Json to_json(const Inclusion& inclusion);
documents::Json to_json(const Consistency& consistency);

// A vkey a line: of the keys that sign, the newest first, then of those that did. `origin` is the
// log's name.
std::string verifier_keys(const std::string& origin, const platform::LogKeys& keys);

// The head of the view's tree, once its rows give its root: a root that another hand wrote is never
// signed, because two checkpoints of one size that differ are what a log must not make.
model::Result<audit::Tree> head_to_sign(store::View& view);

// What the log promises at one moment, and its signed note.
struct SignedHead {
    std::uint64_t size = 0;
    std::string note;
};

class PublishedLog {
  public:
    // `origin` is the instance's name.
    PublishedLog(store::Store& store, std::string origin, const platform::LogKeys& keys)
        : store_(store), origin_(std::move(origin)), keys_(keys) {}

    model::Result<SignedHead> head() const;
    model::Result<std::string> checkpoint() const;  // the note of the present head
    std::string verifier_keys() const { return proof::verifier_keys(origin_, keys_); }
    model::Result<std::string> tile(const audit::TileName& name) const;
    model::Result<std::string> leaf(std::uint64_t index) const;  // not_found for one to come
    model::Result<Inclusion> inclusion(std::uint64_t index, std::uint64_t size) const;
    // Of each, in their order, out of one view.
    model::Result<std::vector<Inclusion>> inclusions(const std::vector<std::uint64_t>& indices,
                                                     std::uint64_t size) const;
    model::Result<Consistency> consistency(std::uint64_t from, std::uint64_t to) const;

  private:
    store::Store& store_;
    const std::string origin_;
    const platform::LogKeys& keys_;
};

}  // namespace sekisho::proof
