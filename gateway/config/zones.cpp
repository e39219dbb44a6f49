#include <algorithm>

#include "gateway/config/config.h"

namespace sekisho::config {

const ZoneConfig* find_zone(const Config& config, const model::ZoneName& name) {
    const auto found = std::ranges::find(config.zones, name, &ZoneConfig::name);
    return found == config.zones.end() ? nullptr : &*found;
}

std::vector<tunnel::Guarded> guarded_zones(const std::vector<ZoneConfig>& zones) {
    std::vector<tunnel::Guarded> guarded;
    for (const ZoneConfig& zone : zones) {
        const ZoneProtection& protection = zone.protection;
        if (protection.by != model::Protection::ipsec &&
            protection.by != model::Protection::closed_network) {
            continue;
        }
        guarded.push_back({.zone = zone.name.text(),
                           .by = protection.by,
                           .address = zone.listen.host,
                           .port = zone.listen.port,
                           .interface = protection.interface,
                           .prefixes = protection.prefixes});
    }
    return guarded;
}

}  // namespace sekisho::config
