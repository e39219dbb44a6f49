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

void LegProbe::run(std::chrono::milliseconds every, const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        look();
        const locks::Lock lock{mutex_};
        (void)nothing_.wait_for(mutex_, stop, every, [] { return false; });
    }
}

}  // namespace sekisho::exchange
