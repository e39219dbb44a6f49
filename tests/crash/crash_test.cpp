// kill -9 at any moment loses no acknowledged message, and each is delivered once in effect. The
// real process, real TLS, the real disk.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "adapters/documents/samples.h"
#include "tests/support/demo/demo_gateway.h"

namespace sekisho::tests {

namespace {

constexpr auto kClinicParty = "medical:1319900021";

// Senders that never stop: each opinion has a fresh id and request number; what was acknowledged is
// written down.
class Senders {
  public:
    Senders(const DemoGateway& gateway, int count) {
        for (int i = 0; i < count; ++i) {
            threads_.emplace_back([this, &gateway, i](const std::stop_token& stop) {
                auto client = gateway.client("internet", kClinicParty);
                for (int n = 0; !stop.stop_requested(); ++n) send(client, i, n);
            });
        }
    }

    void stop() {
        for (auto& thread : threads_) thread.request_stop();
        threads_.clear();
    }

    std::map<std::string, std::string> acknowledged() const {
        const std::lock_guard lock{mutex_};
        return acknowledged_;
    }

    bool wait_for(std::size_t count) const {
        return eventually([&] { return acknowledged().size() >= count; });
    }

  private:
    void send(simulation::GatewayClient& client, int sender, int number) {
        static std::atomic<int> next{0};
        const std::string mark = std::to_string(next++);
        const std::string id =
            "crash-" + std::to_string(sender) + "-" + std::to_string(number) + "-" + mark;
        const simulation::Parcel parcel{
            .id = id,
            .source = *model::parse_party_id(kClinicParty),
            .type = "certification.opinion",
            .person =
                model::Person{model::InsurerNumber{"139980"}, model::InsuredNumber{"0000000001"}},
            .media_type = "text/csv; charset=Shift_JIS",
            .format = "ikensho-csv:1.1",
            .body = documents::an_opinion_csv({.office = "1319900021", .request_number = mark})};
        const auto reply = client.post_message(parcel);
        if (reply.status != 202 && reply.status != 200) return;
        const std::lock_guard lock{mutex_};
        acknowledged_[id] = reply.receipt();
    }

    mutable std::mutex mutex_;
    std::map<std::string, std::string> acknowledged_;
    std::vector<std::jthread> threads_;
};

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

}  // namespace

BOOST_AUTO_TEST_SUITE(a_killed_gateway)

BOOST_AUTO_TEST_CASE(loses_nothing_it_acknowledged_and_delivers_each_once_in_effect) {
    constexpr int kKills = 8;
    DemoGateway gateway;
    std::mt19937 random{20261121};
    std::map<std::string, std::string> acknowledged;
    for (int kill = 0; kill < kKills; ++kill) {
        gateway.start();
        Senders senders{gateway, 4};
        BOOST_TEST_REQUIRE(senders.wait_for(10 + random() % 60));
        gateway.kill_gateway();
        senders.stop();
        acknowledged.merge(senders.acknowledged());
    }
    BOOST_TEST_MESSAGE(acknowledged.size() << " acknowledged over " << kKills << " kills");
    gateway.start();

    const bool all_arrived = eventually(
        [&] {
            const auto effects = effects_at_platform(gateway);
            for (const auto& [id, receipt] : acknowledged) {
                if (!effects.contains(id)) return false;
            }
            return true;
        },
        12000);
    BOOST_TEST(all_arrived);
    for (const auto& [id, count] : effects_at_platform(gateway)) BOOST_TEST(count == 1, id);

    auto clinic = gateway.client("internet", kClinicParty);
    for (const auto& [id, receipt] : acknowledged) {
        BOOST_TEST(clinic.get("/v1/messages/" + id).status == 200, id);
    }
    BOOST_TEST(gateway.stop_gateway() == 0);
    const auto verified = run_program(
        {DemoGateway::program("sekisho"), "audit", "verify", "--config", gateway.config_file()});
    BOOST_TEST(verified.exit_code == 0, verified.output);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
