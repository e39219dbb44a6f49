// What is said to a municipality's system (介護保険事務システム) and what its answers mean.
//
// ASSUMED profile; README.md says what is public of the real one. A document travels inside a JSON
// wrapper with its file name, its kind and its bytes in base64. HTTP 200 alone says nothing:
// `status` in the body does. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/api/adapter.h"

namespace sekisho::municipal_adapter {

// {"fileName","kind","source","id","format","mediaType","insurer"?,"insured"?,"sentAt","sha256","contentBase64"}.
// fileName is `KIND_<source number>_<id>.<ext>`; KIND is the type in capitals with `_` for `.` and
// `-`.
std::string wrapped(const adapters::Delivery& delivery, std::string_view bytes);

// The wrapper read back, for the simulator. nullopt: not a wrapper.
struct Wrapped {
    std::string source;
    std::string id;
    std::string kind;
    std::string content;
};
std::optional<Wrapped> unwrapped(std::string_view text);

// "accepted" with a reception number and the delivery's names: delivered. "error": retry where the
// code says later (M-9nn), else rejected. 400, 413, 415, 422: rejected. Anything else, and what
// cannot be read: retry.
adapters::Outcome read_reply(const adapters::Delivery& delivery, int status, std::string_view body);

}  // namespace sekisho::municipal_adapter
