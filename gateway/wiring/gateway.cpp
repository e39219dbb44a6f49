#include "gateway/wiring/gateway.h"

#include <filesystem>
#include <unistd.h>

#include "adapters/locks/condition.h"
#include "gateway/listener/api_service.h"
#include "gateway/ops/expiries.h"
#include "gateway/ops/metrics.h"
#include "gateway/wiring/reload.h"
#include "gateway/wiring/seeds.h"
#include "routing/model/limits.h"

namespace sekisho::wiring {

namespace {

using platform::LogLevel;

constexpr std::size_t kTasksMax = 8192;
constexpr std::size_t kDeliveryTasksMax = 1024;
constexpr std::size_t kWorkerThreads = 2;
constexpr std::chrono::seconds kTrustWatch{2};
constexpr std::chrono::seconds kDrainListener{10};
constexpr std::chrono::seconds kDrainLanes{25};
constexpr std::string_view kCounterZone = "internet";  // whose parties have people before them

std::vector<identity::ZoneTrustFiles> trust_files_of(const config::Config& config) {
    std::vector<identity::ZoneTrustFiles> zones;
    zones.reserve(config.zones.size());
    for (const auto& zone : config.zones) {
        zones.push_back({.zone = zone.name,
                         .anchors_file = zone.anchors_file,
                         .crl_file = zone.crl_file,
                         .rsa_bits_min = zone.rsa_bits_min});
    }
    return zones;
}

std::vector<ops::ZoneSample> samples_of(const listener::ListenerCounters& counters) {
    std::vector<ops::ZoneSample> samples;
    samples.reserve(counters.size());
    for (const auto& zone : counters) {
        std::uint64_t requests = 0;
        for (const auto& count : zone.responses) requests += count.load();
        samples.push_back({.zone = zone.zone.text(),
                           .connections_open = static_cast<std::uint64_t>(zone.open.load()),
                           .connections_accepted = zone.accepted.load(),
                           .handshakes_completed = zone.handshakes.load(),
                           .handshakes_refused = zone.handshakes_refused.load(),
                           .strangers = zone.strangers.load(),
                           .certificates_refused = zone.certificates_refused.load(),
                           .ways_refused = zone.ways_refused.load(),
                           .requests = requests,
                           .over_budget = zone.over_budget.load(),
                           .turns_missed = zone.turns_missed.load()});
    }
    return samples;
}

std::map<model::ZoneName, model::Budget> budgets_of(const config::Config& config) {
    std::map<model::ZoneName, model::Budget> budgets;
    for (const auto& zone : config.zones) budgets[zone.name] = zone.budget;
    return budgets;
}

// Waits until `done`, looking every few milliseconds, at most `longest`.
template <class Done>
void wait_until(Done done, std::chrono::milliseconds longest) {
    locks::Mutex mutex;
    locks::Condition nothing;
    const locks::Lock lock{mutex};
    const auto end = std::chrono::steady_clock::now() + longest;
    while (!done() && std::chrono::steady_clock::now() < end) {
        nothing.wait_for(mutex, std::chrono::milliseconds{20}, [] { return false; });
    }
}

}  // namespace

Gateway::Gateway(config::Config config, platform::Keyring keyring, documents::Formats formats)
    : config_(std::make_shared<const config::Config>(std::move(config))),
      started_with_(config_->file_digest),
      log_(clock_, config_->log_file.value_or("")),
      keyring_(std::move(keyring)),
      formats_(std::move(formats)),
      unions_(config_->unions),
      memory_(config_->document_memory_bytes),
      snapshots_(config_->snapshot),
      trust_(files_, trust_files_of(*config_)),
      workers_(kTasksMax),
      deliverers_(kDeliveryTasksMax),
      askers_(model::limits::kQueriesInFlightMax),
      timer_(clock_, workers_),
      ways_(*config_, clock_, log_) {}

Gateway::~Gateway() = default;

model::Result<std::unique_ptr<Gateway>> Gateway::build(config::Config config) {
    platform::Disk files;
    auto keyring = platform::Keyring::load(files, config.keys_folder);
    if (!keyring) return std::unexpected(keyring.error());
    auto formats = documents::load_formats(config.schema_folder);
    if (!formats) return std::unexpected(formats.error());
    const std::string store_folder =
        std::filesystem::path{config.store.path}.parent_path().string();
    for (const std::string& folder : {store_folder, config.store.spool_folder}) {
        if (auto made = files.make_directories(folder); !made) return std::unexpected(made.error());
    }
    std::unique_ptr<Gateway> gateway{
        new Gateway{std::move(config), std::move(*keyring), std::move(*formats)}};
    if (auto read = gateway->trust_.load(); !read) return std::unexpected(read.error());
    auto store = store::SqliteStore::open({.path = gateway->config_->store.path});
    if (!store) return std::unexpected(store.error());
    gateway->store_ = std::move(*store);
    const auto loaded = load_adapters(gateway->config_->adapters, gateway->peers_);
    if (!loaded) return std::unexpected(loaded.error());
    gateway->build_exchange();
    gateway->build_probes();
    if (auto built = gateway->build_card_desk(); !built) return std::unexpected(built.error());
    if (auto built = gateway->build_timestamping(); !built) return std::unexpected(built.error());
    return gateway;
}

store::Spool Gateway::spool() {
    return {.files = files_, .folder = config_->store.spool_folder};
}

void Gateway::build_exchange() {
    lanes_ =
        std::make_unique<exchange::Lanes>(exchange::LaneCollaborators{.store = *store_,
                                                                      .snapshots = snapshots_,
                                                                      .keyring = keyring_,
                                                                      .peers = peers_,
                                                                      .clock = clock_,
                                                                      .random = random_,
                                                                      .timer = timer_,
                                                                      .deliverers = deliverers_,
                                                                      .log = log_,
                                                                      .counters = counters_,
                                                                      .legs = legs_,
                                                                      .waiters = waiters_,
                                                                      .spool = spool()});
    exchange_ =
        std::make_unique<exchange::Exchange>(exchange::Collaborators{.store = *store_,
                                                                     .snapshots = snapshots_,
                                                                     .keyring = keyring_,
                                                                     .formats = formats_,
                                                                     .lanes = *lanes_,
                                                                     .waiters = waiters_,
                                                                     .legs = legs_,
                                                                     .peers = peers_,
                                                                     .clock = clock_,
                                                                     .random = random_,
                                                                     .timer = timer_,
                                                                     .memory = memory_,
                                                                     .workers = workers_,
                                                                     .askers = askers_},
                                             exchange::Settings{.instance = config_->instance,
                                                                .spool = spool(),
                                                                .unions = &unions_,
                                                                .budgets = budgets_of(*config_)},
                                             counters_);
    published_log_ =
        std::make_unique<proof::PublishedLog>(*store_, config_->instance, keyring_.log_keys());
    health_ = std::make_unique<ops::Health>(*store_);
}

// Of the legs whose network is named; they rest while nobody could take another way.
void Gateway::build_probes() {
    probe_every_ = config_->probe_every;
    const path::PathPolicy& paths = config_->snapshot->paths;
    for (const auto& [via, network] : paths.networks()) {
        probes_.push_back(std::make_unique<exchange::LegProbe>(
            paths.leg_by(via), *peers_.find(via),
            exchange::LegProbe::Parts{
                .legs = legs_, .lanes = *lanes_, .clock = clock_, .log = log_}));
    }
}

model::Result<void> Gateway::build_card_desk() {
    if (!config_->admission) return {};
    auto desk = CardDesk::build(
        *config_->admission, config_->instance,
        {.files = files_, .clock = clock_, .random = random_, .timer = timer_, .askers = askers_});
    if (!desk) return std::unexpected(desk.error());
    card_desk_ = std::move(*desk);
    return {};
}

model::Result<void> Gateway::build_timestamping() {
    if (!config_->timestamps) return {};
    auto made = Timestamping::build(*config_->timestamps, {.log = *published_log_,
                                                           .files = files_,
                                                           .random = random_,
                                                           .clock = clock_,
                                                           .said = log_});
    if (!made) return std::unexpected(made.error());
    timestamping_ = std::move(*made);
    return {};
}

void Gateway::build_services() {
    service_ = std::make_unique<listener::ApiService>(
        listener::ApiWorld{.exchange = *exchange_,
                           .log = *published_log_,
                           .workers = workers_,
                           .memory = memory_,
                           .clock = clock_,
                           .random = random_,
                           .timestamps = timestamping_ ? &timestamping_->kept() : nullptr,
                           .challenges = card_desk_ ? &card_desk_->challenges() : nullptr,
                           .cards = card_desk_ ? &card_desk_->cards() : nullptr,
                           .visits = card_desk_ ? &card_desk_->visits() : nullptr});
    counter_ = std::make_unique<counter::CounterService>(
        counter::CounterSettings{.name_of = [this](const model::PartyId& party) {
            const auto world = snapshots_.current();
            const auto* found = world->snapshot->directory.find(party);
            return found == nullptr ? std::string{} : found->name;
        }});
    counter_and_service_ = std::make_unique<listener::PartedService>(listener::Parts{
        .path = std::string{counter::kCounterPath}, .below = *counter_, .others = *service_});
    pages_ = std::make_unique<listener::PlainService>(
        [this](std::string_view path) { return page(path); });
}

model::Result<void> Gateway::build_listener() {
    build_services();
    std::vector<listener::ZoneSettings> zones;
    zones.reserve(config_->zones.size() + 1);
    for (const auto& zone : config_->zones) {
        if (zone.stapling) {
            const Stapling::Parts parts{
                .files = files_, .clock = clock_, .log = log_, .timer = timer_, .askers = askers_};
            staplings_[zone.name] = std::make_unique<Stapling>(zone, parts, responder_of(zone));
        }
        zones.push_back(
            {.zone = zone.name,
             .address = zone.listen.host,
             .port = zone.listen.port,
             .credentials =
                 listener::ServerCredentials{
                     .certificate_file = zone.certificate_file,
                     .key_file = zone.key_file,
                     .token_module = zone.token_module,
                     .staple = zone.stapling ? &staplings_[zone.name]->staple() : nullptr},
             .service =
                 zone.name.text() == kCounterZone ? counter_and_service_.get() : service_.get(),
             .budget = zone.budget,
             .way = ways_.of(zone.name)});
    }
    if (config_->health) {
        zones.push_back({.zone = model::ZoneName{"health"},
                         .address = config_->health->host,
                         .port = config_->health->port,
                         .service = pages_.get()});
    }
    auto opened = listener::Listener::open({.trust = trust_,
                                            .snapshots = snapshots_,
                                            .clock = clock_,
                                            .files = files_,
                                            .expiries = &expiries_},
                                           zones);
    if (!opened) return std::unexpected(opened.error());
    listener_ = std::move(*opened);
    return {};
}

std::optional<listener::PlainReply> Gateway::page(std::string_view path) {
    if (path == "/livez" || path == "/readyz") {
        const auto reply = path == "/livez" ? health_->alive() : health_->ready();
        return listener::PlainReply{
            .status = reply.status, .content_type = "application/json", .body = reply.body};
    }
    if (path == "/certificates") {
        const auto world = snapshots_.current();
        return listener::PlainReply{
            .content_type = "application/json",
            .body = ops::render_expiries(
                expiries_, {.directory = world->snapshot->directory, .now = clock_.now()})};
    }
    if (path != "/metrics") return std::nullopt;
    return listener::PlainReply{
        .content_type = "text/plain; version=0.0.4; charset=utf-8",
        .body = ops::render_metrics({.counters = counters_,
                                     .memory = memory_,
                                     .store = *store_,
                                     .lanes = *lanes_,
                                     .snapshots = snapshots_,
                                     .zones = [this] { return samples_of(listener_->counters()); },
                                     .expiries = expiries_,
                                     .clock = clock_})};
}

void Gateway::start_store() {
    threads_.start("writer", 1, [this](const std::stop_token& stop) { store_->run_writer(stop); });
}

// Spool files that no committed message names: what a crash left between their sync and the commit.
model::Result<void> Gateway::sweep() {
    auto view = store_->view();
    if (!view) return std::unexpected(view.error());
    const auto removed = store::sweep_spool(spool(), **view);
    if (!removed) return std::unexpected(removed.error());
    if (*removed > 0) {
        log_.write(LogLevel::info, "spool swept", {{"files", std::to_string(*removed)}});
    }
    return {};
}

// What each sender still has under way from before.
model::Result<void> Gateway::count_backlog() {
    auto view = store_->view();
    if (!view) return std::unexpected(view.error());
    const auto unsettled = (*view)->unsettled_by_source();
    if (!unsettled) return std::unexpected(unsettled.error());
    const auto world = snapshots_.current();
    for (const auto& [source, count] : *unsettled) {
        const auto* party = world->snapshot->directory.find(source);
        const bool is_known = party != nullptr && !party->certificates.empty();
        const auto zone = is_known ? party->certificates.front().zone : model::ZoneName{};
        counters_.backlog.add(source, zone, count);
    }
    return {};
}

model::Result<void> Gateway::start() {
    if (auto swept = sweep(); !swept) return swept;
    start_store();
    if (auto counted = count_backlog(); !counted) return counted;
    const SeedTools tools{
        .store = *store_, .keyring = keyring_, .clock = clock_, .random = random_};
    if (auto loaded = load_seeds(tools, *config_); !loaded) return loaded;
    if (auto noted = note_routes(tools, *config_); !noted) return noted;
    if (auto looked = ways_.look(); !looked) return looked;
    if (auto opened = build_listener(); !opened) return opened;

    ways_.start(threads_);
    for (const auto& probe : probes_) {
        threads_.start("probes", 1, [this, one = probe.get()](const std::stop_token& stop) {
            one->run(probe_every_, stop);
        });
    }
    threads_.start("timer", 1, [this](const std::stop_token& stop) { timer_.run(stop); });
    threads_.start("workers", kWorkerThreads,
                   [this](const std::stop_token& stop) { workers_.run(stop); });
    threads_.start("deliverers", config_->delivery_threads,
                   [this](const std::stop_token& stop) { deliverers_.run(stop); });
    threads_.start("askers", config_->delivery_threads,
                   [this](const std::stop_token& stop) { askers_.run(stop); });
    threads_.start("listener", config_->workers,
                   [this](const std::stop_token& stop) { listener_->run_worker(stop); });
    lanes_->start();
    watch_trust();
    if (card_desk_) watch_card_lists();
    if (timestamping_) stamp_log();
    for (const auto& [zone, stapling] : staplings_) stapling->ask();
    write_pid_file();
    health_->set_ready(true);
    for (const auto& zone : config_->zones) {
        log_.write(
            LogLevel::info, "listening",
            {{"zone", zone.name.text()}, {"port", std::to_string(listener_->port(zone.name))}});
    }
    return {};
}

void Gateway::write_pid_file() {
    if (!config_->pid_file) return;
    const std::string folder = std::filesystem::path{*config_->pid_file}.parent_path().string();
    auto written = files_.make_directories(folder);
    if (written) {
        written = files_.write_whole(*config_->pid_file, std::to_string(::getpid()) + "\n", 0644);
    }
    if (!written)
        log_.write(LogLevel::warning, "pid file", {{"detail", written.error().detail.en}});
}

// A new revocation list takes effect within two seconds, on open connections too.
void Gateway::watch_trust() {
    const auto refreshed = trust_.refresh();
    if (!refreshed) {
        log_.write(LogLevel::error, "trust", {{"detail", refreshed.error().detail.en}});
    } else if (*refreshed) {
        log_.write(LogLevel::info, "trust", {{"detail", "revocation lists replaced"}});
    }
    timer_.after(kTrustWatch, [this] { watch_trust(); });
}

// On an asker: to read a list of a nation takes a moment, which no worker has.
void Gateway::watch_card_lists() {
    auto look = [this] {
        look_at_card_lists();
        timer_.after(kTrustWatch, [this] { watch_card_lists(); });
    };
    if (!askers_.post(look)) timer_.after(kTrustWatch, [this] { watch_card_lists(); });
}

// On an asker: an authority may take its time.
void Gateway::stamp_log() {
    constexpr std::chrono::seconds kAfterAll{10};  // the askers are busy
    const auto stamp = [this] { timer_.after(timestamping_->run(), [this] { stamp_log(); }); };
    if (!askers_.post(stamp)) timer_.after(kAfterAll, [this] { stamp_log(); });
}

void Gateway::look_at_card_lists() {
    const auto refreshed = card_desk_->refresh();
    for (const std::string& file : refreshed.silent_files) {
        log_.write(
            LogLevel::error, "trust",
            {{"file", file},
             {"detail",
              "no revocation list signed by an authority of admission is in this file; cards "
              "that need it are refused"}});
    }
    if (refreshed.changed && refreshed.silent_files.empty()) {
        log_.write(LogLevel::info, "trust", {{"detail", "revocation lists of cards replaced"}});
    }
}

void Gateway::reload() {
    auto config = config::load(config_->file, platform::sha256);
    if (!config) {
        for (const auto& error : config.error().errors) {
            log_.write(LogLevel::error, "reload refused", {{"detail", config::to_text(error)}});
        }
        return;
    }
    const auto refused = [this](const model::Refusal& refusal) {
        log_.write(LogLevel::error, "reload refused", {{"detail", refusal.detail.en}});
    };
    const auto next = std::make_shared<const config::Config>(std::move(*config));
    if (const auto other =
            needs_other_adapters(*next->snapshot, *snapshots_.current()->snapshot, peers_)) {
        return refused(*other);
    }
    const bool by_card = card_desk_ && next->admission;
    auto means = by_card ? card_desk_->read(*next->admission) : CardDesk::Means{};
    if (!means) return refused(means.error());
    if (const auto renewed = listener_->reload_credentials(); !renewed) {
        return refused(renewed.error());
    }
    // A new certificate has no staple yet.
    for (const auto& [zone, stapling] : staplings_) stapling->ask();
    const SeedTools tools{
        .store = *store_, .keyring = keyring_, .clock = clock_, .random = random_};
    auto recorded = load_seeds(tools, *next);
    if (recorded) recorded = note_routes(tools, *next);
    if (!recorded) return refused(recorded.error());
    if (by_card) card_desk_->take(std::move(*means));
    snapshots_.replace(next->snapshot);
    probe_every_ = next->probe_every;
    lanes_->relieve_silent();  // by the rules of now
    config_ = next;
    log_.write(LogLevel::info, "reloaded",
               {{"routes", std::to_string(next->snapshot->routes.revision())}});
    if (next->file_digest != started_with_) {
        log_.write(LogLevel::warning, "restart needed",
                   {{"file", next->file},
                    {"detail",
                     "the instance's name, zones, adapters, keys, store, limits, whether there is "
                     "an admission by card, how long a visit lasts and who stamps the log take "
                     "effect at the next start; what else it names is in force"}});
    }
}

void Gateway::stop() {
    log_.write(LogLevel::info, "draining", {});
    health_->set_ready(false);
    exchange_->drain();
    listener_->drain();
    (void)listener_->wait_drained(kDrainListener);
    lanes_->drain();
    wait_until([this] { return lanes_->is_idle(); }, kDrainLanes);
    threads_.stop("listener");
    threads_.stop("ways");
    threads_.stop("probes");
    threads_.stop("timer");
    threads_.stop("askers");
    threads_.stop("deliverers");
    threads_.stop("workers");
    threads_.stop("writer");
    workers_.run_pending();  // what the last commits still had to say
    if (config_->pid_file) (void)files_.remove(*config_->pid_file);
    log_.write(LogLevel::info, "stopped", {});
}

}  // namespace sekisho::wiring
