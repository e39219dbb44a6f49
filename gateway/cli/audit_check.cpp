// `audit verify --evidence`: what `audit prove` gave, checked without a gateway, a store or a
// network.
#include "gateway/audit/receipt.h"
#include "gateway/cli/commands.h"
#include "gateway/proof/evidence.h"
#include "routing/model/limits.h"

namespace sekisho::cli {

namespace {

using documents::Json;
using model::Result;

Result<std::string> read_text(const Session& session, std::string_view option) {
    return session.world.files.read(session.options.text(option), model::limits::kEvidenceBytesMax);
}

std::string without_end(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
}

// Everything that stands in options and files, read before anything is judged.
struct Kept {
    proof::Evidence evidence;
    std::vector<audit::LogVerifier> verifiers;
    std::optional<std::string> earlier{};  // a signed note
    std::optional<std::string> receipt{};
    Json receipt_keys{};
};

// Vkeys, or the file that holds them, a line each.
Result<std::vector<audit::LogVerifier>> verifiers_of(const Session& session) {
    auto given = audit::parse_vkeys(session.options.text("--log-key"));
    if (!given.empty()) return given;
    const auto text = read_text(session, "--log-key");
    if (!text) return std::unexpected(text.error());
    auto verifiers = audit::parse_vkeys(*text);
    if (!verifiers.empty()) return verifiers;
    return model::refuse(model::Problem::attribute_invalid,
                         {.ja = "--log-key は検証鍵でも検証鍵のファイルでもありません",
                          .en = "--log-key is neither a verifier's key nor a file of them"});
}

// The option that is needed besides those given.
std::optional<std::string_view> missing(const Session& session) {
    if (!session.options.has("--log-key")) return "--log-key";
    if (session.options.has("--receipt") == session.options.has("--keys")) return std::nullopt;
    return session.options.has("--receipt") ? "--keys" : "--receipt";
}

Result<Kept> read_kept(const Session& session) {
    auto verifiers = verifiers_of(session);
    if (!verifiers) return std::unexpected(verifiers.error());
    const auto text = read_text(session, "--evidence");
    if (!text) return std::unexpected(text.error());
    auto evidence = proof::parse_evidence(*text);
    if (!evidence) return std::unexpected(evidence.error());
    Kept kept{.evidence = std::move(*evidence), .verifiers = std::move(*verifiers)};
    if (session.options.has("--since")) {
        auto note = read_text(session, "--since");
        if (!note) return std::unexpected(note.error());
        kept.earlier = std::move(*note);
    }
    if (session.options.has("--receipt")) {
        auto receipt = read_text(session, "--receipt");
        if (!receipt) return std::unexpected(receipt.error());
        kept.receipt = without_end(std::move(*receipt));
        auto keys = read_json(session, session.options.text("--keys"));
        if (!keys) return std::unexpected(keys.error());
        kept.receipt_keys = std::move(*keys);
    }
    return kept;
}

Result<void> check_receipt(const Kept& kept, std::string_view origin) {
    const auto claims = audit::verify_receipt(*kept.receipt, kept.receipt_keys);
    if (!claims) return std::unexpected(claims.error());
    if (!kept.evidence.leaf) {
        return model::refuse(model::Problem::digest_mismatch,
                             {.ja = "証拠に葉がありません", .en = "the evidence has no leaf"});
    }
    return proof::check_receipt(*claims, origin, *kept.evidence.leaf);
}

Result<audit::Checkpoint> judge(const Kept& kept) {
    std::optional<audit::Checkpoint> earlier;
    if (kept.earlier) {
        auto opened = audit::open_checkpoint(*kept.earlier, kept.verifiers);
        if (!opened) return opened;
        earlier = std::move(*opened);
    }
    auto checkpoint = proof::check(kept.evidence, kept.verifiers, earlier);
    if (!checkpoint || !kept.receipt) return checkpoint;
    if (auto held = check_receipt(kept, checkpoint->origin); !held) {
        return std::unexpected(held.error());
    }
    return checkpoint;
}

void print(const Session& session, const audit::Checkpoint& checkpoint,
           const proof::Evidence& evidence) {
    if (session.json()) {
        Json json = Json::object();
        json.set("ok", Json::boolean(true))
            .set("origin", checkpoint.origin)
            .set("size", Json::number(static_cast<std::int64_t>(checkpoint.tree.size)))
            .set("root", model::to_hex(checkpoint.tree.root));
        if (evidence.leaf) json.set("leaf", evidence.leaf->text);
        return session.print(json);
    }
    session.out() << "証拠は正しいです / the evidence holds: " << checkpoint.origin << ", "
                  << checkpoint.tree.size << " leaves, root " << model::to_hex(checkpoint.tree.root)
                  << "\n";
    if (evidence.leaf) {
        session.out() << "葉 / leaf " << evidence.leaf->index << ": " << evidence.leaf->text
                      << "\n";
    }
}

}  // namespace

int audit_check(const Session& session) {
    if (const auto option = missing(session)) {
        return session.fail(kUsage, {.ja = std::string{*option} + " が必要です",
                                     .en = std::string{*option} + " is needed"});
    }
    const auto kept = read_kept(session);
    if (!kept) return session.fail(kUsage, kept.error());
    const auto checkpoint = judge(*kept);
    if (!checkpoint) return session.fail(kNo, checkpoint.error());
    print(session, *checkpoint, kept->evidence);
    return kOk;
}

}  // namespace sekisho::cli
