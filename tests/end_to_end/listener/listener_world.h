// A listener on a free port with two zones and a plain one, real TLS, a scripted service behind it,
// and two workers. Deadlines are short, so that a test of each takes a moment.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "adapters/locks/condition.h"
#include "gateway/exchange/snapshot_source.h"
#include "gateway/identity/trust.h"
#include "gateway/listener/listener.h"
#include "gateway/listener/plain_service.h"
#include "gateway/platform/disk.h"
#include "gateway/platform/system.h"
#include "tests/support/test_pki.h"
#include "tests/support/tls_client.h"

namespace sekisho::tests {

// /echo answers with the body; /who with the party; /elsewhere from another thread; /held when the
// test lets it, and takes a turn; /large with many bytes; /refused is turned away before its body;
// /forgotten is never answered.
class ScriptedService final : public listener::Service {
  public:
    std::expected<std::unique_ptr<listener::Receiving>, listener::TurnedAway> begin(
        const listener::RequestHead& head, const listener::Caller& caller) override;
    void note_refusal(const model::Speaker& speaker, const model::Refusal& refusal) override;

    std::vector<std::string> served() const;
    std::vector<std::string> noted() const;
    void hold(listener::Responder responder);
    void let_go();  // waits until something is held
    void answer_elsewhere(listener::Responder responder);
    void note_served(const std::string& target);

    std::atomic<int> dropped{0};  // Receivings that ended unserved

  private:
    mutable locks::Mutex mutex_;
    locks::Condition held_;
    std::vector<std::string> served_ SEKISHO_GUARDED_BY(mutex_);
    std::vector<std::string> noted_ SEKISHO_GUARDED_BY(mutex_);
    std::optional<listener::Responder> holding_ SEKISHO_GUARDED_BY(mutex_);
    std::vector<std::jthread> threads_ SEKISHO_GUARDED_BY(mutex_);
};

class ListenerWorld {
  public:
    struct Terms {
        listener::ConnectionLimits limits = short_limits();
        model::Budget budget{};
        bool running = true;
        listener::Service* doors = nullptr;       // of the zones; the scripted service otherwise
        tunnel::WayIn* way = nullptr;             // into the internet zone, which is open otherwise
        std::vector<model::TunnelEnd> tunnels{};  // the clinic's
    };
    static listener::ConnectionLimits short_limits();

    explicit ListenerWorld(const Terms& terms);
    ListenerWorld() : ListenerWorld(Terms{}) {}
    ~ListenerWorld();

    // A client of the internet zone by default, showing the certificate of that name.
    TlsClient connect(const std::string& name = "clinic", const std::string& zone = "internet");
    std::uint16_t port(const std::string& zone) const;
    const listener::ZoneCounters& counters(const std::string& zone = "internet") const;

    // The directory without the clinic, or with it suspended.
    void suspend_clinic();
    void give_clinic(std::vector<model::TunnelEnd> tunnels);
    void resume_clinic();
    void wait_for(const std::function<bool()>& holds);  // at most 5 s; fails the test

    TestPki pki{{"internet", "public"}};
    platform::Disk files{};
    platform::SystemClock clock{};
    identity::TrustSource trust{files, pki.trust_files()};
    exchange::SnapshotSource snapshots;
    ScriptedService service{};
    listener::PlainService pages;
    std::unique_ptr<listener::Listener> listener{};

  private:
    std::vector<std::jthread> workers_{};
};

std::string get(const std::string& target, const std::string& headers = "");
std::string post(const std::string& target, const std::string& body);

}  // namespace sekisho::tests
