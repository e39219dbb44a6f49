// `audit prove`: evidence out of the log, to be checked without it (gateway/proof/evidence.h).
#include <charconv>

#include "gateway/cli/commands.h"
#include "gateway/platform/keyring.h"
#include "gateway/proof/evidence.h"
#include "gateway/store/gateway_lock.h"
#include "gateway/store/sqlite_log.h"
#include "gateway/store/sqlite_store.h"
#include "routing/model/limits.h"

namespace sekisho::cli {

namespace {

using model::Result;

// The leaf that recorded the message's acceptance.
Result<std::uint64_t> leaf_of(store::View& view, const Session& session) {
    const auto id = model::parse_message_id(session.options.operands().front());
    if (!id) return model::refuse(model::Problem::message_unknown);
    const auto keys = view.messages_with_id(*id);
    if (!keys) return std::unexpected(keys.error());
    const std::string source = session.options.text("--source");
    std::optional<std::uint64_t> found;
    for (const model::MessageKey& key : *keys) {
        if (!source.empty() && model::to_string(key.source) != source) continue;
        if (found) {
            return model::refuse(
                model::Problem::attribute_missing,
                {.ja = "同じ id の電文が複数の送信元からあります。--source で選んでください",
                 .en = "several senders have a message of this id: choose one with "
                       "--source"});
        }
        const auto message = view.message(key);
        if (!message) return std::unexpected(message.error());
        if (*message) found = (*message)->leaf;
    }
    if (!found) return model::refuse(model::Problem::message_unknown);
    return *found;
}

Result<std::uint64_t> index_of(store::View& view, const Session& session) {
    const std::string number = session.options.text("--leaf");
    if (number.empty()) return leaf_of(view, session);
    std::uint64_t index = 0;
    const char* end = number.data() + number.size();
    const auto [stop, trouble] = std::from_chars(number.data(), end, index);
    if (trouble == std::errc{} && stop == end) return index;
    return model::refuse(
        model::Problem::attribute_invalid,
        {.ja = "--leaf は葉の番号です", .en = "--leaf takes the number of a leaf"});
}

Result<proof::Evidence::Leaf> prove_leaf(store::View& view, const Session& session,
                                         std::uint64_t size) {
    const auto index = index_of(view, session);
    if (!index) return std::unexpected(index.error());
    if (*index >= size) {
        return model::refuse(model::Problem::not_found,
                             {.ja = "その葉は、このチェックポイントより後のものです",
                              .en = "that leaf is of after this checkpoint"});
    }
    const auto text = view.leaves(*index, 1);
    if (!text) return std::unexpected(text.error());
    proof::StoredRows rows(view);
    auto hashes = audit::inclusion_proof(rows, *index, size);
    if (!hashes) return std::unexpected(hashes.error());
    if (text->empty()) return model::refuse(model::Problem::store_unavailable);
    return proof::Evidence::Leaf{
        .index = *index, .text = text->front(), .hashes = std::move(*hashes)};
}

Result<std::string> read_note(const Session& session, std::string_view option) {
    return session.world.files.read(session.options.text(option), model::limits::kLogNoteBytesMax);
}

std::unexpected<model::Refusal> set_back() {
    return model::refuse(model::Problem::digest_mismatch,
                         {.ja = "保管されたチェックポイントの方が新しい記録です。データベースが"
                                "古い写しに戻された疑いがあります",
                          .en = "the checkpoint that was kept is of a larger log: the database "
                                "may have been set back to an old copy"});
}

Result<proof::Evidence::Growth> prove_growth(store::View& view, const Session& session,
                                             std::uint64_t size) {
    const auto note = read_note(session, "--since");
    if (!note) return std::unexpected(note.error());
    const auto earlier = audit::parse_checkpoint(*note);
    if (!earlier) return std::unexpected(earlier.error());
    if (earlier->tree.size > size) return set_back();
    proof::StoredRows rows(view);
    auto hashes = audit::consistency_proof(rows, earlier->tree.size, size);
    if (!hashes) return std::unexpected(hashes.error());
    return proof::Evidence::Growth{.from = earlier->tree.size, .hashes = std::move(*hashes)};
}

// The checkpoint that the evidence rests on: one that was kept, or the present one.
struct Ground {
    std::string note;
    std::uint64_t size = 0;
};

Result<Ground> ground_of(store::View& view, const Session& session, const std::string& origin,
                         const platform::LogKeys& keys) {
    const auto tree = proof::head_to_sign(view);
    if (!tree) return std::unexpected(tree.error());
    if (!session.options.has("--at")) {
        return Ground{
            .note = audit::sign_checkpoint({.origin = origin, .tree = *tree}, keys.signing),
            .size = tree->size};
    }
    auto note = read_note(session, "--at");
    if (!note) return std::unexpected(note.error());
    const auto kept = audit::parse_checkpoint(*note);
    if (!kept) return std::unexpected(kept.error());
    if (kept->tree.size > tree->size) return set_back();
    return Ground{.note = std::move(*note), .size = kept->tree.size};
}

Result<proof::Evidence> prove(store::View& view, const Session& session, const std::string& origin,
                              const platform::LogKeys& keys) {
    auto ground = ground_of(view, session, origin, keys);
    if (!ground) return std::unexpected(ground.error());
    proof::Evidence evidence{.checkpoint = std::move(ground->note)};
    if (!session.options.operands().empty() || session.options.has("--leaf")) {
        auto leaf = prove_leaf(view, session, ground->size);
        if (!leaf) return std::unexpected(leaf.error());
        evidence.leaf = std::move(*leaf);
    }
    if (session.options.has("--since")) {
        auto growth = prove_growth(view, session, ground->size);
        if (!growth) return std::unexpected(growth.error());
        evidence.growth = std::move(*growth);
    }
    return evidence;
}

// What a killed gateway left in the database's log may not be on disk: only a gateway's start makes
// it so, and nothing is signed that a power cut could take back.
bool may_be_lost(const std::string& path) {
    return store::is_log_left(path) && !store::GatewayLock::is_held(path);
}

}  // namespace

int audit_prove(const Session& session) {
    const auto config = load_config(session);
    if (!config) return config.error();
    const auto keyring = platform::Keyring::load(session.world.files, config->keys_folder);
    if (!keyring) return session.fail(kUsage, keyring.error());
    if (may_be_lost(config->store.path)) {
        return session.fail(
            kCannotReach,
            {.ja = "ゲートウェイは正常に終了していません。一度起動してからやり直してください",
             .en = "the gateway was not ended in order: start it once, then prove"});
    }
    const auto store =
        store::SqliteStore::open({.path = config->store.path, .readers = 1, .read_only = true});
    if (!store) return session.fail(kCannotReach, store.error());
    const auto view = (*store)->view();
    if (!view) return session.fail(kCannotReach, view.error());
    const auto evidence = prove(**view, session, config->instance, keyring->log_keys());
    if (!evidence) return session.fail(kNo, evidence.error());
    session.print(proof::to_json(*evidence));
    return kOk;
}

}  // namespace sekisho::cli
