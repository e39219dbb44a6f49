#include "tests/support/http_pki.h"

#include <chrono>
#include <fstream>
#include <stdexcept>

namespace sekisho::tests {

namespace {

platform::CertificateRequest request_for(std::string_view name, std::uint64_t serial) {
    const auto now =
        std::chrono::time_point_cast<model::Duration>(std::chrono::system_clock::now());
    platform::CertificateRequest request;
    request.common_name = name;
    request.not_before = now - std::chrono::hours{1};
    request.not_after = now + std::chrono::hours{24};
    request.serial = serial;
    return request;
}

platform::CertificateAndKey issued(const platform::CertificateRequest& request,
                                   const platform::CertificateAndKey* issuer) {
    auto pair = platform::issue(request, issuer);
    if (!pair) throw std::runtime_error("no certificate: " + pair.error().detail.en);
    return *pair;
}

void write_text(const std::string& file, const std::string& text) {
    std::ofstream stream(file, std::ios::binary);
    stream << text;
}

}  // namespace

HttpPki::HttpPki() {
    auto request = request_for("test authority", 1);
    request.authority = true;
    authority_ = issued(request, nullptr);
    write_text(authority_file(), authority_.certificate_pem);
    auto server = request_for("server", serial_++);
    server.server_auth = true;
    server.dns_names = {"localhost"};
    server.addresses = {"127.0.0.1"};
    write("server", issued(server, &authority_));
}

std::string HttpPki::certificate_file(std::string_view name) const {
    return folder_ / (std::string{name} + ".pem");
}

std::string HttpPki::key_file(std::string_view name) const {
    return folder_ / (std::string{name} + ".key");
}

void HttpPki::add_client(std::string_view name, std::string_view party) {
    auto request = request_for(name, serial_++);
    request.client_auth = true;
    request.uris = {"urn:sekisho:party:" + std::string{party}};
    write(name, issued(request, &authority_));
}

void HttpPki::write(std::string_view name, const platform::CertificateAndKey& pair) {
    write_text(certificate_file(name), pair.certificate_pem);
    write_text(key_file(name), pair.key_pem);
}

}  // namespace sekisho::tests
