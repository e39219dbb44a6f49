#include "tests/bench/nation.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <functional>
#include <stdexcept>

#include "adapters/documents/json.h"
#include "tests/bench/process.h"

namespace sekisho::bench {

namespace {

using documents::Json;

constexpr std::array<const char*, 5> kTypes{"certification.card", "certification.limit-card",
                                            "certification.survey", "certification.survey-remarks",
                                            "certification.progress"};

// Five digits and the check digit that fits them; 20 and above, where the demo has none.
std::string insurer_number(int index) {
    std::array<char, 8> digits{};
    for (int check = 0; check < 10; ++check) {
        std::snprintf(digits.data(), digits.size(), "%05d%d", 20'000 + index, check);
        const auto number = model::parse_insurer_number(digits.data());
        if (number && model::check_digit_holds(*number)) return digits.data();
    }
    throw std::logic_error("no check digit fits");
}

std::string office_number(int index) {
    return std::to_string(2'100'000'000LL + index);
}

// Reads an object with one array named `list`, gives the array to `add`, writes the whole again.
void extend(const std::string& file, const std::string& list,
            const std::function<void(Json&)>& add) {
    const auto read = documents::parse_json(text_of(file), {.comments = true});
    if (!read || read->find(list) == nullptr) throw std::runtime_error(file + " has no " + list);
    Json whole = Json::object();
    for (const auto& [name, value] : read->members()) {
        Json copy = value;
        if (name == list) add(copy);
        whole.set(name, std::move(copy));
    }
    std::ofstream{file, std::ios::binary} << documents::to_text(whole);
}

Json party(const std::string& id, const char* zone, const char* via) {
    Json certificate = Json::object();
    certificate.set("zone", zone).set("san_uri", "urn:sekisho:party:" + id);
    Json object = Json::object();
    object.set("id", id).set("name", "架空").set("via", via);
    object.set("certificates", Json::array({std::move(certificate)}));
    return object;
}

Json office(int index) {
    Json service = Json::object();
    service.set("type", "11").set("from", "2020-04-01");
    Json object = party("care-office:" + office_number(index), "internet", "mailbox");
    object.set("service_types", Json::array({std::move(service)}));
    return object;
}

Json route(int index) {
    const std::string insurer = insurer_number(index % kInsurers);
    const std::size_t kind = static_cast<std::size_t>(index / kInsurers) % kTypes.size();
    Json match = Json::object();
    match.set("types", Json::array({Json::string(kTypes[kind])}));
    match.set("sources", Json::array({Json::string("insurer:" + insurer)}));
    Json target = Json::object();
    target.set("to", "system:platform");
    Json object = Json::object();
    object.set("id", "nation-" + std::to_string(index)).set("match", std::move(match));
    object.set("targets", Json::array({std::move(target)}));
    return object;
}

Json rollout(int index) {
    Json object = Json::object();
    object.set("insurer", insurer_number(index));
    object.set("loading_from", "2026-01-01").set("sharing_from", "2026-01-01");
    return object;
}

}  // namespace

void write_nation(const std::string& folder) {
    extend(folder + "/parties.json", "parties", [](Json& parties) {
        for (int i = 0; i < kInsurers; ++i) {
            parties.push(party("insurer:" + insurer_number(i), "public", "mailbox"));
        }
        for (int i = 0; i < kOffices; ++i) parties.push(office(i));
    });
    extend(folder + "/rollout.json", "insurers", [](Json& insurers) {
        for (int i = 0; i < kInsurers; ++i) insurers.push(rollout(i));
    });
    extend(folder + "/routes.json", "routes", [](Json& routes) {
        for (int i = 0; i < kRoutes; ++i) routes.push(route(i));
    });
}

std::vector<model::Envelope> loads_of_the_nation(std::size_t count, model::Instant now) {
    std::vector<model::Envelope> envelopes;
    for (std::size_t i = 0; i < count; ++i) {
        const auto insurer =
            model::InsurerNumber{insurer_number(static_cast<int>(i * 37) % kInsurers)};
        model::Envelope envelope;
        envelope.id = model::MessageId{"nation-" + std::to_string(i)};
        envelope.source = model::insurer_party(insurer);
        envelope.author = envelope.source;
        envelope.type = model::TypeId{kTypes[i % kTypes.size()]};
        envelope.zone = model::ZoneName{"public"};
        envelope.purpose = model::Purpose{"certification"};
        envelope.time = now;
        envelope.persons = {{insurer, model::InsuredNumber{"0000000001"}}};
        envelopes.push_back(std::move(envelope));
    }
    return envelopes;
}

}  // namespace sekisho::bench
