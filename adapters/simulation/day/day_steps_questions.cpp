// F10: a care manager asks how a certification is going.
#include "adapters/simulation/day/day_steps.h"

namespace sekisho::simulation {

using documents::Json;

namespace {

// The answer's data: a CloudEvent in structured form holds it, in binary form is it.
std::string data_in(const GatewayReply& reply, std::string_view insured) {
    if (reply.status != 200) return reply.words();
    const Json* data = reply.json.is_array() ? &reply.json : reply.json.find("data");
    if (data == nullptr || !data->is_array()) return "200 without data";
    if (data->items().empty()) return "200, nothing found";
    for (const Json& row : data->items()) {
        if (row.string_at("insured") != insured) return "200, another person's data";
    }
    return "200, " + std::string{data->items().front().string_at("state").value_or("no state")};
}

}  // namespace

void play_questions(Day& day) {
    const auto ask = [&](std::string_view tag, const std::string& insured, const std::string& what,
                         const std::string& expected) {
        Parcel question{
            .id = day.fresh_id("ask-" + std::string{tag}),
            .source = {model::PartyKind::care_manager, "1379900010"},
            .type = "certification.progress",
            .person = model::Person{model::InsurerNumber{"139980"}, model::InsuredNumber{insured}},
            .actor = "kakehashi-01",
            .role = "care-manager"};
        const Telling telling{"F10", "system:platform", what};
        const GatewayReply reply = day.ask(telling, question, {});
        day.note(telling, to_string(question.source), expected, data_in(reply, insured));
    };
    ask("progress", "0000000001", "progress of a person who consented", "200, reviewed");
    ask("nothing", "0000000002", "progress of a person without any", "200, nothing found");
}

}  // namespace sekisho::simulation
