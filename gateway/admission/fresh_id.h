// A new name that nobody guesses: 16 random bytes as base64url (RFC 4648 section 5), 22 characters.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "adapters/documents/base64.h"
#include "gateway/platform/ports.h"

namespace sekisho::admission {

inline std::string fresh_id(platform::Random& random) {
    std::array<std::uint8_t, 16> bytes{};
    random.fill(bytes);
    return documents::to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace sekisho::admission
