// What the authority of a zone's own certificate says of its status, handed to each client with the
// handshake (OCSP stapling: RFC 6066 section 8, RFC 8446 section 4.4.2.1), so that no client has to
// ask there and tell who speaks to whom.
//
// Holds the last answer with the certificate it is about and the moment until which it may be
// handed on; past that, or for another certificate, there is none. Thread-safe.
#pragma once

#include <optional>
#include <string>

#include "adapters/locks/mutex.h"
#include "gateway/platform/ports.h"
#include "routing/model/identifiers.h"

namespace sekisho::listener {

class Staple {
  public:
    struct Said {
        std::string answer;           // an OCSPResponse in DER
        model::Sha256 certificate{};  // whose: SHA-256 of its DER
        model::Instant until{};
    };

    explicit Staple(const platform::Clock& clock) : clock_(clock) {}

    void replace(std::optional<Said> said) {
        const locks::Lock lock{mutex_};
        said_ = std::move(said);
    }

    std::optional<std::string> of(const model::Sha256& certificate) const {
        const locks::Lock lock{mutex_};
        if (!said_ || said_->certificate != certificate || clock_.now() >= said_->until) {
            return std::nullopt;
        }
        return said_->answer;
    }

  private:
    const platform::Clock& clock_;
    mutable locks::Mutex mutex_;
    std::optional<Said> said_ SEKISHO_GUARDED_BY(mutex_){};
};

}  // namespace sekisho::listener
