// Each adapter as the gateway has it: its module is loaded into this process, takes its settings,
// and asks its peer. The running gateway's own are not touched.
#include "gateway/doctor/areas.h"
#include "gateway/doctor/bounds.h"
#include "gateway/doctor/in_time.h"
#include "gateway/doctor/judgements.h"
#include "gateway/doctor/peer_settings.h"

namespace sekisho::doctor {

namespace {

struct Asked {
    std::optional<model::Refusal> refusal{};  // the module cannot be loaded, or not so
    adapters::Capabilities capabilities{};
    adapters::Health health{};
};

// Owns what it touches: a module that hangs keeps all of it.
Asked ask(const OpenAdapter& open, const config::AdapterConfig& config) {
    auto adapter = open(config);
    if (!adapter) return {.refusal = adapter.error()};
    return {.capabilities = (*adapter)->capabilities(),
            .health = (*adapter)->probe(std::chrono::steady_clock::now() + kProbe)};
}

Verdict judge(const std::optional<Asked>& asked) {
    const model::Text look{
        .ja = "運用者が経路と証明書を確かめ、相手の連絡先に状況を尋ねてください",
        .en =
            "the operator looks at the way there and the certificates, and asks whoever runs the "
            "peer"};
    if (!asked) {
        return {.state = State::fault,
                .what = {.ja = "時間内に戻りません", .en = "it does not come back in time"},
                .next = look};
    }
    if (asked->refusal) {
        return {.state = State::fault,
                .what = {.ja = "設定どおりに読み込めません: " +
                               foreign_words(asked->refusal->detail.en),
                         .en = "it cannot be loaded as configured: " +
                               foreign_words(asked->refusal->detail.en)},
                .next = {.ja = "運用者が設定のその行を直してください",
                         .en = "the operator mends that line of the configuration"}};
    }
    if (asked->health.reachable) {
        const std::string module =
            foreign_words(asked->capabilities.name + " " + asked->capabilities.version);
        return good({.ja = module + ": 相手は応答しています", .en = module + ": the peer answers"});
    }
    return {.state = State::fault,
            .what = {.ja = "相手は応答しません: " + foreign_words(asked->health.detail),
                     .en = "the peer does not answer: " + foreign_words(asked->health.detail)},
            .next = look};
}

// The module would try the token's PIN once more: where it is known that the key cannot be had, the
// module is not asked.
Verdict look_at(const Premises& premises, const config::AdapterConfig& adapter) {
    if (!premises.machine.open_adapter) {
        return unknown("no module can be loaded here",
                       {.ja = "sekisho のプログラムで実行してください",
                        .en = "run it by the program sekisho"});
    }
    const auto client = client_with_key(adapter, *premises.token_keys);
    if (!client) return client.error();
    return judge(in_time<Asked>(
        [open = premises.machine.open_adapter, adapter] { return ask(open, adapter); },
        kProbe + kProbeOverdue));
}

}  // namespace

Findings examine_adapters(const Premises& premises) {
    Findings findings;
    for (const config::AdapterConfig& adapter : premises.config->adapters) {
        findings.push_back({.area = Area::adapters,
                            .subject = adapter.name,
                            .verdict = look_at(premises, adapter)});
    }
    if (findings.empty()) {
        findings.push_back({.area = Area::adapters,
                            .subject = premises.config->file,
                            .verdict = good({.ja = "アダプターはなく、すべて受け取りに来ます",
                                             .en = "none: everyone collects from the mailbox"})});
    }
    return findings;
}

}  // namespace sekisho::doctor
