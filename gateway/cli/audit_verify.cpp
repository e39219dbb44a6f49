#include <algorithm>
#include <array>

#include "gateway/cli/commands.h"
#include "gateway/cli/log_check.h"
#include "gateway/platform/keyring.h"
#include "gateway/proof/timestamps.h"
#include "gateway/store/sqlite_store.h"
#include "routing/model/instant.h"

namespace sekisho::cli {

namespace {

using documents::Json;

Json to_json(const LogFinding& finding) {
    Json json = Json::object();
    json.set("ok", Json::boolean(finding.sound))
        .set("size", Json::number(static_cast<std::int64_t>(finding.size)))
        .set("root", model::to_hex(finding.stored_root));
    if (finding.sound) return json;
    json.set("computed_root", model::to_hex(finding.computed_root));
    if (finding.first_bad)
        json.set("first_bad", Json::number(static_cast<std::int64_t>(*finding.first_bad)));
    return json.set("ja", finding.why.ja).set("en", finding.why.en);
}

void print(std::ostream& out, const LogFinding& finding) {
    if (finding.sound) {
        out << "記録は完全です / the log is sound: " << finding.size << " leaves, root "
            << model::to_hex(finding.stored_root) << "\n";
        return;
    }
    out << "記録は改変されています / the log is not what was written\n";
    if (finding.first_bad) out << "最初の誤り / the first bad leaf: " << *finding.first_bad << "\n";
    out << finding.why.ja << " / " << finding.why.en << "\n"
        << "leaves " << finding.size << "\nstored root   " << model::to_hex(finding.stored_root)
        << "\ncomputed root " << model::to_hex(finding.computed_root) << "\n";
}

// What says how evidence is checked says nothing of a log that is recomputed, and must not be taken
// as if it did.
std::optional<std::string_view> misplaced(const Session& session) {
    constexpr std::array<std::string_view, 4> kOfEvidence{"--log-key", "--since", "--receipt",
                                                          "--keys"};
    const auto found = std::ranges::find_if(
        kOfEvidence, [&](std::string_view option) { return session.options.has(option); });
    return found == kOfEvidence.end() ? std::nullopt : std::optional{*found};
}

// What an outside authority stamped, against the log that stands.
using Stamped = std::vector<proof::CheckedTimestamp>;

model::Result<Stamped> check_stamped(const Session& session, const config::Config& config,
                                     store::View& view) {
    if (!config.timestamps) return Stamped{};
    platform::Files& files = session.world.files;
    const auto anchors =
        files.read(config.timestamps->anchors_file, model::limits::kEvidenceBytesMax);
    if (!anchors) return std::unexpected(anchors.error());
    const auto keyring = platform::Keyring::load(files, config.keys_folder);
    if (!keyring) return std::unexpected(keyring.error());
    proof::StoredRows rows{view};
    return proof::check_timestamps(
        {.files = files, .folder = config.timestamps->folder, .anchors = *anchors}, rows,
        audit::parse_vkeys(proof::verifier_keys(config.instance, keyring->log_keys())));
}

bool all_hold(const Stamped& stamped) {
    return std::ranges::all_of(stamped, [](const auto& one) { return one.time.has_value(); });
}

void print_stamped(std::ostream& out, const Stamped& stamped) {
    out << "時刻の証明 / timestamps: " << stamped.size();
    if (!stamped.empty() && stamped.back().time) {
        out << ", 最新 / newest " << model::to_rfc3339(*stamped.back().time) << " ("
            << stamped.back().size << " leaves)";
    }
    out << "\n";
    for (const auto& one : stamped) {
        if (one.time) continue;
        const model::Text& why = one.time.error().detail;
        out << "  " << one.size << ": " << why.ja << " / " << why.en << "\n";
    }
}

Json to_json(const Stamped& stamped) {
    Json rows = Json::array();
    for (const auto& one : stamped) {
        Json row = Json::object();
        row.set("size", Json::number(static_cast<std::int64_t>(one.size)));
        if (one.time) {
            row.set("time", model::to_rfc3339(*one.time));
        } else {
            row.set("ja", one.time.error().detail.ja).set("en", one.time.error().detail.en);
        }
        rows.push(std::move(row));
    }
    return rows;
}

}  // namespace

int audit_verify(const Session& session) {
    if (session.options.has("--evidence") == session.options.has("--config")) {
        return session.fail(kUsage, {.ja = "--config と --evidence のどちらか一つが必要です",
                                     .en = "exactly one of --config and --evidence is needed"});
    }
    if (session.options.has("--evidence")) return audit_check(session);
    if (const auto option = misplaced(session)) {
        return session.fail(kUsage, {.ja = std::string{*option} + " は --evidence と使います",
                                     .en = std::string{*option} + " goes with --evidence"});
    }
    const auto config = load_config(session);
    if (!config) return config.error();
    const auto store =
        store::SqliteStore::open({.path = config->store.path, .readers = 1, .read_only = true});
    if (!store) return session.fail(kCannotReach, store.error());
    const auto view = (*store)->view();
    if (!view) return session.fail(kCannotReach, view.error());
    const auto finding = check_log(**view);
    if (!finding) return session.fail(kCannotReach, finding.error());
    const auto stamped = check_stamped(session, *config, **view);
    if (!stamped) return session.fail(kCannotReach, stamped.error());
    const bool good = finding->sound && all_hold(*stamped);
    if (session.json()) {
        Json json = to_json(*finding);
        if (config->timestamps) json.set("timestamps", to_json(*stamped));
        session.print(json);
    } else {
        print(session.out(), *finding);
        if (config->timestamps) print_stamped(session.out(), *stamped);
    }
    return good ? kOk : kNo;
}

}  // namespace sekisho::cli
