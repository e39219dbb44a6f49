// A log as the gateway makes and signs one, for those who verify it without the gateway's code:
// each leaf an access. At most 256 leaves, so that its rows are one.
#pragma once

#include <string>
#include <vector>

#include "adapters/documents/base64.h"
#include "adapters/documents/json.h"
#include "gateway/audit/checkpoint.h"
#include "gateway/audit/tree_proof.h"

namespace sekisho::tests {

class SomeLog final : public audit::TreeRows {
  public:
    explicit SomeLog(std::uint64_t size) {
        for (std::uint64_t i = 0; i < size; ++i) {
            leaves_.push_back(R"({"at":"2026-11-21T00:00:00Z","kind":"access","party":"office )" +
                              std::to_string(i) + R"(","type":"certification.progress"})");
            hashes_.push_back(audit::leaf_hash(leaves_.back()));
            tree_.append(hashes_.back());
        }
    }

    model::Result<std::vector<model::Sha256>> hashes(unsigned row, std::uint64_t from,
                                                     std::size_t count) override {
        if (row != 0 || from + count > hashes_.size())
            return model::refuse(model::Problem::internal);
        const auto begin = hashes_.begin() + static_cast<std::ptrdiff_t>(from);
        return std::vector<model::Sha256>(begin, begin + static_cast<std::ptrdiff_t>(count));
    }

    const std::string& leaf(std::uint64_t index) const { return leaves_.at(index); }
    std::string root() const { return text_of(tree_.root()); }

    std::vector<std::string> path(std::uint64_t index) {
        const auto proof = audit::inclusion_proof(*this, index, leaves_.size());
        std::vector<std::string> path;
        for (const auto& hash : proof.value()) path.push_back(text_of(hash));
        return path;
    }

    std::string note(const std::string& origin = "gateway.example") const {
        return audit::sign_checkpoint(
            {.origin = origin, .tree = {.size = leaves_.size(), .root = tree_.root()}}, {key_});
    }
    std::string vkey(const std::string& origin = "gateway.example") const {
        return audit::to_vkey({.name = origin, .public_key = key_.public_key()});
    }

    // As POST /v1/accesses/search answers it.
    documents::Json access(std::uint64_t index) {
        using documents::Json;
        auto row = documents::parse_json(leaf(index)).value();
        auto proof = Json::array();
        for (const std::string& hash : path(index))
            proof.push(Json::string(documents::to_base64(hash)));
        row.set("leaf", leaf(index));
        row.set("proof", Json::object()
                             .set("index", Json::number(static_cast<std::int64_t>(index)))
                             .set("size", Json::number(static_cast<std::int64_t>(leaves_.size())))
                             .set("leaf_hash", documents::to_base64(text_of(hashes_.at(index))))
                             .set("hashes", std::move(proof)));
        return row;
    }

  private:
    static std::string text_of(const model::Sha256& hash) { return {hash.begin(), hash.end()}; }

    platform::LogKey key_ = platform::LogKey::make();
    std::vector<std::string> leaves_;
    std::vector<model::Sha256> hashes_;
    audit::Frontier tree_;
};

}  // namespace sekisho::tests
