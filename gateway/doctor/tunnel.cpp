// What protects the zones besides TLS: the daemon, its associations and certificates, the packet
// filter, the closed network's interface.
#include <algorithm>
#include <filesystem>
#include <ifaddrs.h>
#include <iterator>
#include <memory>
#include <netdb.h>
#include <set>

#include "gateway/doctor/areas.h"
#include "gateway/doctor/bounds.h"
#include "gateway/doctor/ike_certificates.h"
#include "gateway/doctor/judgements.h"
#include "gateway/tunnel/packet_filter.h"
#include "gateway/tunnel/vici_client.h"

namespace sekisho::doctor {

namespace {

using model::Protection;

void add(Findings& findings, const std::string& subject, Verdict verdict) {
    findings.push_back({.area = Area::tunnel, .subject = subject, .verdict = std::move(verdict)});
}

struct FreeInterfaces {
    void operator()(ifaddrs* list) const { ::freeifaddrs(list); }
};

// Of one network interface, as numbers.
std::vector<tunnel::Address> addresses_of(const std::string& interface) {
    std::vector<tunnel::Address> addresses;
    ifaddrs* raw = nullptr;
    if (::getifaddrs(&raw) != 0) return addresses;
    const std::unique_ptr<ifaddrs, FreeInterfaces> list{raw};
    for (const ifaddrs* at = raw; at != nullptr; at = at->ifa_next) {
        if (at->ifa_addr == nullptr || interface != at->ifa_name) continue;
        const int family = at->ifa_addr->sa_family;
        if (family != AF_INET && family != AF_INET6) continue;
        const socklen_t size = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
        char text[NI_MAXHOST];
        if (::getnameinfo(at->ifa_addr, size, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0) {
            continue;
        }
        if (const auto address = tunnel::parse_address(text)) addresses.push_back(*address);
    }
    return addresses;
}

void look_at_filter(Findings& findings, const config::Config& config) {
    const auto guarded = config::guarded_zones(config.zones);
    if (guarded.empty()) return;
    const model::Text load{
        .ja = "この機械の管理者が、sekisho ipsec config の書く規則を nft -f で読み込んでください",
        .en =
            "the administrator of this machine loads the rules that `sekisho ipsec config` "
            "writes, by nft -f"};
    tunnel::KernelFilter kernel;
    const auto listed = kernel.listed();
    if (!listed) {
        return add(findings, "nft",
                   unknown(foreign_words(listed.error()),
                           {.ja = "ゲートウェイの利用者か root で実行してください",
                            .en = "run it as the gateway's user, or as root"}));
    }
    const auto difference = tunnel::difference(tunnel::filter_of(guarded).value_or(""), *listed);
    add(findings, "nft",
        difference
            ? Verdict{.state = State::fault,
                      .what = {.ja = "パケットフィルターが規則どおりではありません: " +
                                     foreign_words(*difference),
                               .en = "the packet filter is not what it must be: " +
                                     foreign_words(*difference)},
                      .next = load}
            : good({.ja = "パケットフィルターは規則どおりです", .en = "the packet filter stands"}));
}

// The parties that have a tunnel into this zone, and whose daemon none is established with. Those
// that are suspended are to have none.
std::set<std::string> without_tunnel(const config::Config& config, const model::ZoneName& zone,
                                     const std::vector<tunnel::Association>& associations) {
    const auto is_up = [&](const model::TunnelEnd& end) {
        return std::ranges::any_of(associations, [&](const tunnel::Association& one) {
            return one.established && one.identity == end.identity &&
                   std::ranges::any_of(one.children, &tunnel::ChildAssociation::installed);
        });
    };
    std::set<std::string> missing;
    for (const auto& [id, party] : config.snapshot->directory.all()) {
        if (party.suspended) continue;
        for (const model::CertificatePattern& pattern : party.certificates) {
            if (pattern.zone != zone) continue;
            if (!std::ranges::all_of(pattern.tunnels, is_up)) missing.insert(model::to_string(id));
        }
    }
    return missing;
}

std::string first_names(const std::set<std::string>& names) {
    std::string text;
    std::size_t shown = 0;
    for (const std::string& name : names) {
        if (shown++ == kNamesShown) return text + " ... (" + std::to_string(names.size()) + ")";
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

void look_at_ike_certificates(Findings& findings, const Premises& premises,
                              const config::ZoneConfig& zone) {
    const tunnel::ViciClient daemon{zone.protection.daemon};
    const auto listed = daemon.certificates(std::chrono::steady_clock::now() + kIkeList);
    if (!listed) {
        return add(findings, zone.name.text() + " (ike)",
                   unknown(foreign_words(listed.error().why),
                           {.ja = "この機械の管理者が swanctl --list-certs "
                                  "で期限を確かめ、strongSwan を調べてください",
                            .en = "the administrator of this machine looks at the dates in "
                                  "`swanctl --list-certs`, and at strongSwan"}));
    }
    std::ranges::move(
        judge_ike_certificates(*listed, *premises.config, zone, premises.machine.clock->now()),
        std::back_inserter(findings));
}

void look_at_daemon(Findings& findings, const Premises& premises, const config::ZoneConfig& zone) {
    const config::Config& config = *premises.config;
    const std::string& name = zone.name.text();
    const tunnel::ViciClient daemon{zone.protection.daemon};
    const auto listed =
        daemon.associations(std::chrono::steady_clock::now() + model::limits::kTunnelAnswer);
    if (!listed) {
        return add(
            findings, name,
            {.state = State::fault,
             .what = {.ja = "IKE のデーモンが答えません: " + foreign_words(listed.error().why),
                      .en = "the IKE daemon does not answer: " + foreign_words(listed.error().why)},
             .next = {.ja = "この機械の管理者が strongSwan を起動し、" + zone.protection.daemon +
                            " の権限を確かめてください",
                      .en = "the administrator of this machine starts strongSwan, and looks "
                            "at who may use " +
                            zone.protection.daemon}});
    }
    const auto up = std::ranges::count_if(*listed, &tunnel::Association::established);
    const std::string count = std::to_string(up);
    add(findings, name, good({.ja = "確立した SA: " + count, .en = "associations up: " + count}));
    look_at_ike_certificates(findings, premises, zone);
    const auto missing = without_tunnel(config, zone.name, *listed);
    if (missing.empty()) return;
    add(findings, name,
        {.state = State::warning,
         .what = {.ja = "トンネルのない接続機関: " + first_names(missing),
                  .en = "parties without their tunnel: " + first_names(missing)},
         .next = {.ja = "運用者が swanctl --list-sas と相手の回線担当者に確かめてください",
                  .en = "the operator looks at `swanctl --list-sas`, and asks whoever runs their "
                        "line"}});
}

void look_at_interface(Findings& findings, const config::ZoneConfig& zone) {
    const std::string& interface = zone.protection.interface;
    const std::string subject = zone.name.text() + " (" + interface + ")";
    const auto addresses = addresses_of(interface);
    const auto own = tunnel::parse_address(zone.listen.host);
    if (own && std::ranges::find(addresses, *own) != addresses.end()) {
        return add(findings, subject,
                   good({.ja = "アドレスはこの装置にあります",
                         .en = "the interface has the zone's address"}));
    }
    const bool is_there = std::filesystem::exists("/sys/class/net/" + interface);
    add(findings, subject,
        {.state = State::fault,
         .what = is_there ? model::Text{.ja = zone.listen.host + " はこの装置にありません",
                                        .en = "the interface has no address " + zone.listen.host}
                          : model::Text{.ja = "この装置はありません",
                                        .en = "there is no such interface"},
         .next = {.ja = "この機械の管理者が、閉域網への回線と装置の設定を確かめてください",
                  .en = "the administrator of this machine looks at the line to the closed network "
                        "and at the interface"}});
}

}  // namespace

Findings examine_tunnel(const Premises& premises) {
    Findings findings;
    const config::Config& config = *premises.config;
    look_at_filter(findings, config);
    for (const config::ZoneConfig& zone : config.zones) {
        switch (zone.protection.by) {
            case Protection::ipsec:
                look_at_daemon(findings, premises, zone);
                break;
            case Protection::closed_network:
                look_at_interface(findings, zone);
                break;
            case Protection::loopback:
                add(findings, zone.name.text(),
                    {.state = State::note,
                     .what = {.ja = "ループバックが閉域網の代わりです(開発用)",
                              .en = "loopback stands for a protected network (for development)"},
                     .next = {.ja = "本番では、運用者が ipsec か closed-network にしてください",
                              .en = "in production the operator configures ipsec or "
                                    "closed-network"}});
                break;
            case Protection::none:
                break;
        }
    }
    return findings;
}

}  // namespace sekisho::doctor
