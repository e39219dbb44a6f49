// The bytes of a connection, with or without TLS, never waiting.
//
// Each call does what can be done now. Owned and used under its connection's mutex.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "gateway/identity/openssl_handles.h"

namespace sekisho::listener {

enum class Io : std::uint8_t { done, want_read, want_write, ended, failed };

struct IoResult {
    Io io = Io::failed;
    std::size_t bytes = 0;  // when done: at least 1
};

class Stream {
  public:
    virtual ~Stream() = default;
    virtual Io shake_hands() = 0;
    virtual IoResult read(std::span<char> into) = 0;
    virtual IoResult write(std::string_view bytes) = 0;
    virtual void say_goodbye() = 0;  // as far as it can be said without waiting
};

std::unique_ptr<Stream> tls_stream(identity::TlsPtr tls);
std::unique_ptr<Stream> plain_stream(int descriptor);  // stays the caller's

}  // namespace sekisho::listener
