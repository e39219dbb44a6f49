#include "adapters/webhook/webhook_simulator.h"

#include "adapters/ledger/calls.h"
#include "adapters/webhook/codec.h"

namespace sekisho::webhook_adapter {

using adapters::HttpCall;
using adapters::HttpReply;

namespace {

constexpr std::string_view kPath = "/events";

HttpReply refused(int status, std::string_view code) {
    return {status, {{"Content-Type", "application/json"}}, refusal(code)};
}

}  // namespace

HttpReply WebhookSimulator::business_error() const {
    return refused(200, "NOT-HERE");
}

HttpReply WebhookSimulator::take_event(const HttpCall& call) {
    const auto event = ledger::read_event(call);
    if (!event) return refused(422, "NO-EVENT");
    if (!ledger::digest_matches(call)) return {503, {{"Retry-After", "1"}}, {}};
    const HttpReply taken{
        200,
        {{"Content-Type", "application/json"}},
        acknowledgement(event->source, event->id, ledger::sha256_hex(event->body))};
    return ledger::reply_to(ledger_.receive(*event), taken, refused(409, "CONFLICT"));
}

HttpReply WebhookSimulator::handle(const HttpCall& call) {
    if (call.method == "POST" && call.path == kPath) return take_event(call);
    if (call.method == "OPTIONS" && call.path == kPath) return {200, {{"Allow", "POST"}}, {}};
    if (call.method == "GET" && call.path == "/sim/state")
        return ledger::json_reply(ledger_.state());
    return {404, {}, {}};
}

}  // namespace sekisho::webhook_adapter
