#include <filesystem>

#include "gateway/cli/commands.h"
#include "gateway/cli/pki_folder.h"
#include "gateway/platform/keyring.h"

namespace sekisho::cli {

namespace {

constexpr std::string_view kProfile = "certs/development.json";

// The project's own profile: from where one stands in it, or beside a program built within it.
std::string usual_profile() {
    namespace fs = std::filesystem;
    std::error_code trouble;
    if (fs::exists(kProfile, trouble)) return std::string{kProfile};
    const fs::path program = fs::read_symlink("/proc/self/exe", trouble);
    return (program.parent_path() / "../.." / kProfile).lexically_normal().string();
}

// True when there was none. A keyring is never replaced: what it sealed could not be opened again.
model::Result<bool> make_keys(const Session& session, const std::string& folder) {
    World& world = session.world;
    if (world.files.exists(folder + "/person.key")) return false;
    auto made = platform::Keyring::create(world.files, world.random, folder);
    if (!made) return std::unexpected(made.error());
    return true;
}

}  // namespace

int pki_init(const Session& session) {
    const auto json = read_json(session, session.options.text("--profile", usual_profile()));
    if (!json) return session.fail(kUsage, json.error());
    const auto profile = read_pki_profile(*json);
    if (!profile) return session.fail(kUsage, profile.error());
    const std::string& path = session.options.operands().front();
    const PkiFolder folder{
        .files = session.world.files, .path = path, .now = session.world.clock.now()};
    const auto written = fill(folder, *profile);
    if (!written) return session.fail(kUsage, written.error());
    bool keys = false;
    if (session.options.has("--keys")) {
        const auto made = make_keys(session, session.options.text("--keys"));
        if (!made) return session.fail(kUsage, made.error());
        keys = *made;
    }
    const auto count = [](std::size_t number) {
        return documents::Json::number(static_cast<std::int64_t>(number));
    };
    if (session.json()) {
        session.print(documents::Json::object()
                          .set("folder", path)
                          .set("made", count(written->certificates))
                          .set("kept", count(written->kept))
                          .set("lists", count(written->lists))
                          .set("keyring_made", documents::Json::boolean(keys)));
        return kOk;
    }
    session.out() << path << ": " << written->certificates << " certificates made, "
                  << written->kept << " kept, " << written->lists << " revocation lists issued"
                  << (keys ? ", keyring made" : "") << "\n開発用です。本番では使わないでください / "
                  << "for development only, never for production\n";
    return kOk;
}

}  // namespace sekisho::cli
