#include "gateway/wiring/card_desk.h"

namespace sekisho::wiring {

namespace {

std::vector<admission::JpkiAuthority> authorities_of(const config::AdmissionConfig& config) {
    std::vector<admission::JpkiAuthority> authorities;
    for (const config::JpkiAuthorityConfig& authority : config.authorities) {
        authorities.push_back(
            {.file = authority.file,
             .rules = {.policies = authority.policies, .rsa_bits_min = authority.rsa_bits_min}});
    }
    return authorities;
}

// The configuration lets plain http to this host pass and nowhere else.
http::ClientOptions client_of(const config::CardStatusConfig& config) {
    const bool plain = config.url.starts_with("http://");
    return {.certificate_file = config.certificate_file,
            .key_file = config.key_file,
            .trust_file = config.trust_file,
            .plain_http = plain ? http::PlainHttp::loopback : http::PlainHttp::refused};
}

}  // namespace

void CardDesk::set_up_status(const config::CardStatusConfig& config, const Parts& parts) {
    using Method = config::CardStatusConfig::Method;
    if (config.method == Method::crl) {
        lists_ =
            std::make_unique<admission::CrlChecker>(parts.files, parts.clock, config.crl_files);
    }
    if (config.method == Method::ocsp) {
        transport_ = std::make_unique<admission::OcspOverHttp>(client_of(config), config.url);
        responder_ = std::make_unique<admission::OcspChecker>(
            admission::OcspChecker::Parts{.transport = *transport_,
                                          .executor = parts.askers,
                                          .random = parts.random,
                                          .clock = parts.clock},
            admission::OcspRules{.skew = config.skew});
    }
}

model::Result<std::unique_ptr<CardDesk>> CardDesk::build(const config::AdmissionConfig& config,
                                                         const std::string& instance,
                                                         const Parts& parts) {
    auto trust = admission::JpkiTrust::load(parts.files, authorities_of(config));
    if (!trust) return std::unexpected(trust.error());
    std::unique_ptr<CardDesk> desk{new CardDesk{instance, parts}};
    desk->set_up_status(config.status, parts);
    admission::StatusChecker* status = desk->lists_.get();
    if (desk->responder_) status = desk->responder_.get();
    desk->cards_ = std::make_unique<admission::CardVerifier>(
        admission::CardVerifier::Parts{.challenges = desk->challenges_,
                                       .trust = std::move(*trust),
                                       .status = status,
                                       .timer = parts.timer,
                                       .clock = parts.clock});
    return desk;
}

bool CardDesk::refresh() {
    return lists_ != nullptr && lists_->refresh();
}

}  // namespace sekisho::wiring
