// The log as JSON lines, one object each: at, level, event, then the fields in the order given.
//
// Written with one write() a line, so that lines of several threads never mix and a rotated file
// loses none. A line that cannot be written is dropped: a full log disk must not stop the exchange
// (what must be provable is in the audit log, not here).
#pragma once

#include <string>

#include "gateway/platform/log.h"
#include "gateway/platform/ports.h"

namespace sekisho::ops {

class JsonLog final : public platform::Log {
  public:
    // `path` empty: standard error. Ends up on standard error too when the file cannot be opened.
    JsonLog(const platform::Clock& clock, const std::string& path);
    ~JsonLog() override;

    void write(platform::LogLevel level, std::string_view event,
               std::initializer_list<platform::LogField> fields) override;

  private:
    const platform::Clock& clock_;
    int descriptor_;
};

}  // namespace sekisho::ops
