// `openssl ocsp` on a free port of the loopback, with the index of what it knows. Stopped with the
// object.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/demo/demo_gateway.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::tests {

// Of whom it answers, and by whose key; all PEM.
struct ResponderPki {
    std::string authority;
    std::string signer;
    std::string signer_key;
};

class OcspResponder {
  public:
    // A line of the index for each certificate; `more`: further options of openssl's.
    OcspResponder(const std::string& index, const ResponderPki& pki,
                  const std::vector<std::string>& more = {});

    static std::string valid(const std::string& serial);  // in hexadecimal
    static std::string revoked(const std::string& serial);

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }
    void stop();

  private:
    void write(const std::string& name, const std::string& text) const;
    std::uint16_t read_port();

    TemporaryFolder folder_;
    Child process_;
    std::uint16_t port_ = 0;
};

}  // namespace sekisho::tests
