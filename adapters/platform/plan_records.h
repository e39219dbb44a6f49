// What is told of a person's care plans, out of the send units that are kept.
//
// ASSUMED layout: how the platform answers a question about a plan is not public. From each sender
// the newest plan (第1表 to 第3表, or 介護予防) and the newest month (第6表, 第7表), each as it
// stands after updates and deletions; one sent to several offices is told once, as it was sent
// last. The members are those that the counter page reads:
//
//     {"insurer","insured","planned_on","status","author","policy", ...,
//      "needs": [{"need","long_goal","short_goal","services":[{"content","kind","office",
//                 "frequency"}]}],
//      "week": [{"service","weekday" "1" (Monday) to "7","from","until" as HHMM}],
//      "activities": [{"activity","from","until"}], "beyond_week": [text]}
//     {"insurer","insured","month","status","uses":[{"used_on","from","until","service_code",
//      "office"}],"cost","person_pays"}
//
// A member without a value is left out. Name, address and telephone of the person (補足) are not
// told: whoever asks has named the person. Pure functions.
#pragma once

#include <string_view>

#include "adapters/documents/json.h"
#include "adapters/ledger/kept_plans.h"

namespace sekisho::platform_adapter {

// `files` are those of one information type. An array, by sender; empty where there is no plan.
documents::Json plan_records(const ledger::KeptFiles& files, std::string_view insurer,
                             std::string_view insured);

}  // namespace sekisho::platform_adapter
