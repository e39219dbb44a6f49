// `explain`: the mind asked as the gateway asks it, and everything it looked at told.
#include <algorithm>

#include "gateway/cli/commands.h"
#include "gateway/cli/path_words.h"
#include "gateway/exchange/attributes.h"
#include "routing/model/event_type.h"
#include "routing/plan/rehearsal.h"
#include "routing/plan/ways.h"

namespace sekisho::cli {

namespace {

using documents::Json;
using model::Text;

struct Question {
    model::Envelope envelope;
    model::Facts facts;
    model::Instant at;
    path::Conditions
        conditions{};  // of the ways out; what is not said to be down is not known here
};

Text wrong(const std::string& ja, const std::string& en) {
    return {.ja = ja, .en = en};
}

std::optional<model::Instant> moment(const Session& session) {
    if (!session.options.has("--at")) return session.world.clock.now();
    const std::string text = session.options.text("--at");
    if (const auto day = model::parse_japan_date(text)) return day;
    return model::parse_rfc3339(text);
}

// What a message to be explained may leave out, because the verdict does not hang on it.
void complete(exchange::Attributes& attributes, const catalogue::Catalogue& catalogue,
              model::Intent intent, model::Instant at) {
    const auto text = [&](std::string_view name) {
        const auto found = std::ranges::find(attributes, name, &exchange::Attribute::first);
        return found == attributes.end() ? std::string{} : found->second;
    };
    const auto give = [&](const char* name, const std::string& value) {
        if (text(name).empty() && !value.empty()) attributes.emplace_back(name, value);
    };
    give("specversion", "1.0");
    give("id", "explain");
    give("time", model::to_rfc3339(at));
    give("actor", intent == model::Intent::read ? "explain" : "");
    const auto type = model::type_of_event(text("type"));
    if (!type) return;
    const auto* row = catalogue.find(*type);
    if (row != nullptr && !row->formats.empty())
        give("dataschema", "urn:sekisho:format:" + row->formats.front().text());
}

std::expected<exchange::Attributes, Text> attributes_of(const Json& event) {
    if (!event.is_object())
        return std::unexpected(wrong("CloudEvent ではありません", "this is no CloudEvent"));
    exchange::Attributes attributes;
    for (const auto& [name, value] : event.members()) {
        if (name == "data" || name == "data_base64") continue;
        if (!value.is_string()) {
            return std::unexpected(wrong("属性 " + name + " は文字列ではありません",
                                         "the attribute " + name + " is not text"));
        }
        attributes.emplace_back(name, value.text());
    }
    return attributes;
}

// As the configuration protects that zone; how a message really came is not known here.
model::Protection protection_of(const config::Config& config, const model::ZoneName& zone) {
    const config::ZoneConfig* found = config::find_zone(config, zone);
    return found == nullptr ? model::Protection::none : found->protection.by;
}

std::expected<model::Speaker, Text> speaker_of(const Session& session, const Json& event,
                                               const config::Config& config) {
    const auto source = model::parse_source(event.string_at("source").value_or(""));
    if (!source) {
        return std::unexpected(wrong("属性 source がないか、正しくありません",
                                     "the attribute source is missing or malformed"));
    }
    model::ZoneName zone{session.options.text("--zone")};
    const model::Party* party = config.snapshot->directory.find(*source);
    if (zone.empty() && party != nullptr && !party->certificates.empty())
        zone = party->certificates.front().zone;
    return model::Speaker{
        .party = *source, .zone = zone, .protected_by = protection_of(config, zone)};
}

std::expected<model::Facts, int> facts_of(const Session& session, const config::Config& config) {
    if (!session.options.has("--facts")) return config::to_facts(config.seeds);
    const auto seeds = config::load_facts(session.options.text("--facts"));
    if (seeds) return config::to_facts(*seeds);
    for (const auto& error : seeds.error().errors)
        session.world.err << config::to_text(error) << "\n";
    return std::unexpected(static_cast<int>(kUsage));
}

std::expected<path::Conditions, int> conditions_of(const Session& session,
                                                   const config::Config& config) {
    if (!session.options.has("--down")) return path::Conditions{};
    const auto network = network_named(session.options.text("--down"), config);
    if (network) return plan::without(*config.snapshot, *network, {});
    return std::unexpected(session.fail(kUsage, network.error()));
}

std::expected<Question, int> read_question(const Session& session, const config::Config& config) {
    const auto at = moment(session);
    if (!at)
        return std::unexpected(
            session.fail(kUsage, wrong("--at が日時ではありません", "--at is no time")));
    const auto event = read_json(session, session.options.text("--message"));
    if (!event) return std::unexpected(session.fail(kUsage, event.error()));
    auto attributes = attributes_of(*event);
    if (!attributes) return std::unexpected(session.fail(kUsage, attributes.error()));
    const plan::Snapshot& snapshot = *config.snapshot;
    const auto speaker = speaker_of(session, *event, config);
    if (!speaker) return std::unexpected(session.fail(kUsage, speaker.error()));
    const bool asks = model::is_question_type(event->string_at("type").value_or(""));
    const auto intent = asks ? model::Intent::read : model::Intent::file;
    complete(*attributes, snapshot.catalogue, intent, *at);
    auto envelope = exchange::read_envelope(*attributes, *speaker, snapshot.catalogue, intent);
    if (!envelope) return std::unexpected(session.fail(kUsage, envelope.error()));
    auto facts = facts_of(session, config);
    if (!facts) return std::unexpected(facts.error());
    for (const model::Person& person : envelope->persons) facts->try_emplace(person);
    auto conditions = conditions_of(session, config);
    if (!conditions) return std::unexpected(conditions.error());
    return Question{.envelope = std::move(*envelope),
                    .facts = std::move(*facts),
                    .at = *at,
                    .conditions = std::move(*conditions)};
}

std::string_view why_ja(std::string_view why) {
    if (why == "type") return "情報種別が違います";
    if (why == "intent") return "格納と閲覧の別が違います";
    if (why == "zone") return "入口のゾーンが違います";
    if (why == "source") return "送り主が違います";
    if (why == "insurer") return "保険者が違います";
    if (why == "effective") return "有効期間の外です";
    return "一致";
}

std::string_view verdict_ja(model::Verdict verdict) {
    switch (verdict) {
        case model::Verdict::permit:
            return "許可";
        case model::Verdict::deny:
            return "不許可";
        case model::Verdict::indeterminate:
            return "判断できない";
    }
    return "";
}

Json to_json(const model::Decision& decision) {
    Json reasons = Json::array();
    for (const model::Reason& reason : decision.reasons) {
        const auto& entry = model::entry_of(reason.problem);
        reasons.push(Json::object()
                         .set("problem", std::string{entry.name})
                         .set("code", model::code_of(reason.problem))
                         .set("about", reason.about)
                         .set("ja", std::string{entry.title_ja})
                         .set("en", std::string{entry.title_en}));
    }
    return reasons;
}

// Every leg to the recipient, in the order in which it is considered.
std::vector<path::Considered> ways_of(const plan::Snapshot& snapshot, const Question& question,
                                      const plan::PlannedDelivery& delivery) {
    // What was planned just now has a way that its route names, or one of its recipient's own.
    const auto pinned = plan::pinned_by(snapshot, delivery).value_or(model::Via{});
    return path::consider(snapshot.paths.rule_for(question.envelope.type),
                          plan::legs_to(snapshot, delivery.recipient, pinned), question.conditions);
}

Json to_json(const std::vector<path::Considered>& ways) {
    Json json = Json::array();
    for (const path::Considered& way : ways) {
        json.push(Json::object()
                      .set("via", way.leg.via.text())
                      .set("network", way.leg.network.text())
                      .set("may_carry", Json::boolean(way.may_carry))
                      .set("standing", std::string{path::to_string(way.standing)}));
    }
    return json;
}

Json to_json(const plan::Snapshot& snapshot, const Question& question,
             const std::vector<table::RouteTrace>& traces, const plan::Plan& made,
             const model::Decision& disclosed) {
    Json routes = Json::array();
    for (const auto& trace : traces) {
        routes.push(Json::object()
                        .set("id", trace.route.text())
                        .set("matched", Json::boolean(trace.matched))
                        .set("why", trace.why));
    }
    Json deliveries = Json::array();
    for (const auto& delivery : made.deliveries) {
        deliveries.push(Json::object()
                            .set("recipient", to_string(delivery.recipient))
                            .set("via", delivery.via.text())
                            .set("route", delivery.route.text())
                            .set("as_reader", Json::boolean(delivery.as_reader))
                            .set("network", delivery.network.text())
                            .set("why", std::string{path::to_string(delivery.why)})
                            .set("ways", to_json(ways_of(snapshot, question, delivery))));
    }
    const bool asks = question.envelope.intent == model::Intent::read;
    return Json::object()
        .set("type", question.envelope.type.text())
        .set("intent", asks ? "read" : "file")
        .set("source", to_string(question.envelope.source))
        .set("zone", question.envelope.zone.text())
        .set("protected_by", std::string{to_string(question.envelope.protected_by)})
        .set("at", model::to_rfc3339(question.at))
        .set("revision", Json::number(static_cast<std::int64_t>(made.revision)))
        .set("routes", std::move(routes))
        .set("verdict", std::string{to_string(made.decision.verdict)})
        .set("reasons", to_json(made.decision))
        .set("disclosed", to_json(disclosed))
        .set("deliveries", std::move(deliveries));
}

// " (ipsec)"; nothing of an open network.
std::string protection_text(const model::Envelope& envelope) {
    if (envelope.protected_by == model::Protection::none) return {};
    return " (" + std::string{to_string(envelope.protected_by)} + ")";
}

void print_reasons(std::ostream& out, const model::Decision& decision) {
    for (const model::Reason& reason : decision.reasons) {
        const auto& entry = model::entry_of(reason.problem);
        out << "  " << model::code_of(reason.problem) << " " << entry.name;
        if (!reason.about.empty()) out << " (" << reason.about << ")";
        out << "\n      " << entry.title_ja << " / " << entry.title_en << "\n      "
            << entry.next_ja << " / " << entry.next_en << "\n";
    }
}

// The way it takes and why, and those that it does not.
void print_ways(std::ostream& out, const std::vector<path::Considered>& ways,
                const plan::PlannedDelivery& delivery) {
    out << "     "
        << in_words({.leg = path::Leg{.via = delivery.via, .network = delivery.network},
                     .why = delivery.why})
        << "\n";
    for (const path::Considered& way : ways) {
        const bool taken = way.leg.via == delivery.via && way.leg.network == delivery.network;
        if (taken) continue;
        out << "     - " << way.leg.via.text() << " over " << way.leg.network.text() << ": "
            << (way.may_carry ? path::to_string(way.standing)
                              : std::string_view{"運べない / may not carry it"})
            << "\n";
    }
}

void print(std::ostream& out, const plan::Snapshot& snapshot, const Question& question,
           const std::vector<table::RouteTrace>& traces, const plan::Plan& made,
           const model::Decision& disclosed) {
    const bool asks = question.envelope.intent == model::Intent::read;
    out << (asks ? "照会 / question  " : "文書 / document  ") << question.envelope.type.text()
        << "  " << to_string(question.envelope.source) << " @ " << question.envelope.zone.text()
        << protection_text(question.envelope) << "\n"
        << "時点 / at        " << model::to_rfc3339(question.at) << "  revision " << made.revision
        << "\n経路 / routes\n";
    for (const auto& trace : traces) {
        out << (trace.matched ? "  + " : "  - ") << trace.route.text();
        if (!trace.matched) out << ": " << why_ja(trace.why) << " / " << trace.why << " differs";
        out << "\n";
    }
    out << "判断 / verdict   " << verdict_ja(made.decision.verdict) << " / "
        << to_string(made.decision.verdict) << "\n";
    print_reasons(out, made.decision);
    if (disclosed != made.decision)
        out << "  問い合わせた者に伝わるのは / the asker is told only: " << to_string(disclosed)
            << "\n";
    if (!made.deliveries.empty()) out << "送り先 / deliveries\n";
    for (const auto& delivery : made.deliveries) {
        out << "  -> " << to_string(delivery.recipient) << " via " << delivery.via.text() << " ("
            << delivery.route.text() << (delivery.as_reader ? ", as a reader)" : ")") << "\n";
        print_ways(out, ways_of(snapshot, question, delivery), delivery);
    }
}

}  // namespace

int explain(const Session& session) {
    const auto config = load_config(session);
    if (!config) return config.error();
    const auto question = read_question(session, *config);
    if (!question) return question.error();
    const plan::Snapshot& snapshot = *config->snapshot;
    const auto made = plan::plan(snapshot, question->envelope, question->facts, question->at,
                                 question->conditions);
    const auto traces = snapshot.routes.trace(question->envelope, question->at);
    const auto disclosed = policy::disclosed(made.decision, question->envelope.intent);
    if (session.json()) {
        session.print(to_json(snapshot, *question, traces, made, disclosed));
    } else {
        print(session.out(), snapshot, *question, traces, made, disclosed);
    }
    return made.decision.permitted() ? kOk : kNo;
}

}  // namespace sekisho::cli
