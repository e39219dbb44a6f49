#include "adapters/simulation/day/day.h"

#include <algorithm>
#include <thread>

#include "adapters/simulation/day/receipt_check.h"
#include "adapters/simulation/ports_file.h"
#include "routing/model/event_type.h"
#include "routing/model/instant.h"

namespace sekisho::simulation {

using documents::Json;

namespace {

std::int64_t milliseconds_now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace

Day::Day(std::string demo_folder, Verbosity verbosity, Desk desk)
    : demo_folder_(std::move(demo_folder)),
      counter_(desk == Desk::none ? nullptr : std::make_unique<CardCounter>(demo_folder_)),
      book_(verbosity),
      run_(milliseconds_now()) {}

std::expected<std::unique_ptr<Day>, std::string> Day::open(const std::string& demo_folder,
                                                           Verbosity verbosity, Desk desk) {
    std::unique_ptr<Day> day{new Day(demo_folder, verbosity, desk)};
    if (auto wrong = day->read_configuration()) return std::unexpected(*wrong);
    return day;
}

std::optional<std::string> Day::read_configuration() {
    const std::string file = demo_folder_ + "/sekisho.json";
    const auto text = read_file(file);
    if (!text) return file + " cannot be read; has the demo been started?";
    const auto json = documents::parse_json(*text, {.comments = true});
    if (!json) return file + " is not well-formed";
    if (const Json* zones = json->find("zones")) {
        for (const Json& zone : zones->items())
            zone_urls_[std::string{zone.string_at("name").value_or("")}] =
                "https://" + std::string{zone.string_at("listen").value_or("")};
    }
    for (const std::string_view zone : {kInternet, kEligibility, kPublic}) {
        if (!zone_urls_.contains(zone)) return file + " has no zone " + std::string{zone};
    }
    return std::nullopt;
}

GatewayClient& Day::door(std::string_view zone, const std::string& party) {
    auto& client = clients_[std::string{zone} + " " + party];
    if (!client) {
        std::string name = party;
        std::ranges::replace(name, ':', '-');
        if (zone == kEligibility) name += ".eligibility";  // parties of both have two
        client = std::make_unique<GatewayClient>(
            zone_urls_.find(zone)->second,
            http::ClientOptions{.certificate_file = demo_folder_ + "/pki/" + name + ".pem",
                                .key_file = demo_folder_ + "/pki/" + name + ".key",
                                .trust_file = demo_folder_ + "/pki/server-ca.pem",
                                .connections_max = 1});
    }
    return *client;
}

GatewayClient& Day::simulator(const std::string& peer) {
    auto& client = clients_["simulator " + peer];
    if (!client) {
        const auto port = read_port(demo_folder_ + "/ports.json", peer).value_or(0);
        client = std::make_unique<GatewayClient>(
            "https://127.0.0.1:" + std::to_string(port),
            http::ClientOptions{.certificate_file = demo_folder_ + "/pki/gateway.pem",
                                .key_file = demo_folder_ + "/pki/gateway.key",
                                .trust_file = demo_folder_ + "/pki/public-ca.pem",
                                .connections_max = 1});
    }
    return *client;
}

std::string Day::fresh_id(std::string_view tag) const {
    return "day-" + std::to_string(run_) + "-" + std::string{tag};
}

std::string Day::fresh_request_number(std::string_view digits) const {
    return std::to_string(run_) + std::string{digits};
}

std::string Day::today() const {
    return model::to_japan_date(model::Instant{std::chrono::milliseconds{run_}});
}

std::string Day::today_digits() const {
    std::string text = today();
    std::erase(text, '-');
    return text;
}

int Day::history() const {
    return static_cast<int>(run_ / 60'000);
}

std::string Day::fresh_series(const std::string& from_and_to) {
    auto& last = series_.try_emplace(from_and_to, run_ / 1000).first->second;
    std::int64_t second = milliseconds_now() / 1000;
    for (; second <= last; second = milliseconds_now() / 1000)
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    last = second;
    return model::to_japan_digits(model::Instant{std::chrono::seconds{second}});
}

bool Day::fetch_keys() {
    GatewayReply reply = door(kPublic, "insurer:139980").get("/v1/keys");
    const bool good = reply.status == 200 && reply.json.find("keys") != nullptr;
    note({.flow = "keys", .to = "gateway", .what = "the keys that sign receipts"}, "insurer:139980",
         "200", good || reply.status != 200 ? reply.words() : "200 without keys");
    keys_ = std::move(reply.json);
    return good;
}

GatewayReply Day::file(const Telling& telling, std::string_view zone, const Parcel& parcel,
                       const std::string& expected) {
    GatewayReply reply = door(zone, to_string(parcel.source)).post_message(parcel);
    if (reply.status != 202) {
        note(telling, to_string(parcel.source), expected, reply.words());
        return reply;
    }
    const auto checked = check_receipt(reply.receipt(), keys_,
                                       {.source = to_source(parcel.source),
                                        .id = parcel.id,
                                        .type = model::event_type(parcel.type),
                                        .body = parcel.body});
    note(telling, to_string(parcel.source), expected,
         checked ? reply.words() : reply.words() + ", " + checked.error(),
         checked ? ReceiptState::verified : ReceiptState::wrong);
    return reply;
}

GatewayReply Day::ask(const Telling& telling, const Parcel& question, const std::string& expected) {
    GatewayReply reply = door(kInternet, to_string(question.source)).post_question(question);
    if (!expected.empty()) note(telling, to_string(question.source), expected, reply.words());
    return reply;
}

void Day::note(const Telling& telling, const std::string& who, const std::string& expected,
               const std::string& got, ReceiptState receipt) {
    book_.note({.flow = telling.flow,
                .who = who,
                .to = telling.to,
                .what = telling.what,
                .expected = expected,
                .got = got,
                .receipt = receipt,
                .as_expected = expected == got && receipt != ReceiptState::wrong});
}

}  // namespace sekisho::simulation
