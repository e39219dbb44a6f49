// Care plans. F2: registered by way of the exchange system, for the platform and the office that
// they name, and one deleted again. F17: a delegate's goes through the support center first. F16:
// plan and result of a month, there and back.
#include "adapters/simulation/day/day_steps.h"
#include "adapters/simulation/day/day_units.h"
#include "adapters/simulation/day/day_watch.h"

namespace sekisho::simulation {

namespace {

const End kCareManager{"care-manager:1379900010", "43"};
const End kSupportCenter{"support-center:1300000013", "46"};
const End kHelpers{"care-office:1379900028", "11"};
const End kDayCare{"care-office:1379900036", "15"};
const End kFacility{"care-office:1359900014", "52"};
const End kClinic{"medical:1319900021", "31"};

// One of each kind; they wait for their numbers side by side.
std::vector<Unit> plans_of(Day& day, const std::string& status) {
    const UnitOrder home{"居宅サービス計画, " + status,
                         "home-" + status,
                         "care-plan.home",
                         kCareManager,
                         kHelpers,
                         status};
    // A facility serves its residents itself: it stands at both ends of the name, and no other
    // office is handed anything.
    const UnitOrder facility{"施設サービス計画, " + status,
                             "facility-" + status,
                             "care-plan.facility",
                             kFacility,
                             kFacility,
                             status,
                             "0000000003"};
    const UnitOrder prevention{"介護予防サービス・支援計画書, " + status,
                               "prevention-" + status,
                               "care-plan.prevention",
                               kSupportCenter,
                               kDayCare,
                               status,
                               "0000000006"};
    return {a_unit(day, home, documents::a_plan_unit(sample_of(day, home))),
            a_unit(day, facility, documents::a_plan_unit(sample_of(day, facility))),
            a_unit(day, prevention, documents::a_prevention_unit(sample_of(day, prevention)))};
}

}  // namespace

void play_plans(Day& day) {
    for (const char* status : {"draft", "agreed"}) {
        const auto units = plans_of(day, status);
        hand_in(day, "F2", units);
        hand_on(day, "F2", units);
    }
}

void play_deletion(Day& day) {
    const UnitOrder order{"第1表 削除", "deletion", "care-plan.home",
                          kCareManager, kHelpers,   "agreed"};
    const auto sample = sample_of(day, order);
    const auto note_kept = [&](const std::string& files) {
        day.note({"F2", "platform simulator", "is asked which files of the plan it keeps"},
                 "the day", files, plan_kept_by(day, "platform", sample));
    };
    note_kept("UPHOSOKU UP1KYO UP2KYO UP3KYO");
    const std::vector<Unit> deletion{a_unit(day, order, documents::a_plan_deletion(sample))};
    hand_in(day, "F2", deletion);
    hand_on(day, "F2", deletion);
    note_kept("UPHOSOKU");
}

void play_confirmation(Day& day) {
    const UnitOrder order{"介護予防サービス・支援計画書 of a delegate",
                          "delegated",
                          "care-plan.prevention",
                          kCareManager,
                          kHelpers,
                          "draft"};
    const Unit drafted = a_unit(day, order, documents::a_prevention_unit(sample_of(day, order)));
    day.file({"F17", kSupportCenter.party, drafted.what}, kInternet, drafted.parcel, "202");
    const std::string waiting = kSupportCenter.party + " waiting";
    day.note({"F17", "gateway", "fate before it is confirmed"}, kCareManager.party, waiting,
             fate_of(day, kInternet, drafted.parcel, waiting));
    const Collected taken =
        empty_inbox(day.door(kInternet, kSupportCenter.party), {drafted.parcel})[drafted.parcel.id];
    day.note({"F17", "gateway", "collects its mailbox"}, kSupportCenter.party,
             "byte for byte, draft, 204", words_of(taken) + ", " + taken.acknowledged);

    // The center carries the same bytes on for their author.
    Unit confirmed = drafted;
    confirmed.what = "the same, confirmed";
    confirmed.parcel.id = day.fresh_id("unit-confirmed");
    confirmed.parcel.author = kCareManager.party;
    confirmed.parcel.source = *model::parse_party_id(kSupportCenter.party);
    confirmed.parcel.status = "agreed";
    confirmed.parcel.correlation = drafted.parcel.id;
    hand_in(day, "F17", {confirmed});
    hand_on(day, "F17", {confirmed});
}

void play_month(Day& day) {
    const auto planned = [&](const std::string& what, const std::string& tag, const End& office) {
        const UnitOrder order{what, tag, "care-plan.exchange", kCareManager, office};
        return a_unit(day, order, documents::a_monthly_plan_unit(sample_of(day, order)));
    };
    const auto done = [&](const std::string& what, const std::string& tag, const End& office) {
        const UnitOrder order{what, tag, "care-plan.exchange", office, kCareManager};
        return a_unit(day, order, documents::a_result_unit(sample_of(day, order)));
    };
    const std::vector<Unit> plans{
        planned("第6表 予定・第7表", "month-plan", kHelpers),
        planned("第6表 予定・第7表, 居宅療養管理指導", "month-visit", kClinic)};
    hand_in(day, "F16", plans);
    hand_on(day, "F16", plans);

    // The gateway's access token ends amid the month: it gets another and nothing is lost.
    day.note({"F16", "careplan simulator", "ends all access tokens"}, "the day", "204",
             day.simulator("careplan").post("/sim/expire-tokens", "").words());
    const std::vector<Unit> results{done("第6表 実績", "month-result", kHelpers),
                                    done("第6表 実績, 居宅療養管理指導", "month-visited", kClinic)};
    hand_in(day, "F16", results);
    hand_on(day, "F16", results);
}

}  // namespace sekisho::simulation
