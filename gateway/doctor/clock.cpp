// This machine's clock: beside those of the peers, and whether anything keeps it right.
#include <map>
#include <sys/timex.h>

#include "gateway/doctor/areas.h"
#include "gateway/doctor/bounds.h"
#include "gateway/doctor/judgements.h"
#include "gateway/doctor/peer_settings.h"
#include "gateway/doctor/redaction.h"

namespace sekisho::doctor {

namespace {

ClockKeeping keeping() {
    timex kernel{};  // nothing is set: a question only
    const int state = ::adjtimex(&kernel);
    if (state < 0) return ClockKeeping::unreadable;
    const bool adrift = state == TIME_ERROR || (kernel.status & STA_UNSYNC) != 0;
    return adrift ? ClockKeeping::adrift : ClockKeeping::synchronised;
}

// The peer read its clock in between, so the middle is compared.
Verdict compare(const Premises& premises, const config::AdapterConfig& adapter,
                const std::string& url) {
    const model::Text next{.ja = "アダプターの欄を見てください",
                           .en = "see what is said of its adapter"};
    auto options = client_with_key(adapter, *premises.token_keys);
    if (!options) {
        return {
            .state = State::unknown, .what = options.error().what, .next = options.error().next};
    }
    http::HttpClient client{std::move(*options)};
    const auto before = premises.machine.clock->now();
    const auto reply =
        client.send({.url = url + "/"}, std::chrono::steady_clock::now() + kPeerClock);
    const auto after = premises.machine.clock->now();
    if (!reply) {
        return unknown(std::string{http::to_string(reply.error().trouble)}, next);
    }
    const auto date = adapters::find_header(reply->headers, "Date");
    const auto theirs = date ? parse_http_date(*date) : std::nullopt;
    if (!theirs) {
        return {.state = State::note,
                .what = {.ja = "相手は応答に日時(Date)を書きません",
                         .en = "the peer's answer bears no Date"},
                .next = {.ja = "することはありません", .en = "there is nothing to do"}};
    }
    const auto middle = before + (after - before) / 2;
    return judge_skew(std::chrono::floor<std::chrono::seconds>(middle - *theirs));
}

}  // namespace

Findings examine_clock(const Premises& premises) {
    Findings findings{{.area = Area::clock, .subject = "NTP", .verdict = judge_keeping(keeping())}};
    std::map<std::string, const config::AdapterConfig*> peers;
    for (const config::AdapterConfig& adapter : premises.config->adapters) {
        if (const std::string url = url_of(adapter); !url.empty()) peers.emplace(url, &adapter);
    }
    for (const auto& [url, adapter] : peers) {
        findings.push_back({.area = Area::clock,
                            .subject = shown_url(url) + " (" + adapter->name + ")",
                            .verdict = compare(premises, *adapter, url)});
    }
    return findings;
}

}  // namespace sekisho::doctor
