// `keys list`, `keys log` and `keys rotate`: the files of a keyring (gateway/platform/keyring.h
// names them).
#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

#include "gateway/audit/checkpoint.h"
#include "gateway/cli/commands.h"
#include "gateway/platform/keyring.h"
#include "gateway/proof/published_log.h"

namespace sekisho::cli {

namespace {

using documents::Json;
using model::Result;

constexpr unsigned kForOwner = 0600;
constexpr std::size_t kPemBytesMost = 16'384;
constexpr std::string_view kLogKey = "log-checkpoint";

struct KeyFile {
    std::string kid;   // "body-2"
    std::string kind;  // what it is for
    std::uint32_t number = 0;
    std::string file;
};

std::optional<KeyFile> key_file(const std::string& name) {
    const std::size_t dot = name.rfind('.');
    const std::string kid = name.substr(0, dot);
    if (name == "person.key") return KeyFile{.kid = kid, .kind = "person-hash", .file = name};
    if (name == "log.pem") {
        return KeyFile{.kid = kid, .kind = std::string{kLogKey}, .number = 1, .file = name};
    }
    for (const auto& [prefix, suffix, kind] :
         std::array<std::array<std::string_view, 3>, 3>{{{"body-", ".key", "body-wrapping"},
                                                         {"receipt-", ".pem", "receipt-signing"},
                                                         {"log-", ".pem", kLogKey}}}) {
        if (!name.starts_with(prefix) || !name.ends_with(suffix)) continue;
        KeyFile found{.kid = kid, .kind = std::string{kind}, .file = name};
        const char* end = kid.data() + kid.size();
        const auto [stop, trouble] = std::from_chars(kid.data() + prefix.size(), end, found.number);
        if (trouble == std::errc{} && stop == end) return found;
    }
    return std::nullopt;
}

std::expected<std::string, int> folder_of(const Session& session) {
    const bool config = session.options.has("--config");
    if (config == session.options.has("--keys")) {
        return std::unexpected(
            session.fail(kUsage, {.ja = "--config と --keys のどちらか一つが必要です",
                                  .en = "exactly one of --config and --keys is needed"}));
    }
    if (!config) return session.options.text("--keys");
    auto loaded = load_config(session);
    if (!loaded) return std::unexpected(loaded.error());
    return loaded->keys_folder;
}

Result<std::vector<KeyFile>> keys_in(const Session& session, const std::string& folder) {
    const auto names = session.world.files.list(folder);
    if (!names) {
        return model::refuse(model::Problem::internal,
                             {.ja = folder + ": 鍵のフォルダーを読めません",
                              .en = folder + ": the folder of keys cannot be read"});
    }
    std::vector<KeyFile> keys;
    for (const std::string& name : *names) {
        if (auto key = key_file(name)) keys.push_back(std::move(*key));
    }
    std::ranges::sort(keys, {}, [](const KeyFile& key) { return std::tie(key.kind, key.number); });
    return keys;
}

// When the file was written; empty where the files are not the disk's.
std::string since(const std::string& path) {
    std::error_code trouble;
    const auto time = std::filesystem::last_write_time(path, trouble);
    if (trouble) return {};
    const auto system = std::chrono::file_clock::to_sys(time);
    return model::to_rfc3339(std::chrono::floor<std::chrono::seconds>(system));
}

std::uint32_t next_number(const std::vector<KeyFile>& keys, std::string_view kind) {
    std::uint32_t highest = 0;
    for (const KeyFile& key : keys) {
        if (key.kind == kind) highest = std::max(highest, key.number);
    }
    return highest + 1;
}

struct NewKey {
    std::string name;  // what it is for
    std::string kid;
    std::string suffix;
    std::string text;
};

std::array<NewKey, 3> new_keys(platform::Random& random, const std::vector<KeyFile>& keys) {
    const auto kid = [&](std::string_view prefix, std::string_view kind) {
        return std::string{prefix} + std::to_string(next_number(keys, kind));
    };
    return {NewKey{.name = "body",
                   .kid = kid("body-", "body-wrapping"),
                   .suffix = ".key",
                   .text = platform::new_key_line(random)},
            NewKey{.name = "receipt",
                   .kid = kid("receipt-", "receipt-signing"),
                   .suffix = ".pem",
                   .text = platform::SigningKey::make().to_pem()},
            NewKey{.name = "log",
                   .kid = kid("log-", kLogKey),
                   .suffix = ".pem",
                   .text = platform::LogKey::make().to_pem()}};
}

// The public key of each log key beside it: it verifies what was signed once the key itself is
// taken away.
Result<void> keep_public(const Session& session, const std::string& folder,
                         const std::vector<KeyFile>& keys) {
    for (const KeyFile& file : keys) {
        if (file.kind != kLogKey) continue;
        const auto pem = session.world.files.read(folder + "/" + file.file, kPemBytesMost);
        if (!pem) return std::unexpected(pem.error());
        const auto key = platform::LogKey::from_pem(*pem);
        if (!key) return std::unexpected(key.error());
        const std::string name = folder + "/log-" + std::to_string(file.number) + ".pub";
        auto kept =
            session.world.files.write_whole(name, platform::public_log_line(*key), kForOwner);
        if (!kept) return kept;
    }
    return {};
}

}  // namespace

int keys_list(const Session& session) {
    const auto folder = folder_of(session);
    if (!folder) return folder.error();
    const auto keys = keys_in(session, *folder);
    if (!keys) return session.fail(kUsage, keys.error());
    // Every log key signs; of the others the newest is used, the older ones read.
    const auto present = [&](const KeyFile& key) {
        const bool is_numbered = key.number > 0 && key.kind != kLogKey;
        return !is_numbered || key.number + 1 == next_number(*keys, key.kind);
    };
    Json list = Json::array();
    for (const KeyFile& key : *keys) {
        const std::string written = since(*folder + "/" + key.file);
        if (session.json()) {
            list.push(Json::object()
                          .set("kid", key.kid)
                          .set("kind", key.kind)
                          .set("since", written)
                          .set("in_use", Json::boolean(present(key))));
        } else {
            session.out() << key.kid << "  " << key.kind << "  " << written
                          << (present(key) ? "" : "  (for reading only)") << "\n";
        }
    }
    if (session.json()) session.print(list);
    return kOk;
}

// As GET /v1/log/key gives them, without asking the gateway that is to be checked.
int keys_log(const Session& session) {
    const auto config = load_config(session);
    if (!config) return config.error();
    const auto keyring = platform::Keyring::load(session.world.files, config->keys_folder);
    if (!keyring) return session.fail(kUsage, keyring.error());
    const std::string keys = proof::verifier_keys(config->instance, keyring->log_keys());
    if (session.json()) {
        Json list = Json::array();
        for (const audit::LogVerifier& key : audit::parse_vkeys(keys)) {
            list.push(Json::string(audit::to_vkey(key)));
        }
        session.print(list);
    } else {
        session.out() << keys;
    }
    return kOk;
}

int keys_rotate(const Session& session) {
    World& world = session.world;
    const auto folder = folder_of(session);
    if (!folder) return folder.error();
    const auto sound = platform::Keyring::load(world.files, *folder);
    if (!sound) return session.fail(kUsage, sound.error());
    const auto keys = keys_in(session, *folder);
    if (!keys) return session.fail(kUsage, keys.error());
    const std::string only = session.options.text("--only");
    if (!only.empty() && only != "body" && only != "receipt" && only != "log") {
        return session.fail(kUsage, {.ja = "--only は body、receipt、log のいずれかです",
                                     .en = "--only takes body, receipt or log"});
    }
    if (auto kept = keep_public(session, *folder, *keys); !kept) {
        return session.fail(kUsage, kept.error());
    }
    Json made = Json::object();
    for (const NewKey& key : new_keys(world.random, *keys)) {
        if (!only.empty() && key.name != only) continue;
        const std::string file = *folder + "/" + key.kid + key.suffix;
        if (auto done = world.files.write_whole(file, key.text, kForOwner); !done) {
            return session.fail(kUsage, done.error());
        }
        made.set(key.name, key.kid);
    }
    if (session.json()) {
        session.print(made);
        return kOk;
    }
    for (const auto& [name, kid] : made.members()) session.out() << kid.text() << "\n";
    session.out() << "再起動した時から使われます。前の log "
                     "の鍵は、検証する側が新しい鍵に替えるまで残してください / "
                     "in use from the gateway's next start; keep the log's older key until those "
                     "who verify have the new one\n";
    return kOk;
}

}  // namespace sekisho::cli
