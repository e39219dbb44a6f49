// The wall clock's moment as OpenSSL's verifications take it: whole seconds. Within this room only.
#pragma once

#include <chrono>
#include <ctime>

#include "routing/model/instant.h"

namespace sekisho::admission {

inline std::time_t seconds_of(model::Instant instant) {
    return std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(instant));
}

}  // namespace sekisho::admission
