#include "gateway/exchange/acceptance.h"

#include "gateway/exchange/envelope_record.h"
#include "routing/model/limits.h"

namespace sekisho::exchange {

namespace {

std::string acceptance_leaf_of(const Passage& passage) {
    audit::AcceptanceLeaf leaf{.sha256 = passage.arrival.body.sha256,
                               .size = passage.arrival.body.size,
                               .routes = passage.plan->revision};
    for (const auto& delivery : passage.plan->deliveries) {
        leaf.deliveries.emplace_back(delivery.recipient, delivery.via);
    }
    return audit::acceptance_leaf(subject_of(passage), leaf);
}

// Notes of one kind and person follow each other: a withdrawal never overtakes what it withdraws.
// One that is dead holds the later ones back too, because tried again it would come behind them.
std::string order_key_of(const Passage& passage) {
    if (passage.taking) {
        const bool consents = std::holds_alternative<model::Consent>(passage.taking->note);
        return (consents ? "consent " : "registration ") + passage.taking->person.text();
    }
    // So do a request, what calls it to mind and what takes it back.
    if (passage.asked) return "request " + model::to_hex(passage.asked->document.key_hash);
    return passage.series ? passage.series->order_key : std::string{};
}

std::vector<store::StoredDelivery> deliveries_of(const Passage& passage) {
    const model::Envelope& envelope = *passage.envelope;
    const model::Instant expires =
        envelope.expiry.value_or(passage.now + model::limits::kDeliveryLifeDefault);
    std::vector<store::StoredDelivery> deliveries;
    for (const auto& planned : passage.plan->deliveries) {
        deliveries.push_back({.message = model::key_of(envelope),
                              .recipient = planned.recipient,
                              .via = planned.via,
                              .route = planned.route,
                              .as_reader = planned.as_reader,
                              .order_key = order_key_of(passage),
                              .next_attempt = passage.now,
                              .expires = expires});
    }
    return deliveries;
}

// True when the key is taken; the one that holds it is noted for the answer.
model::Result<bool> taken(store::Transaction& transaction, Acceptance& acceptance) {
    auto first = transaction.message(acceptance.message.key);
    if (!first) return std::unexpected(first.error());
    if (!*first && acceptance.business) {
        const auto key = transaction.business_key(*acceptance.business);
        if (!key) return std::unexpected(key.error());
        if (*key) {
            first = transaction.message(**key);
            if (!first) return std::unexpected(first.error());
            acceptance.conflict = model::Problem::business_key_conflict;
        }
    }
    acceptance.first = std::move(*first);
    return acceptance.first.has_value();
}

model::Refusal nothing_to_withdraw() {
    return {.problem = model::Problem::record_unknown,
            .detail = {.ja = "この意見書を待っている依頼はありません"
                             "(提出済み、取下げ済み、または依頼の前です)",
                       .en = "no request waits for this opinion: it was filed or withdrawn, or not "
                             "asked for yet"}};
}

// What others wait for has come. It is found by its own key from now on, besides its sender's.
model::Result<void> take_up_filed(const store::BusinessScope& filed, const model::MessageKey& key,
                                  store::Transaction& transaction) {
    const auto known = transaction.business_key(filed);
    if (!known) return std::unexpected(known.error());
    if (!*known) {
        if (auto done = transaction.insert_business_key(filed, key); !done) return done;
    }
    const auto ended = transaction.end_waiting(filed, store::WaitingState::filed);
    if (!ended) return std::unexpected(ended.error());
    return {};
}

// It asks for something, which may have come before; or takes back that it did.
model::Result<void> take_up_asked(const AskedDocument& asked, const model::MessageKey& key,
                                  store::Transaction& transaction) {
    using Kind = documents::OpinionRequest::Kind;
    using store::WaitingState;
    if (asked.kind == Kind::reminder) return {};
    if (asked.kind == Kind::withdrawal) {
        const auto ended = transaction.end_waiting(asked.document, WaitingState::withdrawn);
        if (!ended) return std::unexpected(ended.error());
        return *ended > 0 ? model::Result<void>{} : std::unexpected(nothing_to_withdraw());
    }
    const auto filed = transaction.business_key(asked.document);
    if (!filed) return std::unexpected(filed.error());
    return transaction.insert_awaited(
        {.request = key,
         .document = asked.document,
         .due = asked.due,
         .state = *filed ? WaitingState::filed : WaitingState::waiting});
}

model::Result<void> take_up_waiting(Acceptance& acceptance, store::Transaction& transaction) {
    const model::MessageKey& key = acceptance.message.key;
    if (acceptance.fulfils) return take_up_filed(*acceptance.fulfils, key, transaction);
    if (!acceptance.asked) return {};
    auto done = take_up_asked(*acceptance.asked, key, transaction);
    const bool speaks_against = !done && done.error().problem == model::Problem::record_unknown;
    if (speaks_against) acceptance.against = SpokenAgainst{};
    return done;
}

model::Result<void> take_note_of(Acceptance& acceptance, store::Transaction& transaction) {
    if (!acceptance.taking) return {};
    auto taken = take_note(transaction, *acceptance.taking);
    if (taken) return {};
    if (auto* trouble = std::get_if<model::Refusal>(&taken.error())) {
        return std::unexpected(std::move(*trouble));
    }
    auto& decision = std::get<model::Decision>(taken.error());
    model::Refusal told = refusal_of_note(decision);
    acceptance.against = SpokenAgainst{.decision = std::move(decision)};
    return std::unexpected(std::move(told));
}

}  // namespace

Acceptance prepare_acceptance(const Passage& passage) {
    const model::Envelope& envelope = *passage.envelope;
    const Body& body = passage.arrival.body;
    Acceptance acceptance{
        .message = {.key = model::key_of(envelope),
                    .author = envelope.author,
                    .type = envelope.type,
                    .sha256 = body.sha256,
                    .digest = passage.digest,
                    .size = body.size,
                    .accepted_at = passage.now,
                    .routes = passage.plan->revision,
                    .certificate = passage.arrival.speaker.certificate,
                    .sealed_envelope = body.sealer->seal_envelope(to_record(envelope)),
                    .persons = passage.persons,
                    .admission = passage.arrival.admission},
        .body = *body.sealed,
        .deliveries = deliveries_of(passage),
        .business = passage.business,
        .series = passage.series,
        .taking = passage.taking,
        .ends = passage.ends,
        .asked = passage.asked,
        .fulfils = passage.fulfils,
        .leaf = acceptance_leaf_of(passage)};
    return acceptance;
}

// Left to whoever sent it: a correction has a number of its own.
model::Refusal superseded(const Series& series, const std::string& last,
                          const std::optional<model::MessageId>& successor) {
    model::Refusal refusal{
        .problem = model::Problem::superseded,
        .detail = {.ja = "番号 " + series.number + " より後の " + last +
                         " を、同じ宛先へ先に受け付けています",
                   .en = "the number is " + series.number + "; " + last +
                         " was accepted last for the same recipient"},
        .errors = {
            {.file = series.file, .field = "ファイル連番", .code = model::Problem::superseded}}};
    if (successor) {
        refusal.detail.ja += "(その文書の id は " + successor->text() + ")";
        refusal.detail.en += ", in the message " + successor->text();
    }
    return refusal;
}

model::Result<void> write_acceptance(store::Transaction& transaction, Acceptance& acceptance) {
    const auto is_taken = taken(transaction, acceptance);
    if (!is_taken) return std::unexpected(is_taken.error());
    if (*is_taken) return {};
    if (acceptance.series) {
        const Series& series = *acceptance.series;
        const auto last = transaction.advance_series(series.order_key, series.number);
        if (!last) return std::unexpected(last.error());
        if (*last != series.number) {
            acceptance.against = SpokenAgainst{.last_number = *last};
            return std::unexpected(superseded(series, *last, std::nullopt));
        }
    }
    const auto leaf = transaction.append_leaf(acceptance.leaf);
    if (!leaf) return std::unexpected(leaf.error());
    acceptance.message.leaf = *leaf;
    if (auto done = transaction.insert_message(acceptance.message, acceptance.body); !done) {
        return done;
    }
    if (acceptance.business) {
        const auto done =
            transaction.insert_business_key(*acceptance.business, acceptance.message.key);
        if (!done) return done;
    }
    if (auto done = take_up_waiting(acceptance, transaction); !done) return done;
    for (store::StoredDelivery& delivery : acceptance.deliveries) {
        const auto id = transaction.insert_delivery(delivery);
        if (!id) return std::unexpected(id.error());
        delivery.id = *id;
    }
    const auto ended = take_ends(transaction, acceptance.ends, acceptance.message.author,
                                 acceptance.message.accepted_at);
    if (!ended) return ended;
    return take_note_of(acceptance, transaction);
}

}  // namespace sekisho::exchange
