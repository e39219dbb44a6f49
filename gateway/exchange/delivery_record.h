// A stored delivery taken up again: its document opened, its plan and its leaf made of its record.
// Internal.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "gateway/platform/keyring.h"
#include "gateway/platform/ports.h"
#include "gateway/store/store.h"
#include "routing/plan/plan.h"

namespace sekisho::exchange {

struct LoadedDocument {
    store::StoredMessage message;
    model::Envelope envelope;
    store::SealedBody body;
};

// store_unavailable when the message, its body or its key is not there or does not open.
model::Result<LoadedDocument> load_document(store::View& view, const platform::Keyring& keyring,
                                            const model::MessageKey& key);

plan::PlannedDelivery planned_of(const store::StoredDelivery& delivery);

std::string outcome_leaf_of(const store::StoredDelivery& delivery, store::DeliveryState state,
                            model::Instant at, const std::string& peer_code);

// Deliveries of `via` past their expiry, settled as such with their leaves, in the transaction that
// leases the others; `expired` is what they were. Those whose call is under way are left out: what
// will become of them is not known yet.
model::Result<void> expire_overdue(store::Transaction& transaction, const model::Via& via,
                                   model::Instant now, std::vector<store::StoredDelivery>& expired,
                                   const std::set<store::DeliveryId>& called = {});

// Unguessable, URL-safe: 128 bits each.
std::vector<std::string> make_handles(platform::Random& random, std::size_t count);

}  // namespace sekisho::exchange
