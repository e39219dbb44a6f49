// The section `timestamps`: which authority says when a checkpoint of the log was there (RFC 3161).
#include "gateway/config/shapes.h"

namespace sekisho::config {

std::optional<TimestampConfig> read_timestamps(Section& root, const Resolve& resolve) {
    constexpr Range kMinutes{.least = 1, .most = 1440};
    std::optional<TimestampConfig> read;
    root.object("timestamps", Need::optional, [&](Section& section) {
        TimestampConfig& timestamps = read.emplace();
        timestamps.authority = read_remote(section, resolve);
        timestamps.anchors_file = resolve(section.text("anchors"));
        timestamps.folder = resolve(section.text("folder"));
        timestamps.every = std::chrono::minutes{
            section.number("every_minutes", timestamps.every.count(), kMinutes)};
    });
    return read;
}

}  // namespace sekisho::config
