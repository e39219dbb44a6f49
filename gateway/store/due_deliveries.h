// What a lease may take, and in which order: the same for every store.
#pragma once

#include <utility>
#include <vector>

#include "gateway/store/records.h"

namespace sekisho::store {

struct DueDeliveries {
    using List = std::vector<std::pair<model::Instant, DeliveryId>>;
    List fresh{};   // never tried, with their turns
    List others{};  // with the moment from which they are due: tried before, or past their lease
};

// As many as the request asks for: the fresh by their turns and the others by their moments, one of
// each in turn; ids decide between equals. Who leases one at a time changes which kind comes first,
// or the other would never come.
std::vector<DeliveryId> in_turn(DueDeliveries due, const LeaseRequest& request);

}  // namespace sekisho::store
