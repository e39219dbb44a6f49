#include "adapters/simulation/day/day_units.h"

#include <algorithm>

#include "adapters/simulation/day/day_watch.h"
#include "adapters/simulation/day/receipt_check.h"

namespace sekisho::simulation {

using documents::Json;

namespace {

constexpr const char* kSystem = "system:careplan";
constexpr const char* kInsurer = "139980";

model::PartyId party(const std::string& text) {
    return model::parse_party_id(text).value_or(model::PartyId{});
}

// The exchange system's own message about a unit, once it was told to send it on.
struct Leg {
    const Unit& unit;
    Parcel parcel;
};

std::vector<Leg> sent_on(Day& day, const std::string& flow, const std::vector<Unit>& units) {
    const GatewayReply reply = day.simulator("careplan").post("/sim/hand-on", "{}");
    day.note({flow, "careplan simulator", "is told to hand on"}, "the day", "200", reply.words());
    std::vector<Leg> legs;
    for (const Unit& unit : units) {
        const Json* result = result_about(reply.json.find("results"), unit.parcel);
        const auto status = result ? result->integer_at("status").value_or(0) : 0;
        day.note({flow, "gateway", unit.what + ", handed on"}, kSystem, "202",
                 std::to_string(status),
                 status == 202 ? receipt_state(day, *result) : ReceiptState::none);
        Parcel carried = unit.parcel;
        carried.source = party(kSystem);
        if (result != nullptr) carried.id = std::string{result->string_at("id").value_or("")};
        legs.push_back({unit, std::move(carried)});
    }
    return legs;
}

void follow(Day& day, const std::string& flow, const Leg& leg) {
    std::string wanted = leg.unit.office.empty() ? "" : leg.unit.office + " waiting";
    if (leg.unit.platform)
        wanted += (wanted.empty() ? "" : ", ") + std::string{"system:platform delivered"};
    day.note({flow, "gateway", "fate"}, kSystem, wanted, fate_of(day, kPublic, leg.parcel, wanted));
    if (leg.unit.platform)
        day.note({flow, "platform simulator", "is asked what it holds"}, "the day",
                 "held once, byte for byte", held_by(day, "platform", leg.parcel));
}

// Each office empties its mailbox once, for all that came for it.
void collect(Day& day, const std::string& flow, const std::vector<Leg>& legs) {
    std::map<std::string, std::vector<Parcel>> by_office;
    for (const Leg& leg : legs) {
        if (!leg.unit.office.empty()) by_office[leg.unit.office].push_back(leg.parcel);
    }
    for (const auto& [office, parcels] : by_office) {
        auto collected = empty_inbox(day.door(kInternet, office), parcels);
        for (const Parcel& parcel : parcels) {
            const std::string status = parcel.status.empty() ? "" : ", " + parcel.status;
            const Collected& one = collected[parcel.id];
            day.note({flow, "gateway", "collects its mailbox"}, office,
                     "byte for byte" + status + ", 204", words_of(one) + ", " + one.acknowledged);
        }
    }
}

}  // namespace

documents::CareplanSample sample_of(Day& day, const UnitOrder& order) {
    return {.sender = party(order.from.party).number,
            .sender_service = order.from.service,
            .recipient = party(order.to.party).number,
            .recipient_service = order.to.service,
            .series = day.fresh_series(order.from.party + " " + order.to.party),
            .insurer = kInsurer,
            .insured = {order.insured},
            .plan_day = day.today_digits(),
            .month = day.today_digits().substr(0, 6)};
}

Unit a_unit(const Day& day, const UnitOrder& order,
            const std::vector<documents::CareplanFile>& files) {
    const bool exchange = order.type == "care-plan.exchange";
    Parcel parcel{.id = day.fresh_id("unit-" + order.tag),
                  .source = party(order.from.party),
                  .type = order.type,
                  .media_type = "application/zip",
                  .format = "careplan-csv:4.1",
                  .body = documents::zip_of(files),
                  .status = order.status};
    if (!exchange)
        parcel.person = {model::InsurerNumber{kInsurer}, model::InsuredNumber{order.insured}};
    return {.what = order.what,
            .parcel = std::move(parcel),
            .office = order.from.party == order.to.party ? "" : order.to.party,
            .platform = !exchange};
}

void hand_in(Day& day, const std::string& flow, const std::vector<Unit>& units) {
    for (const Unit& unit : units)
        day.file({flow, kSystem, unit.what}, kInternet, unit.parcel, "202");
    const std::string done = std::string{kSystem} + " delivered";
    for (const Unit& unit : units) {
        day.note({flow, "gateway", "fate"}, to_string(unit.parcel.source), done,
                 fate_of(day, kInternet, unit.parcel, done));
        day.note({flow, "careplan simulator", "is asked what it holds"}, "the day",
                 "held once, byte for byte", held_by(day, "careplan", unit.parcel));
    }
}

void hand_on(Day& day, const std::string& flow, const std::vector<Unit>& units) {
    const auto legs = sent_on(day, flow, units);
    for (const Leg& leg : legs) follow(day, flow, leg);
    collect(day, flow, legs);
}

}  // namespace sekisho::simulation
