#include "gateway/doctor/bundle.h"

#include <archive.h>
#include <curl/curl.h>
#include <filesystem>
#include <openssl/crypto.h>
#include <sqlite3.h>

#include "gateway/doctor/bounds.h"
#include "gateway/doctor/health_pages.h"
#include "gateway/doctor/in_time.h"
#include "gateway/doctor/log_tail.h"
#include "gateway/doctor/redaction.h"
#include "gateway/doctor/report.h"
#include "gateway/doctor/shown_configuration.h"
#include "gateway/store/store_look.h"

namespace sekisho::doctor {

namespace {

using documents::Json;

constexpr unsigned kForOwner = 0600;
constexpr std::size_t kShortFileBytesMax = 4 * model::limits::kKibibyte;
constexpr std::size_t kShownFileBytesMax = 16 * model::limits::kMebibyte;

// nullopt where it cannot be read, not in time, or is no JSON.
std::optional<Json> read_json(const std::shared_ptr<platform::Files>& files,
                              const std::string& path) {
    const auto bytes = in_time<model::Result<std::string>>(
        [files, path] { return files->read(path, kShownFileBytesMax); }, kAreaDeadline);
    if (!bytes || !*bytes) return std::nullopt;
    auto read = documents::parse_json(**bytes, {.comments = true});
    return read ? std::optional{std::move(*read)} : std::nullopt;
}

// Puts the entries together, one after the other.
class Packing {
  public:
    Packing(const BundleOf& of, Json root, KnownSecrets known)
        : of_(of),
          root_(std::move(root)),
          redactor_(std::move(known.words)),
          secret_files_unread_(known.files_unread) {}

    std::vector<BundleEntry> run() {
        add_json("doctor.json", redactor_.scrubbed(to_json(of_.examined.findings)));
        add_json("about.json", redactor_.scrubbed(about()));
        add_json("configuration.json", shown_configuration(root_, redactor_));
        add_part("routes", shown_routes);
        add_part("paths", shown_paths);
        add_part("rollout", shown_rollout);
        if (of_.examined.config) add_of_gateway(*of_.examined.config);
        return std::move(entries_);
    }

  private:
    void add_of_gateway(const config::Config& config) {
        add_json("parties.json", shown_parties(config.snapshot->directory));
        if (config.health) {
            add_page(*config.health, "/livez", "livez.json");
            add_page(*config.health, "/readyz", "readyz.json");
            if (const auto page = health_page(*config.health, "/metrics")) {
                add("metrics.txt", redactor_.metrics(page->body));
            }
        }
        if (config.log_file) add_log(*config.log_file);
        add_counts(config.store.path);
    }

    void add(const std::string& name, std::string text) {
        const bool clean = redactor_.is_clean(text);
        entries_.push_back(
            {.name = name, .text = clean ? std::move(text) : std::string{kWithheld}});
    }

    void add_json(const std::string& name, const Json& value) {
        add(name, documents::to_pretty(value) + "\n");
    }

    void add_page(const config::Address& address, std::string_view path, const std::string& name) {
        const auto page = health_page(address, path);
        const auto read = page ? documents::parse_json(page->body) : model::Result<Json>{Json{}};
        if (read && read->is_object()) add_json(name, redactor_.scrubbed(*read));
    }

    // A file that the configuration names, as far as its list goes.
    void add_part(const std::string& member, Json (*shown)(const Json&, const Redactor&)) {
        const auto named = root_.string_at(member);
        if (!named) return;
        const auto folder = std::filesystem::path{of_.config_file}.parent_path();
        const auto read = read_json(of_.machine.files, (folder / std::string{*named}).string());
        if (read) add_json(member + ".json", shown(*read, redactor_));
    }

    void add_log(const std::string& path) {
        const auto lines = in_time<std::vector<std::string>>(
            [path] { return last_lines(path, kLogLinesMax); }, kAreaDeadline);
        std::string text;
        for (const std::string& line : lines.value_or(std::vector<std::string>{})) {
            text += redactor_.log_line(line) + "\n";
        }
        add("log.jsonl", std::move(text));
    }

    void add_counts(const std::string& path) {
        using Counted = model::Result<std::vector<store::CountedRows>>;
        const auto counted = in_time<Counted>(
            [path] {
                return store::count_store(path, std::chrono::steady_clock::now() + kStoreCounting);
            },
            kStoreCounting + kAreaDeadline);
        if (!counted || !*counted) return;
        Json rows = Json::array();
        for (const store::CountedRows& row : **counted) {
            rows.push(Json::object()
                          .set("of", redactor_.plain(row.what))
                          .set("rows", row.rows ? Json::number(static_cast<std::int64_t>(*row.rows))
                                                : Json{}));
        }
        add_json("store.json", rows);
    }

    std::string short_file(const char* path) const {
        auto bytes = of_.machine.files->read(path, kShortFileBytesMax);
        if (!bytes) return {};
        return redactor_.plain(bytes->substr(0, bytes->find_first_of(" \n")));
    }

    Json about() const {
        Json libraries = Json::object();
        libraries.set("openssl", OpenSSL_version(OPENSSL_VERSION_STRING))
            .set("sqlite", sqlite3_libversion())
            .set("libarchive", archive_version_string())
            .set("libcurl", curl_version_info(CURLVERSION_NOW)->version);
        return Json::object()
            .set("sekisho", of_.version)
            .set("at", model::to_rfc3339(of_.machine.clock->now()))
            .set("kernel", short_file("/proc/sys/kernel/osrelease"))
            .set("uptime_seconds", short_file("/proc/uptime"))
            .set("debian", short_file("/etc/debian_version"))
            .set("secret_files_unread",
                 Json::number(static_cast<std::int64_t>(secret_files_unread_)))
            .set("libraries", std::move(libraries));
    }

    const BundleOf& of_;
    const Json root_;
    const Redactor redactor_;
    const std::size_t secret_files_unread_;
    std::vector<BundleEntry> entries_{};
};

}  // namespace

model::Result<std::vector<BundleEntry>> bundle_entries(const BundleOf& of) {
    const auto read = read_json(of.machine.files, of.config_file);
    Json root = read && read->is_object() ? *read : Json::object();
    auto known = in_time<KnownSecrets>(
        [root, config = of.examined.config, files = of.machine.files] {
            return secrets_in(root, config ? &config->snapshot->directory : nullptr, *files);
        },
        kAreaDeadline);
    if (!known) {
        return model::refuse(
            model::Problem::internal,
            {.ja = "秘密のファイルを時間内に読めず、含まれないことを確かめられません。束は"
                   "作りません。運用者がディスクを確かめてください",
             .en = "the secret files cannot be read in time, so that nobody can tell whether they "
                   "are in it: no bundle is made; the operator looks at the disk"});
    }
    return Packing{of, std::move(root), std::move(*known)}.run();
}

model::Result<void> write_bundle(platform::Files& files, const std::string& path,
                                 const std::vector<BundleEntry>& entries) {
    const std::string bytes = zip_of(entries);
    if (bytes.empty()) {
        return model::refuse(model::Problem::internal,
                             {.ja = "zip を作れません", .en = "the zip cannot be made"});
    }
    return files.write_whole(path, bytes, kForOwner);
}

}  // namespace sekisho::doctor
