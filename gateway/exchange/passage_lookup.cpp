// "Seen before?": idempotency by (source, id) and by business key, and the first answer given
// again.
#include <algorithm>

#include "gateway/audit/receipt.h"
#include "gateway/exchange/passage.h"

namespace sekisho::exchange {

namespace {

using model::Problem;

std::unexpected<Reply> end_with(Reply reply) {
    return std::unexpected(std::move(reply));
}

// A keyed hash over what makes two submissions the same: the document's bytes, the type, the
// persons, the recipients, whether it is a draft or agreed. Without the key all but an insured
// number could be known and the number be searched for. It is stored: what a message does not have
// adds nothing to the text.
model::Sha256 idempotency_digest(const platform::Keyring& keyring, const model::Envelope& envelope,
                                 const model::Sha256& document) {
    std::string text = "sekisho-digest-1\n" + model::to_hex(document) + "\n" + envelope.type.text();
    for (const model::Person& person : envelope.persons) {
        text += "\n" + person.insurer.text() + " " + person.insured.text();
    }
    for (const model::PartyId& recipient : envelope.recipients) {
        text += "\n> " + model::to_string(recipient);
    }
    if (!envelope.status.empty()) text += "\n= " + envelope.status;
    return keyring.keyed_hash(text);
}

store::BusinessScope scope_of(const platform::Keyring& keyring, const model::Envelope& envelope,
                              const std::string& key) {
    return {.owner = envelope.author, .type = envelope.type, .key_hash = keyring.keyed_hash(key)};
}

// Where all of it goes, if each there hands it on: "system:eligibility ".
std::optional<std::string> stage_of(const Passage& passage) {
    const plan::Snapshot& snapshot = *passage.world->snapshot;
    const auto* type = snapshot.catalogue.find(passage.envelope->type);
    std::string stage;
    for (const auto& delivery : passage.plan->deliveries) {
        const model::Party* party = snapshot.directory.find(delivery.recipient);
        if (party == nullptr ||
            !snapshot.catalogue.belongs_to_any(*party, type->handed_on_by, passage.now)) {
            return std::nullopt;
        }
        stage += model::to_string(delivery.recipient) + " ";
    }
    return stage.empty() ? std::nullopt : std::optional{stage};
}

// Keys are the author's: whoever may not speak for it does not learn from an answer that one is
// taken. check_speaker() refuses such a speaker next.
bool may_use_keys_of_author(const Passage& passage) {
    const model::Envelope& envelope = *passage.envelope;
    return policy::may_speak_for(passage.world->snapshot->directory, envelope.source,
                                 envelope.author, envelope.type, passage.now);
}

// `stage` stands before the key where it is the key of a stage.
Onward look_up_business_key(const Collaborators& with, const Settings& settings, store::View& view,
                            Passage& passage, const std::string& stage = {}) {
    const model::Envelope& envelope = *passage.envelope;
    passage.business = scope_of(with.keyring, envelope, stage + envelope.business_key->text());
    const auto key = view.business_key(*passage.business);
    if (!key) return stop(key.error());
    if (!*key) return {};
    const auto first = view.message(**key);
    if (!first) return stop(first.error());
    if (!*first) return {};
    return end_with(compare_with_first(with, settings, view, **first, passage.digest,
                                       Problem::business_key_conflict));
}

}  // namespace

Onward look_up_earlier(const Collaborators& with, const Settings& settings, Passage& passage) {
    passage.digest =
        idempotency_digest(with.keyring, *passage.envelope, passage.arrival.body.sha256);
    auto view = with.store.view();
    if (!view) return stop(view.error());
    const auto first = (*view)->message(model::key_of(*passage.envelope));
    if (!first) return stop(first.error());
    if (*first) {
        return end_with(compare_with_first(with, settings, **view, **first, passage.digest,
                                           Problem::message_conflict));
    }
    if (!passage.envelope->business_key || !may_use_keys_of_author(passage)) return {};
    return look_up_business_key(with, settings, **view, passage);
}

Onward look_up_derived_key(const Collaborators& with, const Settings& settings, Passage& passage) {
    if (!passage.envelope->business_key || passage.business) return {};
    auto view = with.store.view();
    if (!view) return stop(view.error());
    return look_up_business_key(with, settings, **view, passage);
}

// What goes to a carrier has not come where it is filed. Its key stays free for whoever brings it
// there, the carrier or its author by another way, and is then taken once; the stage to the carrier
// has keys of its own, and nobody's waiting ends by it. (Units of a series have theirs for each
// stage already.)
Onward look_up_stage(const Collaborators& with, const Settings& settings, Passage& passage) {
    if (!passage.business || passage.series) return {};
    const auto stage = stage_of(passage);
    if (!stage) return {};
    if (passage.fulfils) {
        passage.fulfils =
            scope_of(with.keyring, *passage.envelope, *stage + passage.own_key->text());
    }
    auto view = with.store.view();
    if (!view) return stop(view.error());
    return look_up_business_key(with, settings, **view, passage, *stage);
}

// Units of one series may be of several types, each with keys of its own.
std::optional<model::MessageId> message_numbered(const Collaborators& with, const Passage& passage,
                                                 const std::string& number) {
    const auto view = with.store.view();
    if (!view || !passage.series) return std::nullopt;
    const model::Envelope& envelope = *passage.envelope;
    store::BusinessScope scope{
        .owner = envelope.author,
        .type = envelope.type,
        .key_hash = with.keyring.keyed_hash(passage.series->key_without + number)};
    for (const auto& type : passage.world->snapshot->catalogue.types()) {
        scope.type = type.id;
        const auto key = (*view)->business_key(scope);
        if (key && *key && (*key)->source == envelope.source) return (*key)->id;
    }
    return std::nullopt;
}

Reply compare_with_first(const Collaborators& with, const Settings& settings, store::View& view,
                         const store::StoredMessage& first, const model::Sha256& digest,
                         model::Problem conflict) {
    if (first.digest != digest) {
        const std::string name = first.key.id.text();
        return std::unexpected(model::Refusal{.problem = conflict,
                                              .detail = {.ja = "先に受け付けた文書の id は " + name,
                                                         .en = "the first message is " + name}});
    }
    auto again = answer_again(with, settings, view, first);
    if (!again) return std::unexpected(again.error());
    return std::move(*again);
}

model::Result<Accepted> answer_again(const Collaborators& with, const Settings& settings,
                                     store::View& view, const store::StoredMessage& message) {
    auto deliveries = view.deliveries(message.key);
    if (!deliveries) return std::unexpected(deliveries.error());
    Accepted accepted{.message = message.key, .replay = true};
    for (const store::StoredDelivery& delivery : *deliveries) {
        accepted.deliveries.push_back(
            {.recipient = delivery.recipient, .via = delivery.via, .state = delivery.state});
    }
    accepted.receipt = sign_receipt_of(with, settings, message, *deliveries);
    return accepted;
}

std::string sign_receipt_of(const Collaborators& with, const Settings& settings,
                            const store::StoredMessage& message,
                            const std::vector<store::StoredDelivery>& deliveries) {
    audit::ReceiptClaims claims{.issuer = settings.instance,
                                .accepted_at = message.accepted_at,
                                .id = message.key.id,
                                .source = message.key.source,
                                .author = message.author,
                                .type = message.type,
                                .sha256 = message.sha256,
                                .size = message.size,
                                .routes = message.routes,
                                .log = message.leaf,
                                .log_origin = settings.instance,
                                .certificate = message.certificate,
                                .admission = message.admission};
    for (const store::StoredDelivery& delivery : deliveries) {
        claims.recipients.push_back(delivery.recipient);
    }
    std::ranges::sort(claims.recipients);
    return audit::sign_receipt(claims, with.keyring.receipt_key());
}

}  // namespace sekisho::exchange
