#include "gateway/tunnel/swanctl_text.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace sekisho::tunnel {

namespace {

constexpr std::string_view kProposals = "aes256gcm16-prfsha384-ecp384,aes256gcm16-prfsha384-x25519";
constexpr std::string_view kEspProposals = "aes256gcm16-ecp384,aes256gcm16-x25519";

struct End {
    const model::PartyId* party;
    const model::TunnelEnd* tunnel;
    std::size_t number;  // within the party, from 1
};

std::vector<End> ends_of(const model::Directory& directory, const model::ZoneName& zone) {
    std::vector<End> ends;
    for (const auto& [id, party] : directory.all()) {
        std::size_t number = 0;
        for (const model::CertificatePattern& pattern : party.certificates) {
            if (pattern.zone != zone || party.suspended) continue;
            for (const model::TunnelEnd& tunnel : pattern.tunnels) {
                ends.push_back({.party = &party.id, .tunnel = &tunnel, .number = ++number});
            }
        }
    }
    return ends;
}

std::set<model::PartyId> without_tunnel(const model::Directory& directory,
                                        const model::ZoneName& zone) {
    std::set<model::PartyId> parties;
    for (const auto& [id, party] : directory.all()) {
        const bool has_none =
            std::ranges::any_of(party.certificates, [&](const model::CertificatePattern& pattern) {
                return pattern.zone == zone && pattern.tunnels.empty();
            });
        if (has_none) parties.insert(id);
    }
    return parties;
}

// One device: the daemon tells connections apart by these, before it sees what they are to carry.
using Device = std::pair<std::string, std::string>;  // identity, outside

// In the order of the parties, so that the same directory gives the same file.
std::vector<std::pair<Device, std::vector<End>>> devices_of(std::vector<End> ends) {
    std::ranges::sort(ends, {}, [](const End& end) { return std::tie(*end.party, end.number); });
    std::vector<std::pair<Device, std::vector<End>>> devices;
    for (const End& end : ends) {
        const Device device{end.tunnel->identity, end.tunnel->outside};
        const auto found =
            std::ranges::find(devices, device, [](const auto& row) { return row.first; });
        if (found != devices.end()) {
            found->second.push_back(end);
        } else {
            devices.push_back({device, {end}});
        }
    }
    return devices;
}

std::string name_of(const model::ZoneName& zone, const End& end) {
    return zone.text() + "-" + std::string{to_string(end.party->kind)} + "-" + end.party->number +
           "-" + std::to_string(end.number);
}

std::string child(const OwnEnd& own, const End& end) {
    return "            " + name_of(own.zone, end) + " {\n" +
           "                local_ts = " + own.inside + "\n" +
           "                remote_ts = " + end.tunnel->inside + "\n" +
           "                esp_proposals = " + std::string{kEspProposals} + "\n" +
           "                rekey_time = 1h\n"
           "                dpd_action = clear\n"
           "            }\n";
}

// Anew with certificates each time (reauth_time), since a rekeying looks at none again.
std::string connection(const OwnEnd& own, const Device& device, const std::vector<End>& ends) {
    std::string children;
    for (const End& end : ends) children += child(own, end);
    return "    " + name_of(own.zone, ends.front()) + " {\n" +
           "        version = 2\n"
           "        local_addrs = " +
           own.outside + "\n" + "        remote_addrs = " + device.second + "\n" +
           "        proposals = " + std::string{kProposals} + "\n" +
           "        dpd_delay = 30s\n"
           "        reauth_time = 4h\n"
           "        mobike = no\n"
           "        local {\n"
           "            auth = pubkey\n"
           "            certs = " +
           own.certificate + "\n" + "            id = \"" + own.identity + "\"\n" +
           "        }\n"
           "        remote {\n"
           "            auth = pubkey\n"
           "            cacerts = " +
           own.authority + "\n" + "            id = \"" + device.first + "\"\n" +
           "            revocation = strict\n"
           "        }\n"
           "        children {\n" +
           children +
           "        }\n"
           "    }\n";
}

}  // namespace

std::string swanctl_conf(const OwnEnd& own, const model::Directory& directory) {
    std::string text = "# Written by `sekisho ipsec config` from the parties of zone " +
                       own.zone.text() + ".\nconnections {\n";
    for (const model::PartyId& party : without_tunnel(directory, own.zone)) {
        text += "    # " + to_string(party) + " has no tunnel: it is refused\n";
    }
    for (const auto& [device, ends] : devices_of(ends_of(directory, own.zone))) {
        text += connection(own, device, ends);
    }
    return text + "}\n";
}

}  // namespace sekisho::tunnel
