// Certificates on disk for tests that speak TLS: an authority, a server, clients. Made when the
// test runs, in a folder that goes with the object.
#pragma once

#include <string>
#include <string_view>

#include "gateway/platform/pki.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::tests {

class HttpPki {
  public:
    HttpPki();

    std::string authority_file() const { return folder_ / "ca.pem"; }
    std::string certificate_file(std::string_view name) const;
    std::string key_file(std::string_view name) const;
    // "server" exists already, for localhost; a client's party stands in its SAN URI.
    void add_client(std::string_view name, std::string_view party);

  private:
    void write(std::string_view name, const platform::CertificateAndKey& pair);

    TemporaryFolder folder_;
    platform::CertificateAndKey authority_;
    std::uint64_t serial_ = 2;
};

}  // namespace sekisho::tests
