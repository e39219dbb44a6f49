#include "routing/table/rollout.h"

namespace sekisho::table {

std::string_view to_string(RolloutState state) {
    switch (state) {
        case RolloutState::unknown:
            return "unknown";
        case RolloutState::not_connected:
            return "not-connected";
        case RolloutState::loading:
            return "loading";
        case RolloutState::sharing:
            return "sharing";
    }
    return "unknown";
}

Rollout::Rollout(const std::vector<InsurerRollout>& rows) {
    rows_.reserve(rows.size());
    for (const InsurerRollout& row : rows) rows_.insert_or_assign(row.insurer, row);
}

RolloutState Rollout::state(const model::InsurerNumber& insurer, model::Instant at) const {
    const InsurerRollout* row = find(insurer);
    if (row == nullptr) return RolloutState::unknown;
    if (row->sharing_from && *row->sharing_from <= at) return RolloutState::sharing;
    if (row->loading_from && *row->loading_from <= at) return RolloutState::loading;
    return RolloutState::not_connected;
}

const InsurerRollout* Rollout::find(const model::InsurerNumber& insurer) const {
    const auto found = rows_.find(insurer);
    return found == rows_.end() ? nullptr : &found->second;
}

}  // namespace sekisho::table
