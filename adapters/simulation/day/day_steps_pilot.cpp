// F1's pilot leg: an insurer's cards go to the Public Medical Hub (PMH) too, which registers those
// whose numbers the insurer has linked (紐付け) there.
#include "adapters/documents/samples.h"
#include "adapters/simulation/day/day_steps.h"
#include "adapters/simulation/day/day_watch.h"

namespace sekisho::simulation {

using documents::Json;

namespace {

constexpr const char* kInsurer = "139980";
constexpr const char* kLongSince = "0000000001";
constexpr const char* kMovedIn = "0000000011";  // 転入, not linked yet

Parcel cards_of(const Day& day, std::string_view tag, std::vector<std::string> insured) {
    return {.id = day.fresh_id(tag),
            .source = {model::PartyKind::insurer, kInsurer},
            .type = "certification.card",
            .media_type = "application/json",
            .format = "card-json:1",
            .body = documents::a_card_json({.insurer = kInsurer,
                                            .insured = std::move(insured),
                                            .day = day.today(),
                                            .history = day.history()})};
}

void tell_hub(Day& day, const std::string& path, const std::string& what) {
    const Json link = Json::object().set("insurer", kInsurer).set("insured", kMovedIn);
    const auto said = to_text(Json::object().set("links", Json::array({link})));
    day.note({"F1", "pmh simulator", what}, "the day", "204",
             day.simulator("pmh").post(path, said).words());
}

// The English half of what the record says of that delivery's end.
std::string words_about(Day& day, const Parcel& parcel, std::string_view recipient) {
    const GatewayReply fate =
        day.door(kPublic, to_string(parcel.source)).get("/v1/messages/" + parcel.id);
    const Json* const deliveries = fate.json.find("deliveries");
    if (deliveries == nullptr) return fate.words();
    for (const Json& delivery : deliveries->items()) {
        const Json* const history = delivery.find("history");
        if (delivery.string_at("recipient") != recipient || history == nullptr) continue;
        if (history->items().empty()) continue;
        const std::string_view words = history->items().back().string_at("detail").value_or("");
        const auto middle = words.find(" / ");
        return std::string{middle == std::string_view::npos ? words : words.substr(middle + 3)};
    }
    return "nothing";
}

// How many of these persons' cards of this day stand at the hub.
std::string standing_at_hub(Day& day, const std::vector<std::string>& insured) {
    const GatewayReply cards = day.simulator("pmh").get("/sim/cards");
    const Json* const standing = cards.json.find("standing");
    if (standing == nullptr) return cards.words();
    std::size_t count = 0;
    for (const Json& row : standing->items()) {
        const Json* const card = row.find("card");
        if (card == nullptr || row.string_at("insurerNumber") != kInsurer) continue;
        const bool todays = card->string_at("validFrom") == day.today();
        for (const std::string& number : insured)
            if (todays && card->string_at("insuredNumber") == number) ++count;
    }
    return std::to_string(count) + " of " + std::to_string(insured.size());
}

void file(Day& day, const std::string& what, const Parcel& parcel, const std::string& fate) {
    day.file({"F1", "system:platform, system:pmh", what}, kPublic, parcel, "202");
    day.note({"F1", "gateway", "fate"}, to_string(parcel.source), fate,
             fate_of(day, kPublic, parcel, fate));
}

}  // namespace

void play_pilot(Day& day) {
    tell_hub(day, "/sim/unlink", "is told that a person who moved in is not linked yet");
    const Parcel both = cards_of(day, "pilot-both", {kLongSince, kMovedIn});
    file(day, "被保険者証, one of two persons not linked", both,
         "system:platform delivered, system:pmh rejected");
    day.note({"F1", "gateway", "what PMH refused, and what is next"}, to_string(both.source),
             "PMH refused 1 of 2 records (2; PMH-4041), it has the others. The sender links these "
             "persons at PMH and sends their records under a new id.",
             words_about(day, both, "system:pmh"));
    tell_hub(day, "/sim/links", "is told that the insurer linked that person");
    file(day, "被保険者証, that person again", cards_of(day, "pilot-again", {kMovedIn}),
         "system:platform delivered, system:pmh delivered");
    day.note({"F1", "system:pmh", "cards that stand there"}, "the day", "2 of 2",
             standing_at_hub(day, {kLongSince, kMovedIn}));
}

}  // namespace sekisho::simulation
