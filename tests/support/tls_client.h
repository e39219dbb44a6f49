// A client of raw bytes over TLS (or plain TCP): what a test sends is what arrives.
//
// Blocking, with a deadline on every read, so that a test that waits for nothing ends. In TLS 1.3 a
// client has finished its handshake before the server looked at its certificate: whether it was let
// in shows in the first read.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/platform/pki.h"

namespace sekisho::tests {

struct HttpAnswer {
    int status = 0;
    std::map<std::string, std::string> headers{};  // names in lower case
    std::string body{};
};

class TlsClient {
  public:
    struct Terms {
        const platform::CertificateAndKey* own = nullptr;  // none: no certificate is shown
        std::string authority_file{};                      // whom to trust; empty: anyone
        bool tls12_only = false;
        std::chrono::milliseconds patience{5000};  // for one read
    };

    static TlsClient connect(std::uint16_t port, const Terms& terms);
    static TlsClient connect_plain(
        std::uint16_t port);  // TCP alone; may shake hands later or never
    ~TlsClient();
    TlsClient(TlsClient&&) noexcept;

    bool connected() const;  // TCP, and the client's side of the handshake
    bool send(std::string_view bytes);
    void end_sending();  // close_notify and FIN; reading goes on

    // One answer with a Content-Length; nothing when the connection ended, broke or stayed silent.
    std::optional<HttpAnswer> read_answer();
    std::string read_rest();    // until the end
    bool ends();                // true: the server ended the connection, in order or not
    std::string alert() const;  // the alert that came, as OpenSSL words it; empty: none
    bool resumed() const;
    bool got_ticket() const;
    std::string server_serial() const;  // of its certificate, hexadecimal

  private:
    struct State;
    explicit TlsClient(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace sekisho::tests
