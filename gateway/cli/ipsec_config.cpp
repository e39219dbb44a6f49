// `sekisho ipsec config`: what the IKE daemon and the packet filter must hold, written from the
// gateway's own configuration, so that who may have a tunnel stands in one place.
#include <algorithm>

#include "gateway/cli/commands.h"
#include "gateway/tunnel/packet_filter.h"
#include "gateway/tunnel/swanctl_text.h"

namespace sekisho::cli {

namespace {

using documents::Json;

struct NamedFile {
    std::string path;
    std::string text;
};

std::vector<NamedFile> files_of(const config::Config& config, const std::string& folder) {
    std::vector<NamedFile> files;
    const auto guarded = config::guarded_zones(config.zones);
    if (const auto filter = tunnel::filter_of(guarded); filter && !guarded.empty()) {
        files.push_back({.path = folder + "/sekisho.nft", .text = *filter});
    }
    for (const config::ZoneConfig& zone : config.zones) {
        const config::ZoneProtection& own = zone.protection;
        if (own.by != model::Protection::ipsec) continue;
        files.push_back({.path = folder + "/" + zone.name.text() + ".swanctl.conf",
                         .text = tunnel::swanctl_conf({.zone = zone.name,
                                                       .inside = zone.listen.host,
                                                       .outside = own.outside,
                                                       .identity = own.identity,
                                                       .certificate = own.certificate,
                                                       .authority = own.authority},
                                                      config.snapshot->directory)});
    }
    return files;
}

}  // namespace

int ipsec_config(const Session& session) {
    const auto config = load_config(session);
    if (!config) return config.error();
    const std::string& folder = session.options.operands().front();
    const auto files = files_of(*config, folder);
    if (files.empty()) {
        return session.fail(kUsage,
                            model::Text{.ja = "ipsec や closed-network で守る区分がありません",
                                        .en = "no zone is protected by ipsec or "
                                              "closed-network"});
    }
    platform::Files& disk = session.world.files;
    if (auto made = disk.make_directories(folder); !made) return session.fail(kUsage, made.error());
    Json written = Json::array();
    for (const NamedFile& file : files) {
        if (auto kept = disk.write_whole(file.path, file.text, 0644); !kept) {
            return session.fail(kUsage, kept.error());
        }
        written.push(Json::string(file.path));
        if (!session.json()) session.out() << file.path << "\n";
    }
    if (session.json()) session.print(Json::object().set("files", std::move(written)));
    return kOk;
}

}  // namespace sekisho::cli
