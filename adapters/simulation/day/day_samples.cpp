#include "adapters/simulation/day/day_samples.h"

#include <filesystem>

#include "adapters/documents/samples.h"
#include "adapters/simulation/ports_file.h"
#include "routing/model/event_type.h"

namespace sekisho::simulation {

namespace {

constexpr std::string_view kOffice = "1319900021";

std::string opinion_of(const Day& day) {
    return documents::an_opinion_csv({.office = std::string{kOffice},
                                      .request_number = day.fresh_request_number("99"),
                                      .written_on = day.today_digits()});
}

std::string event_text() {
    documents::Json event = documents::Json::object();
    event.set("specversion", "1.0")
        .set("source", "/medical/" + std::string{kOffice})
        .set("type", model::event_type("certification.opinion"))
        .set("insurer", "139980")
        .set("insured", "0000000001");
    return documents::to_pretty(event) + "\n";
}

}  // namespace

bool write_samples(const Day& day, const std::string& demo_folder) {
    const std::string folder = demo_folder + "/samples";
    std::error_code trouble;
    std::filesystem::create_directories(folder, trouble);
    return !trouble && replace_file(folder + "/opinion.csv", opinion_of(day)) &&
           replace_file(folder + "/event.json", event_text());
}

}  // namespace sekisho::simulation
