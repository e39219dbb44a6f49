#include "gateway/identity/identify.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace sekisho::identity {

namespace {

using model::Problem;

// The attributes of an RFC 2253 name, each as `CN=value`: split at `,` and `+` that are not
// escaped.
std::vector<std::string> attributes_of(std::string_view name) {
    std::vector<std::string> attributes(1);
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '\\' && i + 1 < name.size()) {
            attributes.back().append(name.substr(i, 2));
            ++i;
        } else if (name[i] == ',' || name[i] == '+') {
            attributes.emplace_back();
        } else {
            attributes.back().push_back(name[i]);
        }
    }
    return attributes;
}

std::vector<std::string> keys_of(const CertificateValues& certificate) {
    std::vector<std::string> keys = attributes_of(certificate.subject);
    keys.insert(keys.end(), certificate.uris.begin(), certificate.uris.end());
    return keys;
}

}  // namespace

CertificateIndex::CertificateIndex(const model::Directory& directory) {
    for (const auto& [id, party] : directory.all()) {
        for (const model::CertificatePattern& pattern : party.certificates) {
            const std::string& key = pattern.san_uri.empty() ? pattern.subject : pattern.san_uri;
            if (!key.empty()) by_key_.emplace(key, Entry{.party = party.id, .pattern = pattern});
        }
    }
}

// A certificate that fits two parties of the zone is nobody's: which of them speaks cannot be told.
std::expected<model::Speaker, Problem> CertificateIndex::identify(
    const CertificateValues& certificate, const model::ZoneName& zone,
    const model::Directory& directory, model::Instant now) const {
    std::vector<model::PartyId> here;
    bool elsewhere = false;
    for (const std::string& key : keys_of(certificate)) {
        const auto [begin, end] = by_key_.equal_range(key);
        for (auto found = begin; found != end; ++found) {
            const auto& [party, pattern] = found->second;
            if (!pattern.issuer.empty() && pattern.issuer != certificate.issuer) continue;
            if (pattern.zone != zone) {
                elsewhere = true;
            } else if (std::ranges::find(here, party) == here.end()) {
                here.push_back(party);
            }
        }
    }
    if (here.empty())
        return std::unexpected(elsewhere ? Problem::wrong_zone : Problem::party_unknown);
    const model::Party* party = here.size() == 1 ? directory.find(here.front()) : nullptr;
    if (party == nullptr) return std::unexpected(Problem::party_unknown);
    if (party->suspended || !party->active.contains(now)) {
        return std::unexpected(Problem::party_suspended);
    }
    return model::Speaker{.party = party->id, .zone = zone, .certificate = certificate.fingerprint};
}

bool has_tunnel(const model::Directory& directory, const model::Speaker& speaker,
                const TunnelPeer& peer) {
    const model::Party* party = directory.find(speaker.party);
    if (party == nullptr) return false;
    const auto is_his = [&](const model::TunnelEnd& end) {
        const auto inside = tunnel::parse_selector(end.inside);
        return end.identity == peer.ike_identity && inside && inside->holds(peer.inside);
    };
    return std::ranges::any_of(party->certificates, [&](const model::CertificatePattern& pattern) {
        return pattern.zone == speaker.zone && std::ranges::any_of(pattern.tunnels, is_his);
    });
}

}  // namespace sekisho::identity
