// Values as they rest in SqliteStore's columns, read back. Internal to the room.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "gateway/store/sqlite_connection.h"

namespace sekisho::store {

inline std::unexpected<model::Refusal> broken(const std::string& column) {
    return model::refuse(model::Problem::internal,
                         {.ja = "データベースの値が読めません: " + column,
                          .en = "a value in the database cannot be read: " + column});
}

inline Result<model::PartyId> party_of(const std::string& text) {
    auto party = model::parse_party_id(text);
    if (!party) return broken("party");
    return std::move(*party);
}

// Lists rest as one text, an item a line.
template <class Item>
std::vector<Item> lines_of(const std::string& text) {
    std::vector<Item> items;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        items.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return items;
}

// What a query that gave no row says: that there is none, or its trouble.
template <class Value>
Result<std::optional<Value>> nothing(const Query& query) {
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    return std::nullopt;
}

}  // namespace sekisho::store
