#include "gateway/listener/stream.h"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

namespace sekisho::listener {

namespace {

class TlsStream final : public Stream {
  public:
    explicit TlsStream(identity::TlsPtr tls) : tls_(std::move(tls)) {}

    Io shake_hands() override {
        ERR_clear_error();
        const int result = SSL_do_handshake(tls_.get());
        if (result != 1) return reason_of(result);
        // Never resumed, by the terms of the context; if it were, no chain was judged.
        return SSL_session_reused(tls_.get()) == 0 ? Io::done : Io::failed;
    }

    IoResult read(std::span<char> into) override {
        ERR_clear_error();
        std::size_t bytes = 0;
        const int result = SSL_read_ex(tls_.get(), into.data(), into.size(), &bytes);
        if (result == 1) return {.io = Io::done, .bytes = bytes};
        return {.io = reason_of(result)};
    }

    IoResult write(std::string_view bytes) override {
        ERR_clear_error();
        std::size_t written = 0;
        const int result = SSL_write_ex(tls_.get(), bytes.data(), bytes.size(), &written);
        if (result == 1) return {.io = Io::done, .bytes = written};
        return {.io = reason_of(result)};
    }

    void say_goodbye() override {
        ERR_clear_error();
        SSL_shutdown(tls_.get());
        ERR_clear_error();
    }

  private:
    Io reason_of(int result) const {
        switch (SSL_get_error(tls_.get(), result)) {
            case SSL_ERROR_WANT_READ:
                return Io::want_read;
            case SSL_ERROR_WANT_WRITE:
                return Io::want_write;
            case SSL_ERROR_ZERO_RETURN:
                return Io::ended;
            default:
                ERR_clear_error();
                return Io::failed;
        }
    }

    identity::TlsPtr tls_;
};

class PlainStream final : public Stream {
  public:
    explicit PlainStream(int descriptor) : descriptor_(descriptor) {}

    Io shake_hands() override { return Io::done; }

    IoResult read(std::span<char> into) override {
        const ssize_t got = ::recv(descriptor_, into.data(), into.size(), 0);
        if (got == 0) return {.io = Io::ended};
        return result_of(got, Io::want_read);
    }

    IoResult write(std::string_view bytes) override {
        return result_of(::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL),
                         Io::want_write);
    }

    void say_goodbye() override {}

  private:
    static IoResult result_of(ssize_t bytes, Io when_blocked) {
        if (bytes > 0) return {.io = Io::done, .bytes = static_cast<std::size_t>(bytes)};
        const bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
        return {.io = later ? when_blocked : Io::failed};
    }

    const int descriptor_;
};

}  // namespace

std::unique_ptr<Stream> tls_stream(identity::TlsPtr tls) {
    return std::make_unique<TlsStream>(std::move(tls));
}

std::unique_ptr<Stream> plain_stream(int descriptor) {
    return std::make_unique<PlainStream>(descriptor);
}

}  // namespace sekisho::listener
