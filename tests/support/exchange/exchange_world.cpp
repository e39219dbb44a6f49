#include "tests/support/exchange/exchange_world.h"

#include <algorithm>
#include <stdexcept>

#include "adapters/documents/json.h"
#include "gateway/store/sealing.h"

namespace sekisho::tests {

namespace {

constexpr auto kFormats = "urn:sekisho:format:";

documents::Formats load_all_formats() {
    auto formats = documents::load_formats(std::string{SEKISHO_SOURCE_DIR} + "/config/schema");
    if (!formats) throw std::logic_error(formats.error().detail.en);
    return std::move(*formats);
}

template <class T>
T must(model::Result<T> value) {
    if (!value) throw std::logic_error(std::string{model::entry_of(value.error().problem).name});
    return std::move(*value);
}

void must_be_done(const model::Result<void>& done) {
    if (!done) throw std::logic_error(std::string{model::entry_of(done.error().problem).name});
}

struct WrittenPerson {
    std::string insurer;
    std::string insured;
};
struct WrittenAs {
    std::string media_type;
    std::string format;
};

void describe(ExchangeWorld::Event& event, const WrittenPerson& person, const WrittenAs& written) {
    event.set("insurer", person.insurer);
    event.set("insured", person.insured);
    event.set("datacontenttype", written.media_type);
    event.set("dataschema", std::string{kFormats} + written.format);
}

}  // namespace

adapters::Outcome ScriptedPeer::deliver(const adapters::Delivery& delivery,
                                        adapters::ByteSource& body, adapters::Deadline) {
    Received one{.source_and_id = model::to_source(delivery.envelope->source) + " " +
                                  delivery.envelope->id.text(),
                 .attempt = delivery.attempt};
    if (!adapters::read_all(body, 64U << 20U, one.body)) return {.fate = adapters::Fate::retry};
    received.push_back(std::move(one));
    if (decide) return {.fate = decide(delivery)};
    if (fates.empty()) return {.fate = usually};
    const adapters::Fate fate = fates.front();
    fates.pop_front();
    return {.fate = fate};
}

adapters::Answer ScriptedPeer::ask(const model::Authorized<model::Envelope>& question,
                                   adapters::Deadline) {
    asked.push_back(question->type.text());
    if (on_question) on_question(*question);
    return answer;
}

plan::Snapshot exchange_snapshot(const model::Via& limit_cards_via) {
    auto types = information_types();
    for (auto& type : types) {
        if (type.id.text() == "certification.card") {
            type.formats = {model::FormatName{"card-json:1"}};
        }
        if (type.id.text() == "certification.opinion-request") {
            type.formats = {model::FormatName{"opinion-request-json:1"}};
            type.asks_for = model::TypeId{"certification.opinion"};
        }
        if (type.id.text() == "certification.limit-card") {
            type.formats = {model::FormatName{"limit-card-json:1"}};
        }
        if (type.id.text() == "care-plan.home") {
            type.formats = {model::FormatName{"careplan-csv:4.1"}};
            type.holds = {model::DocumentKind{"plan"}, model::DocumentKind{"monthly-plan"}};
            type.filed_to.push_back(catalogue::ClassName{"care-office"});
        }
    }
    auto routes = route_rows();
    routes.push_back({.id = model::RouteId{"limit-card-push"},
                      .match = {.types = {"certification.limit-card"}},
                      .targets = {{.to = "$recipient", .via = limit_cards_via}}});
    return {.revision = 1,
            .catalogue = must(
                catalogue::Catalogue::build(party_classes(), std::move(types), consent_rules())),
            .directory = directory(),
            .routes = must(table::RouteTable::build(1, std::move(routes))),
            .rollout = rollout()};
}

ExchangeWorld::ExchangeWorld(unsigned seed, const model::Budget& budget)
    : clock(kNow),
      random(seed),
      keyring(platform::Keyring::generate(random)),
      snapshots(std::make_shared<const plan::Snapshot>(exchange_snapshot())),
      formats(load_all_formats()) {
    auto to_platform = std::make_unique<ScriptedPeer>();
    auto to_municipal = std::make_unique<ScriptedPeer>();
    platform = to_platform.get();
    municipal = to_municipal.get();
    auto by_line = std::make_unique<ScriptedPeer>();
    line = by_line.get();
    peers.add(model::Via{"platform"}, std::move(to_platform));
    peers.add(model::Via{"municipal"}, std::move(to_municipal));
    peers.add(model::Via{"line"}, std::move(by_line));
    must_be_done(files.make_directories("/spool"));
    const store::Spool spool{.files = files, .folder = "/spool"};
    lanes = std::make_unique<exchange::Lanes>(exchange::LaneCollaborators{.store = store,
                                                                          .snapshots = snapshots,
                                                                          .keyring = keyring,
                                                                          .peers = peers,
                                                                          .clock = clock,
                                                                          .random = random,
                                                                          .timer = timer,
                                                                          .deliverers = executor,
                                                                          .log = log,
                                                                          .counters = counters,
                                                                          .legs = legs,
                                                                          .waiters = waiters,
                                                                          .spool = spool});
    exchange = std::make_unique<exchange::Exchange>(
        exchange::Collaborators{.store = store,
                                .snapshots = snapshots,
                                .keyring = keyring,
                                .formats = formats,
                                .lanes = *lanes,
                                .waiters = waiters,
                                .legs = legs,
                                .peers = peers,
                                .clock = clock,
                                .random = random,
                                .timer = timer,
                                .memory = memory,
                                .workers = executor,
                                .askers = executor},
        exchange::Settings{.instance = "sekisho-test",
                           .spool = spool,
                           .budgets = {{model::ZoneName{"internet"}, budget}}},
        counters);
    record_facts(facts());
    lanes->start();
    settle();
}

ExchangeWorld::~ExchangeWorld() {
    settle();
}

platform::MemoryAllowance::Share ExchangeWorld::holding_all_memory() {
    platform::MemoryAllowance::Share all{memory};
    BOOST_TEST_REQUIRE(all.grow_to(kMemory));
    return all;
}

void ExchangeWorld::Event::set(const std::string& name, const std::string& value) {
    const auto found = std::ranges::find(attributes, name, &exchange::Attribute::first);
    if (found == attributes.end()) {
        attributes.emplace_back(name, value);
    } else {
        found->second = value;
    }
}

exchange::Attributes ExchangeWorld::basic(const std::string& id, const model::PartyId& speaker,
                                          const std::string& type) const {
    return {{"specversion", "1.0"},
            {"id", id},
            {"source", model::to_source(speaker)},
            {"type", "jp.sekisho." + type},
            {"time", model::to_rfc3339(clock.now())}};
}

ExchangeWorld::Event ExchangeWorld::a_plan_event(const std::string& id,
                                                 const documents::CareplanSample& sample) const {
    Event event{.speaker = party(kCareManager),
                .attributes = basic(id, party(kCareManager), "care-plan.home"),
                .document = documents::zip_of(documents::a_plan_unit(sample))};
    describe(event, {sample.insurer, sample.insured.front()},
             {"application/zip", "careplan-csv:4.1"});
    return event;
}

ExchangeWorld::Event ExchangeWorld::an_opinion_event(const std::string& id,
                                                     const documents::OpinionSample& sample) const {
    Event event{.speaker = party(kClinic),
                .attributes = basic(id, party(kClinic), "certification.opinion"),
                .document = documents::an_opinion_csv(sample)};
    describe(event, {sample.insurer, sample.insured},
             {"text/csv; charset=Shift_JIS", "ikensho-csv:1.1"});
    return event;
}

ExchangeWorld::Event ExchangeWorld::a_request_event(const std::string& id,
                                                    const documents::RequestSample& sample) const {
    Event event{.speaker = party(kSharingInsurer),
                .zone = "public",
                .attributes = basic(id, party(kSharingInsurer), "certification.opinion-request"),
                .document = documents::an_opinion_request_json(sample)};
    describe(event, {sample.insurer, sample.insured},
             {"application/json", "opinion-request-json:1"});
    return event;
}

ExchangeWorld::Event ExchangeWorld::a_card_event(const std::string& id, const std::string& type,
                                                 const std::vector<std::string>& insured) const {
    const documents::LoadSample sample{.insured = insured};
    const bool limit = type == "certification.limit-card";
    Event event{
        .speaker = party(kSharingInsurer),
        .zone = "public",
        .attributes = basic(id, party(kSharingInsurer), type),
        .document = limit ? documents::a_limit_card_json(sample) : documents::a_card_json(sample)};
    event.set("datacontenttype", "application/json");
    event.set("dataschema", std::string{kFormats} + (limit ? "limit-card-json:1" : "card-json:1"));
    return event;
}

ExchangeWorld::Event ExchangeWorld::a_progress_question(const std::string& id,
                                                        const std::string& insured) const {
    Event event{.speaker = party(kCareManager),
                .attributes = basic(id, party(kCareManager), "query.certification.progress")};
    event.set("insurer", "139980");
    event.set("insured", insured);
    event.set("actor", "staff-1");
    event.set("role", "care-manager");
    return event;
}

ExchangeWorld::Event ExchangeWorld::a_note_event(const std::string& id, std::string_view source,
                                                 const std::string& kind,
                                                 const std::string& document) const {
    Event event{.speaker = party(source),
                .attributes = basic(id, party(source), kind + ".record"),
                .document = document};
    if (event.speaker.kind == model::PartyKind::insurer ||
        event.speaker.kind == model::PartyKind::system) {
        event.zone = "public";
    }
    event.set("insurer", hanako().insurer.text());
    event.set("insured", hanako().insured.text());
    event.set("datacontenttype", "application/json");
    event.set("dataschema", kFormats + kind + "-json:1");
    return event;
}

ExchangeWorld::Event ExchangeWorld::a_consent_event(const std::string& id, std::string_view taker,
                                                    const std::string& document) const {
    return a_note_event(id, taker, "consent", document);
}

ExchangeWorld::Event ExchangeWorld::a_registration_event(const std::string& id,
                                                         std::string_view source,
                                                         const std::string& document) const {
    return a_note_event(id, source, "registration", document);
}

exchange::Arrival ExchangeWorld::arrive_with(const Event& event) {
    auto intake = exchange->intake(32U << 20U);
    for (std::size_t at = 0; at < event.document.size(); at += 65536) {
        must_be_done(intake.append(std::string_view{event.document}.substr(at, 65536)));
    }
    return {.speaker = {.party = event.speaker, .zone = model::ZoneName{event.zone}},
            .attributes = event.attributes,
            .body = must(intake.finish())};
}

ExchangeWorld::Pending ExchangeWorld::submit(const Event& event, bool admitted) {
    auto pending = std::make_shared<std::optional<exchange::Reply>>();
    exchange::Arrival arrival = arrive_with(event);
    if (admitted) arrival.admission = "card good";
    exchange->arrive(std::move(arrival),
                     [pending](exchange::Reply reply) { *pending = std::move(reply); });
    return pending;
}

ExchangeWorld::PendingAnswer ExchangeWorld::ask(const Event& event) {
    auto pending = std::make_shared<std::optional<exchange::QueryReply>>();
    exchange->ask(arrive_with(event), std::chrono::seconds{5},
                  [pending](exchange::QueryReply reply) { *pending = std::move(reply); });
    return pending;
}

exchange::Reply ExchangeWorld::submit_and_settle(const Event& event, bool admitted) {
    const auto pending = submit(event, admitted);
    settle();
    if (!*pending) throw std::logic_error("no answer");
    return std::move(**pending);
}

exchange::QueryReply ExchangeWorld::ask_and_settle(const Event& event) {
    const auto pending = ask(event);
    settle();
    if (!*pending) throw std::logic_error("no answer");
    return std::move(**pending);
}

void ExchangeWorld::commit() {
    store.commit_group();
}

void ExchangeWorld::settle() {
    for (int round = 0; round < 1000; ++round) {
        const std::size_t moved = executor.run_all() + store.commit_group();
        if (moved == 0) return;
    }
    throw std::logic_error("it never settles");
}

void ExchangeWorld::pass(std::chrono::milliseconds time) {
    const auto until = clock.monotonic() + time;
    for (int step = 0; step < 100000 && clock.monotonic() < until; ++step) {
        const auto rest =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - clock.monotonic());
        const auto next = timer.next_in();
        timer.advance(next ? std::min<std::chrono::milliseconds>(rest, *next) : rest);
        settle();
    }
}

