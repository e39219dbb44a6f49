// The agent's own server certificate: a browser lets a page of https speak to https only.
//
// Nobody issues certificates for 127.0.0.1, so the agent makes one when it first starts, and again
// before it runs out: self-signed, P-256, for 127.0.0.1, ::1 and localhost, as a server and as
// nothing else. It is no authority: a browser that was made to trust it trusts no other site by it,
// even when the key is stolen. Two years, since each new one must be taken to the browser by hand.
// The key (PKCS#8, 0600) is one file of the folder (0700 where it is made here), the certificate
// another.
#pragma once

#include <string>

#include "gateway/listener/tls_context.h"
#include "gateway/platform/ports.h"

namespace sekisho::agent {

struct OwnCertificate {
    listener::ServerCredentials files;
    std::string fingerprint;  // SHA-256 as browsers show it: "AB:CD:..."
    bool made_now = false;
};

// Makes what is missing or about to run out. Refused where the folder cannot be written to or what
// lies there is no certificate.
model::Result<OwnCertificate> own_certificate(platform::Files& files, const platform::Clock& clock,
                                              platform::Random& random, const std::string& folder);

}  // namespace sekisho::agent
