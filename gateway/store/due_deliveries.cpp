#include "gateway/store/due_deliveries.h"

#include <algorithm>

namespace sekisho::store {

std::vector<DeliveryId> in_turn(DueDeliveries due, const LeaseRequest& request) {
    std::ranges::sort(due.fresh);
    std::ranges::sort(due.others);
    DueDeliveries::List& first = request.tried_first ? due.others : due.fresh;
    DueDeliveries::List& second = request.tried_first ? due.fresh : due.others;
    std::vector<DeliveryId> ids;
    const std::size_t most = request.most();
    const std::size_t longest = std::max(first.size(), second.size());
    for (std::size_t at = 0; at < longest && ids.size() < most; ++at) {
        if (at < first.size()) ids.push_back(first[at].second);
        if (at < second.size() && ids.size() < most) ids.push_back(second[at].second);
    }
    return ids;
}

}  // namespace sekisho::store
