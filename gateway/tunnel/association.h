// Security associations (SA) as the IKE daemon reports them, and which of them carries an address.
//
// Why: binding to the tunnel's inside address protects nothing, so a listener of the eligibility
// network asks for each peer through which association its traffic comes, and whose that is.
// Source: the README of strongSwan's plugin "vici", event "list-sa" (strongSwan 5.9.8).
//
// An address is carried where an established association has an installed child in tunnel mode
// whose remote selector holds the peer's address and whose local one holds ours; also while a
// successor is negotiated (REKEYING). Selectors for single protocols or ports, and what cannot be
// read, carry nothing; nor does an identity with a '?', which the daemon writes for what it cannot
// print, so that two could look alike. Where associations of two identities would carry it, none
// does: whose traffic it is cannot be told. The daemon lists its associations one after the other:
// in the instant in which the children pass to a successor it may show neither, so that a "nobody"
// is worth a second look. Values; pure functions.
#pragma once

#include <array>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/tunnel/vici_message.h"

namespace sekisho::tunnel {

// IPv4 as IPv6 has it (::ffff:a.b.c.d), so that both compare.
using Address = std::array<std::uint8_t, 16>;
std::optional<Address> parse_address(std::string_view text);
bool is_v4(const Address& address);

// A traffic selector: "10.9.0.2/32", "10.9.0.2", "10.9.0.2..10.9.0.9". A length is written without
// leading zeros.
// One of IPv6 holds no IPv4 address, though written as IPv6 it may lie in between.
struct Selector {
    Address first{};
    Address last{};
    bool holds(const Address& address) const;
    friend bool operator==(const Selector&, const Selector&) = default;
};
std::optional<Selector> parse_selector(std::string_view text);

struct ChildAssociation {
    bool installed = false;  // in tunnel mode
    std::vector<Selector> local{};
    std::vector<Selector> remote{};
    friend bool operator==(const ChildAssociation&, const ChildAssociation&) = default;
};

struct Association {
    std::string id{};        // the daemon's own, for the record
    std::string identity{};  // the peer's, authenticated by IKE: "C=JP, O=..., CN=..."
    bool established = false;
    std::vector<ChildAssociation> children{};
    friend bool operator==(const Association&, const Association&) = default;
};

// Of one event "list-sa".
std::vector<Association> associations_in(const ViciSection& event);

enum class NotCarried : std::uint8_t {
    no_association,  // the address is outside every tunnel
    ambiguous,       // tunnels of several identities would carry it
};
// The association that carries traffic from `peer` to `self`.
std::expected<const Association*, NotCarried> carrier_of(
    const std::vector<Association>& associations, const Address& peer, const Address& self);

}  // namespace sekisho::tunnel
