// What the portal's (マイナポータル) answers mean.
//
// ASSUMED profile; README.md says what is public of the real one. A notice goes as a CloudEvent in
// binary mode and is answered inside HTTP 200. Pure functions.
#pragma once

#include <string_view>

#include "adapters/api/adapter.h"

namespace sekisho::portal_adapter {

inline constexpr std::string_view kNoticesPath = "/portal/v1/notices";

// ok with a notice number and the delivery's names: delivered. A business error: retry where its
// code says "later" (MP-9nnn), else rejected. 400, 413, 415, 422: rejected. Anything else, and what
// cannot be read: retry.
adapters::Outcome read_reply(const adapters::Delivery& delivery, int status, std::string_view body);

}  // namespace sekisho::portal_adapter
