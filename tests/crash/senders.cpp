#include "tests/crash/senders.h"

#include <boost/test/unit_test.hpp>

#include "adapters/documents/samples.h"

namespace sekisho::tests {

namespace {

constexpr auto kClinicParty = "medical:1319900021";
constexpr int kTriesOfDelivery = 12000;
constexpr std::size_t kAskedAfter = 1000;  // messages; of more, every so manyth

// How often the platform took each id into effect.
std::map<std::string, int> effects_at_platform(const DemoGateway& gateway) {
    std::map<std::string, int> effects;
    auto platform = gateway.simulator("platform");
    const auto state = platform.get("/sim/state");
    const auto* documents = state.json.find("items");
    if (documents == nullptr) return effects;
    for (const auto& document : documents->items()) {
        ++effects[std::string{document.string_at("id").value_or("")}];
    }
    return effects;
}

bool have_all_arrived(const DemoGateway& gateway, const Acknowledged& acknowledged) {
    const auto effects = effects_at_platform(gateway);
    for (const auto& [id, receipt] : acknowledged) {
        if (!effects.contains(id)) return false;
    }
    return true;
}

}  // namespace

Senders::Senders(const DemoGateway& gateway, const std::string& prefix, int count) {
    for (int i = 0; i < count; ++i) {
        threads_.emplace_back([this, &gateway, begin = prefix + "-" + std::to_string(i)](
                                  const std::stop_token& stop) {
            auto client = gateway.client("internet", kClinicParty);
            while (!stop.stop_requested()) send(client, begin);
        });
    }
}

void Senders::stop() {
    for (auto& thread : threads_) thread.request_stop();
    threads_.clear();
}

Acknowledged Senders::acknowledged() const {
    const locks::Lock lock{mutex_};
    return acknowledged_;
}

bool Senders::wait_for(std::size_t count) const {
    return eventually([&] { return acknowledged().size() >= count; });
}

bool Senders::wait_for_more(std::size_t count) const {
    return wait_for(acknowledged().size() + count);
}

void Senders::send(simulation::GatewayClient& client, const std::string& id_begin) {
    static std::atomic<int> next{0};
    const std::string mark = std::to_string(next++);
    const std::string id = id_begin + "-" + mark;
    const simulation::Parcel parcel{
        .id = id,
        .source = *model::parse_party_id(kClinicParty),
        .type = "certification.opinion",
        .person = model::Person{model::InsurerNumber{"139980"}, model::InsuredNumber{"0000000001"}},
        .media_type = "text/csv; charset=Shift_JIS",
        .format = "ikensho-csv:1.1",
        .body = documents::an_opinion_csv({.office = "1319900021", .request_number = mark})};
    const auto reply = client.post_message(parcel);
    if (reply.status != 202 && reply.status != 200) {
        ++refused_;
        pause_briefly();
        return;
    }
    const locks::Lock lock{mutex_};
    acknowledged_[id] = reply.receipt();
}

void check_promises(const DemoGateway& gateway, const Acknowledged& acknowledged) {
    BOOST_TEST(
        eventually([&] { return have_all_arrived(gateway, acknowledged); }, kTriesOfDelivery));
    for (const auto& [id, count] : effects_at_platform(gateway)) BOOST_TEST(count == 1, id);
    auto clinic = gateway.client("internet", kClinicParty);
    const std::size_t step = 1 + acknowledged.size() / kAskedAfter;
    std::size_t place = 0;
    for (const auto& [id, receipt] : acknowledged) {
        if (place++ % step != 0) continue;
        // Again where the clinic has asked too much in this minute.
        BOOST_TEST(eventually([&] { return clinic.get("/v1/messages/" + id).status == 200; }), id);
    }
}

void check_log(DemoGateway& gateway) {
    BOOST_TEST(gateway.stop_gateway() == 0);
    const auto verified = run_program(
        {DemoGateway::program("sekisho"), "audit", "verify", "--config", gateway.config_file()});
    BOOST_TEST(verified.exit_code == 0, verified.output);
}

}  // namespace sekisho::tests
