#include "gateway/exchange/release.h"

#include <algorithm>

#include "gateway/audit/leaf.h"
#include "gateway/exchange/person_facts.h"

namespace sekisho::exchange {

namespace {

constexpr std::string_view kRightGone =
    "届け先がこの情報を見られなくなったため、届けませんでした / not delivered: the recipient may "
    "not see this any more";

model::Result<AuthorizedEnvelope> authorize(const Release& release,
                                            const store::StoredDelivery& delivery,
                                            const model::Facts& facts) {
    return plan::authorize(*release.world->snapshot, release.document.envelope,
                           planned_of(delivery), facts, release.now);
}

}  // namespace

void decide_filing(Release& release, const store::StoredDelivery& delivery) {
    release.decided.emplace(authorize(release, delivery, {}));
}

model::Result<void> decide_reader(store::Transaction& transaction, Release& release,
                                  const store::StoredDelivery& delivery, model::Instant now) {
    release.now = std::max(release.now, now);
    const model::Envelope& envelope = release.document.envelope;
    const auto& persons = release.document.message.persons;
    const auto facts = read_facts(transaction, envelope.persons, persons, release.now);
    release.decided.emplace(authorize(release, delivery, facts));
    if (!*release.decided) return {};
    const auto first = transaction.mark_released(delivery.id);
    if (!first) return std::unexpected(first.error());
    return append_access(transaction,
                         audit::release_leaf({.at = release.now,
                                              .envelope = envelope,
                                              .persons = persons,
                                              .recipient = delivery.recipient,
                                              .via = delivery.via,
                                              .attempt = delivery.attempts}),
                         *first ? persons : std::vector<model::PersonHash>{});
}

void look_again(store::Store& store, Release& release, const store::StoredDelivery& delivery,
                model::Instant now) {
    if (!delivery.as_reader || !*release.decided) return;
    release.now = std::max(release.now, now);
    auto view = store.view();
    if (!view) {
        release.decided.emplace(model::refuse(model::Problem::undecided));
        return;
    }
    const auto facts = read_facts(**view, release.document.envelope.persons,
                                  release.document.message.persons, release.now);
    release.decided.emplace(authorize(release, delivery, facts));
}

bool is_withdrawn(const store::StoredDelivery& delivery, const model::Refusal& refusal) {
    return delivery.as_reader && refusal.problem != model::Problem::undecided &&
           refusal.problem != model::Problem::path_not_carried;
}

std::string detail_of_refused(const store::StoredDelivery& delivery,
                              const model::Refusal& refusal) {
    if (is_withdrawn(delivery, refusal)) return std::string{kRightGone};
    const model::ProblemEntry& entry = model::entry_of(refusal.problem);
    return std::string{entry.title_ja} + " / " + std::string{entry.title_en};
}

model::Result<void> append_access(store::Transaction& transaction, const std::string& leaf,
                                  const std::vector<model::PersonHash>& persons) {
    const auto index = transaction.append_leaf(leaf);
    if (!index) return std::unexpected(index.error());
    for (const model::PersonHash& person : persons) {
        if (auto done = transaction.add_access(person, *index); !done) return done;
    }
    return {};
}

}  // namespace sekisho::exchange
