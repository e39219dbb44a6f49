// Where deliveries wait: a lane's queue, or one recipient's mailbox. Internal to the room.
#pragma once

#include <functional>

#include "routing/model/party.h"

namespace sekisho::exchange {

struct Queue {
    model::Via via;
    model::PartyId recipient{};  // whose mailbox; nobody for a lane, which is one for all
    friend auto operator<=>(const Queue&, const Queue&) = default;
};

inline Queue queue_of(const model::Via& via, const model::PartyId& recipient) {
    return via == model::kMailbox ? Queue{.via = via, .recipient = recipient} : Queue{.via = via};
}

using Wake = std::function<void(const Queue&)>;  // something is due there

}  // namespace sekisho::exchange
