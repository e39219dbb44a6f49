#include "adapters/pmh/unfinished_loads.h"

#include <algorithm>

namespace sekisho::pmh_adapter {

Tally UnfinishedLoads::of(const LoadName& load) const {
    const locks::Lock lock(mutex_);
    const auto found = entries_.find(load);
    return found == entries_.end() ? Tally{} : found->second.tally;
}

void UnfinishedLoads::keep(const LoadName& load, const Tally& tally) {
    if (tally.records() == 0) return;
    const locks::Lock lock(mutex_);
    if (!entries_.contains(load)) make_room();
    entries_[load] = {.tally = tally, .kept = ++count_};
}

void UnfinishedLoads::forget(const LoadName& load) {
    const locks::Lock lock(mutex_);
    entries_.erase(load);
}

void UnfinishedLoads::make_room() {
    if (entries_.size() < kUnfinishedLoadsMax) return;
    entries_.erase(std::ranges::min_element(entries_, {},
                                            [](const auto& entry) { return entry.second.kept; }));
}

}  // namespace sekisho::pmh_adapter
