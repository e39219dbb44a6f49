// The configuration file itself, the files it names, and what must hold between them.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "gateway/config/shapes.h"
#include "routing/model/type_pattern.h"

namespace sekisho::config {

namespace {

namespace fs = std::filesystem;

const std::string& kMailbox = model::kMailbox.text();
constexpr std::string_view kRoutes = "routes";
constexpr std::string_view kPaths = "paths";
constexpr std::int64_t kThreadsMost = 1024;

std::string resolved(const std::string& file, const std::string& named) {
    if (named.empty()) return {};
    return (fs::path{file}.parent_path() / named).lexically_normal().string();
}

std::string absolute(const std::string& file, const std::string& named) {
    if (named.empty()) return named;
    std::error_code trouble;
    const fs::path path = fs::absolute(resolved(file, named), trouble);
    return trouble ? resolved(file, named) : path.lexically_normal().string();
}

// One of the files that the configuration names, and what it mentions, which is looked up when all
// are read.
struct Part {
    std::string path;
    Mentions mentions;
};

class ConfigReader {
  public:
    ConfigReader(const std::string& file, Digest digest) : file_(file), digest_(digest) {}

    std::expected<Config, ConfigErrors> read() {
        const auto bytes = read_bytes(file_, {.file = file_, .where = {}}, complaints_);
        if (bytes) root_ = parse_file(file_, *bytes, complaints_);
        if (bytes && digest_) config_.file_digest = digest_(*bytes);
        if (root_) read_root();
        if (!complaints_.none()) return std::unexpected(complaints_.take());
        return std::move(config_);
    }

  private:
    void read_root() {
        Section root{*root_, file_, complaints_};
        if (!root_->is_object()) return;
        config_.file = absolute(fs::path{file_}.filename().string());
        config_.instance = root.required("instance", kWord<model::ZoneName>).text();
        config_.zones = config::read_zones(
            root, mentions_, [this](const std::string& named) { return absolute(named); });
        config_.health = root.optional("health", kAddress);
        check_loopback(root);
        root.object("store", Need::required, [&](Section& store) {
            config_.store.path = path(store, "path", Need::required);
            config_.store.spool_folder = path(store, "spool", Need::required);
        });
        config_.keys_folder = path(root, "keys", Need::required);
        config_.schema_folder = path(root, "schemas", Need::required);
        if (const auto pid = path(root, "pid_file", Need::optional); !pid.empty())
            config_.pid_file = pid;
        if (const auto log = path(root, "log_file", Need::optional); !log.empty())
            config_.log_file = log;
        config_.workers = threads(root, "workers", config_.workers);
        config_.delivery_threads = threads(root, "delivery_threads", config_.delivery_threads);
        read_document_memory(root);
        root.each("adapters", Need::optional, [&](Section& section) { read_adapter(section); });
        config_.admission =
            read_admission(root, [this](const std::string& named) { return absolute(named); });
        config_.timestamps =
            read_timestamps(root, [this](const std::string& named) { return absolute(named); });
        read_parts(root);
        root.finish();
    }

    void read_document_memory(Section& root) {
        constexpr std::int64_t kMebibyte = model::limits::kMebibyte;
        const auto fallback = static_cast<std::int64_t>(config_.document_memory_bytes) / kMebibyte;
        config_.document_memory_bytes = static_cast<std::uint64_t>(
            root.number("document_memory_megabytes", fallback, {.least = 64, .most = 1'000'000}) *
            kMebibyte);
    }

    void check_loopback(Section& root) {
        if (!config_.health) return;
        const std::string& host = config_.health->host;
        if (host.starts_with("127.") || host == "::1" || host == "localhost") return;
        root.complain("health", {.ja = "暗号化しないため、ループバックでなければなりません",
                                 .en = "this is plain HTTP and must be a loopback address"});
    }

    void read_adapter(Section& section) {
        AdapterConfig adapter;
        adapter.name = section.required("name", kWord<model::Via>).text();
        adapter.module_file = path(section, "module", Need::required);
        adapter.settings = Json::object();
        if (const Json* settings = section.member("settings", Need::optional)) {
            adapter.settings = *settings;
            if (!settings->is_object())
                section.complain(*settings, {.ja = "オブジェクト { … } でなければなりません",
                                             .en = "this must be an object { … }"});
        }
        if (const auto network = section.optional("network", kWord<model::ZoneName>)) {
            adapter.network = *network;
            networks_[model::Via{adapter.name}] = *network;
            if (const Json* word = section.object().find("network")) {
                mentions_.push_back({.of = Mention::Of::network,
                                     .name = network->text(),
                                     .where = place_of(*word)});
            }
        }
        adapter.line = static_cast<int>(section.object().line());
        adapter.file = file_;
        if (!vias_.insert(adapter.name).second || adapter.name == kMailbox)
            section.complain("name", {.ja = "この名前のアダプターはすでにあるか、使えない名前です",
                                      .en = "an adapter of this name exists already, or the name "
                                            "is not free"});
        config_.adapters.push_back(std::move(adapter));
    }

