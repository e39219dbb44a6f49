// look_up: answered after the policy said yes and the look itself is on record. No peer is asked.
#include "gateway/exchange/lookup.h"

#include <algorithm>
#include <iterator>

#include "gateway/audit/leaf.h"
#include "gateway/exchange/exchange_state.h"
#include "gateway/exchange/on_record.h"
#include "gateway/exchange/person_facts.h"
#include "gateway/exchange/release.h"
#include "gateway/store/sealing.h"

namespace sekisho::exchange {

namespace {

using model::Problem;

// One look-up: lives until its answer is given.
struct Looking {
    Lookup lookup;
    LookupAnswer answer;
    std::shared_ptr<const Current> world;
    model::Envelope envelope;
    std::vector<model::PersonHash> persons;
    model::Instant now{};
    std::optional<model::Refusal> refused{};
};
using LookingPtr = std::shared_ptr<Looking>;

model::Envelope envelope_of(const Lookup& lookup, const std::string& id, model::Instant now,
                            const catalogue::Catalogue& catalogue) {
    const auto* type = catalogue.find(lookup.type);
    return {.id = model::MessageId{id},
            .source = lookup.speaker.party,
            .author = lookup.speaker.party,
            .type = lookup.type,
            .intent = model::Intent::read,
            .time = now,
            .zone = lookup.speaker.zone,
            .protected_by = lookup.speaker.protected_by,
            .persons = {lookup.person},
            .purpose = type == nullptr ? model::Purpose{} : type->purposes.front(),
            .actor = lookup.actor,
            .role = lookup.role};
}

audit::Subject subject_of(const Looking& looking) {
    return {.at = looking.now,
            .envelope = looking.envelope,
            .persons = looking.persons,
            .speaker = looking.lookup.speaker};
}

// The person's own window is nobody who looked.
bool is_person(const Looking& looking) {
    const plan::Snapshot& snapshot = *looking.world->snapshot;
    const auto* reader = snapshot.directory.find(looking.lookup.speaker.party);
    return reader != nullptr &&
           snapshot.catalogue.belongs(*reader, snapshot.catalogue.consent().person, looking.now);
}

// What was recorded of a person stays open to the person, or the family that asks in its name, and
// to its insurer when the pair has ended; offices are closed out of it with the pair.
bool is_past_the_end(const Looking& looking) {
    const model::PartyId own = model::insurer_party(looking.lookup.person.insurer);
    return is_person(looking) || looking.lookup.speaker.party == own;
}

model::Decision judge(const Looking& looking, model::PersonFacts facts) {
    const plan::Snapshot& snapshot = *looking.world->snapshot;
    if (is_past_the_end(looking)) facts.ended.reset();
    return policy::may_read({.catalogue = snapshot.catalogue,
                             .directory = snapshot.directory,
                             .rollout = snapshot.rollout},
                            looking.envelope, {{looking.lookup.person, std::move(facts)}},
                            looking.now);
}

model::Result<void> record(store::Transaction& transaction, Looking& looking) {
    const auto facts = transaction.facts(looking.persons.front());
    const auto decision = judge(looking, facts ? *facts : model::PersonFacts{.known = false});
    if (decision.permitted()) {
        const auto leaf = audit::access_leaf(subject_of(looking), looking.lookup.speaker.party);
        if (!is_person(looking)) return append_access(transaction, leaf, looking.persons);
        return append_access(transaction, leaf, {});
    }
    looking.refused = model::to_refusal(policy::disclosed(decision, model::Intent::read));
    const auto leaf = audit::decision_leaf(subject_of(looking), *looking.refused, decision);
    return put_on_record(transaction, leaf);
}

model::Result<void> read_consents(store::View& view, const platform::Keyring& keyring,
                                  const model::PersonFacts& facts, Known& known) {
    for (const model::Consent& consent : facts.consents) {
        const auto stored = view.consent(consent.id);
        if (!stored) return std::unexpected(stored.error());
        if (!*stored) continue;
        auto record = store::open_record(keyring, (*stored)->sealed_record);
        if (!record) return model::refuse(Problem::store_unavailable);
        known.consents.push_back({.consent = consent, .record = std::move(*record)});
    }
    return {};
}

model::Result<void> read_accesses(store::View& view, const Looking& looking, Known& known) {
    const auto leaves =
        view.accesses(looking.persons.front(), looking.lookup.before, looking.lookup.most);
    if (!leaves) return std::unexpected(leaves.error());
    for (const std::uint64_t leaf : *leaves) {
        auto texts = view.leaves(leaf, 1);
        if (!texts) return std::unexpected(texts.error());
        if (!texts->empty()) {
            known.accesses.push_back({.leaf = leaf, .text = std::move(texts->front())});
        }
    }
    return {};
}

// All to the person and its insurer; of an office's own no other's.
std::vector<model::Registration> registrations_for(const Looking& looking,
                                                   const model::PersonFacts& facts) {
    const model::PartyId& reader = looking.lookup.speaker.party;
    if (reader.kind == model::PartyKind::insurer || is_person(looking)) return facts.registrations;
    std::vector<model::Registration> own;
    std::ranges::copy_if(
        facts.registrations, std::back_inserter(own),
        [&](const model::Registration& registration) { return registration.party == reader; });
    return own;
}

LookupReply read_known(Exchange::State& state, const Looking& looking) {
    auto view = state.with.store.view();
    if (!view) return std::unexpected(view.error());
    Known known;
    if (looking.lookup.type.text() == kAccessType) {
        if (auto read = read_accesses(**view, looking, known); !read) {
            return std::unexpected(read.error());
        }
        return known;
    }
    const auto facts = (*view)->facts(looking.persons.front());
    if (!facts) return std::unexpected(facts.error());
    if (looking.lookup.type.text() == kRegistrationType) {
        known.registrations = registrations_for(looking, *facts);
        return known;
    }
    if (auto read = read_consents(**view, state.with.keyring, *facts, known); !read) {
        return std::unexpected(read.error());
    }
    return known;
}

void answer_with(Exchange::State& state, const LookingPtr& looking) {
    auto reply = read_known(state, *looking);
    if (reply) state.counters.queries.fetch_add(1, std::memory_order_relaxed);
    looking->answer(std::move(reply));
}

template <class Stored, class EndOf>
model::Result<NamedRecord> named_record(const model::Result<std::optional<Stored>>& stored,
                                        const platform::Keyring& keyring, EndOf end_of) {
    if (!stored) return std::unexpected(stored.error());
    if (!*stored) return model::refuse(Problem::record_unknown);
    auto record = store::open_record(keyring, (*stored)->sealed_record);
    if (!record) return model::refuse(Problem::store_unavailable);
    return NamedRecord{.record = std::move(*record), .ended = end_of(**stored)};
}

bool is_answered_here(std::string_view type) {
    return type == kConsentType || type == kRegistrationType || type == kAccessType;
}

}  // namespace

void Exchange::look_up(Lookup lookup, LookupAnswer answer) {
    const Collaborators& with = state_->with;
    if (!is_answered_here(lookup.type.text())) {
        return answer(std::unexpected(model::Refusal{.problem = Problem::unknown_type}));
    }
    auto looking = std::make_shared<Looking>();
    looking->answer = std::move(answer);
    looking->world = with.snapshots.current();
    looking->now = with.clock.now();
    looking->envelope = envelope_of(lookup, "lookup-" + make_handles(with.random, 1).front(),
                                    looking->now, looking->world->snapshot->catalogue);
    looking->persons = hash_persons(with.keyring, looking->envelope.persons);
    looking->lookup = std::move(lookup);
    State& state = *state_;
    const bool queued = with.store.submit(
        [looking, &clock = with.clock](store::Transaction& transaction) {
            looking->now = std::max(looking->now, clock.now());
            return record(transaction, *looking);
        },
        [&state, looking](const model::Result<void>& committed) {
            if (!committed) return looking->answer(std::unexpected(committed.error()));
            if (looking->refused) {
                state.counters.count_refusal(looking->refused->problem);
                return looking->answer(std::unexpected(*looking->refused));
            }
            const bool posted =
                state.with.workers.post([&state, looking] { answer_with(state, looking); });
            if (!posted) answer_with(state, looking);
        });
    if (!queued) looking->answer(std::unexpected(model::Refusal{.problem = Problem::overloaded}));
}

model::Result<NamedRecord> Exchange::consent_named(const std::string& id) const {
    auto view = state_->with.store.view();
    if (!view) return std::unexpected(view.error());
    return named_record((*view)->consent(id), state_->with.keyring,
                        [](const auto& stored) { return stored.consent.withdrawn_at; });
}

model::Result<NamedRecord> Exchange::registration_named(const std::string& id) const {
    auto view = state_->with.store.view();
    if (!view) return std::unexpected(view.error());
    // An end that is still to come is none yet.
    return named_record(
        (*view)->registration(id), state_->with.keyring,
        [now = state_->with.clock.now()](const auto& stored) -> std::optional<model::Instant> {
            const auto& until = stored.registration.period.until;
            return until && *until <= now ? until : std::nullopt;
        });
}

}  // namespace sekisho::exchange
