// F7: what the platform holds is read: care plans by an office that serves the person, by a
// hospital that opted in (みなし介護事業所), which is not shown what only a bill needs, and by
// nobody else.
#include "adapters/simulation/day/day_steps.h"

namespace sekisho::simulation {

using documents::Json;

namespace {

Parcel a_plan_question(const Day& day, std::string_view tag, std::string_view party,
                       const std::string& role) {
    return {
        .id = day.fresh_id("plan-" + std::string{tag}),
        .source = *model::parse_party_id(party),
        .type = "care-plan.home",
        .person = model::Person{model::InsurerNumber{"139980"}, model::InsuredNumber{"0000000001"}},
        .actor = "staff-01",
        .role = role};
}

// "200, agreed, 2 a week, withheld: nothing"
std::string told_by(const GatewayReply& reply, const std::string& today) {
    const Json* data = reply.json.find("data");
    if (reply.status != 200 || data == nullptr) return reply.words();
    for (const Json& plan : data->items()) {
        if (plan.string_at("planned_on") != today) continue;
        const Json* week = plan.find("week");
        return "200, " + std::string{plan.string_at("status").value_or("no status")} + ", " +
               std::to_string(week == nullptr ? 0 : week->items().size()) + " a week, withheld: " +
               std::string{reply.json.string_at("withheld").value_or("nothing")};
    }
    return "200, no plan of today";
}

}  // namespace

void play_reading(Day& day) {
    const auto read = [&](std::string_view tag, std::string_view party, const std::string& role,
                          const std::string& expected) {
        const Telling telling{"F7", "system:platform", "居宅サービス計画 with its week"};
        const GatewayReply reply = day.ask(telling, a_plan_question(day, tag, party, role), {});
        day.note(telling, std::string{party}, expected, told_by(reply, day.today()));
    };
    read("helpers", "care-office:1379900028", "care-worker",
         "200, agreed, 2 a week, withheld: nothing");
    read("hospital", "medical:1319900013", "physician",
         "200, agreed, 2 a week, withheld: housework_reason");
    read("stranger", "care-office:1379900036", "care-worker", "403 not-registered");
    read("clinic", "medical:1319900021", "physician", "403 reader-not-allowed");
}

}  // namespace sekisho::simulation