    void read_parts(Section& root) {
        auto snapshot = std::make_shared<plan::Snapshot>();
        snapshot->catalogue = part(root, "catalogue", Need::required, read_catalogue);
        snapshot->directory = part(root, "parties", Need::required, read_directory);
        snapshot->routes = part(root, kRoutes, Need::required, read_routes);
        snapshot->rollout = part(root, "rollout", Need::required, read_rollout);
        snapshot->paths = read_paths(root);
        // Without probes nobody would know when the other way is to be taken.
        if (config_.probe_every.count() == 0 && snapshot->directory.has_other_ways()) {
            config_.probe_every = model::limits::kProbeEvery;
        }
        if (digest_) config_.routes_digest = digest_(ruling_bytes_);
        snapshot->revision = snapshot->routes.revision();
        config_.unions = part(root, "unions", Need::optional, read_unions);
        config_.seeds = part(root, "facts", Need::optional, read_facts);
        check_mentions(*snapshot);
        check_protection(root, snapshot->catalogue);
        config_.snapshot = std::move(snapshot);
    }

    path::PathPolicy read_paths(Section& root) {
        PathsFile file = part(root, kPaths, Need::optional, config::read_paths);
        config_.probe_every = file.probe_every;
        check_networks(root, file);
        auto built = path::PathPolicy::build(std::move(file.rules), std::move(networks_));
        return built ? std::move(*built) : path::PathPolicy{};  // told where its rule stands
    }

    // A rule for all the rest leaves nothing to an adapter whose network is not named.
    void check_networks(Section& root, const PathsFile& file) {
        const auto is_for_the_rest = [](const path::PathRule& rule) { return rule.types.empty(); };
        if (std::ranges::none_of(file.rules, is_for_the_rest)) return;
        for (const AdapterConfig& adapter : config_.adapters) {
            if (!adapter.network.empty()) continue;
            root.complain("adapters", {.ja = "paths に種別のない決まりがあるため、アダプター " +
                                             adapter.name + " にも network が必要です",
                                       .en = "since paths have a rule without types, the adapter " +
                                             adapter.name + " needs a network too"});
        }
    }

    void check_protection(Section& root, const catalogue::Catalogue& catalogue) {
        for (const ZoneConfig& zone : config_.zones) {
            if (catalogue.protects(zone.name, zone.protection.by)) continue;
            const std::string name = zone.name.text();
            root.complain("zones", {.ja = "ゾーン " + name +
                                          " には、カタログの networks が定める "
                                          "protected_by が必要です",
                                    .en = "the zone " + name +
                                          " needs a protected_by that the catalogue's "
                                          "networks name for it"});
        }
    }

    template <class T>
    T part(Section& root, std::string_view key, Need need, T (*read_part)(Reading&)) {
        const std::string named = root.text(key, need);
        const Json* where = root.object().find(key);
        if (named.empty() || where == nullptr) return T{};
        Part& made = parts_[std::string{key}];
        made.path = resolved(file_, named);
        const auto bytes =
            read_bytes(made.path, {.file = file_, .where = place_of(*where)}, complaints_);
        if (!bytes) return T{};
        if (key == kRoutes || key == kPaths) ruling_bytes_ += *bytes;
        Complaints own;
        Reading reading{.file = made.path, .bytes = *bytes, .complaints = own};
        T value = read_part(reading);
        made.mentions = std::move(reading.mentions);
        complaints_.absorb(std::move(own));
        return value;
    }

    // Only when each file is sound by itself: a fault in one would otherwise echo in all that
    // mention it.
    void check_mentions(const plan::Snapshot& snapshot) {
        if (!complaints_.none()) return;
        for (const Mention& mention : mentions_) check_mention(snapshot, file_, mention);
        for (const auto& [key, part] : parts_) {
            for (const Mention& mention : part.mentions) {
                check_mention(snapshot, part.path, mention);
            }
        }
    }

    void check_mention(const plan::Snapshot& snapshot, const std::string& file,
                       const Mention& mention) {
        if (is_there(snapshot, mention)) return;
        complaints_.add(file, mention.where, absence_of(mention));
    }

    bool is_there(const plan::Snapshot& snapshot, const Mention& mention) const {
        switch (mention.of) {
            case Mention::Of::via:
                return mention.name == kMailbox || vias_.contains(mention.name);
            case Mention::Of::ways: {
                const std::size_t space = mention.name.find(' ');
                return lead_to_one_peer(mention.name.substr(0, space),
                                        mention.name.substr(space + 1));
            }
            case Mention::Of::type:
                return is_type(snapshot.catalogue, mention.name);
            case Mention::Of::network:
                return find_zone(config_, model::ZoneName{mention.name}) != nullptr;
            case Mention::Of::insurer:
                return snapshot.directory.find(
                           model::insurer_party(model::InsurerNumber{mention.name})) != nullptr;
            case Mention::Of::party: {
                const auto id = model::parse_party_id(mention.name);
                return id && snapshot.directory.find(*id) != nullptr;
            }
            case Mention::Of::digit:
                return config_.unions.contains(model::InsurerNumber{mention.name});
        }
        return false;
    }

