// What keeps strangers out of a zone's network, besides TLS.
//
// The online eligibility network reaches medical institutions by IP-VPN or by IPsec with IKE
// (医療情報システムの安全管理に関するガイドライン 6.0, システム運用編 13); which of the two a zone
// has is a matter of its configuration. Rules see no more of it than this word, and the record of
// whoever spoke names it. Values; pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sekisho::model {

enum class Protection : std::uint8_t {
    none,            // an open network: TLS alone
    ipsec,           // a live security association carried it, of the party's own IKE identity
    closed_network,  // 閉域網 (IP-VPN): by interface and prefix
    loopback,        // this machine alone: development, or a tunnel that ends in another program
};

std::string_view to_string(Protection protection);  // "closed-network"
std::optional<Protection> parse_protection(std::string_view text);

}  // namespace sekisho::model
