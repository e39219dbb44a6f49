// Who stands at a connection, asked anew for every request.
//
// The TLS handshake shows the chain once (see()); whether it still stands is judged again whenever
// the trust changed (a new revocation list), a while has passed, or the directory changed: a
// connection never outlives its certificate's revocation. Of a zone that is protected by more than
// TLS it also says whether the traffic came by that way, as the party's own: a tunnel that has
// gone, or is another's, ends with the next request. One per connection; one thread at a time.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>

#include "gateway/exchange/snapshot_source.h"
#include "gateway/identity/expiry_book.h"
#include "gateway/identity/openssl_handles.h"
#include "gateway/identity/trust.h"
#include "gateway/platform/ports.h"
#include "gateway/tunnel/way_in.h"

namespace sekisho::listener {

// What judges: shared by all visitors; outlives them. Thread-safe.
struct Judges {
    identity::TrustSource& trust;
    exchange::SnapshotSource& snapshots;
    const platform::Clock& clock;
    identity::ExpiryBook* expiries = nullptr;  // none: nobody keeps them
};

// By which addresses the visitor came, into a zone that is protected by more than TLS.
struct Arrival {
    const tunnel::WayIn* way = nullptr;  // none: an open network
    tunnel::Address peer{};
    tunnel::Address self{};
};

class Visitor {
  public:
    Visitor(const Judges& judges, model::ZoneName zone, const Arrival& arrival = {})
        : judges_(judges), zone_(std::move(zone)), arrival_(arrival) {}

    // In the handshake: keeps the chain and judges it. False: a stranger, to be met by an alert.
    bool see(X509* certificate, STACK_OF(X509) * chain);

    // Before each request. The problem is answered by a 403, then the connection closes.
    std::expected<model::Speaker, model::Problem> identify();

    // Of who was identified last: nothing, or why this is no way in. outside_tunnel is worth a
    // second look.
    std::optional<model::Problem> way_trouble() const { return way_trouble_; }

    // A chain was shown, and ends in no anchor.
    bool stranger() const { return certificate_ && standing_.stranger; }

  private:
    void judge();
    void look_at_way();

    const Judges& judges_;
    const model::ZoneName zone_;
    const Arrival arrival_;
    identity::CertificatePtr certificate_;
    identity::ChainPtr chain_;
    identity::CertificateValues values_;

    identity::Standing standing_;
    std::uint64_t generation_ = 0;  // of the trust that standing_ rests on
    platform::Monotonic judged_at_{};
    std::shared_ptr<const exchange::Current> world_;  // what speaker_ rests on
    std::expected<model::Speaker, model::Problem> speaker_{
        std::unexpected(model::Problem::party_unknown)};
    std::optional<model::Problem> way_trouble_{};
    std::optional<std::uint64_t> way_generation_{};  // that way_trouble_ rests on
};

}  // namespace sekisho::listener
