// Acceptance: what one transaction writes for a permitted message, and what is answered when it is
// on disk. Internal.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "gateway/exchange/passage.h"

namespace sekisho::exchange {

// What stands in the log by now speaks against it: by which decision, where one was made; or by a
// later number of its series.
struct SpokenAgainst {
    std::optional<model::Decision> decision{};
    std::string last_number{};
};

// Prepared by a worker (sealed, serialised), written by the store's writer, answered by a worker
// again.
struct Acceptance {
    store::StoredMessage message;
    store::SealedBody body;
    std::vector<store::StoredDelivery> deliveries{};
    std::optional<store::BusinessScope> business{};
    std::optional<Series> series{};
    std::optional<NoteTaking> taking{};
    std::vector<EndOfPerson> ends{};
    std::optional<AskedDocument> asked{};
    std::optional<store::BusinessScope> fulfils{};
    std::string leaf{};
    std::optional<SpokenAgainst> against{};  // set by the writer
    std::optional<store::StoredMessage>
        first{};  // set by the writer: another came first with the same key
    model::Problem conflict = model::Problem::message_conflict;
};

Acceptance prepare_acceptance(const Passage& passage);

// The Work: writes everything, or finds that the same key was taken since the worker looked.
model::Result<void> write_acceptance(store::Transaction& transaction, Acceptance& acceptance);

// The refusal of what comes after a later one of its series; `successor`: that one's id, which its
// own sender is told.
model::Refusal superseded(const Series& series, const std::string& last,
                          const std::optional<model::MessageId>& successor);

}  // namespace sekisho::exchange
