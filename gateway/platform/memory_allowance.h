// What documents may take of the memory together: each part that holds one whole reserves its bytes
// first, and says no when they are not there, before the machine would.
//
// A ceiling of the process is then the sum of what is fixed (snapshot, caches, connections, small
// bodies on their way) and this allowance. Who is refused is told to come again
// (Problem::overloaded). More than the whole allowance counts as the whole: a document that is
// alone may always be looked at, or it could never be. Thread-safe; the allowance outlives its
// shares, and a share belongs to one thread at a time.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <utility>

#include "routing/model/limits.h"

namespace sekisho::platform {

class MemoryAllowance {
  public:
    explicit MemoryAllowance(std::uint64_t bytes_max = model::limits::kDocumentMemoryMax)
        : bytes_max_(bytes_max) {}

    // Bytes that are held until it is gone. Default-made or moved from it holds none and gets none.
    class Share {
      public:
        Share() = default;
        explicit Share(MemoryAllowance& of) : of_(&of) {}  // none yet
        ~Share() { give_back(); }
        Share(Share&& other) noexcept
            : of_(std::exchange(other.of_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
        Share& operator=(Share&& other) noexcept {
            std::swap(of_, other.of_);
            std::swap(bytes_, other.bytes_);
            return *this;
        }

        // Up to `bytes` in all; false, and nothing changed, when they are not there.
        bool grow_to(std::uint64_t bytes) {
            if (of_ == nullptr) return false;
            const std::uint64_t wanted = std::min(bytes, of_->bytes_max_);
            if (wanted <= bytes_) return true;
            if (!of_->take(wanted - bytes_)) return false;
            bytes_ = wanted;
            return true;
        }
        std::uint64_t bytes() const { return bytes_; }

      private:
        void give_back() {
            if (of_ != nullptr) of_->used_.fetch_sub(bytes_, std::memory_order_relaxed);
        }

        MemoryAllowance* of_ = nullptr;
        std::uint64_t bytes_ = 0;
    };

    std::uint64_t used() const { return used_.load(std::memory_order_relaxed); }
    std::uint64_t bytes_max() const { return bytes_max_; }
    std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }

  private:
    bool take(std::uint64_t bytes) {
        std::uint64_t used = used_.load(std::memory_order_relaxed);
        do {
            if (bytes > bytes_max_ - used) {
                refused_.fetch_add(1, std::memory_order_relaxed);
                return false;
            }
        } while (!used_.compare_exchange_weak(used, used + bytes, std::memory_order_relaxed));
        return true;
    }

    const std::uint64_t bytes_max_;
    std::atomic<std::uint64_t> used_{0};
    std::atomic<std::uint64_t> refused_{0};
};

}  // namespace sekisho::platform
