#include "gateway/doctor/ike_certificates.h"

#include <algorithm>
#include <map>
#include <openssl/err.h>
#include <set>

#include "gateway/doctor/bounds.h"
#include "gateway/doctor/judgements.h"
#include "gateway/doctor/pem_files.h"

namespace sekisho::doctor {

namespace {

using Kind = tunnel::IkeCertificate::Kind;

struct Known {
    std::string name;  // as the daemon writes it
    model::Period validity{};
};

struct KnownToDaemon {
    std::vector<Known> own{};
    std::vector<Known> authorities{};
    std::vector<Known> peers{};
    std::size_t unreadable = 0;
};

std::optional<Known> opened(const std::string& der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const identity::CertificatePtr certificate{
        d2i_X509(nullptr, &at, static_cast<long>(der.size()))};
    ERR_clear_error();
    const auto* const end = reinterpret_cast<const unsigned char*>(der.data()) + der.size();
    if (!certificate || at != end) return std::nullopt;
    return Known{.name = ike_name_of(X509_get_subject_name(certificate.get())),
                 .validity = validity_of(*certificate)};
}

KnownToDaemon sorted_out(const std::vector<tunnel::IkeCertificate>& certificates) {
    KnownToDaemon known;
    for (const tunnel::IkeCertificate& one : certificates) {
        if (one.kind == Kind::other) continue;
        auto read = opened(one.der);
        if (!read) {
            ++known.unreadable;
        } else if (one.kind == Kind::authority) {
            known.authorities.push_back(std::move(*read));
        } else {
            (one.has_key ? known.own : known.peers).push_back(std::move(*read));
        }
    }
    return known;
}

void keep_those_of(std::vector<Known>& own, const std::string& identity) {
    const auto is_it = [&](const Known& one) { return one.name == identity; };
    if (std::ranges::any_of(own, is_it)) std::erase_if(own, std::not_fn(is_it));
}

// Of each name the one that ends last among those that have begun.
std::map<std::string, Known> newest_of_each(const std::vector<Known>& peers, model::Instant now) {
    const auto rank = [&](const Known& one) {
        const bool has_begun = one.validity.from && *one.validity.from <= now;
        return std::pair{has_begun, one.validity.until};
    };
    std::map<std::string, Known> newest;
    for (const Known& one : peers) {
        const auto [at, is_first] = newest.try_emplace(one.name, one);
        if (!is_first && rank(at->second) < rank(one)) at->second = one;
    }
    return newest;
}

// Whose tunnels an identity is of, by zone.
using Owners = std::map<std::string, std::map<model::ZoneName, std::set<std::string>>>;

Owners owners_in(const model::Directory& directory) {
    Owners owners;
    for (const auto& [id, party] : directory.all()) {
        for (const model::CertificatePattern& pattern : party.certificates) {
            for (const model::TunnelEnd& end : pattern.tunnels) {
                owners[end.identity][pattern.zone].insert(model::to_string(id));
            }
        }
    }
    return owners;
}

std::string shown_names(const std::set<std::string>& names) {
    std::string text;
    std::size_t shown = 0;
    for (const std::string& name : names) {
        if (shown++ == kNamesShown) return text + " ...";
        text += (text.empty() ? ": " : ", ") + name;
    }
    return text;
}

class Telling {
  public:
    Telling(const config::ZoneConfig& zone, model::Instant now)
        : zone_(zone.name.text()), now_(now) {}

    void tell(std::string_view role, const std::string& name, Renewal renewal, const Known& known) {
        add(std::string{role} + ": " + name, judge_expiry(known.validity, now_, renewal));
    }
    void add(const std::string& subject, Verdict verdict) {
        findings_.push_back({.area = Area::tunnel,
                             .subject = zone_ + " (" + subject + ")",
                             .verdict = std::move(verdict)});
    }
    void add_missing(const std::string& subject, model::Text what) {
        add(subject,
            {.state = State::fault,
             .what = std::move(what),
             .next = {.ja = "この機械の管理者が証明書を swanctl の x509 と x509ca に、鍵を "
                            "private に置き、swanctl --load-all を実行してください",
                      .en = "the administrator of this machine puts the certificates into "
                            "swanctl's folders x509 and x509ca, the key into private, "
                            "and runs `swanctl --load-all`"}});
    }
    Findings findings() && { return std::move(findings_); }

  private:
    const std::string zone_;
    const model::Instant now_;
    Findings findings_;
};

// Those that ask for something all; of the others some, and how many more there are.
void tell_of_peers(Telling& telling, const std::map<std::string, Known>& peers,
                   const Owners& owners, const model::ZoneName& zone, model::Instant now) {
    std::size_t good_ones = 0;
    for (const auto& [name, known] : peers) {
        std::string shown = foreign_words(name);
        if (const auto found = owners.find(name); found != owners.end()) {
            const auto here = found->second.find(zone);
            if (here == found->second.end()) continue;
            shown += shown_names(here->second);
        }
        const bool is_good = judge_expiry(known.validity, now).state == State::good;
        if (is_good && ++good_ones > kPeersShown) continue;
        telling.tell("ike peer", shown, Renewal::of_ike_peer, known);
    }
    if (good_ones <= kPeersShown) return;
    const std::string more = std::to_string(good_ones - kPeersShown);
    telling.add("ike peers", good({.ja = "ほかに良好な証明書: " + more,
                                   .en = "further certificates that are good: " + more}));
}

}  // namespace

Findings judge_ike_certificates(const std::vector<tunnel::IkeCertificate>& certificates,
                                const config::Config& config, const config::ZoneConfig& zone,
                                model::Instant now) {
    KnownToDaemon known = sorted_out(certificates);
    keep_those_of(known.own, zone.protection.identity);
    Telling telling{zone, now};
    for (const Known& one : known.own) {
        telling.tell("ike own", foreign_words(one.name), Renewal::of_ike, one);
    }
    if (known.own.empty()) {
        telling.add_missing("ike own",
                            {.ja = "IKE のデーモンに、鍵のある自分の証明書がありません",
                             .en = "the IKE daemon has no certificate of its own with a key"});
    }
    for (const Known& one : known.authorities) {
        telling.tell("ike authority", foreign_words(one.name), Renewal::ike_authority, one);
    }
    if (known.authorities.empty()) {
        telling.add_missing("ike authority", {.ja = "IKE のデーモンに認証局の証明書がありません",
                                              .en = "the IKE daemon has no authority"});
    }
    tell_of_peers(telling, newest_of_each(known.peers, now), owners_in(config.snapshot->directory),
                  zone.name, now);
    if (known.unreadable > 0) {
        telling.add("ike",
                    unknown("certificates that cannot be read: " + std::to_string(known.unreadable),
                            {.ja = "この機械の管理者が swanctl --list-certs "
                                   "で証明書を確かめてください",
                             .en = "the administrator of this machine looks at `swanctl "
                                   "--list-certs`"}));
    }
    return std::move(telling).findings();
}

}  // namespace sekisho::doctor
