#include "gateway/store/sqlite_reads.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "gateway/audit/merkle.h"
#include "gateway/store/sqlite_order.h"
#include "gateway/store/sqlite_values.h"

namespace sekisho::store {

namespace {

Result<model::MessageKey> key_at(const Query& query, int source_column) {
    auto source = party_of(query.text_at(source_column));
    if (!source) return std::unexpected(source.error());
    return model::MessageKey{.source = std::move(*source),
                             .id = model::MessageId(query.text_at(source_column + 1))};
}

Result<StoredDelivery> delivery_at(const Query& query) {
    auto message = key_at(query, 1);
    if (!message) return std::unexpected(message.error());
    auto recipient = party_of(query.text_at(3));
    if (!recipient) return std::unexpected(recipient.error());
    const std::int64_t state = query.integer_at(8);
    if (state < 0 || state > static_cast<std::int64_t>(DeliveryState::dead)) {
        return broken("delivery state");
    }
    return StoredDelivery{.id = query.integer_at(0),
                          .message = std::move(*message),
                          .recipient = std::move(*recipient),
                          .via = model::Via(query.text_at(4)),
                          .route = model::RouteId(query.text_at(5)),
                          .as_reader = query.integer_at(6) != 0,
                          .order_key = query.text_at(7),
                          .state = static_cast<DeliveryState>(state),
                          .attempts = static_cast<std::uint32_t>(query.integer_at(9)),
                          .turn = query.instant_at(14),
                          .next_attempt = query.instant_at(10),
                          .lease_until = query.instant_at(11),
                          .lease = query.text_at(12),
                          .expires = query.instant_at(13)};
}

}  // namespace

Result<std::vector<StoredDelivery>> deliveries_of(Query& query) {
    std::vector<StoredDelivery> list;
    while (query.row()) {
        auto delivery = delivery_at(query);
        if (!delivery) return std::unexpected(delivery.error());
        list.push_back(std::move(*delivery));
    }
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    return list;
}

Result<std::optional<StoredMessage>> read_message(SqliteConnection& connection,
                                                  const model::MessageKey& key) {
    Query query = connection.query(
        "SELECT author, type, sha256, digest, size, accepted_at, leaf, routes, certificate, "
        "sealed_envelope, persons, admission FROM message WHERE message_id = ? AND source = ?");
    query.text(key.id.text()).text(model::to_string(key.source));
    if (!query.row()) return nothing<StoredMessage>(query);
    auto author = party_of(query.text_at(0));
    if (!author) return std::unexpected(author.error());
    return StoredMessage{.key = key,
                         .author = std::move(*author),
                         .type = model::TypeId(query.text_at(1)),
                         .sha256 = query.digest_at(2),
                         .digest = query.digest_at(3),
                         .size = query.unsigned_at(4),
                         .accepted_at = query.instant_at(5),
                         .leaf = query.unsigned_at(6),
                         .routes = query.unsigned_at(7),
                         .certificate = query.digest_at(8),
                         .sealed_envelope = query.text_at(9),
                         .persons = lines_of<model::PersonHash>(query.text_at(10)),
                         .admission = query.text_at(11)};
}

Result<std::vector<model::MessageKey>> read_messages_with_id(SqliteConnection& connection,
                                                             const model::MessageId& id) {
    Query query = connection.query("SELECT source, message_id FROM message WHERE message_id = ?");
    query.text(id.text());
    std::vector<model::MessageKey> keys;
    while (query.row()) {
        auto key = key_at(query, 0);
        if (!key) return std::unexpected(key.error());
        keys.push_back(std::move(*key));
    }
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    std::ranges::sort(keys);
    return keys;
}

Result<std::optional<model::MessageKey>> read_business_key(SqliteConnection& connection,
                                                           const BusinessScope& scope) {
    Query query = connection.query(
        "SELECT m.source, m.message_id FROM business_key b JOIN message m ON m.id = b.message "
        "WHERE b.key_hash = ? AND b.owner = ? AND b.type = ?");
    query.blob(scope.key_hash).text(model::to_string(scope.owner)).text(scope.type.text());
    if (!query.row()) return nothing<model::MessageKey>(query);
    auto key = key_at(query, 0);
    if (!key) return std::unexpected(key.error());
    return std::move(*key);
}

Result<std::optional<SealedBody>> read_body(SqliteConnection& connection,
                                            const model::MessageKey& key) {
    Query query = connection.query(
        "SELECT k.wrapping_key, k.bytes, b.bytes, b.spool_file, b.size FROM message m "
        "JOIN body b ON b.message = m.id JOIN body_key k ON k.message = m.id "
        "WHERE m.message_id = ? AND m.source = ?");
    query.text(key.id.text()).text(model::to_string(key.source));
    if (!query.row()) return nothing<SealedBody>(query);
    return SealedBody{.data_key = {.wrapping_key = static_cast<std::uint32_t>(query.integer_at(0)),
                                   .bytes = query.text_at(1)},
                      .bytes = query.text_at(2),
                      .spool_file = query.text_at(3),
                      .size = query.unsigned_at(4)};
}

Result<bool> read_spool_file_known(SqliteConnection& connection, const std::string& spool_file) {
    Query query =
        connection.query("SELECT 1 FROM body WHERE spool_file = ? AND spool_file <> '' LIMIT 1");
    query.text(spool_file);
    const bool known = query.row();
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    return known;
}

Result<std::vector<StoredDelivery>> read_deliveries(SqliteConnection& connection,
                                                    const model::MessageKey& key) {
    Query query = connection.query(
        "SELECT * FROM whole_delivery WHERE message_id = ? AND source = ? ORDER BY id");
    query.text(key.id.text()).text(model::to_string(key.source));
    return deliveries_of(query);
}

Result<std::optional<StoredDelivery>> read_leased(SqliteConnection& connection,
                                                  const std::string& lease) {
    Query query = connection.query(
        "SELECT * FROM whole_delivery WHERE id = (SELECT delivery FROM lease WHERE handle = ?)");
    query.text(lease);
    auto list = deliveries_of(query);
    if (!list) return std::unexpected(list.error());
    if (list->empty()) return std::nullopt;
    return std::move(list->front());
}

Result<std::vector<HistoryEntry>> read_history(SqliteConnection& connection, DeliveryId delivery) {
    Query query =
        connection.query("SELECT at, state, detail FROM history WHERE delivery = ? ORDER BY id");
    query.integer(delivery);
    std::vector<HistoryEntry> list;
    while (query.row()) {
        list.push_back({.at = query.instant_at(0),
                        .state = static_cast<DeliveryState>(query.integer_at(1)),
                        .detail = query.text_at(2)});
    }
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    return list;
}

Result<TreeHead> read_tree_head(SqliteConnection& connection) {
    Query query = connection.query("SELECT size, root FROM tree");
    if (query.row()) return TreeHead{.size = query.unsigned_at(0), .root = query.digest_at(1)};
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    return TreeHead{.size = 0, .root = audit::Frontier().root()};
}

namespace {

// What `read` gives for each row of `query`, which begins at number `from`. A hole ends the list,
// so that whoever verifies the log meets it at its place.
template <class Value, class Read>
Result<std::vector<Value>> until_hole(Query& query, std::uint64_t from, Read read) {
    std::vector<Value> list;
    while (query.row() && query.unsigned_at(0) == from + list.size()) list.push_back(read(query));
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    return list;
}

bool is_countable(std::uint64_t from) {
    return from <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
}

}  // namespace

Result<std::vector<std::string>> read_leaves(SqliteConnection& connection, std::uint64_t from,
                                             std::size_t count_max) {
    if (!is_countable(from)) return std::vector<std::string>();
    Query query =
        connection.query("SELECT number, text FROM leaf WHERE number >= ? ORDER BY number LIMIT ?");
    query.unsigned_integer(from).unsigned_integer(count_max);
    return until_hole<std::string>(query, from, [](const Query& row) { return row.text_at(1); });
}

Result<std::vector<model::Sha256>> read_tree_hashes(SqliteConnection& connection, unsigned row,
                                                    std::uint64_t from, std::size_t count_max) {
    if (!is_countable(from)) return std::vector<model::Sha256>();
    Query query = connection.query(
        row == 0 ? "SELECT number, hash FROM leaf WHERE number >= ? ORDER BY number LIMIT ?"
                 : "SELECT number, hash FROM subtree WHERE number >= ? AND tree_row = ? "
                   "ORDER BY number LIMIT ?");
    query.unsigned_integer(from);
    if (row > 0) query.unsigned_integer(row);
    query.unsigned_integer(count_max);
    return until_hole<model::Sha256>(query, from,
                                     [](const Query& found) { return found.digest_at(1); });
}

Result<std::vector<std::pair<model::PartyId, std::uint64_t>>> read_unsettled_by_source(
    SqliteConnection& connection) {
    Query query = connection.query(
        "SELECT m.source, count(*) FROM delivery d JOIN message m ON m.id = d.message "
        "WHERE d.state IN (0, 1) GROUP BY m.source ORDER BY m.source");
    std::vector<std::pair<model::PartyId, std::uint64_t>> counts;
    while (query.row()) {
        const auto source = model::parse_party_id(query.text_at(0));
        if (source) counts.emplace_back(*source, query.unsigned_at(1));
    }
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    return counts;
}

Result<std::vector<QueueDepth>> read_queue_depths(SqliteConnection& connection) {
    Query query = connection.query(
        "SELECT via, 0, count(*) FROM delivery WHERE state = 0 GROUP BY via UNION ALL "
        "SELECT via, 1, count(*) FROM delivery WHERE state = 1 GROUP BY via UNION ALL "
        "SELECT via, 6, count(*) FROM delivery WHERE state = 6 GROUP BY via");
    std::map<std::string, QueueDepth> depths;
    while (query.row()) {
        QueueDepth& depth = depths[query.text_at(0)];
        depth.via = model::Via(query.text_at(0));
        const auto state = static_cast<DeliveryState>(query.integer_at(1));
        if (state == DeliveryState::queued) depth.queued = query.unsigned_at(2);
        if (state == DeliveryState::leased) depth.leased = query.unsigned_at(2);
        if (state == DeliveryState::dead) depth.dead = query.unsigned_at(2);
    }
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    std::vector<QueueDepth> list;
    list.reserve(depths.size());
    for (auto& [via, depth] : depths) list.push_back(std::move(depth));
    return list;
}

Result<std::optional<model::Instant>> read_next_due(SqliteConnection& connection,
                                                    const model::Via& via) {
    Query query = connection.query(
        "SELECT min(at) FROM ("
        "SELECT * FROM (SELECT next_attempt AS at FROM delivery d INDEXED BY delivery_fresh "
        "WHERE via = ?1 AND state = 0 AND attempts = 0 "
        "AND " SEKISHO_SQL_GOES_FIRST
        "ORDER BY turn LIMIT 1) UNION ALL "
        "SELECT * FROM (SELECT next_attempt AS at FROM delivery d INDEXED BY delivery_retried "
        "WHERE via = ?1 AND state = 0 AND attempts > 0 "
        "AND " SEKISHO_SQL_GOES_FIRST
        "ORDER BY next_attempt LIMIT 1) UNION ALL "
        "SELECT min(expires) AS at FROM delivery INDEXED BY delivery_dead_ordered "
        "WHERE state = 6 AND order_key <> '' AND via = ?1 UNION ALL "
        "SELECT * FROM (SELECT lease_until AS at FROM delivery WHERE via = ?1 AND state = 1 "
        "ORDER BY lease_until LIMIT 1))");
    query.text(via.text());
    if (!query.row()) return nothing<model::Instant>(query);
    return query.optional_instant_at(0);
}

Result<std::vector<WaitingDelivery>> read_waiting(SqliteConnection& connection,
                                                  const model::Via& via, const WaitingAfter& after,
                                                  std::size_t count_max) {
    Query query = connection.query(
        "SELECT w.*, m.type FROM whole_delivery w JOIN delivery d ON d.id = w.id "
        "JOIN message m ON m.id = d.message WHERE w.id IN ("
        "SELECT id FROM delivery INDEXED BY delivery_expiry WHERE state < 2 AND state = 0 "
        "AND via = ?1 AND expires >= ?2 AND (expires > ?2 OR id > ?3) "
        "ORDER BY expires, id LIMIT ?4) ORDER BY w.expires, w.id");
    query.text(via.text()).instant(after.expires).integer(after.id).unsigned_integer(count_max);
    std::vector<WaitingDelivery> list;
    list.reserve(count_max);
    while (query.row()) {
        auto delivery = delivery_at(query);
        if (!delivery) return std::unexpected(delivery.error());
        list.push_back(
            {.delivery = std::move(*delivery), .type = model::TypeId(query.text_at(15))});
    }
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    return list;
}

Result<std::optional<model::Via>> read_first_in_order(SqliteConnection& connection,
                                                      const model::PartyId& recipient,
                                                      const std::string& order_key) {
    Query query = connection.query(
        "SELECT via FROM delivery INDEXED BY delivery_order WHERE recipient = ?1 "
        "AND order_key = ?2 AND order_key <> '' AND state IN (0, 1, 6) ORDER BY id LIMIT 1");
    query.text(model::to_string(recipient)).text(order_key);
    if (!query.row()) return nothing<model::Via>(query);
    return model::Via(query.text_at(0));
}

Result<std::optional<std::string>> read_note(SqliteConnection& connection,
                                             const std::string& name) {
    Query query = connection.query("SELECT value FROM note WHERE name = ?");
    query.text(name);
    if (!query.row()) return nothing<std::string>(query);
    return query.text_at(0);
}

}  // namespace sekisho::store
