#include "gateway/wiring/ways.h"

#include <filesystem>

#include "routing/model/limits.h"

namespace sekisho::wiring {

namespace {

using model::Protection;

// Rules that name a device guard nothing where that one is no tunnel's: packets of anybody come by
// it. While there is none of that name, nothing comes by it.
bool is_no_tunnel(const std::string& device) {
    const std::filesystem::path here = std::filesystem::path{"/sys/class/net"} / device;
    std::error_code trouble;
    return std::filesystem::exists(here, trouble) &&
           !std::filesystem::exists(here / "tun_flags", trouble);
}

}  // namespace

tunnel::Sights Ways::sights_of(const config::ZoneProtection& protection,
                               const std::string& filter) {
    const bool by_device = protection.by == Protection::ipsec && !protection.interface.empty();
    tunnel::Sights sights;
    // The filter as a whole: a zone is no better guarded than the machine it is on.
    sights.filter_trouble =
        [this, filter,
         device = by_device ? protection.interface : ""]() -> std::optional<std::string> {
        if (!device.empty() && is_no_tunnel(device)) return device + " is no tunnel's device";
        const auto listed = kernel_.listed();
        return listed ? tunnel::difference(filter, *listed) : std::optional{listed.error()};
    };
    if (protection.by == Protection::ipsec) {
        sights.associations = [daemon = tunnel::ViciClient{protection.daemon}] {
            return daemon.associations(std::chrono::steady_clock::now() +
                                       model::limits::kTunnelAnswer);
        };
    }
    for (const std::string& prefix : protection.prefixes) {
        if (const auto read = tunnel::parse_selector(prefix)) sights.prefixes.push_back(*read);
    }
    return sights;
}

Ways::Ways(const config::Config& config, const platform::Clock& clock, platform::Log& log) {
    const auto filter = tunnel::filter_of(config::guarded_zones(config.zones)).value_or("");
    for (const config::ZoneConfig& zone : config.zones) {
        switch (zone.protection.by) {
            case Protection::none:
                break;
            case Protection::loopback:
                log.write(platform::LogLevel::warning, "loopback stands for a protected network",
                          {{"zone", zone.name.text()}});
                ways_[zone.name] = &loopback_;
                break;
            case Protection::ipsec:
            case Protection::closed_network:
                auto& watch = watches_[zone.name];
                watch = std::make_unique<tunnel::Watch>(
                    zone.name.text(), sights_of(zone.protection, filter), clock, log);
                ways_[zone.name] = watch.get();
                break;
        }
    }
}

model::Result<void> Ways::look() {
    for (const auto& [zone, watch] : watches_) {
        watch->look();
        const auto trouble = watch->filter_trouble();
        if (!trouble) continue;
        return model::refuse(
            model::Problem::internal,
            {.ja = "区分 " + zone.text() + " を守るパケットフィルターがありません(" + *trouble +
                   ")。sekisho ipsec config が書く規則を nft -f で読み込んでください",
             .en = "the packet filter that guards zone " + zone.text() + " does not stand: " +
                   *trouble + "; load the rules that `sekisho ipsec config` writes by nft -f"});
    }
    return {};
}

void Ways::start(Threads& threads) {
    for (const auto& [zone, watch] : watches_) {
        threads.start("ways", 1,
                      [one = watch.get()](const std::stop_token& stop) { one->run(stop); });
    }
}

tunnel::WayIn* Ways::of(const model::ZoneName& zone) {
    const auto found = ways_.find(zone);
    return found == ways_.end() ? nullptr : found->second;
}

}  // namespace sekisho::wiring
