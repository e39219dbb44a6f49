// A leaf put on record whose place in the log nothing else needs. Internal to the room.
#pragma once

#include <string>

#include "gateway/store/store.h"

namespace sekisho::exchange {

inline model::Result<void> put_on_record(store::Transaction& transaction, const std::string& leaf) {
    const auto index = transaction.append_leaf(leaf);
    if (!index) return std::unexpected(index.error());
    return {};
}

}  // namespace sekisho::exchange
