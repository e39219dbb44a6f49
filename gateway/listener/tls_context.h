// The TLS terms of a zone: 1.3 only, a client certificate always, nothing resumed.
//
// Groups X25519, P-256, P-384; the three AEAD suites of TLS 1.3; client signatures by ECDSA on
// P-256 and P-384 or RSA-PSS. No tickets, no session cache, no early data: a resumed session would
// outlive its certificate's revocation. The client's chain is judged by identity::Trust through the
// verify callback, with the Visitor of the connection (a chain that ends in an anchor finishes its
// handshake even if it is to be refused, so that it can be told why).
// A zone whose clients are anonymous (`Clients::anonymous`: the card agent's, which knows its pages
// by other means) asks for no certificate; everything else is the same.
// Built whole from certificate and key, replaced whole when they change. Thread-safe once built.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "gateway/identity/openssl_handles.h"
#include "gateway/platform/ports.h"
#include "routing/model/problem.h"

namespace sekisho::listener {

class Staple;
class Visitor;

enum class Clients : std::uint8_t { by_certificate, anonymous };

struct ServerCredentials {
    std::string certificate_file;  // PEM: own certificate, then the chain above it
    std::string key_file;          // PEM, or a token's key by its URI (adapters/tokens)
    std::string token_module{};    // of such a key
    Clients clients = Clients::by_certificate;
    const Staple* staple = nullptr;  // none: nothing is stapled; outlives every connection
};

class TlsContext {
  public:
    static model::Result<std::shared_ptr<const TlsContext>> load(platform::Files& files,
                                                                 const ServerCredentials& own);

    // A server's side over `descriptor`, which stays the caller's. `visitor` sees the client's
    // chain and must outlive it. Null when memory is out.
    identity::TlsPtr open(int descriptor, Visitor& visitor) const;

  private:
    explicit TlsContext(identity::TlsContextPtr context) : context_(std::move(context)) {}
    identity::TlsContextPtr context_;
};

}  // namespace sekisho::listener
