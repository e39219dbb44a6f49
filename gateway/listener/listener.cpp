#include "gateway/listener/listener.h"

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <algorithm>

#include "gateway/listener/acceptor.h"
#include "gateway/listener/poller.h"
#include "gateway/listener/zone.h"

namespace sekisho::listener {

namespace {

using model::Result;

constexpr int kBacklog = 1024;

struct OpenZone {
    std::shared_ptr<Zone> zone;
    std::shared_ptr<Acceptor> acceptor;
    std::uint16_t port = 0;
};

Result<Poco::Net::ServerSocket> bind(const ZoneSettings& settings) {
    try {
        const Poco::Net::SocketAddress address{settings.address, settings.port};
        Poco::Net::ServerSocket socket;
        // The port is this process's alone: shared, connections would go to either of two.
        socket.bind(address, true, false);
        socket.listen(kBacklog);
        socket.setBlocking(false);
        return socket;
    } catch (const Poco::Exception& exception) {
        const std::string where = settings.address + ":" + std::to_string(settings.port);
        return model::refuse(
            model::Problem::internal,
            {.ja = "区分 " + settings.zone.text() + " の接続口を開けません: " + where + " (" +
                   exception.displayText() + ")",
             .en = "the listener of zone " + settings.zone.text() + " cannot open " + where + " (" +
                   exception.displayText() + ")"});
    }
}

Result<void> load_terms(platform::Files& files, Zone& zone) {
    if (!zone.credentials) return {};
    auto terms = TlsContext::load(files, *zone.credentials);
    if (!terms) return std::unexpected(std::move(terms.error()));
    zone.replace_terms(std::move(*terms));
    return {};
}

}  // namespace

struct Listener::State {
    explicit State(ListenerWorld world)
        : judges{.trust = world.trust,
                 .snapshots = world.snapshots,
                 .clock = world.clock,
                 .expiries = world.expiries},
          files(world.files) {}

    const Judges judges;
    platform::Files& files;
    ListenerCounters counters{};
    const std::shared_ptr<Departures> departures = std::make_shared<Departures>();
    std::shared_ptr<Poller> poller{};
    std::vector<OpenZone> zones{};

    Result<void> open(const ZoneSettings& settings) {
        ZoneCounters& zone_counters = counters.emplace_back();
        zone_counters.zone = settings.zone;
        // Built in place: it holds atomics and a mutex.
        std::shared_ptr<Zone> zone{new Zone{.name = settings.zone,
                                            .service = *settings.service,
                                            .judges = judges,
                                            .way = settings.way,
                                            .limits = settings.limits,
                                            .accounts = Accounts{settings.budget},
                                            .gate = FairGate{settings.budget},
                                            .credentials = settings.credentials,
                                            .counters = zone_counters,
                                            .departures = departures}};
        if (auto loaded = load_terms(files, *zone); !loaded) return loaded;
        auto socket = bind(settings);
        if (!socket) return std::unexpected(std::move(socket.error()));
        const std::uint16_t port = socket->address().port();
        auto acceptor = std::make_shared<Acceptor>(*socket, zone, poller);
        if (!acceptor->start()) return model::refuse(model::Problem::internal);
        zones.push_back({.zone = std::move(zone), .acceptor = std::move(acceptor), .port = port});
        return {};
    }
};

Listener::Listener(std::unique_ptr<State> state) : state_(std::move(state)) {}

Listener::~Listener() {
    if (state_->poller) state_->poller->close_all();
}

Result<std::unique_ptr<Listener>> Listener::open(ListenerWorld world,
                                                 const std::vector<ZoneSettings>& zones) {
    auto poller = Poller::open(world.clock);
    if (!poller) return std::unexpected(std::move(poller.error()));
    auto state = std::make_unique<State>(world);
    state->poller = std::move(*poller);
    std::unique_ptr<Listener> listener{new Listener{std::move(state)}};
    for (const ZoneSettings& zone : zones) {
        if (auto opened = listener->state_->open(zone); !opened) {
            return std::unexpected(std::move(opened.error()));
        }
    }
    return listener;
}

std::uint16_t Listener::port(const model::ZoneName& zone) const {
    for (const OpenZone& open : state_->zones) {
        if (open.zone->name == zone) return open.port;
    }
    return 0;
}

void Listener::run_worker(const std::stop_token& stop) {
    state_->poller->run(stop);
}

Result<void> Listener::reload_credentials() {
    std::vector<std::shared_ptr<const TlsContext>> loaded;
    for (const OpenZone& open : state_->zones) {
        loaded.push_back(nullptr);
        if (!open.zone->credentials) continue;
        auto terms = TlsContext::load(state_->files, *open.zone->credentials);
        if (!terms) return std::unexpected(std::move(terms.error()));
        loaded.back() = std::move(*terms);
    }
    for (std::size_t i = 0; i < loaded.size(); ++i) {
        if (loaded[i]) state_->zones[i].zone->replace_terms(std::move(loaded[i]));
    }
    return {};
}

void Listener::drain() {
    for (const OpenZone& open : state_->zones) open.zone->draining = true;
    state_->poller->drain();
}

bool Listener::wait_drained(std::chrono::milliseconds longest) const {
    Departures& departures = *state_->departures;
    const locks::Lock lock{departures.mutex};
    return departures.one_left.wait_for(departures.mutex, longest, [this] {
        return std::ranges::all_of(state_->counters,
                                   [](const ZoneCounters& zone) { return zone.open.load() == 0; });
    });
}

const ListenerCounters& Listener::counters() const {
    return state_->counters;
}

}  // namespace sekisho::listener
