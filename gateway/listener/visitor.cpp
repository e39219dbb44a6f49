#include "gateway/listener/visitor.h"

#include "gateway/listener/connection_limits.h"

namespace sekisho::listener {

void Visitor::judge() {
    generation_ = judges_.trust.generation();
    judged_at_ = judges_.clock.monotonic();
    world_.reset();
    const auto trust = judges_.trust.current();
    standing_ = trust == nullptr
                    ? identity::Standing{}
                    : trust->judge(certificate_.get(), chain_.get(), zone_, judges_.clock.now());
}

bool Visitor::see(X509* certificate, STACK_OF(X509) * chain) {
    if (certificate == nullptr || X509_up_ref(certificate) != 1) return false;
    certificate_.reset(certificate);
    chain_.reset(chain == nullptr ? nullptr : X509_chain_up_ref(chain));
    values_ = identity::read_certificate(certificate);
    judge();
    return !standing_.stranger;
}

std::expected<model::Speaker, model::Problem> Visitor::identify() {
    const bool stale = generation_ != judges_.trust.generation() ||
                       judges_.clock.monotonic() - judged_at_ > kStandingLife;
    if (stale) judge();
    // An anchor may have been taken away since the handshake.
    if (standing_.stranger) return std::unexpected(model::Problem::party_unknown);
    if (standing_.problem) return std::unexpected(*standing_.problem);
    auto world = judges_.snapshots.current();
    if (world != world_) {
        const model::Instant now = judges_.clock.now();
        speaker_ = world->certificates->identify(values_, zone_, world->snapshot->directory, now);
        world_ = std::move(world);
        way_generation_.reset();
        const bool noted = speaker_ && judges_.expiries != nullptr;
        if (noted) {
            judges_.expiries->note(
                {.party = speaker_->party, .zone = zone_, .until = values_.not_after}, now);
        }
    }
    if (speaker_ && arrival_.way != nullptr) look_at_way();
    return speaker_;
}

void Visitor::look_at_way() {
    const std::uint64_t generation = arrival_.way->generation();  // before what it says
    if (way_generation_ == generation) return;
    way_generation_ = generation;
    way_trouble_.reset();
    speaker_->protected_by = model::Protection::none;
    const auto carried = arrival_.way->carried(arrival_.peer, arrival_.self);
    if (!carried) {
        way_trouble_ = carried.error() == tunnel::NoWay::outside ? model::Problem::outside_tunnel
                                                                 : model::Problem::tunnel_unknown;
        return;
    }
    const bool own =
        carried->by != model::Protection::ipsec ||
        identity::has_tunnel(world_->snapshot->directory, *speaker_,
                             {.ike_identity = carried->identity, .inside = arrival_.peer});
    if (own) {
        speaker_->protected_by = carried->by;
    } else {
        way_trouble_ = model::Problem::tunnel_mismatch;
    }
}

}  // namespace sekisho::listener
