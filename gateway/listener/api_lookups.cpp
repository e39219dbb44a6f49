// POST /v1/consents/search, /v1/registrations/search, /v1/accesses/search: what the gateway itself
// knows of a person. The person stands in the body, never in an URL.
#include <array>

#include "gateway/listener/api_requests.h"
#include "gateway/listener/cloud_events.h"
#include "gateway/listener/own_message.h"
#include "gateway/listener/shown_access.h"
#include "routing/model/limits.h"

namespace sekisho::listener {

namespace {

namespace limits = model::limits;
using documents::Json;
using exchange::Known;
using exchange::Lookup;
using model::Problem;
using model::Result;

constexpr std::array<std::string_view, 6> kMembers{"insurer", "insured", "actor",
                                                   "role",    "before",  "max"};
constexpr std::int64_t kAccessesDefault = 50;
constexpr std::int64_t kAccessesMax = 200;

Result<std::int64_t> number_at(const Json& body, std::string_view name, std::int64_t fallback,
                               std::int64_t most) {
    if (body.find(name) == nullptr) return fallback;
    const auto value = body.integer_at(name);
    if (!value || *value < 1 || *value > most) {
        return wrong_attribute(Problem::attribute_invalid, name);
    }
    return *value;
}

Result<Lookup> read_lookup(std::string_view text, const model::Speaker& speaker,
                           std::string_view type) {
    const auto body = read_object(text);
    if (!body) return std::unexpected(body.error());
    if (auto checked = check_members(*body, kMembers); !checked) {
        return std::unexpected(checked.error());
    }
    const auto person = person_in(*body);
    if (!person) return std::unexpected(person.error());
    Lookup lookup{.speaker = speaker, .type = model::TypeId{std::string{type}}, .person = *person};
    lookup.actor = body->string_at("actor").value_or("");
    if (const auto role = body->string_at("role")) lookup.role = model::Role{std::string{*role}};
    const auto before = number_at(*body, "before", static_cast<std::int64_t>(lookup.before),
                                  static_cast<std::int64_t>(lookup.before));
    if (!before) return std::unexpected(before.error());
    const auto most = number_at(*body, "max", kAccessesDefault, kAccessesMax);
    if (!most) return std::unexpected(most.error());
    lookup.before = static_cast<std::uint64_t>(*before);
    lookup.most = static_cast<std::size_t>(*most);
    return lookup;
}

Json to_json(const std::vector<model::ConsentKind>& kinds) {
    Json array = Json::array();
    for (const auto kind : kinds) array.push(Json::string(std::string{model::to_string(kind)}));
    return array;
}

// The members of the note as it was sent that people are shown: what they were told, by whom.
void add_particulars(Json& row, const std::string& record) {
    constexpr std::array<std::string_view, 4> kShown{"occasion", "explanation", "taker",
                                                     "representative"};
    const auto note = documents::parse_json(record);
    if (!note) return;
    for (const std::string_view name : kShown) {
        if (const Json* value = note->find(name)) row.set(std::string{name}, *value);
    }
}

Json to_json(const exchange::KnownConsent& known) {
    const model::Consent& consent = known.consent;
    Json row = Json::object();
    row.set("id", consent.id)
        .set("given",
             consent.comprehensive ? Json::array({Json::string("*")}) : to_json(consent.given))
        .set("refused", to_json(consent.refused))
        .set("given_at", model::to_rfc3339(consent.given_at));
    if (consent.withdrawn_at) row.set("withdrawn_at", model::to_rfc3339(*consent.withdrawn_at));
    add_particulars(row, known.record);
    return row;
}

Json to_json(const model::Registration& registration) {
    Json row = Json::object();
    row.set("id", registration.id)
        .set("party", model::to_string(registration.party))
        .set("assurance", registration.assurance);
    const model::Period& period = registration.period;
    if (period.from) row.set("from", model::to_rfc3339(*period.from));
    if (period.until) row.set("until", model::to_rfc3339(*period.until));
    return row;
}

// Who, when, what, why, as the leaf says it; the leaf itself, and the proof that it stands in the
// log.
Result<Json> to_json(const exchange::KnownAccess& access, const proof::Inclusion& inclusion) {
    const auto leaf = documents::parse_json(access.text);
    if (!leaf) return std::unexpected(leaf.error());
    Json row = Json::object();
    for (const std::string_view name : kShownOfAccess) {
        if (const Json* value = leaf->find(name)) row.set(std::string{name}, *value);
    }
    row.set("leaf", access.text).set("proof", proof::to_json(inclusion));
    return row;
}

Result<Json> accesses_of(const Known& known, const proof::PublishedLog& log) {
    const auto head = log.head();
    if (!head) return std::unexpected(head.error());
    std::vector<std::uint64_t> leaves;
    for (const auto& access : known.accesses) leaves.push_back(access.leaf);
    const auto inclusions = log.inclusions(leaves, head->size);
    if (!inclusions) return std::unexpected(inclusions.error());
    Json rows = Json::array();
    for (std::size_t i = 0; i < known.accesses.size(); ++i) {
        auto row = to_json(known.accesses[i], (*inclusions)[i]);
        if (!row) return row;
        rows.push(std::move(*row));
    }
    Json answer = Json::object();
    answer.set("checkpoint", head->note).set("accesses", std::move(rows));
    return answer;
}

Result<Json> consents_of(const Known& known, const proof::PublishedLog&) {
    Json rows = Json::array();
    for (const auto& consent : known.consents) rows.push(to_json(consent));
    return Json::object({{"consents", std::move(rows)}});
}

Result<Json> registrations_of(const Known& known, const proof::PublishedLog&) {
    Json rows = Json::array();
    for (const auto& registration : known.registrations) rows.push(to_json(registration));
    return Json::object({{"registrations", std::move(rows)}});
}

using Render = Result<Json> (*)(const Known&, const proof::PublishedLog&);

Begun begin_lookup(const ApiCall& call, std::string_view type, Render render) {
    return std::make_unique<KeptBody>(
        limits::kControlBodyBytesMax, [world = call.world, sender = sender_of(call), type, render](
                                          const std::string& text, Responder responder) {
            auto lookup = read_lookup(text, sender.speaker, type);
            if (!lookup) {
                world.exchange.note_refusal(sender.speaker, lookup.error());
                return responder(to_response(lookup.error(), sender.language));
            }
            world.exchange.look_up(
                std::move(*lookup),
                [&log = world.log, language = sender.language, render,
                 responder = std::move(responder)](const exchange::LookupReply& reply) mutable {
                    if (!reply) return responder(to_response(reply.error(), language));
                    const auto answer = render(*reply, log);
                    responder(answer ? json_response(200, *answer)
                                     : to_response(answer.error(), language));
                });
        });
}

}  // namespace

Begun begin_consent_search(const ApiCall& call) {
    return begin_lookup(call, exchange::kConsentType, consents_of);
}

Begun begin_registration_search(const ApiCall& call) {
    return begin_lookup(call, exchange::kRegistrationType, registrations_of);
}

Begun begin_access_search(const ApiCall& call) {
    return begin_lookup(call, exchange::kAccessType, accesses_of);
}

}  // namespace sekisho::listener
