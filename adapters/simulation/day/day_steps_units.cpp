// Units of care plans that are refused: of a version that is not read, without one of their files,
// of another type, out of order.
#include "adapters/simulation/day/day_steps.h"
#include "adapters/simulation/day/day_units.h"

namespace sekisho::simulation {

using documents::CareplanFile;
using documents::Json;

namespace {

// "422 bad-document, SK-4018, located": the first error's code, and whether it has a line.
std::string first_error(const GatewayReply& reply) {
    const Json* errors = reply.json.find("errors");
    if (errors == nullptr || errors->items().empty()) return reply.words();
    const Json& first = errors->items().front();
    const bool placed = first.integer_at("line").value_or(0) > 0;
    return reply.words() + ", " + std::string{first.string_at("code").value_or("no code")} +
           (placed ? ", located" : "");
}

// CSVバージョン of standard 4.0: greater as a number, older as a version.
void write_older_version(std::vector<CareplanFile>& files) {
    constexpr std::string_view kPresent = "202407";
    constexpr std::string_view kOlder = "202504";
    for (CareplanFile& file : files) {
        for (auto at = file.bytes.find(kPresent); at != std::string::npos;
             at = file.bytes.find(kPresent, at))
            file.bytes.replace(at, kPresent.size(), kOlder);
    }
}

}  // namespace

void play_refused_units(Day& day) {
    const UnitOrder order{"居宅サービス計画",
                          "refused",
                          "care-plan.home",
                          {"care-manager:1379900010", "43"},
                          {"care-office:1379900028", "11"},
                          "agreed"};
    const auto refuse = [&](const std::string& what, const std::string& tag,
                            const std::vector<CareplanFile>& files, const std::string& expected) {
        Parcel parcel = a_unit(day, order, files).parcel;
        parcel.id += "-" + tag;
        const GatewayReply reply = day.door(kInternet, order.from.party).post_message(parcel);
        day.note({"refusal", "system:careplan", order.what + what}, order.from.party, expected,
                 first_error(reply));
    };
    documents::CareplanSample sample = sample_of(day, order);
    auto older = documents::a_plan_unit(sample);
    write_older_version(older);
    refuse(" of standard 4.0", "version", older, "422 bad-document, SK-4018, located");

    auto incomplete = documents::a_plan_unit(sample);
    incomplete.erase(incomplete.begin());  // 利用者補足情報
    refuse(" without 利用者補足情報", "missing", incomplete, "422 bad-document, SK-4021");

    refuse(" that is 介護予防サービス・支援計画書", "prevention",
           documents::a_prevention_unit(sample), "422 bad-document, SK-4027");
    refuse(" that is 第6表 実績", "result", documents::a_result_unit(sample),
           "422 bad-document, SK-4027");

    sample.series = "20990401090000";
    refuse(" with a number of another decade", "ahead", documents::a_plan_unit(sample),
           "422 bad-document, SK-4028");

    sample.series = "20250401090000";
    refuse(" with a number of last year", "late", documents::a_plan_unit(sample),
           "409 superseded, SK-6005");
}

}  // namespace sekisho::simulation
