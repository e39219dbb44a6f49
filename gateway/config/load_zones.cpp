// The zones of the configuration file: where each listens, whom it trusts, what protects it, and
// what one party may take of it.
#include <algorithm>
#include <set>
#include <utility>

#include "gateway/config/shapes.h"
#include "gateway/tunnel/association.h"

namespace sekisho::config {

namespace {

using model::Protection;

constexpr std::size_t kDeviceNameMax = 15;  // IFNAMSIZ without its NUL

bool is_name(std::string_view text) {
    return !text.empty() && text.front() != '.' && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    });
}

std::optional<std::string> parse_file_name(std::string_view text) {
    return is_name(text) ? std::optional<std::string>{text} : std::nullopt;
}

std::optional<std::string> parse_device(std::string_view text) {
    return is_name(text) && text.size() <= kDeviceNameMax ? std::optional<std::string>{text}
                                                          : std::nullopt;
}

constexpr Shape<std::string> kFileName{parse_file_name, "フォルダーを含まないファイル名",
                                       "a file's name without a folder"};
constexpr Shape<std::string> kDevice{parse_device, "ネットワークインターフェースの名前(例: ipsec0)",
                                     "a network interface's name such as ipsec0"};
bool is_loopback(std::string_view host) {
    constexpr std::uint8_t kLoopbackNet = 127;
    const auto address = tunnel::parse_address(host);
    if (!address) return false;
    return *address == tunnel::parse_address("::1") ||
           (tunnel::is_v4(*address) && (*address)[12] == kLoopbackNet);
}

// One address, in its own notation: the kernel sees no IPv4 packet as one of ::ffff:a.b.c.d.
bool is_one_address(std::string_view host) {
    const auto address = tunnel::parse_address(host);
    return address && tunnel::is_v4(*address) != host.contains(':') &&
           *address != tunnel::parse_address("0.0.0.0") && *address != tunnel::parse_address("::");
}

bool begins_with_a_letter(std::string_view name) {
    return !name.empty() && name.front() >= 'a' && name.front() <= 'z';
}

class ZonesReader {
  public:
    ZonesReader(Mentions& mentions, const Resolve& resolve)
        : mentions_(mentions), resolve_(resolve) {}

    std::vector<ZoneConfig> read(Section& root) {
        token_module_ = resolve_(root.text("pkcs11_module", Need::optional));
        std::vector<ZoneConfig> zones;
        root.each("zones", Need::required,
                  [&](Section& section) { zones.push_back(read_zone(section)); });
        if (zones.empty() && root.object().find("zones") != nullptr) {
            root.complain("zones",
                          {.ja = "ゾーンが一つは必要です", .en = "at least one zone is needed"});
        }
        return zones;
    }

  private:
    ZoneConfig read_zone(Section& section) {
        ZoneConfig zone;
        zone.name = section.required("name", kWord<model::ZoneName>);
        zone.listen = section.required("listen", kAddress);
        zone.certificate_file = resolve_(section.text("certificate"));
        read_key(section, zone);
        zone.anchors_file = resolve_(section.text("anchors"));
        zone.crl_file = resolve_(section.text("crl"));
        zone.rsa_bits_min =
            static_cast<int>(section.number("rsa_bits_min", 2048, {.least = 2048, .most = 16384}));
        read_budget(section, zone.budget);
        section.object("protected_by", Need::optional,
                       [&](Section& way) { zone.protection = read_protection(way); });
        check_protection(section, zone);
        section.object("stapling", Need::optional, [&](Section& responder) {
            zone.stapling = read_remote(responder, resolve_);
        });
        if (!seen_.insert(zone.name).second)
            section.complain("name", {.ja = "同じ名前のゾーンがすでにあります",
                                      .en = "a zone of this name exists already"});
        return zone;
    }

    // A file, or a token's key by its URI (RFC 7512).
    void read_key(Section& section, ZoneConfig& zone) {
        const std::string key = section.text("key");
        if (!key.starts_with("pkcs11:")) {
            zone.key_file = resolve_(key);
            return;
        }
        zone.key_file = key;
        zone.token_module = token_module_;
        if (token_module_.empty())
            section.complain("key", {.ja = "トークンの鍵には pkcs11_module が必要です",
                                     .en = "a token's key needs \"pkcs11_module\""});
        if (key.contains("pin-value="))
            section.complain("key", {.ja = "PINはここに書かず、pin-source=file: のファイルに"
                                           "置いてください",
                                     .en = "a PIN does not stand here; put it into the file of "
                                           "pin-source=file:"});
    }

    static ZoneProtection read_protection(Section& way) {
        ZoneProtection protection;
        protection.by = way.required("method", kProtection);
        if (protection.by == Protection::ipsec) {
            protection.daemon = way.text("daemon");
            protection.interface = way.optional("interface", kDevice).value_or("");
            if (protection.interface == "lo") {
                way.complain("interface", {.ja = "lo はトンネルの装置ではありません",
                                           .en = "lo is no tunnel's device"});
            }
            protection.outside = way.optional("outside", kOutside).value_or("%any");
            protection.identity = way.required("identity", kIkeIdentity);
            protection.certificate = way.required("certificate", kFileName);
            protection.authority = way.required("authority", kFileName);
        } else if (protection.by == Protection::closed_network) {
            protection.interface = way.required("interface", kDevice);
            protection.prefixes = way.list("prefixes", kPrefix);
            if (protection.prefixes.empty()) {
                way.complain(way.object(), {.ja = "prefixes に一つは必要です",
                                            .en = "at least one of prefixes is needed"});
            }
        }
        return protection;
    }

