#include "tests/simulation/gateway_process.h"

#include <stdexcept>

#include "tests/support/exchange/exchange_world.h"

namespace sekisho::tests::simulation {

namespace {

constexpr auto kSpoolFolder = "/spool";

}  // namespace

Rules make_rules() {
    SeededRandom random{7};
    return {.snapshot = std::make_shared<const plan::Snapshot>(exchange_snapshot()),
            .formats = must(documents::load_formats(SEKISHO_SOURCE_DIR "/config/schema")),
            .keyring = platform::Keyring::generate(random)};
}

// As wiring does it: the spool is swept, what waits is counted, the lanes look for it.
GatewayProcess::GatewayProcess(const Surroundings& around)
    : executor_(around.chance, around.options.faults),
      timer_(around.clock, executor_),
      snapshots_(around.rules.snapshot) {
    must_be_done(around.files.make_directories(kSpoolFolder));
    const store::Spool spool{.files = around.files, .folder = kSpoolFolder};
    (void)must(store::sweep_spool(spool, *around.store.look()));
    lanes_ = std::make_unique<exchange::Lanes>(exchange::LaneCollaborators{
        .store = around.store,
        .snapshots = snapshots_,
        .keyring = around.rules.keyring,
        .peers = around.peers,
        .clock = around.clock,
        .random = around.random,
        .timer = timer_,
        .deliverers = executor_,
        .log = log_,
        .counters = counters_,
        .legs = legs_,
        .waiters = waiters_,
        .spool = spool,
        .patience = around.options.gives_up_early
                        ? std::chrono::milliseconds{0}
                        : std::chrono::milliseconds{model::limits::kPatience}});
    exchange_ = std::make_unique<exchange::Exchange>(
        exchange::Collaborators{.store = around.store,
                                .snapshots = snapshots_,
                                .keyring = around.rules.keyring,
                                .formats = around.rules.formats,
                                .lanes = *lanes_,
                                .waiters = waiters_,
                                .legs = legs_,
                                .peers = around.peers,
                                .clock = around.clock,
                                .random = around.random,
                                .timer = timer_,
                                .memory = memory_,
                                .workers = executor_,
                                .askers = executor_},
        exchange::Settings{.instance = "sekisho-simulation", .spool = spool}, counters_);
    count_what_is_under_way(around.store);
    lanes_->start();
}

void GatewayProcess::count_what_is_under_way(SimulatedStore& store) {
    for (const auto& [source, deliveries] : must(store.look()->unsettled_by_source())) {
        counters_.backlog.add(source, model::ZoneName{}, deliveries);
    }
}

}  // namespace sekisho::tests::simulation
