// The gateway as one object: everything it is made of, in the order in which it is built and may
// depend on what stands above it; destroyed the other way round.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "gateway/config/config.h"
#include "gateway/counter/counter_service.h"
#include "gateway/exchange/exchange.h"
#include "gateway/exchange/lanes.h"
#include "gateway/exchange/leg_probe.h"
#include "gateway/exchange/legs.h"
#include "gateway/exchange/peers.h"
#include "gateway/listener/listener.h"
#include "gateway/listener/parted_service.h"
#include "gateway/listener/plain_service.h"
#include "gateway/ops/health.h"
#include "gateway/ops/json_log.h"
#include "gateway/platform/disk.h"
#include "gateway/platform/executor.h"
#include "gateway/platform/memory_allowance.h"
#include "gateway/platform/system.h"
#include "gateway/platform/timer_queue.h"
#include "gateway/proof/published_log.h"
#include "gateway/store/sqlite_store.h"
#include "gateway/wiring/adapters.h"
#include "gateway/wiring/card_desk.h"
#include "gateway/wiring/stapling.h"
#include "gateway/wiring/threads.h"
#include "gateway/wiring/timestamping.h"
#include "gateway/wiring/ways.h"

namespace sekisho::wiring {

class Gateway {
  public:
    // Reads keys, trust, formats and adapter modules, opens the store. Starts nothing.
    static model::Result<std::unique_ptr<Gateway>> build(config::Config config);
    ~Gateway();

    model::Result<void> start();  // store, seeds, lanes, then the doors
    void reload();                // whole or not at all; what happened is in the log
    void stop();                  // doors first, then what is under way, then the store

  private:
    Gateway(config::Config config, platform::Keyring keyring, documents::Formats formats);

    void build_exchange();
    void build_probes();
    model::Result<void> build_card_desk();
    model::Result<void> build_timestamping();
    void build_services();
    model::Result<void> build_listener();
    model::Result<void> sweep();
    model::Result<void> count_backlog();
    void start_store();
    void watch_trust();
    void watch_card_lists();
    void stamp_log();
    void look_at_card_lists();
    void write_pid_file();
    std::optional<listener::PlainReply> page(std::string_view path);
    store::Spool spool();

    std::shared_ptr<const config::Config> config_;  // replaced by reload, in the signal thread
    const model::Sha256 started_with_;              // the digest of its file at start
    platform::SystemClock clock_;
    platform::SystemRandom random_;
    platform::Disk files_;
    ops::JsonLog log_;
    const platform::Keyring keyring_;
    const documents::Formats formats_;
    const std::unordered_map<model::InsurerNumber, std::string> unions_;
    exchange::Counters counters_;
    platform::MemoryAllowance memory_;
    std::unique_ptr<store::SqliteStore> store_;
    exchange::SnapshotSource snapshots_;
    identity::TrustSource trust_;
    identity::ExpiryBook expiries_;
    exchange::Peers peers_;
    exchange::Legs legs_;
    exchange::MailboxWaiters waiters_;
    platform::QueueExecutor workers_;
    platform::QueueExecutor deliverers_;
    platform::QueueExecutor askers_;
    platform::TimerQueue timer_;
    std::unique_ptr<exchange::Lanes> lanes_;
    std::vector<std::unique_ptr<exchange::LegProbe>> probes_;
    exchange::LegProbe::Every probe_every_{};
    std::unique_ptr<exchange::Exchange> exchange_;
    std::unique_ptr<proof::PublishedLog> published_log_;
    std::unique_ptr<Timestamping> timestamping_;  // none: nobody outside says when
    Ways ways_;
    std::map<model::ZoneName, std::unique_ptr<Stapling>> staplings_;  // of zones that staple
    std::unique_ptr<CardDesk> card_desk_;  // none: nobody is admitted by card
    std::unique_ptr<ops::Health> health_;
    std::unique_ptr<listener::Service> service_;
    std::unique_ptr<listener::Service> counter_;
    std::unique_ptr<listener::Service> counter_and_service_;  // of the internet zone
    std::unique_ptr<listener::PlainService> pages_;
    std::unique_ptr<listener::Listener> listener_;
    Threads threads_;
};

}  // namespace sekisho::wiring
