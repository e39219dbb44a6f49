#include "gateway/agent/pairing.h"

#include <algorithm>
#include <array>

#include "adapters/documents/base64.h"
#include "gateway/platform/crypto.h"
#include "gateway/platform/secret_bytes.h"

namespace sekisho::agent {

namespace {

constexpr std::size_t kCodeDigits = 6;
constexpr std::uint64_t kCodes = 1'000'000;

std::string_view bytes_of(const model::Sha256& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::chrono::seconds wait_after(std::uint32_t wrong) {
    std::chrono::seconds wait = Pairing::kFirstWait;
    for (std::uint32_t i = Pairing::kWrongBeforeWaiting; i < wrong; ++i) {
        wait = std::min(2 * wait, Pairing::kLongestWait);
    }
    return wait;
}

}  // namespace

Pairing::Pairing(platform::Random& random) : random_(random), code_(next_code()) {}

std::string Pairing::next_code() {
    const std::string digits = std::to_string(random_.below(kCodes));
    return std::string(kCodeDigits - digits.size(), '0') + digits;
}

std::string Pairing::code() const {
    const locks::Lock lock{mutex_};
    return code_;
}

std::expected<std::string, AgentRefusal> Pairing::pair(std::string_view origin,
                                                       std::string_view code,
                                                       platform::Monotonic now) {
    const locks::Lock lock{mutex_};
    if (now < wait_until_) {
        return std::unexpected(
            AgentRefusal{.code = Code::too_many_codes,
                         .wait = std::chrono::ceil<std::chrono::seconds>(wait_until_ - now)});
    }
    const bool right = platform::same_secret(code, code_);
    code_ = next_code();
    if (!right) {
        ++wrong_;
        if (wrong_ >= kWrongBeforeWaiting) wait_until_ = now + wait_after(wrong_);
        return std::unexpected(AgentRefusal{.code = Code::wrong_code});
    }
    wrong_ = 0;
    std::array<std::uint8_t, 32> bytes{};
    random_.fill(bytes);
    std::string token =
        documents::to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    platform::cleanse(bytes);
    known_.push_back({.origin = std::string{origin}, .token = platform::sha256(token)});
    if (known_.size() > kTokensMax) known_.pop_front();
    return token;
}

bool Pairing::knows(std::string_view origin, std::string_view token) const {
    const model::Sha256 digest = platform::sha256(token);
    const locks::Lock lock{mutex_};
    return std::ranges::any_of(known_, [&](const Known& each) {
        return each.origin == origin &&
               platform::same_secret(bytes_of(each.token), bytes_of(digest));
    });
}

}  // namespace sekisho::agent
