// Evidence: what one takes away from a log to prove something without it, years later.
//
// A checkpoint; a leaf with its proof that it is in the checkpoint's tree; a proof that the tree
// extends one that somebody kept. Each of the last two may be left out. As JSON:
//
//     {"checkpoint": "<signed note>",
//      "leaf": {"index", "text", "hashes"}, "growth": {"from", "hashes"}}
//
// `check()` asks nobody: it takes the evidence, a verifier's key, and what was kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/proof/published_log.h"

namespace sekisho::proof {

struct Evidence {
    struct Leaf {
        std::uint64_t index = 0;
        std::string text;  // canonical JSON
        std::vector<model::Sha256> hashes{};
    };
    struct Growth {
        std::uint64_t from = 0;
        std::vector<model::Sha256> hashes{};
    };
    std::string checkpoint;
    std::optional<Leaf> leaf{};
    std::optional<Growth> growth{};
};

documents::Json to_json(const Evidence& evidence);
model::Result<Evidence> parse_evidence(std::string_view text);  // json_malformed

// That this leaf, with this text, is in the log as it is now.
model::Result<Evidence> evidence_of(const PublishedLog& log, std::uint64_t index, std::string text);

// The checkpoint in the evidence, when it is the verifier's and all that the evidence says follows
// from it; digest_mismatch, saying which does not. `earlier` is a checkpoint somebody kept: then
// there must be a growth from it, and otherwise none.
model::Result<audit::Checkpoint> check(const Evidence& evidence,
                                       const std::vector<audit::LogVerifier>& verifiers,
                                       const std::optional<audit::Checkpoint>& earlier);

// Is the leaf the acceptance that a receipt's claims (audit/receipt.h) tell of? digest_mismatch,
// naming the claim that differs.
model::Result<void> check_receipt(const documents::Json& claims, std::string_view origin,
                                  const Evidence::Leaf& leaf);

}  // namespace sekisho::proof
