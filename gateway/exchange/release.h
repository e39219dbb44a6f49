// Release: the right of a reader, decided where it takes its place in the log.
//
// A withdrawal that stands before it holds the document back; one that stands after it finds it
// gone. So what happened between two that came at once can be told from the log alone. Filings need
// no release: a withdrawal does not stop them. Internal to the room.
#pragma once

#include <memory>
#include <optional>

#include "gateway/exchange/delivery_record.h"
#include "gateway/exchange/snapshot_source.h"

namespace sekisho::exchange {

using AuthorizedEnvelope = model::Authorized<model::Envelope>;

struct Release {
    std::shared_ptr<const Current> world;
    LoadedDocument document;
    model::Instant now{};  // the latest by which it was decided
    std::optional<model::Result<AuthorizedEnvelope>> decided{};  // once it was decided
};

// Of a filing: decided at once, by nothing that could change.
void decide_filing(Release& release, const store::StoredDelivery& delivery);

// Of a reader: within a transaction. Each attempt has its leaf; the first also an entry for each
// person whose information it is, since it may have arrived from then on, and a peer that is away
// for days is nobody who looks again and again. What is refused writes nothing; its outcome is
// settled by whoever asked. By the later of `now` and when it was opened, so that an end which
// passed since is seen and a clock that was set back opens nothing.
model::Result<void> decide_reader(store::Transaction& transaction, Release& release,
                                  const store::StoredDelivery& delivery, model::Instant now);

// Just before it goes to a reader: a withdrawal or an end since stops it too, though the log would
// let it go. What cannot be read leaves it open.
void look_again(store::Store& store, Release& release, const store::StoredDelivery& delivery,
                model::Instant now);

// A refusal that ends a reader's delivery, rather than leaving it open: one of his right, and not
// of the way.
bool is_withdrawn(const store::StoredDelivery& delivery, const model::Refusal& refusal);

// What the sender is told of a delivery that was not let go. Not why a reader's right is gone: that
// is the person's.
std::string detail_of_refused(const store::StoredDelivery& delivery, const model::Refusal& refusal);

// A leaf that says what was accessed, and that it is among the accesses to each of these persons.
model::Result<void> append_access(store::Transaction& transaction, const std::string& leaf,
                                  const std::vector<model::PersonHash>& persons);

}  // namespace sekisho::exchange
