#include "adapters/simulation/day/day_watch.h"

#include <algorithm>
#include <array>
#include <thread>

#include "adapters/documents/base64.h"
#include "adapters/simulation/day/receipt_check.h"

namespace sekisho::simulation {

using documents::Json;

namespace {

constexpr std::chrono::seconds kDeliveryPatience{30};
constexpr std::chrono::milliseconds kPollInterval{100};
constexpr int kInboxRoundsMax = 50;
constexpr std::array<std::string_view, 4> kFilesOfAPlan{"UPHOSOKU", "UP1KYO", "UP2KYO", "UP3KYO"};

std::string word_of(std::string_view state) {
    const bool waiting = state == "accepted" || state == "queued" || state == "leased";
    return waiting ? "waiting" : std::string{state};
}

std::string states_of(const Json& fate) {
    std::vector<std::string> states;
    if (const Json* deliveries = fate.find("deliveries")) {
        for (const Json& delivery : deliveries->items())
            states.push_back(std::string{delivery.string_at("recipient").value_or("?")} + " " +
                             word_of(delivery.string_at("state").value_or("?")));
    }
    std::ranges::sort(states);
    std::string text;
    for (const std::string& state : states) text += (text.empty() ? "" : ", ") + state;
    return text;
}

}  // namespace

std::string body_of(const Json& event) {
    const auto encoded = event.string_at("data_base64");
    return encoded ? documents::from_base64(*encoded).value_or("") : std::string{};
}

std::string fate_of(Day& day, std::string_view zone, const Parcel& parcel,
                    const std::string& wanted) {
    const auto deadline = std::chrono::steady_clock::now() + kDeliveryPatience;
    while (true) {
        const GatewayReply fate =
            day.door(zone, to_string(parcel.source)).get("/v1/messages/" + parcel.id);
        const std::string states = fate.status == 200 ? states_of(fate.json) : fate.words();
        if (states == wanted || std::chrono::steady_clock::now() >= deadline) return states;
        std::this_thread::sleep_for(kPollInterval);
    }
}

std::string held_by(Day& day, const std::string& adapter, const Parcel& parcel) {
    const GatewayReply state = day.simulator(adapter).get("/sim/state");
    const Json* items = state.json.find("items");
    if (items == nullptr) return state.words();
    for (const Json& item : items->items()) {
        if (item.string_at("source") != to_source(parcel.source) ||
            item.string_at("id") != parcel.id)
            continue;
        if (item.string_at("sha256") != sha256_hex(parcel.body)) return "held with other bytes";
        const auto times = item.integer_at("times").value_or(0);
        return times == 1 ? "held once, byte for byte"
                          : "came " + std::to_string(times) + " times, byte for byte";
    }
    return "not there";
}

std::string plan_kept_by(Day& day, const std::string& adapter,
                         const documents::CareplanSample& plan) {
    const GatewayReply kept = day.simulator(adapter).get("/sim/plans");
    const Json* plans = kept.json.find("plans");
    if (plans == nullptr) return kept.words();
    std::string files;
    for (const Json& item : plans->items()) {
        const std::string file{item.string_at("file").value_or("")};
        const bool ours =
            std::ranges::find(kFilesOfAPlan, file) != kFilesOfAPlan.end() &&
            item.string_at("sender") == plan.sender + "/" + plan.sender_service &&
            item.string_at("recipient") == plan.recipient + "/" + plan.recipient_service &&
            item.string_at("insured") == plan.insured.front() &&
            item.string_at("period") == plan.plan_day;
        if (ours) files += (files.empty() ? "" : " ") + file;
    }
    return files;
}

std::string words_of(const Collected& collected) {
    if (!collected.found) return "not there";
    return (collected.identical ? "byte for byte" : "other bytes") +
           (collected.status.empty() ? "" : ", " + collected.status);
}

std::map<std::string, Collected> empty_inbox(GatewayClient& office,
                                             const std::vector<Parcel>& wanted) {
    std::map<std::string, Collected> collected;
    for (int round = 0; round < kInboxRoundsMax; ++round) {
        const GatewayReply inbox = office.get("/v1/inbox?max=200&wait=0");
        if (inbox.status != 200 || inbox.json.items().empty()) break;
        for (const Json& event : inbox.json.items()) {
            const std::string handle{event.string_at("delivery").value_or("")};
            const GatewayReply ack = office.post("/v1/inbox/" + handle + "/ack", "");
            const auto ours = std::ranges::find(wanted, event.string_at("id"), &Parcel::id);
            if (ours == wanted.end()) continue;
            collected[ours->id] = {true, body_of(event) == ours->body,
                                   std::string{event.string_at("status").value_or("")},
                                   ack.words()};
        }
    }
    return collected;
}

const Json* result_about(const Json* results, const Parcel& parcel) {
    if (results == nullptr) return nullptr;
    const std::string digest = sha256_hex(parcel.body);
    const auto found = std::ranges::find_if(
        results->items(), [&](const Json& result) { return result.string_at("sha256") == digest; });
    return found == results->items().end() ? nullptr : &*found;
}

ReceiptState receipt_state(const Day& day, const Json& result) {
    const auto claims = verify_signature(result.string_at("receipt").value_or(""), day.keys());
    const bool good = claims && claims->string_at("id") == result.string_at("id") &&
                      claims->string_at("sha256") == result.string_at("sha256");
    return good ? ReceiptState::verified : ReceiptState::wrong;
}

}  // namespace sekisho::simulation
