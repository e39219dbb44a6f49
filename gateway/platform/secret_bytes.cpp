#include "gateway/platform/secret_bytes.h"

#include <algorithm>
#include <cassert>
#include <openssl/crypto.h>

namespace sekisho::platform {

void cleanse(std::span<std::uint8_t> bytes) {
    OPENSSL_cleanse(bytes.data(), bytes.size());
}

bool same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        clear();
        take(other);
    }
    return *this;
}

bool SecretBytes::append(std::string_view bytes) {
    if (bytes.size() > kCapacity - size_) return false;
    std::ranges::copy(bytes, bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += bytes.size();
    return true;
}

void SecretBytes::clear() {
    cleanse(bytes_);
    size_ = 0;
}

void SecretBytes::remove_last() {
    assert(size_ > 0);
    bytes_[--size_] = 0;
}

SecretBytes SecretBytes::duplicate() const {
    SecretBytes copy;
    copy.bytes_ = bytes_;
    copy.size_ = size_;
    return copy;
}

void SecretBytes::take(SecretBytes& other) {
    bytes_ = other.bytes_;
    size_ = other.size_;
    other.clear();
}

}  // namespace sekisho::platform
