// `keys list`, `keys log` and `keys rotate`: the files of a keyring.
#include <algorithm>
#include <array>

#include "gateway/audit/checkpoint.h"
#include "gateway/cli/commands.h"
#include "gateway/platform/key_file.h"
#include "gateway/platform/keyring.h"
#include "gateway/proof/published_log.h"

namespace sekisho::cli {

namespace {

using documents::Json;
using model::Result;
using platform::KeyFile;
using platform::KeyUse;

constexpr unsigned kForOwner = 0600;
constexpr std::size_t kPemBytesMost = 16'384;

// What a key is for, in the words of `keys list`.
std::string_view kind_of(KeyUse use) {
    switch (use) {
        case KeyUse::body:
            return "body-wrapping";
        case KeyUse::person:
            return "person-hash";
        case KeyUse::receipt:
            return "receipt-signing";
        case KeyUse::log:
        case KeyUse::retired_log:
            break;
    }
    return "log-checkpoint";
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
        const auto key = platform::key_file(name);
        if (key && key->use != KeyUse::retired_log) keys.push_back(*key);
    }
    std::ranges::sort(keys, {},
                      [](const KeyFile& key) { return std::pair{kind_of(key.use), key.number}; });
    return keys;
}

std::string in_folder(const std::string& folder, const KeyFile& file) {
    return std::string{folder}.append("/").append(name_of(file));
}

std::uint32_t next_number(const std::vector<KeyFile>& keys, KeyUse use) {
    std::uint32_t highest = 0;
    for (const KeyFile& key : keys) {
        if (key.use == use) highest = std::max(highest, key.number);
    }
    return highest + 1;
}

struct NewKey {
    std::string_view only;  // the word of --only
    KeyFile file;
    std::string text;
};

std::array<NewKey, 3> new_keys(platform::Random& random, const std::vector<KeyFile>& keys) {
    const auto next = [&](KeyUse use) {
        return KeyFile{.use = use, .number = next_number(keys, use)};
    };
    return {
        NewKey{.only = "body", .file = next(KeyUse::body), .text = platform::new_key_line(random)},
        NewKey{.only = "receipt",
               .file = next(KeyUse::receipt),
               .text = platform::SigningKey::make().to_pem()},
        NewKey{
            .only = "log", .file = next(KeyUse::log), .text = platform::LogKey::make().to_pem()}};
}

// The public key of each log key beside it: it verifies what was signed once the key itself is
// taken away.
Result<void> keep_public(const Session& session, const std::string& folder,
                         const std::vector<KeyFile>& keys) {
    for (const KeyFile& file : keys) {
        if (file.use != KeyUse::log) continue;
        const auto pem = session.world.files.read(in_folder(folder, file), kPemBytesMost);
        if (!pem) return std::unexpected(pem.error());
        const auto key = platform::LogKey::from_pem(*pem);
        if (!key) return std::unexpected(key.error());
        auto kept = session.world.files.write_whole(
            in_folder(folder, {.use = KeyUse::retired_log, .number = file.number}),
            platform::public_log_line(*key), kForOwner);
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
        const bool is_numbered = key.number > 0 && key.use != KeyUse::log;
        return !is_numbered || key.number + 1 == next_number(*keys, key.use);
    };
    Json list = Json::array();
    for (const KeyFile& key : *keys) {
        // Unknown where the files are not the disk's.
        const auto at = platform::written_at(in_folder(*folder, key));
        const std::string written = at ? model::to_rfc3339(*at) : "";
        const std::string kid = kid_of(key);
        if (session.json()) {
            list.push(Json::object()
                          .set("kid", kid)
                          .set("kind", std::string{kind_of(key.use)})
                          .set("since", written)
                          .set("in_use", Json::boolean(present(key))));
        } else {
            session.out() << kid << "  " << kind_of(key.use) << "  " << written
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
        if (!only.empty() && key.only != only) continue;
        const std::string path = in_folder(*folder, key.file);
        if (auto done = world.files.write_whole(path, key.text, kForOwner); !done) {
            return session.fail(kUsage, done.error());
        }
        made.set(std::string{key.only}, kid_of(key.file));
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
