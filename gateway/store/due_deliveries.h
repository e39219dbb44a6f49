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

// At most `most` of them: the fresh by their turns and the others by their moments, one of each in
// turn, so that neither keeps the other waiting; ids decide between equals.
std::vector<DeliveryId> in_turn(DueDeliveries due, std::size_t most);

}  // namespace sekisho::store
