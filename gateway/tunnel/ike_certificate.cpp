#include "gateway/tunnel/ike_certificate.h"

namespace sekisho::tunnel {

namespace {

using Kind = IkeCertificate::Kind;

Kind kind_of(std::optional<std::string_view> flag) {
    if (flag == "NONE") return Kind::end;
    return flag == "CA" ? Kind::authority : Kind::other;
}

}  // namespace

std::optional<IkeCertificate> certificate_in(const ViciSection& event) {
    const auto bytes = event.text("data");
    if (event.text("type") != "X509" || !bytes || bytes->empty()) return std::nullopt;
    return IkeCertificate{.kind = kind_of(event.text("flag")),
                          .has_key = event.text("has_privkey") == "yes",
                          .der = std::string{*bytes}};
}

}  // namespace sekisho::tunnel
