#include "gateway/config/config.h"

namespace sekisho::config {

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
