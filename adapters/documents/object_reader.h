// Reading a settings object member by member: what is wanted, what is optional, and nothing else.
//
// The first trouble is kept and given by finish(): a member that is missing (attribute_missing), of
// another kind, out of range or unknown (attribute_invalid), each with its key, line and column.
// Until then a reader gives fallbacks, so that settings are read in straight lines without a branch
// for each. Reads one object; lives no longer than it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/documents/json.h"

namespace sekisho::documents {

class ObjectReader {
  public:
    explicit ObjectReader(const Json& object);

    std::string required_text(std::string_view key);  // not empty
    std::string text(std::string_view key, std::string_view fallback = {});
    std::uint64_t number(std::string_view key, std::uint64_t fallback, std::uint64_t largest);
    bool flag(std::string_view key, bool fallback);
    const Json* any(std::string_view key);  // nullptr: absent
    // One of `choices`; the first is the fallback.
    std::string choice(std::string_view key, const std::vector<std::string_view>& choices);

    // For a value that reads well but cannot be used.
    void fault(std::string_view key, std::string_view why_ja, std::string_view why_en);

    model::Result<void> finish();

  private:
    const Json* take(std::string_view key);
    void note(model::Problem problem, std::string_view key, const Json& where,
              const model::Text& why);

    const Json& object_;
    std::vector<std::string_view> known_;
    std::optional<model::Refusal> trouble_;
};

}  // namespace sekisho::documents