// The nth registration and the nth consent of a person keep their ids, so that recording again
// replaces them.
void ExchangeWorld::record_facts(const model::Facts& all) {
    SeededRandom for_sealing;
    const std::string sealed = store::seal_record(keyring, for_sealing, "{}");
    for (const auto& [person, known] : all) {
        const auto hash = keyring.hash(person);
        const bool queued = store.submit(
            [hash, known, sealed](store::Transaction& transaction) -> model::Result<void> {
                int n = 0;
                for (model::Registration registration : known.registrations) {
                    registration.id = "r-" + hash.text() + "-" + std::to_string(n++);
                    const auto done =
                        transaction.put_registration({.person = hash,
                                                      .registration = std::move(registration),
                                                      .sealed_record = sealed});
                    if (!done) return done;
                }
                n = 0;
                for (model::Consent consent : known.consents) {
                    consent.id = "c-" + hash.text() + "-" + std::to_string(n++);
                    const auto done = transaction.put_consent(
                        {.person = hash, .consent = std::move(consent), .sealed_record = sealed});
                    if (!done) return done;
                }
                return {};
            },
            [](const model::Result<void>&) {});
        if (!queued) throw std::logic_error("the store takes no facts");
    }
    settle();
}

std::vector<std::string> ExchangeWorld::leaves() {
    auto view = must(store.view());
    return must(view->leaves(0, 10000));
}

std::vector<std::string> ExchangeWorld::leaves_of_kind(const std::string& kind) {
    std::vector<std::string> found;
    for (const auto& leaf : leaves()) {
        const auto parsed = documents::parse_json(leaf);
        if (parsed && parsed->string_at("kind") == kind) found.push_back(leaf);
    }
    return found;
}

model::PersonFacts ExchangeWorld::known_of(const model::Person& person) {
    return must(must(store.view())->facts(keyring.hash(person)));
}

std::uint64_t ExchangeWorld::waited_for() {
    auto view = store.view();
    std::uint64_t count = 0;
    const auto rows = (*view)->awaited().value();
    for (const auto& row : rows) count += row.count;
    return count;
}

exchange::MessageFate ExchangeWorld::fate_of(const std::string& source, const std::string& id) {
    return must(exchange->fate({.party = party(source)}, model::MessageId{id}, std::nullopt));
}

}  // namespace sekisho::tests
