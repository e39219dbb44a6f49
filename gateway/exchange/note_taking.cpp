#include "gateway/exchange/note_taking.h"

#include <algorithm>

#include "gateway/audit/leaf.h"
#include "gateway/exchange/on_record.h"

namespace sekisho::exchange {

namespace {

using model::Consent;
using model::Problem;
using model::Registration;

std::string what(const Consent& consent) {
    if (consent.withdrawn_at) return "withdrawn";
    return consent.comprehensive || !consent.given.empty() ? "given" : "refused";
}

std::string leaf_of(const NoteTaking& taking, const std::string& kind, const std::string& id,
                    std::string what) {
    return audit::record_leaf({.at = taking.now,
                               .kind = kind,
                               .id = id,
                               .person = taking.person,
                               .what = std::move(what),
                               .by = model::to_string(taking.envelope.author)});
}

// By a record of another person, whose facts the decision does not know.
model::Decision id_is_taken(const NoteTaking& taking) {
    return {.verdict = model::Verdict::deny,
            .reasons = {{.problem = Problem::record_conflict,
                         .about = model::to_string(taking.envelope.author)}}};
}

// What made the record stays with it; what ends it is a message of its own.
model::Result<std::string> put(store::Transaction& transaction, const NoteTaking& taking,
                               Consent consent) {
    const auto first = transaction.consent(consent.id);
    if (!first) return std::unexpected(first.error());
    if (!*first) consent.municipal = taking.envelope.author.kind == model::PartyKind::insurer;
    const auto done = transaction.put_consent(
        {.person = taking.person,
         .consent = consent,
         .sealed_record = *first ? (*first)->sealed_record : taking.sealed_record});
    if (!done) return std::unexpected(done.error());
    return leaf_of(taking, "consent", consent.id, what(consent));
}

model::Result<std::string> put(store::Transaction& transaction, const NoteTaking& taking,
                               const Registration& registration) {
    const auto first = transaction.registration(registration.id);
    if (!first) return std::unexpected(first.error());
    const auto done = transaction.put_registration(
        {.person = taking.person,
         .registration = registration,
         .sealed_record = *first ? (*first)->sealed_record : taking.sealed_record});
    if (!done) return std::unexpected(done.error());
    return leaf_of(taking, "registration", registration.id, *first ? "ended" : "registered");
}

}  // namespace

model::Decision judge_note(const NoteTaking& taking, const model::PersonFacts& facts) {
    const plan::Snapshot& snapshot = *taking.world->snapshot;
    return policy::may_record({.catalogue = snapshot.catalogue,
                               .directory = snapshot.directory,
                               .rollout = snapshot.rollout},
                              taking.envelope,
                              {.note = taking.note, .facts = facts, .admitted = taking.admitted},
                              taking.now);
}

model::Refusal refusal_of_note(const model::Decision& decision) {
    return model::to_refusal(policy::disclosed(decision, model::Intent::read));
}

model::Result<void> take_ends(store::Transaction& transaction, const std::vector<EndOfPerson>& ends,
                              const model::PartyId& insurer, model::Instant now) {
    for (const EndOfPerson& end : ends) {
        store::EndWord word = end.word;
        word.said = std::min(word.said, now);  // a clock that is ahead has no last word
        const auto changed = transaction.put_end(end.person, word);
        if (!changed) return std::unexpected(changed.error());
        if (!*changed) continue;
        const auto facts = transaction.facts(end.person);
        if (!facts) return std::unexpected(facts.error());
        const auto leaf = audit::record_leaf({.at = now,
                                              .kind = "person",
                                              .id = "",
                                              .person = end.person,
                                              .what = facts->ended ? "ended" : "goes-on",
                                              .by = to_string(insurer)});
        if (auto put = put_on_record(transaction, leaf); !put) return put;
    }
    return {};
}

std::expected<void, NotTaken> take_note(store::Transaction& transaction, const NoteTaking& taking) {
    const auto facts = transaction.facts(taking.person);
    if (!facts) return std::unexpected(facts.error());
    const auto decision = judge_note(taking, *facts);
    if (!decision.permitted()) return std::unexpected(decision);
    const auto leaf =
        std::visit([&](const auto& record) { return put(transaction, taking, record); },
                   model::taken_at(taking.note, *facts, taking.now));
    if (!leaf && leaf.error().problem == Problem::record_conflict) {
        return std::unexpected(id_is_taken(taking));
    }
    if (!leaf) return std::unexpected(leaf.error());
    return put_on_record(transaction, *leaf);
}

}  // namespace sekisho::exchange
