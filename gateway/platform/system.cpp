#include "gateway/platform/system.h"

#include <Poco/Exception.h>
#include <Poco/Path.h>
#include <algorithm>
#include <array>
#include <bit>
#include <climits>
#include <openssl/rand.h>

#include "gateway/platform/openssl_owned.h"

namespace sekisho::platform {

model::Instant SystemClock::now() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Monotonic SystemClock::monotonic() const {
    return std::chrono::steady_clock::now();
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const std::size_t part = std::min<std::size_t>(bytes.size(), INT_MAX);
        must(RAND_priv_bytes(bytes.data(), static_cast<int>(part)) == 1, "RAND_priv_bytes");
        bytes = bytes.subspan(part);
    }
}

std::uint64_t SystemRandom::below(std::uint64_t bound) {
    // What lies beyond the largest multiple of `bound` is drawn again: no value is likelier.
    const std::uint64_t beyond = UINT64_MAX - UINT64_MAX % bound;
    for (;;) {
        std::array<std::uint8_t, sizeof(std::uint64_t)> bytes{};
        fill(bytes);
        const auto drawn = std::bit_cast<std::uint64_t>(bytes);
        if (drawn < beyond) return drawn % bound;
    }
}

std::string user_folder() {
    try {
        return Poco::Path::dataHome();
    } catch (const Poco::Exception&) {
        return {};
    }
}

}  // namespace sekisho::platform
