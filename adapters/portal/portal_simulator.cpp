#include "adapters/portal/portal_simulator.h"

#include <chrono>

#include "adapters/ledger/calls.h"
#include "adapters/portal/codec.h"

namespace sekisho::portal_adapter {

using adapters::HttpCall;
using adapters::HttpReply;
using documents::Json;

namespace {

std::optional<model::Person> person_in(std::string_view insurer, std::string_view insured) {
    const auto parsed_insurer = model::parse_insurer_number(insurer);
    const auto parsed_insured = model::parse_insured_number(insured);
    if (!parsed_insurer || !parsed_insured) return std::nullopt;
    return model::Person{*parsed_insurer, *parsed_insured};
}

std::optional<model::Person> addressee(const ledger::Received& notice) {
    return person_in(find_header(notice.attributes, "insurer").value_or(""),
                     find_header(notice.attributes, "insured").value_or(""));
}

std::string text_at(const Json& json, std::string_view key) {
    return std::string{json.string_at(key).value_or("")};
}

// Fresh in each run of the simulator too.
std::string fresh_name(std::string_view prefix, std::uint64_t number) {
    const auto now = std::chrono::system_clock::now().time_since_epoch().count();
    return std::string{prefix} + std::to_string(now) + "-" + std::to_string(number);
}

}  // namespace

PortalSimulator::PortalSimulator(std::string ledger_file, ledger::UplinkOptions uplink,
                                 std::string log_key_file)
    : ledger_(std::move(ledger_file)), window_(std::move(uplink), std::move(log_key_file)) {}

HttpReply PortalSimulator::business_error() const {
    return ledger::error_reply("MP-1001", "this notice cannot be shown");
}

HttpReply PortalSimulator::take_notice(const HttpCall& call) {
    auto notice = ledger::read_event(call);
    if (!notice) return ledger::error_reply("MP-1002", "an attribute is missing");
    for (const char* name : {"insurer", "insured"}) {
        if (auto value = ledger::event_attribute(call, name))
            notice->attributes.push_back({name, std::move(*value)});
    }
    if (!addressee(*notice)) return ledger::error_reply("MP-1003", "it is about no person");
    if (!ledger::digest_matches(call))
        return ledger::error_reply("MP-9002", "the bytes were damaged; send again");
    auto json = ledger::names_of(*notice);
    json.set("result", "ok");
    json.set("noticeNumber", ledger::reception_number("MP-", *notice));
    return ledger::reply_to(
        ledger_.receive(*notice), ledger::json_reply(json),
        ledger::error_reply("MP-1009", "another notice has this source and id"));
}

HttpReply PortalSimulator::log_in(const HttpCall& call) {
    const auto json = documents::parse_json(call.body);
    if (!json) return {400, {}, {}};
    const auto person = person_in(text_at(*json, "insurer"), text_at(*json, "insured"));
    if (!person) return {400, {}, {}};
    const locks::Lock lock(mutex_);
    const std::string session = ledger::sha256_hex(fresh_name("session-", ++counted_));
    sessions_.emplace(session, *person);
    return ledger::json_reply(Json::object().set("session", session));
}

std::optional<model::Person> PortalSimulator::person_of(const Json& asked) {
    const locks::Lock lock(mutex_);
    const auto found = sessions_.find(text_at(asked, "session"));
    if (found == sessions_.end()) return std::nullopt;
    return found->second;
}

Json PortalSimulator::notices_of(const model::Person& person) const {
    auto rows = Json::array();
    for (const ledger::Received& notice : ledger_.of_type("")) {
        if (addressee(notice) != person) continue;
        rows.push(Json::object()
                      .set("source", notice.source)
                      .set("id", notice.id)
                      .set("type", notice.type));
    }
    return Json::object().set("notices", std::move(rows));
}

HttpReply PortalSimulator::look(const std::string& path, const model::Person& person,
                                const Json& asked) {
    if (path == "/sim/accesses")
        return ledger::json_reply(window_.accesses(person, asked.integer_at("before")));
    if (path == "/sim/consents") return ledger::json_reply(window_.consents(person));
    if (path == "/sim/withdraw")
        return ledger::json_reply(window_.withdraw(person, text_at(asked, "id")));
    if (path != "/sim/ask") return {404, {}, {}};
    std::string id;
    {
        const locks::Lock lock(mutex_);
        id = fresh_name("portal-", ++counted_);
    }
    return ledger::json_reply(window_.ask(person, text_at(asked, "type"), id));
}

HttpReply PortalSimulator::act(const HttpCall& call) {
    const auto asked = documents::parse_json(call.body);
    if (!asked) return {400, {}, {}};
    const auto person = person_of(*asked);
    if (!person) return {401, {}, {}};
    if (call.path == "/sim/notices") return ledger::json_reply(notices_of(*person));
    if (!window_.is_named()) return {409, {}, "no gateway was named at start"};
    return look(call.path, *person, *asked);
}

HttpReply PortalSimulator::handle(const HttpCall& call) {
    const bool post = call.method == "POST";
    if (post && call.path == kNoticesPath) return take_notice(call);
    if (post && call.path == "/sim/login") return log_in(call);
    if (post && call.path.starts_with("/sim/")) return act(call);
    if (call.method == "GET" && call.path == "/portal/v1/health") return {200, {}, "{}"};
    if (call.method == "GET" && call.path == "/sim/state")
        return ledger::json_reply(ledger_.state());
    return {404, {}, {}};
}

}  // namespace sekisho::portal_adapter
