// What is known of a zone's way in, kept fresh: the associations and the packet filter.
//
// It looks every kTunnelLook, and at once when somebody asks for it. A packet filter that is not
// there, or cannot be read, closes the zone with that look, before the daemon is asked. Of a daemon
// that does not answer, what it said last counts for kTunnelKnownFor; of a look that does not end,
// what the one before it found. run() is wiring's to start in a thread of its own,
// since looking may block until a deadline; the destructor needs it ended. What a look finds is
// logged when it changes.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "adapters/locks/condition.h"
#include "gateway/platform/log.h"
#include "gateway/platform/ports.h"
#include "gateway/tunnel/vici_client.h"
#include "gateway/tunnel/way_in.h"

namespace sekisho::tunnel {

struct Sights {
    // nullopt: the filter stands as it must; otherwise what is wrong with it.
    std::function<std::optional<std::string>()> filter_trouble;
    // Of IPsec: what the daemon lists. None: a closed network, known by its prefixes.
    std::function<std::expected<std::vector<Association>, NoAnswer>()> associations{};
    std::vector<Selector> prefixes{};
};

class Watch final : public WayIn {
  public:
    Watch(std::string zone, Sights sights, const platform::Clock& clock, platform::Log& log)
        : zone_(std::move(zone)), sights_(std::move(sights)), clock_(clock), log_(log) {}

    void look();  // blocks until the daemon's deadline
    void run(const std::stop_token& stop);
    std::optional<std::string> filter_trouble() const;  // as of the last look

    std::expected<Carried, NoWay> carried(const Address& peer, const Address& self) const override;
    std::uint64_t generation() const override;
    bool look_again(std::function<void()> then) override;

  private:
    using Associations = std::vector<Association>;
    using Trouble = std::optional<std::string>;

    void look_at_filter() SEKISHO_EXCLUDES(mutex_);
    void look_at_daemon() SEKISHO_EXCLUDES(mutex_);
    void log_change(std::string_view of, const Trouble& before, const Trouble& after);
    bool is_stale() const SEKISHO_REQUIRES(mutex_);

    const std::string zone_;
    const Sights sights_;
    const platform::Clock& clock_;
    platform::Log& log_;

    mutable locks::Mutex mutex_;
    locks::StoppableCondition asked_;
    Trouble filter_trouble_ SEKISHO_GUARDED_BY(mutex_){"nobody has looked yet"};
    Trouble daemon_trouble_ SEKISHO_GUARDED_BY(mutex_){};
    Associations associations_ SEKISHO_GUARDED_BY(mutex_){};
    platform::Monotonic looked_at_ SEKISHO_GUARDED_BY(mutex_){};  // the filter, at last
    std::optional<platform::Monotonic> answered_at_ SEKISHO_GUARDED_BY(mutex_){};  // the daemon
    std::uint64_t generation_ SEKISHO_GUARDED_BY(mutex_) = 1;
    std::vector<std::function<void()>> waiting_ SEKISHO_GUARDED_BY(mutex_){};
};

}  // namespace sekisho::tunnel
