// A certificate's DER as text for people: PEM, who issued it, from when until when.
//
// No verdict: nothing here says that a certificate is valid. Subject and serial are left out, since
// a person's certificate stands for the person.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "routing/model/instant.h"

namespace sekisho::platform {

struct CertificateText {
    std::string pem;
    std::string issuer;  // RFC 2253
    model::Instant not_before{};
    model::Instant not_after{};
};

// Of the first certificate in a PEM text; nullopt where there is none.
std::optional<std::string> certificate_der(std::string_view pem);

// nullopt where the bytes are not exactly one certificate.
std::optional<CertificateText> certificate_text(std::string_view der);

}  // namespace sekisho::platform
