#include "gateway/audit/leaf.h"

#include <utility>

#include "adapters/documents/base64.h"
#include "gateway/platform/crypto.h"
#include "routing/model/limits.h"

namespace sekisho::audit {

namespace {

using documents::Json;

Json whole(std::uint64_t number) {
    return Json::number(static_cast<std::int64_t>(number));
}

// A leaf stays within the 65,535 bytes of an entry tile: of very many it says how many they are,
// and the SHA-256 over them all, a line each.
void add_digest(Json& leaf, const std::string& of, std::size_t count, const std::string& lines) {
    leaf.set(of + "_count", whole(count))
        .set(of + "_sha256", model::to_hex(platform::sha256(lines)));
}

void add_persons(Json& leaf, const std::vector<model::PersonHash>& hashes) {
    if (hashes.size() > model::limits::kPersonsInLeafMax) {
        std::string lines;
        for (const auto& hash : hashes) lines += hash.text() + "\n";
        return add_digest(leaf, "persons", hashes.size(), lines);
    }
    Json array = Json::array();
    for (const auto& hash : hashes) array.push(Json::string(hash.text()));
    leaf.set("persons", std::move(array));
}

Json begun(std::string kind, model::Instant at) {
    Json leaf = Json::object();
    leaf.set("kind", std::move(kind)).set("at", model::to_rfc3339(at));
    return leaf;
}

// The same form as in receipts: x5t#S256.
std::string thumbprint(const model::Sha256& certificate) {
    return documents::to_base64url(
        {reinterpret_cast<const char*>(certificate.data()), certificate.size()});
}

void add_speaker(Json& leaf, const model::Speaker& speaker) {
    leaf.set("party", model::to_string(speaker.party))
        .set("zone", speaker.zone.text())
        .set("certificate", thumbprint(speaker.certificate));
    if (speaker.protected_by != model::Protection::none) {
        leaf.set("protected_by", std::string{model::to_string(speaker.protected_by)});
    }
}

// Business keys, correlations and media types stay out: senders may write anything there.
Json about(std::string kind, const Subject& subject) {
    const model::Envelope& envelope = subject.envelope;
    Json leaf = begun(std::move(kind), subject.at);
    add_speaker(leaf, subject.speaker);
    leaf.set("id", envelope.id.text())
        .set("source", model::to_source(envelope.source))
        .set("author", model::to_string(envelope.author))
        .set("type", envelope.type.text())
        .set("intent", envelope.intent == model::Intent::read ? "read" : "file")
        .set("purpose", envelope.purpose.text());
    add_persons(leaf, subject.persons);
    if (!envelope.actor.empty()) leaf.set("actor", envelope.actor);
    if (envelope.role) leaf.set("role", envelope.role->text());
    return leaf;
}

void add_refusal(Json& leaf, const model::Refusal& refusal) {
    leaf.set("problem", std::string(model::entry_of(refusal.problem).name));
}

// Of very many the first stand there themselves.
void add_reasons(Json& leaf, const std::vector<model::Reason>& reasons) {
    Json array = Json::array();
    std::string lines;
    for (const model::Reason& reason : reasons) {
        std::string rule{model::entry_of(reason.problem).name};
        lines += rule + " " + reason.about + "\n";
        if (array.items().size() == model::limits::kReasonsInLeafMax) continue;
        Json item = Json::object();
        item.set("rule", std::move(rule));
        if (!reason.about.empty()) item.set("about", reason.about);
        array.push(std::move(item));
    }
    leaf.set("reasons", std::move(array));
    if (reasons.size() > model::limits::kReasonsInLeafMax)
        add_digest(leaf, "reasons", reasons.size(), lines);
}

using Deliveries = std::vector<std::pair<model::PartyId, model::Via>>;

void add_deliveries(Json& leaf, const Deliveries& deliveries) {
    Json array = Json::array();
    std::string lines;
    for (const auto& [recipient, via] : deliveries) {
        std::string party = model::to_string(recipient);
        lines += party + " " + via.text() + "\n";
        array.push(Json::object().set("recipient", std::move(party)).set("via", via.text()));
    }
    if (deliveries.size() > model::limits::kDeliveriesInLeafMax) {
        return add_digest(leaf, "deliveries", deliveries.size(), lines);
    }
    leaf.set("deliveries", std::move(array));
}

}  // namespace

std::string acceptance_leaf(const Subject& subject, const AcceptanceLeaf& acceptance) {
    Json leaf = about("acceptance", subject);
    leaf.set("sha256", model::to_hex(acceptance.sha256))
        .set("size", whole(acceptance.size))
        .set("routes", whole(acceptance.routes));
    add_deliveries(leaf, acceptance.deliveries);
    return documents::to_canonical(leaf);
}

std::string decision_leaf(const Subject& subject, const model::Refusal& refusal,
                          const std::optional<model::Decision>& decision) {
    Json leaf = about("decision", subject);
    add_refusal(leaf, refusal);
    if (decision) {
        leaf.set("verdict", std::string(model::to_string(decision->verdict)));
        add_reasons(leaf, decision->reasons);
    }
    return documents::to_canonical(leaf);
}

std::string refusal_leaf(model::Instant at, const model::Speaker& speaker,
                         const model::Refusal& refusal, const Finding& finding) {
    Json leaf = begun("decision", at);
    add_speaker(leaf, speaker);
    add_refusal(leaf, refusal);
    if (!finding.fault.empty()) leaf.set("fault", finding.fault);
    if (!finding.why.empty()) leaf.set("why", finding.why);
    return documents::to_canonical(leaf);
}

std::string outcome_leaf(const OutcomeLeaf& outcome) {
    Json leaf = begun("outcome", outcome.at);
    leaf.set("source", model::to_source(outcome.message.source))
        .set("id", outcome.message.id.text())
        .set("recipient", model::to_string(outcome.recipient))
        .set("via", outcome.via.text())
        .set("state", outcome.state)
        .set("attempts", whole(outcome.attempts));
    if (!outcome.peer_code.empty()) leaf.set("peer_code", outcome.peer_code);
    return documents::to_canonical(leaf);
}

std::string access_leaf(const Subject& subject, const model::PartyId& asked) {
    Json leaf = about("access", subject);
    leaf.set("asked", model::to_string(asked));
    return documents::to_canonical(leaf);
}

std::string release_leaf(const ReleaseLeaf& release) {
    const model::Envelope& envelope = release.envelope;
    Json leaf = begun("release", release.at);
    leaf.set("source", model::to_source(envelope.source))
        .set("id", envelope.id.text())
        .set("author", model::to_string(envelope.author))
        .set("type", envelope.type.text())
        .set("purpose", envelope.purpose.text())
        .set("party", model::to_string(release.recipient))
        .set("via", release.via.text())
        .set("attempt", whole(release.attempt));
    add_persons(leaf, release.persons);
    return documents::to_canonical(leaf);
}

std::string record_leaf(const RecordLeaf& record) {
    Json leaf = begun(record.kind, record.at);
    if (!record.id.empty()) leaf.set("id", record.id);
    leaf.set("person", record.person.text()).set("what", record.what).set("by", record.by);
    return documents::to_canonical(leaf);
}

std::string routes_leaf(model::Instant at, std::uint64_t revision, const model::Sha256& digest) {
    Json leaf = begun("routes", at);
    leaf.set("revision", whole(revision)).set("sha256", model::to_hex(digest));
    return documents::to_canonical(leaf);
}

}  // namespace sekisho::audit