    // As far as a configuration shows: one kind of peer, by networks that are named and so probed.
    bool lead_to_one_peer(std::string_view first, std::string_view other) const {
        const auto named = [this](std::string_view name) {
            return std::ranges::find(config_.adapters, name, &AdapterConfig::name);
        };
        const auto one = named(first);
        const auto another = named(other);
        const auto none = config_.adapters.end();
        if (one == none || another == none) return true;  // told by its name already
        return one->module_file == another->module_file && !one->network.empty() &&
               !another->network.empty();
    }

    static bool is_type(const catalogue::Catalogue& catalogue, std::string_view pattern) {
        return std::ranges::any_of(catalogue.types(), [&](const auto& type) {
            return model::names_type(pattern, type.id.text());
        });
    }

    static model::Text absence_of(const Mention& mention) {
        const std::string name = "\"" + mention.name + "\"";
        switch (mention.of) {
            case Mention::Of::via:
                return {.ja = "アダプター " + name + " は設定にありません(または \"mailbox\")",
                        .en = "there is no adapter " + name + " (or \"mailbox\")"};
            case Mention::Of::ways:
                return {.ja = "二つのアダプター " + name +
                              " は同じ module で、それぞれに network が必要です",
                        .en = "the adapters " + name +
                              " must be of one module, and each needs its network"};
            case Mention::Of::type:
                return {.ja = "情報種別 " + name + " はカタログにありません",
                        .en = "the catalogue has no information type " + name};
            case Mention::Of::network:
                return {.ja = "網 " + name + " は、この設定のゾーンにありません",
                        .en = "the network " + name + " is no zone of this configuration"};
            case Mention::Of::insurer:
                return {.ja = "保険者 " + name + " は接続機関台帳にありません",
                        .en = "the directory has no insurer " + name};
            case Mention::Of::digit:
                return {.ja = "保険者番号の検証番号が合わず、広域連合の表にもありません",
                        .en = "the insurer number fails its check digit and is no union's"};
            case Mention::Of::party:
                break;
        }
        return {.ja = "接続機関 " + name + " は接続機関台帳にありません",
                .en = "the directory has no party " + name};
    }

    std::size_t threads(Section& section, std::string_view key, std::size_t fallback) {
        return static_cast<std::size_t>(section.number(key, static_cast<std::int64_t>(fallback),
                                                       {.least = 1, .most = kThreadsMost}));
    }

    std::string path(Section& section, std::string_view key, Need need) {
        return absolute(section.text(key, need));
    }
    std::string absolute(const std::string& named) const { return config::absolute(file_, named); }

    const std::string file_;
    const Digest digest_;
    Complaints complaints_;
    std::optional<Json> root_;
    Mentions mentions_;  // of this file itself
    std::map<std::string, Part> parts_;
    std::set<std::string> vias_;
    path::Networks networks_;     // of the adapters
    std::string ruling_bytes_{};  // of the routes and, where there are any, the paths
    Config config_;
};

template <class T>
std::expected<T, ConfigErrors> load_alone(const std::string& file, T (*read_part)(Reading&)) {
    Complaints complaints;
    const auto bytes = read_bytes(file, {.file = file, .where = {}}, complaints);
    if (!bytes) return std::unexpected(complaints.take());
    Reading reading{.file = file, .bytes = *bytes, .complaints = complaints};
    T value = read_part(reading);
    if (!complaints.none()) return std::unexpected(complaints.take());
    return value;
}

}  // namespace

std::expected<Config, ConfigErrors> load(const std::string& file, Digest digest) {
    return ConfigReader{file, digest}.read();
}

std::string to_text(const ConfigErrors::Error& error) {
    return error.file + ":" + std::to_string(error.line) + ":" + std::to_string(error.column) +
           ": " + error.text.ja + " / " + error.text.en;
}

std::expected<catalogue::Catalogue, ConfigErrors> load_catalogue(const std::string& file) {
    return load_alone(file, read_catalogue);
}
std::expected<model::Directory, ConfigErrors> load_directory(const std::string& file) {
    return load_alone(file, read_directory);
}
std::expected<table::RouteTable, ConfigErrors> load_routes(const std::string& file) {
    return load_alone(file, read_routes);
}
std::expected<table::Rollout, ConfigErrors> load_rollout(const std::string& file) {
    return load_alone(file, read_rollout);
}
std::expected<SeedFacts, ConfigErrors> load_facts(const std::string& file) {
    return load_alone(file, read_facts);
}

}  // namespace sekisho::config
