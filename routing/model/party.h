// Parties: who may stand before the gateway, and what the directory knows of each.
//
// A party has one number and one or more service types with dates. Rights hang on the service
// types, never on the prefix of its id. The prefix only says in which register the number was given
// out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "routing/model/identifiers.h"
#include "routing/model/instant.h"

namespace sekisho::model {

enum class PartyKind : std::uint8_t {
    care_manager,    // 居宅介護支援事業所
    support_center,  // 地域包括支援センター
    care_office,     // 介護事業所
    medical,         // 医療機関
    insurer,         // 保険者
    reviewer,        // 認定審査会委員
    system,          // a system of the federation, the state or the municipalities
    operator_,       // staff of the federation
};

std::string_view to_string(PartyKind kind);  // "care-manager"

// `care-manager:1379900010`. Value; the text form is the one in configuration, leaves and
// certificates.
struct PartyId {
    PartyKind kind = PartyKind::system;
    std::string number;  // an office number, an insurer number, or a name

    friend auto operator<=>(const PartyId&, const PartyId&) = default;
};

}  // namespace sekisho::model

template <>
struct std::hash<sekisho::model::PartyId> {
    std::size_t operator()(const sekisho::model::PartyId& id) const noexcept {
        return std::hash<std::string>{}(id.number) * 31 + static_cast<std::size_t>(id.kind);
    }
};

namespace sekisho::model {

std::optional<PartyId> parse_party_id(std::string_view text);  // "medical:1319900013"
std::optional<PartyId> parse_source(
    std::string_view text);  // "/medical/1319900013", a CloudEvents source
std::string to_string(const PartyId& party);
std::string to_source(const PartyId& party);
PartyId insurer_party(const InsurerNumber& insurer);

struct DatedServiceType {
    ServiceType service_type;
    Period period;
};

// "may speak for whom, which types" (代行): the party whose entry holds it is the carrier.
struct Mandate {
    PartyId author;
    std::vector<TypeId> types;  // empty: all that the catalogue lets it carry
    Period period;
};

// The party's end of an IPsec tunnel: one for each site.
struct TunnelEnd {
    std::string identity;          // of IKE, as the daemon writes it: "C=JP, O=..., CN=..."
    std::string inside;            // "10.9.0.2/32": its addresses within the tunnel
    std::string outside = "%any";  // where it stands, for the daemon; or from anywhere
};

// How a certificate is known to be this party's: in that zone, issued by that CA, with this SAN
// URI, or with a subject whose attribute (OpenSSL short name) has this value. Exactly one of the
// two is set.
struct CertificatePattern {
    ZoneName zone;
    std::string issuer;  // RFC 2253 text of the issuer's name; empty: any anchor of the zone
    std::string san_uri;
    std::string subject;               // "CN=0000000001": RFC 2253 text of one attribute
    std::vector<TunnelEnd> tunnels{};  // through which alone it may come, where IPsec protects
};

// How a party is served that collects what is for it.
inline const Via kMailbox{"mailbox"};

struct Party {
    PartyId id;
    std::string name;
    std::vector<DatedServiceType> service_types{};
    std::optional<Period> deemed{};  // みなし介護事業所, for medical institutions that opted in
    Period active{};
    bool suspended = false;
    std::vector<Mandate>
        speaks_for{};  // within a Directory sorted by author: a carrier may hold very many
    std::vector<CertificatePattern> certificates{};
    Via via;                        // how it is served: an adapter's name or "mailbox"
    std::vector<Via> other_ways{};  // adapters that reach the same peer by other networks
};

// The directory of one moment. Immutable once built; shared as shared_ptr<const Directory> within a
// snapshot.
class Directory {
  public:
    Directory() = default;
    explicit Directory(std::vector<Party> parties);

    const Party* find(const PartyId& id) const;
    const std::unordered_map<PartyId, Party>& all() const { return parties_; }
    // Whether anybody who is served by that way has another one.
    bool has_other_way(const Via& via) const { return with_others_.contains(via); }
    bool has_other_ways() const { return !with_others_.empty(); }

  private:
    std::unordered_map<PartyId, Party> parties_;
    std::unordered_set<Via> with_others_;
};

bool holds_service_type(const Party& party, const ServiceType& type, Instant at);

}  // namespace sekisho::model