    // The rules of the packet filter name the zone's one address; a tunnel has an end.
    static void check_protection(Section& section, const ZoneConfig& zone) {
        const auto needs = [&](bool holds, std::string_view key, model::Text text) {
            if (!holds) section.complain(key, std::move(text));
        };
        switch (zone.protection.by) {
            case Protection::none:
                return;
            case Protection::loopback:
                return needs(is_loopback(zone.listen.host), "listen",
                             {.ja = "loopback で保護するゾーンはループバックで待ち受けます",
                              .en = "a zone protected by loopback listens on a loopback address"});
            case Protection::ipsec:
            case Protection::closed_network:
                break;
        }
        needs(is_one_address(zone.listen.host), "listen",
              {.ja = "保護されたゾーンは、一つの IP アドレスで待ち受けます",
               .en = "a protected zone listens on one IP address"});
        needs(zone.protection.outside != zone.listen.host, "protected_by",
              {.ja = "outside は内側のアドレスと別でなければなりません",
               .en = "outside must be another address than the one inside"});
        needs(tunnel::filter_of(guarded_zones({zone})).has_value(), "protected_by",
              {.ja = "prefixes は待ち受けるアドレスと同じ種類(IPv4 か IPv6)で書いてください",
               .en = "prefixes are of the same kind, IPv4 or IPv6, as the address listened on"});
        needs(zone.listen.port != 0, "listen",
              {.ja = "保護されたゾーンのポート番号は固定です",
               .en = "a protected zone has a fixed port"});
        const std::string& name = zone.name.text();
        needs(begins_with_a_letter(name) && !name.contains(':') && !name.contains('.'), "name",
              {.ja = "保護されたゾーンの名前は英字で始まり、: と . を含みません",
               .en = "the name of a protected zone begins with a letter and has no : and no ."});
    }

    void read_budget(Section& zone, model::Budget& budget) {
        zone.object("budget", Need::optional, [&](Section& section) {
            const auto set = [&](std::string_view key, auto& value) {
                constexpr std::int64_t kMost = 1'000'000'000'000;
                using Value = std::remove_reference_t<decltype(value)>;
                value = static_cast<Value>(section.number(key, static_cast<std::int64_t>(value),
                                                          {.least = 1, .most = kMost}));
            };
            set("connections_per_party", budget.connections_per_party);
            set("requests_per_second", budget.requests_per_second);
            set("bytes_per_second", budget.bytes_per_second);
            set("in_progress", budget.in_progress_max);
            set("in_progress_per_party", budget.in_progress_per_party);
            set("waiting", budget.waiting_max);
            set("queued_per_party", budget.queued_per_party);
            const auto set_of_zone = [&](std::string_view key,
                                         std::optional<std::uint64_t>& value) {
                if (section.object().find(key) == nullptr) return;
                set(key, value.emplace(1));
            };
            set_of_zone("requests_per_second_of_zone", budget.requests_per_second_of_zone);
            set_of_zone("bytes_per_second_of_zone", budget.bytes_per_second_of_zone);
            set_of_zone("queued_of_zone", budget.queued_of_zone);
            section.each("weights", Need::optional, [&](Section& entry) {
                const auto party = entry.required("party", kPartyId);
                if (const Json* where = entry.object().find("party"); !party.number.empty()) {
                    mentions_.push_back({.of = Mention::Of::party,
                                         .name = model::to_string(party),
                                         .where = place_of(*where)});
                }
                budget.weights[party] = static_cast<std::uint32_t>(
                    entry.number("weight", 1, {.least = 1, .most = 1000}));
            });
            check_of_zone(section, budget);
        });
    }

    // What one party may take alone, the one with the largest weight, it would take from the
    // others.
    static void check_of_zone(Section& section, const model::Budget& budget) {
        std::uint64_t weight = 1;
        for (const auto& [party, own] : budget.weights)
            weight = std::max<std::uint64_t>(weight, own);
        const auto check = [&](std::string_view key, const std::optional<std::uint64_t>& of_zone,
                               std::uint64_t of_party) {
            if (!of_zone || *of_zone > of_party * weight) return;
            const std::string most = std::to_string(of_party * weight);
            section.complain(key, {.ja = "一つの接続機関の上限 " + most + " より大きくしてください",
                                   .en = "this must exceed what one party may have, " + most});
        };
        check("requests_per_second_of_zone", budget.requests_per_second_of_zone,
              budget.requests_per_second);
        check("bytes_per_second_of_zone", budget.bytes_per_second_of_zone, budget.bytes_per_second);
        check("queued_of_zone", budget.queued_of_zone, budget.queued_per_party);
    }

    Mentions& mentions_;
    std::string token_module_;
    const Resolve& resolve_;
    std::set<model::ZoneName> seen_;
};

}  // namespace

std::vector<ZoneConfig> read_zones(Section& root, Mentions& mentions, const Resolve& resolve) {
    return ZonesReader{mentions, resolve}.read(root);
}

}  // namespace sekisho::config
