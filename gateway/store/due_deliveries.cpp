#include "gateway/store/due_deliveries.h"

#include <algorithm>

namespace sekisho::store {

std::vector<DeliveryId> in_turn(DueDeliveries due, std::size_t most) {
    std::ranges::sort(due.fresh);
    std::ranges::sort(due.others);
    std::vector<DeliveryId> ids;
    const std::size_t longest = std::max(due.fresh.size(), due.others.size());
    for (std::size_t at = 0; at < longest && ids.size() < most; ++at) {
        if (at < due.fresh.size()) ids.push_back(due.fresh[at].second);
        if (at < due.others.size() && ids.size() < most) ids.push_back(due.others[at].second);
    }
    return ids;
}

}  // namespace sekisho::store
