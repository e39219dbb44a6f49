#include "gateway/ops/json_log.h"

#include <fcntl.h>
#include <unistd.h>

#include "adapters/documents/json.h"

namespace sekisho::ops {

namespace {

std::string_view name_of(platform::LogLevel level) {
    switch (level) {
        case platform::LogLevel::debug:
            return "debug";
        case platform::LogLevel::info:
            return "info";
        case platform::LogLevel::warning:
            return "warning";
        case platform::LogLevel::error:
            return "error";
    }
    return "error";
}

}  // namespace

JsonLog::JsonLog(const platform::Clock& clock, const std::string& path)
    : clock_(clock),
      descriptor_(path.empty()
                      ? STDERR_FILENO
                      : ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640)) {
    if (descriptor_ < 0) descriptor_ = STDERR_FILENO;
}

JsonLog::~JsonLog() {
    if (descriptor_ != STDERR_FILENO) ::close(descriptor_);
}

void JsonLog::write(platform::LogLevel level, std::string_view event,
                    std::initializer_list<platform::LogField> fields) {
    documents::Json line = documents::Json::object();
    line.set("at", model::to_rfc3339(clock_.now()));
    line.set("level", std::string{name_of(level)});
    line.set("event", std::string{event});
    for (const auto& [name, value] : fields) line.set(std::string{name}, std::string{value});
    const std::string text = documents::to_text(line) + "\n";
    [[maybe_unused]] const ssize_t written = ::write(descriptor_, text.data(), text.size());
}

}  // namespace sekisho::ops
