#include "gateway/wiring/timestamping.h"

#include "gateway/wiring/remote_options.h"
#include "routing/model/limits.h"

namespace sekisho::wiring {

using platform::LogLevel;

namespace {

constexpr std::chrono::minutes kAfterTrouble{1};

}  // namespace

model::Result<std::unique_ptr<Timestamping>> Timestamping::build(
    const config::TimestampConfig& config, const Parts& parts) {
    auto anchors = parts.files.read(config.anchors_file, model::limits::kEvidenceBytesMax);
    if (!anchors) return std::unexpected(anchors.error());
    return std::unique_ptr<Timestamping>{new Timestamping(config, parts, std::move(*anchors))};
}

Timestamping::Timestamping(const config::TimestampConfig& config, const Parts& parts,
                           std::string anchors)
    : url_(config.authority.url),
      every_(config.every),
      clock_(parts.clock),
      said_(parts.said),
      client_(options_of(config.authority)),
      timestamps_({.log = parts.log,
                   .files = parts.files,
                   .random = parts.random,
                   .clock = parts.clock,
                   .ask = [this](std::string_view der) { return ask(der); }},
                  config.folder, std::move(anchors)) {}

// RFC 3161, 3.4
std::expected<std::string, std::string> Timestamping::ask(std::string_view der) {
    constexpr int kOk = 200;
    const auto reply = client_.send({.method = "POST",
                                     .url = url_,
                                     .headers = {{"Content-Type", "application/timestamp-query"},
                                                 {"Accept", "application/timestamp-reply"}},
                                     .body = der,
                                     .answer_bytes_max = model::limits::kOcspAnswerBytesMax},
                                    clock_.monotonic() + kTimestampPatience);
    if (!reply) return std::unexpected(std::string{http::to_string(reply.error().trouble)});
    if (reply->status != kOk) return std::unexpected("http-" + std::to_string(reply->status));
    return reply->body;
}

std::chrono::milliseconds Timestamping::run() {
    const auto taken = timestamps_.take();
    if (!taken) {
        said_.write(LogLevel::error, "timestamp", {{"detail", taken.error().detail.en}});
        return kAfterTrouble;
    }
    if (*taken) {
        said_.write(LogLevel::info, "timestamp", {{"size", std::to_string((*taken)->size)}});
    }
    return every_;
}

}  // namespace sekisho::wiring
