#include "gateway/wiring/card_desk.h"

#include "gateway/wiring/remote_options.h"

namespace sekisho::wiring {

namespace {

constexpr std::size_t kQuestionsAtOnce = 4;  // cards are shown at several counters

std::vector<admission::JpkiAuthority> authorities_of(const config::AdmissionConfig& config) {
    std::vector<admission::JpkiAuthority> authorities;
    authorities.reserve(config.authorities.size());
    for (const config::JpkiAuthorityConfig& authority : config.authorities) {
        authorities.push_back(
            {.file = authority.file,
             .rules = {.policies = authority.policies, .rsa_bits_min = authority.rsa_bits_min}});
    }
    return authorities;
}

// One way of asking a responder: the checker and what its questions travel by.
struct Responder {
    Responder(const config::CardStatusConfig& config, const CardDesk::Parts& parts)
        : transport(options_of(config.responder, kQuestionsAtOnce), config.responder.url),
          checker({.transport = transport,
                   .executor = parts.askers,
                   .random = parts.random,
                   .clock = parts.clock},
                  {.skew = config.skew}) {}

    admission::OcspOverHttp transport;
    admission::OcspChecker checker;
};

std::unexpected<model::Refusal> no_list_in(const std::string& file) {
    return model::refuse(model::Problem::internal,
                         {.ja = "本人確認の認証局が署名した失効リストがありません: " + file,
                          .en = "no revocation list signed by an authority of admission is in "
                                "this file: " +
                                file});
}

}  // namespace

model::Result<CardDesk::Means> CardDesk::read(const config::AdmissionConfig& config) const {
    using Method = config::CardStatusConfig::Method;
    auto trust = admission::JpkiTrust::load(parts_.files, authorities_of(config));
    if (!trust) return std::unexpected(trust.error());
    Means means{.trust = std::move(*trust)};
    if (config.status.method == Method::crl) {
        means.lists = std::make_shared<admission::CrlChecker>(
            parts_.files, parts_.clock, config.status.crl_files, means.trust->authorities());
        means.status = means.lists;
        if (const auto silent = means.lists->silent_files(); !silent.empty()) {
            return no_list_in(silent.front());
        }
    }
    if (config.status.method == Method::ocsp) {
        const auto responder = std::make_shared<Responder>(config.status, parts_);
        means.status = {responder, &responder->checker};
    }
    return means;
}

model::Result<std::unique_ptr<CardDesk>> CardDesk::build(const config::AdmissionConfig& config,
                                                         const std::string& instance,
                                                         const Parts& parts) {
    std::unique_ptr<CardDesk> desk{new CardDesk{config, instance, parts}};
    auto means = desk->read(config);
    if (!means) return std::unexpected(means.error());
    desk->cards_ = std::make_unique<admission::CardVerifier>(
        admission::CardVerifier::Parts{.challenges = desk->challenges_,
                                       .trust = means->trust,
                                       .status = means->status,
                                       .timer = parts.timer,
                                       .clock = parts.clock});
    desk->take(std::move(*means));
    return desk;
}

void CardDesk::take(Means means) {
    cards_->replace(std::move(means.trust), std::move(means.status));
    const locks::Lock lock{swapping_};
    lists_ = std::move(means.lists);
}

CardDesk::Refreshed CardDesk::refresh() {
    std::shared_ptr<admission::CrlChecker> lists;
    {
        const locks::Lock lock{swapping_};
        lists = lists_;
    }
    if (lists == nullptr || !lists->refresh()) return {};
    return {.changed = true, .silent_files = lists->silent_files()};
}

}  // namespace sekisho::wiring
