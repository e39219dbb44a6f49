// What somebody brings to have the log checked: a checkpoint, verifier's keys, the name of a tile,
// evidence. What is read is written again as it was; nothing forged opens.
#include <string>

#include "gateway/audit/tile.h"
#include "gateway/proof/evidence.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using fuzz::require;

void check_note(const std::string& text) {
    const auto checkpoint = audit::parse_checkpoint(text);
    if (!checkpoint) {
        require(checkpoint.error().problem == model::Problem::digest_mismatch, "says what it is");
        return;
    }
    require(!checkpoint->origin.empty(), "of some log");
    require(checkpoint->origin.find('\n') == std::string::npos, "whose name is one line");
    const std::string unsigned_text = audit::sign_checkpoint(*checkpoint, {});
    require(text.starts_with(unsigned_text.substr(0, unsigned_text.size() - 1)),
            "written again it is the text that was signed");
    const audit::LogVerifier stranger{.name = checkpoint->origin,
                                      .public_key = std::string(32, '\x01')};
    require(!audit::open_checkpoint(text, {stranger}), "a stranger's key opens nothing");
}

void check_keys(const std::string& text) {
    for (const audit::LogVerifier& verifier : audit::parse_vkeys(text)) {
        require(verifier.public_key.size() == 32, "a key is 32 bytes");
        require(text.find(audit::to_vkey(verifier)) != std::string::npos, "as it was written");
    }
}

void check_tile(const std::string& text) {
    const auto name = audit::parse_tile_name(text);
    if (!name) return;
    require(audit::to_path(*name) == text, "a tile has one name");
    require(name->width >= 1 && name->width <= audit::kTileWidth, "of 1 to 256 hashes");
}

void check_evidence(const std::string& text) {
    const auto evidence = proof::parse_evidence(text);
    if (!evidence) return;
    const auto again = proof::parse_evidence(documents::to_text(proof::to_json(*evidence)));
    require(again.has_value(), "evidence that was read reads again");
    require(again->leaf.has_value() == evidence->leaf.has_value(), "with its leaf");
    require(!evidence->leaf || again->leaf->hashes == evidence->leaf->hashes, "and its proof");
    require(!proof::check(*evidence, {}, std::nullopt), "without a key nothing holds");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{fuzz::text_of(data, size)};
    check_note(text);
    check_keys(text);
    check_tile(text);
    check_evidence(text);
    return 0;
}
