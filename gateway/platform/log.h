// The log port: structured events for operators, one line each.
//
// Names and values only: ids of messages and parties, problem names, counts, durations. No insured
// number, no name of a person, no body, ever; persons appear as PersonHash if at all. Thread-safe;
// never blocks on anything but its sink.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace sekisho::platform {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

using LogField = std::pair<std::string_view, std::string_view>;

class Log {
  public:
    virtual ~Log() = default;
    virtual void write(LogLevel level, std::string_view event,
                       std::initializer_list<LogField> fields) = 0;
};

// For tests and tools that say nothing.
class SilentLog final : public Log {
  public:
    void write(LogLevel, std::string_view, std::initializer_list<LogField>) override {}
};

}  // namespace sekisho::platform
