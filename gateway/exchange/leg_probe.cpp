#include "gateway/exchange/leg_probe.h"

namespace sekisho::exchange {

void LegProbe::look() {
    const auto health = adapter_.probe(parts_.clock.monotonic() + model::limits::kProbeDeadline);
    const auto standing = parts_.legs.note(leg_.via, health.reachable);
    if (!standing) return;
    const bool silent = *standing == path::Standing::silent;
    parts_.log.write(silent ? platform::LogLevel::error : platform::LogLevel::info, "leg",
                     {{"via", leg_.via.text()},
                      {"network", leg_.network.text()},
                      {"standing", path::to_string(*standing)},
                      {"detail", health.detail}});
    parts_.lanes.relieve_silent();
}

void LegProbe::run(const Every& every, const std::stop_token& stop) {
    constexpr std::chrono::seconds kNoticeAfter{1};  // that `every` has changed
    while (!stop.stop_requested()) {
        const bool probes = every.load() > std::chrono::seconds::zero();
        if (probes) {
            look();
        } else {
            parts_.legs.forget(leg_.via);
        }
        const auto looked_at = parts_.clock.monotonic();
        const locks::Lock lock{mutex_};
        while (!stop.stop_requested() &&
               (probes == (every.load() > std::chrono::seconds::zero())) &&
               (!probes || parts_.clock.monotonic() < looked_at + every.load())) {
            (void)nothing_.wait_for(mutex_, stop, kNoticeAfter, [] { return false; });
        }
    }
}

}  // namespace sekisho::exchange
