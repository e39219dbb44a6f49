// Who has the addresses that the gateway listens at.
#include "gateway/doctor/areas.h"
#include "gateway/doctor/bounds.h"
#include "gateway/doctor/health_pages.h"
#include "gateway/doctor/judgements.h"
#include "gateway/doctor/knock.h"
#include "gateway/doctor/pem_files.h"
#include "gateway/identity/certificate.h"
#include "gateway/store/gateway_lock.h"

namespace sekisho::doctor {

namespace {

// Whether a gateway runs on this database.
enum class Gateway : std::uint8_t { runs, rests };

std::string text_of(const config::Address& address) {
    const bool v6 = address.host.contains(':');
    return (v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

Verdict judge_nobody(const config::Address& address, Gateway gateway) {
    if (gateway == Gateway::runs) return judge_listening(Listening::free_but_runs, {});
    const auto free = can_bind(address);
    return free ? judge_listening(Listening::free, {})
                : judge_listening(Listening::unbindable, free.error());
}

Verdict judge_any_port() {
    return {.state = State::note,
            .what = {.ja = "番号は起動のたびに変わります(0)", .en = "any free port is taken (0)"},
            .next = {.ja = "本番では、運用者が番号を決めてください",
                     .en = "in production the operator names one"}};
}

// Its own packet filter lets nobody in who does not come by the protected way.
bool is_guarded(const config::ZoneConfig& zone) {
    return zone.protection.by == model::Protection::ipsec ||
           zone.protection.by == model::Protection::closed_network;
}

Verdict judge_guarded(const config::Address& address, Gateway gateway) {
    if (gateway == Gateway::rests) return judge_nobody(address, gateway);
    return {.state = State::note,
            .what = {.ja = "パケットフィルターがこの機械からの接続を通さないため、試していません",
                     .en = "not knocked at: the packet filter lets nobody of this machine in"},
            .next = {.ja = "運用者は、守られた経路の相手の一つに接続を試してもらってください",
                     .en = "the operator asks one of the parties behind the protected way to try"}};
}

Verdict judge_silence(const config::Address& address, Gateway gateway) {
    if (gateway == Gateway::rests) return judge_nobody(address, gateway);
    return unknown("neither refused nor accepted in time",
                   {.ja = "運用者は、負荷、パケットフィルター、名前解決を確かめてください",
                    .en = "the operator looks at the load, the packet filter and the name"});
}

Verdict look_at_zone(const Premises& premises, const config::ZoneConfig& zone, Gateway gateway) {
    if (zone.listen.port == 0) return judge_any_port();
    if (is_guarded(zone)) return judge_guarded(zone.listen, gateway);
    const Knocked knocked = knock(zone.listen, Speaks::tls, kKnock);
    if (knocked.door == Door::nobody) return judge_nobody(zone.listen, gateway);
    if (knocked.door == Door::no_answer) return judge_silence(zone.listen, gateway);
    if (knocked.door == Door::accepts) {
        return judge_listening(gateway == Gateway::runs ? Listening::silent : Listening::another,
                               {});
    }
    const auto own = read_certificates(*premises.machine.files, zone.certificate_file);
    const bool is_ours =
        own && knocked.certificate == identity::read_certificate(own->front().get()).fingerprint;
    if (is_ours) return judge_listening(Listening::ours, {});
    return judge_listening(gateway == Gateway::runs ? Listening::ours_outdated : Listening::another,
                           {});
}

Verdict look_at_health(const config::Address& address, Gateway gateway) {
    if (address.port == 0) return judge_any_port();
    const Door door = knock(address, Speaks::plain, kKnock).door;
    if (door == Door::nobody) return judge_nobody(address, gateway);
    if (door == Door::no_answer) return judge_silence(address, gateway);
    if (!can_be_asked(address)) {
        return unknown(text_of(address), {.ja = "運用者が 127.0.0.1 か [::1] に変えてください",
                                          .en = "the operator makes it 127.0.0.1 or [::1]"});
    }
    const auto alive = health_page(address, "/livez");
    if (!alive || !alive->body.contains("\"alive\"")) {
        return judge_listening(gateway == Gateway::runs ? Listening::silent : Listening::another,
                               {});
    }
    constexpr int kOk = 200;
    const auto ready = health_page(address, "/readyz");
    if (ready && ready->status == kOk) return judge_listening(Listening::ours, {});
    const std::string why = ready ? foreign_words(ready->body) : "/readyz";
    return {.state = State::fault,
            .what = {.ja = "ゲートウェイは文書を受け付けていません: " + why,
                     .en = "the gateway runs and accepts nothing: " + why},
            .next = {.ja = "運用者がログを見てください。起動や停止の途中であれば、待ってください",
                     .en = "the operator looks at the log; while it starts or ends, it takes a "
                           "moment"}};
}

}  // namespace

Findings examine_ports(const Premises& premises) {
    Findings findings;
    const config::Config& config = *premises.config;
    const Gateway gateway =
        store::GatewayLock::is_held(config.store.path) ? Gateway::runs : Gateway::rests;
    for (const config::ZoneConfig& zone : config.zones) {
        findings.push_back({.area = Area::ports,
                            .subject = text_of(zone.listen) + " (" + zone.name.text() + ")",
                            .verdict = look_at_zone(premises, zone, gateway)});
    }
    if (config.health) {
        findings.push_back({.area = Area::ports,
                            .subject = text_of(*config.health) + " (health)",
                            .verdict = look_at_health(*config.health, gateway)});
    }
    return findings;
}

}  // namespace sekisho::doctor
