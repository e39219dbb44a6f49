#include "tests/simulation/run.h"

#include <algorithm>

namespace sekisho::tests::simulation {

namespace {

using std::chrono::milliseconds;

constexpr std::chrono::days kBeyondExpiry{15};
constexpr milliseconds kLongestRest{10'000};
constexpr std::size_t kLeavesMax = 1'000'000;
constexpr std::uint64_t kEarlyShare = 3;

}  // namespace

Options options_of(std::uint64_t seed) {
    Options options;
    options.faults = options.faults.tuned(seed);
    if (seed % kSqliteShare == 0) options.medium = Medium::sqlite;
    if (seed % kSqliteShare == kSqliteShare / 2) options.medium = Medium::power;
    options.gives_up_early = seed % kEarlyShare == 0;
    return options;
}

Run::Run(const Rules& rules, const Options& options, std::uint64_t seed)
    : rules_(rules),
      options_(options),
      chance_(seed),
      random_(seed),
      medium_(make_medium(options.medium, seed)),
      store_(*medium_, chance_, options_, witness_),
      recipients_(store_, options_, witness_),
      around_peers_{.chance = chance_,
                    .options = options_,
                    .clock = clock_,
                    .recipients = recipients_,
                    .witness = witness_,
                    .meanwhile = [this](milliseconds time) { meanwhile(time); }},
      reader_(party(kSharingInsurer), chance_, options_, clock_, recipients_, witness_),
      helpers_(party(kHelpers), chance_, options_, clock_, recipients_, witness_,
               MailboxReader::Manner::heeds_leases),
      around_{.rules = rules_,
              .chance = chance_,
              .options = options_,
              .clock = clock_,
              .random = random_,
              .files = files_,
              .store = store_,
              .peers = peers_} {
    std::size_t which = 0;
    for (const char* via : {"platform", "municipal"}) {
        auto peer = std::make_unique<FaultyPeer>(around_peers_);
        faulty_[which++] = peer.get();
        peers_.add(model::Via{via}, std::move(peer));
    }
    record_facts();
    gateway_ = std::make_unique<GatewayProcess>(around_);
}

Report Run::go() {
    for (std::size_t i = 0; i < options_.steps; ++i) step();
    come_to_rest();
    read_store(StoreRead::Moment::end);
    Report report{.complaints = witness_.complaints(), .trace = witness_.trace()};
    report.hash = model::to_hex(witness_.finish());
    report.figures = figures_;
    store_.forget();
    gateway_.reset();
    return report;
}

void Run::step() {
    const GatewayFaults& faults = options_.faults.gateway;
    ++figures_.steps;
    if (store_.has_stopped() || chance_.of(faults.crashes)) return crash();
    if (chance_.of(faults.clock_jumps)) return jump_clock();
    if (chance_.of(faults.nights)) return pass_the_night();
    if (chance_.of(faults.consent_is_withdrawn)) return withdraw_consent();
    if (chance_.of(options_.faults.peers.outage)) return faulty_[chance_.below(2)]->turn();
    const std::uint64_t what = chance_.below(100);
    if (what < 40) {
        gateway_->step();
    } else if (what < 60) {
        commit();
    } else if (what < 72) {
        send_something();
    } else if (what < 87) {
        (chance_.below(2) == 0 ? reader_ : helpers_).step(gateway_->exchange());
    } else {
        let_time_pass();
    }
}

void Run::commit() {
    using enum SimulatedStore::Course;
    if (!chance_.of(options_.faults.gateway.crashes_at_commit)) {
        store_.commit(whole);
        return;
    }
    store_.commit(chance_.of(0.5) ? crash_before : crash_after);
    crash();
}

void Run::let_time_pass() {
    const auto next = gateway_->timer().next_in();
    const milliseconds some{chance_.below(3'000)};
    const bool to_next = next && chance_.of(0.5);
    gateway_->timer().advance(
        to_next ? std::clamp<milliseconds>(*next, milliseconds{0}, kLongestRest) : some);
}

// An operator or NTP sets the wall clock, or the machine slept: both clocks are ahead.
void Run::jump_clock() {
    const milliseconds jump{chance_.below(600'000)};
    witness_.note("clock jumps " + std::to_string(jump.count()));
    if (chance_.of(0.03)) return clock_.set_wall(clock_.now() + kBeyondExpiry);
    if (chance_.of(0.5)) return clock_.set_wall(clock_.now() + jump);
    clock_.advance(jump);
    gateway_->timer().fire_due();
}

// Long enough for a delivery to use up its attempts.
void Run::pass_the_night() {
    constexpr int kStirrings = 250;
    constexpr milliseconds kLongestSleep{300'000};
    witness_.note("a night passes");
    const bool away = chance_.of(0.7);
    FaultyPeer& peer = *faulty_[chance_.below(2)];
    if (away) peer.go_away();
    for (int i = 0; i < kStirrings; ++i) {
        const auto next = gateway_->timer().next_in();
        if (!next) break;
        gateway_->timer().advance(std::clamp<milliseconds>(*next, milliseconds{1}, kLongestSleep));
        settle();
    }
    if (away) peer.come_back();
}

// All that can happen without time passing. One that goes round for ever is left, and found not to
// have come to rest.
void Run::settle() {
    constexpr int kMovesMax = 20'000;
    for (int i = 0; i < kMovesMax; ++i) {
        if (!gateway_->step() && store_.commit_group() == 0) return;
        ++figures_.steps;
    }
}

// What goes on while a peer keeps one deliverer waiting.
void Run::meanwhile(milliseconds time) {
    constexpr int kPieces = 8;
    if (time <= milliseconds{0}) return;
    const bool first = !std::exchange(in_meanwhile_, true);
    for (int i = 0; i < kPieces; ++i) {
        gateway_->timer().advance(time / kPieces);
        if (!first) continue;
        for (std::uint64_t steps = chance_.below(3); steps > 0; --steps) gateway_->step();
        store_.commit(SimulatedStore::Course::whole);
    }
    if (first) in_meanwhile_ = false;
}

void Run::crash() {
    witness_.note("crash");
    ++figures_.crashes;
    store_.forget();
    gateway_.reset();
    reader_.lose_connection();
    helpers_.lose_connection();
    for (auto& [request, which] : requests_) letters_[which].waiting = 0;
    requests_.clear();
    medium_->crash();
    gateway_ = std::make_unique<GatewayProcess>(around_);
    store_.see_new_leaves();
    read_store(StoreRead::Moment::restart);
}

void Run::come_to_rest() {
    witness_.note("the faults stop");
    options_.faults = Faults::none();
    for (FaultyPeer* peer : faulty_) peer->come_back();
    for (std::size_t round = 0; round < options_.rounds_to_rest && !is_at_rest(); ++round) {
        if (store_.has_stopped()) crash();  // as its administrator would restart it
        for (std::size_t i = 0; i < letters_.size(); ++i) {
            if (letters_[i].waiting > 0 || letters_[i].finished) continue;
            letters_[i].letter.written = clock_.now();
            send(i);
        }
        reader_.step(gateway_->exchange());
        helpers_.step(gateway_->exchange());
        settle();
        if (only_followers_wait()) clock_.advance(model::limits::kDeliveryLifeDefault);
        const auto next = gateway_->timer().next_in();
        gateway_->timer().advance(
            std::clamp<milliseconds>(next.value_or(kLongestRest), milliseconds{1}, kLongestRest));
    }
    settle();
}

bool Run::is_at_rest() {
    if (!requests_.empty() || !reader_.is_at_rest() || !helpers_.is_at_rest()) return false;
    if (!std::ranges::all_of(letters_, &Correspondence::finished)) return false;
    const auto depths = must(store_.look()->queue_depths());
    return std::ranges::all_of(depths, [](const store::QueueDepth& depth) {
        return depth.queued == 0 && depth.leased == 0;
    });
}

// Nothing is left but units that wait for a dead one before them to expire.
bool Run::only_followers_wait() {
    if (!requests_.empty() || !std::ranges::all_of(letters_, &Correspondence::finished))
        return false;
    const auto view = store_.look();
    std::set<std::pair<model::PartyId, std::string>> held;
    std::vector<store::StoredDelivery> unsettled;
    for (const Correspondence& each : letters_) {
        for (const auto& delivery : must(view->deliveries(each.letter.key()))) {
            if (delivery.order_key.empty() && !store::is_settled(delivery.state)) return false;
            if (!store::is_settled(delivery.state)) unsettled.push_back(delivery);
            if (delivery.state == store::DeliveryState::dead) {
                held.emplace(delivery.recipient, delivery.order_key);
            }
        }
    }
    return !unsettled.empty() && std::ranges::all_of(unsettled, [&](const auto& delivery) {
        return held.contains({delivery.recipient, delivery.order_key});
    });
}

void Run::read_store(StoreRead::Moment moment) {
    const auto view = store_.look();
    StoreRead read{.moment = moment,
                   .head = must(view->tree_head()),
                   .leaves = must(view->leaves(0, kLeavesMax)),
                   .backlog = backlog(),
                   .may_have_given_up = options_.gives_up_early};
    if (options_.mutations.log_loses_its_end && !read.leaves.empty()) read.leaves.pop_back();
    for (const Correspondence& one : letters_) {
        const auto message = must(view->message(one.letter.key()));
        if (!message || read.messages.contains(one.letter.key())) continue;
        Kept kept{.content = model::to_hex(message->sha256)};
        for (const auto& delivery : must(view->deliveries(one.letter.key()))) {
            kept.deliveries.push_back({.recipient = delivery.recipient, .state = delivery.state});
            if (moment == StoreRead::Moment::end) ++figures_.ends[delivery.state];
        }
        read.messages.emplace(one.letter.key(), std::move(kept));
    }
    witness_.see(read);
}

std::uint64_t Run::backlog() const {
    std::uint64_t all = 0;
    for (const std::string_view one : known_parties()) all += gateway_->backlog_of(party(one));
    return all;
}

}  // namespace sekisho::tests::simulation
