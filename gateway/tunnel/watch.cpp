#include "gateway/tunnel/watch.h"

#include <algorithm>
#include <utility>

#include "routing/model/limits.h"

namespace sekisho::tunnel {

using platform::LogLevel;

void Watch::look() {
    std::vector<std::function<void()>> waiting;
    {
        const locks::Lock lock{mutex_};
        waiting.swap(waiting_);  // who asks from here on waits for the next look
    }
    look_at_filter();
    if (sights_.associations) look_at_daemon();
    for (const auto& then : waiting) then();
}

void Watch::look_at_filter() {
    Trouble found = sights_.filter_trouble();
    const auto now = clock_.monotonic();
    {
        const locks::Lock lock{mutex_};
        looked_at_ = now;
        if (found == filter_trouble_) return;
        filter_trouble_.swap(found);
        ++generation_;
    }
    log_change("packet filter", found, filter_trouble());
}

void Watch::look_at_daemon() {
    auto listed = sights_.associations();
    const auto now = clock_.monotonic();
    Trouble before;
    Trouble after;
    {
        const locks::Lock lock{mutex_};
        before = daemon_trouble_;
        if (listed) {
            answered_at_ = now;
            daemon_trouble_.reset();
            if (*listed != associations_) ++generation_;
            associations_ = std::move(*listed);
        } else {
            daemon_trouble_ = std::move(listed.error().why);
        }
        after = daemon_trouble_;
    }
    if (before != after) log_change("ike daemon", before, after);
}

void Watch::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        look();
        const locks::Lock lock{mutex_};
        asked_.wait_for(mutex_, stop, model::limits::kTunnelLook,
                        [this]() SEKISHO_REQUIRES(mutex_) { return !waiting_.empty(); });
    }
}

void Watch::log_change(std::string_view of, const Trouble& before, const Trouble& after) {
    if (before == after) return;
    log_.write(after ? LogLevel::error : LogLevel::info, of,
               {{"zone", zone_}, {"detail", after.value_or("as it must be")}});
}

// What is known counts for so long, whyever nothing newer is.
bool Watch::is_stale() const {
    const auto oldest = clock_.monotonic() - model::limits::kTunnelKnownFor;
    if (looked_at_ < oldest) return true;
    return sights_.associations && (!answered_at_ || *answered_at_ < oldest);
}

std::optional<std::string> Watch::filter_trouble() const {
    const locks::Lock lock{mutex_};
    return filter_trouble_;
}

std::expected<Carried, NoWay> Watch::carried(const Address& peer, const Address& self) const {
    const locks::Lock lock{mutex_};
    if (filter_trouble_ || is_stale()) return std::unexpected(NoWay::unknown);
    if (!sights_.associations) {
        const bool inside = std::ranges::any_of(sights_.prefixes,
                                                [&](const auto& each) { return each.holds(peer); });
        if (!inside) return std::unexpected(NoWay::outside);
        return Carried{.by = model::Protection::closed_network};
    }
    const auto carrier = carrier_of(associations_, peer, self);
    if (carrier) return Carried{.by = model::Protection::ipsec, .identity = (*carrier)->identity};
    const bool ambiguous = carrier.error() == NotCarried::ambiguous;
    return std::unexpected(ambiguous ? NoWay::unknown : NoWay::outside);
}

std::uint64_t Watch::generation() const {
    constexpr std::uint64_t kOfNothing = 0;
    const locks::Lock lock{mutex_};
    return is_stale() ? kOfNothing : generation_;
}

bool Watch::look_again(std::function<void()> then) {
    if (!sights_.associations) return false;
    const locks::Lock lock{mutex_};
    waiting_.push_back(std::move(then));
    asked_.notify_one();
    return true;
}

}  // namespace sekisho::tunnel
