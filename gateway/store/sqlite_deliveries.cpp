// Writing deliveries: queueing, leases, expiry, settlement. Numbers in the SQL are those of
// DeliveryState: 0 queued, 1 leased, below 2 unsettled; they stand there as literals because the
// partial indexes ask for them.
#include <algorithm>

#include "gateway/store/due_deliveries.h"
#include "gateway/store/sqlite_order.h"
#include "gateway/store/sqlite_transaction.h"

namespace sekisho::store {

namespace {

using model::Problem;

static_assert(static_cast<int>(DeliveryState::queued) == 0);
static_assert(static_cast<int>(DeliveryState::leased) == 1);
static_assert(static_cast<int>(DeliveryState::dead) == 6);

std::int64_t number_of(DeliveryState state) {
    return static_cast<std::int64_t>(state);
}

// The queued ones of a lane, those never tried by their turns and the others by their time, and of
// one recipient of the mailbox. Each uses its own partial index from the first on.
constexpr std::string_view kFreshVia =
    "SELECT id, turn FROM delivery d INDEXED BY delivery_fresh "
    "WHERE state = 0 AND attempts = 0 AND via = ?1 AND next_attempt <= ?2 AND expires > ?2 "
    "AND " SEKISHO_SQL_GOES_FIRST "ORDER BY turn, id LIMIT ?3";
constexpr std::string_view kRetriedVia =
    "SELECT id, next_attempt FROM delivery d INDEXED BY delivery_retried "
    "WHERE state = 0 AND attempts > 0 AND via = ?1 AND next_attempt <= ?2 AND expires > ?2 "
    "AND " SEKISHO_SQL_GOES_FIRST "ORDER BY next_attempt, id LIMIT ?3";
constexpr std::string_view kQueuedFor =
    "SELECT id, next_attempt FROM delivery d INDEXED BY delivery_queued_for "
    "WHERE state = 0 AND via = ?1 AND recipient = ?4 AND next_attempt <= ?2 AND expires > ?2 "
    "AND " SEKISHO_SQL_NOT_BARRED "AND " SEKISHO_SQL_GOES_FIRST
    "ORDER BY next_attempt, id LIMIT ?3";
// Leases that ran out. Few at any time, so that one index serves both. An order key's leased
// delivery is its first.
constexpr std::string_view kLeasedVia =
    "SELECT id, lease_until FROM delivery INDEXED BY delivery_leased "
    "WHERE state = 1 AND via = ?1 AND lease_until <= ?2 AND expires > ?2 "
    "ORDER BY lease_until, id LIMIT ?3";
constexpr std::string_view kLeasedFor =
    "SELECT id, lease_until FROM delivery d INDEXED BY delivery_leased "
    "WHERE state = 1 AND via = ?1 AND recipient = ?4 AND lease_until <= ?2 AND expires > ?2 "
    "AND " SEKISHO_SQL_NOT_BARRED "ORDER BY lease_until, id LIMIT ?3";

}  // namespace

Result<DeliveryId> SqliteTransaction::insert_delivery(const StoredDelivery& delivery) {
    const auto message = row_of(delivery.message);
    if (!message) return std::unexpected(message.error());
    Query query = connection_.query(
        "INSERT INTO delivery(message, recipient, via, route, as_reader, order_key, state, "
        "attempts, turn, next_attempt, lease_until, lease, expires) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    query.integer(message->id)
        .text(model::to_string(delivery.recipient))
        .text(delivery.via.text())
        .text(delivery.route.text())
        .integer(delivery.as_reader ? 1 : 0)
        .text(delivery.order_key)
        .integer(number_of(delivery.state))
        .integer(delivery.attempts)
        .instant(delivery.turn)
        .instant(delivery.next_attempt)
        .instant(delivery.lease_until)
        .text(delivery.lease)
        .instant(delivery.expires);
    if (auto done = query.run(); !done) return std::unexpected(done.error());
    const DeliveryId id = connection_.last_row();
    auto noted = add_history(id, message->accepted_at, delivery.state, {});
    if (!noted) return std::unexpected(noted.error());
    return id;
}

Result<std::vector<StoredDelivery>> SqliteTransaction::lease(const LeaseRequest& request) {
    const auto ids = due(request);
    if (!ids) return std::unexpected(ids.error());
    std::vector<StoredDelivery> taken;
    for (std::size_t i = 0; i < ids->size(); ++i) {
        auto delivery = take((*ids)[i], request, request.handles[i]);
        if (!delivery) return std::unexpected(delivery.error());
        taken.push_back(std::move(*delivery));
    }
    return taken;
}

Result<std::vector<DeliveryId>> SqliteTransaction::due(const LeaseRequest& request) {
    DueDeliveries due;
    std::string barred = request.types_barred.empty() ? "" : ",";
    for (const model::TypeId& type : request.types_barred) barred += type.text() + ",";
    const auto read = [&](std::string_view sql, DueDeliveries::List& list) -> Result<void> {
        Query query = connection_.query(sql);
        query.text(request.via.text()).instant(request.now).unsigned_integer(request.most());
        if (request.recipient) query.text(model::to_string(*request.recipient)).text(barred);
        while (query.row()) list.emplace_back(query.instant_at(1), query.integer_at(0));
        return query.outcome();
    };
    if (!request.recipient) {
        if (auto done = read(kFreshVia, due.fresh); !done) return std::unexpected(done.error());
    }
    for (const auto sql : {request.recipient ? kQueuedFor : kRetriedVia,
                           request.recipient ? kLeasedFor : kLeasedVia}) {
        if (auto done = read(sql, due.others); !done) return std::unexpected(done.error());
    }
    return in_turn(std::move(due), request);
}

Result<StoredDelivery> SqliteTransaction::take(DeliveryId id, const LeaseRequest& request,
                                               const std::string& handle) {
    Query update = connection_.query(
        "UPDATE delivery SET state = 1, attempts = attempts + 1, lease_until = ?, lease = ? "
        "WHERE id = ?");
    if (auto done = update.instant(request.until).text(handle).integer(id).run(); !done) {
        return std::unexpected(done.error());
    }
    Query noted = connection_.query("INSERT INTO lease(handle, delivery) VALUES(?, ?)");
    auto done = noted.text(handle).integer(id).run();
    if (noted.violates_uniqueness()) return model::refuse(Problem::internal);
    if (!done) return std::unexpected(done.error());
    Query query = connection_.query("SELECT * FROM whole_delivery WHERE id = ?");
    auto list = deliveries_of(query.integer(id));
    if (!list) return std::unexpected(list.error());
    if (list->empty()) return model::refuse(Problem::internal);
    auto history = add_history(id, request.now, DeliveryState::leased,
                               "attempt " + std::to_string(list->front().attempts));
    if (!history) return std::unexpected(history.error());
    return std::move(list->front());
}

Result<std::vector<StoredDelivery>> SqliteTransaction::overdue(const model::Via& via,
                                                               model::Instant now,
                                                               std::size_t count_max) {
    Query query = connection_.query(
        "SELECT * FROM whole_delivery WHERE id IN ("
        "SELECT id FROM delivery INDEXED BY delivery_expiry WHERE state < 2 AND via = ?1 "
        "AND expires <= ?2 AND (state = 0 OR lease_until <= ?2) UNION ALL "
        "SELECT id FROM delivery INDEXED BY delivery_dead_ordered WHERE state = 6 "
        "AND order_key <> '' AND via = ?1 AND expires <= ?2) "
        "ORDER BY expires, id LIMIT ?3");
    query.text(via.text()).instant(now).unsigned_integer(count_max);
    return deliveries_of(query);
}

Result<void> SqliteTransaction::expire(DeliveryId delivery, model::Instant at) {
    Query update = connection_.query(
        "UPDATE delivery SET state = ?, lease = '' WHERE id = ? AND state IN (0, 1, 6)");
    update.integer(number_of(DeliveryState::expired)).integer(delivery);
    if (auto done = update.run(); !done) return done;
    if (connection_.changes() == 1) return add_history(delivery, at, DeliveryState::expired, {});
    Query query = connection_.query("SELECT 1 FROM delivery WHERE id = ?");
    const bool there = query.integer(delivery).row();
    if (auto outcome = query.outcome(); !outcome) return outcome;
    return model::refuse(there ? Problem::lease_lost : Problem::message_unknown);
}

Result<bool> SqliteTransaction::settle(const Settlement& settlement) {
    if (settlement.state == DeliveryState::leased) return model::refuse(Problem::internal);
    Query update = connection_.query(
        "UPDATE delivery SET state = ?1, "
        "next_attempt = CASE ?1 WHEN 0 THEN ?2 ELSE next_attempt END "
        "WHERE id = ?3 AND state = 1 AND lease = ?4");
    update.integer(number_of(settlement.state))
        .instant(settlement.next_attempt)
        .integer(settlement.delivery)
        .text(settlement.lease);
    if (auto done = update.run(); !done) return std::unexpected(done.error());
    if (connection_.changes() == 0) return false;
    auto noted =
        add_history(settlement.delivery, settlement.at, settlement.state, settlement.detail);
    if (!noted) return std::unexpected(noted.error());
    return true;
}

Result<bool> SqliteTransaction::move(const Move& move) {
    Query update = connection_.query(
        "UPDATE delivery SET via = ?, next_attempt = ? WHERE id = ? AND state = 0");
    update.text(move.via.text()).instant(move.at).integer(move.delivery);
    if (auto done = update.run(); !done) return std::unexpected(done.error());
    if (connection_.changes() == 0) return false;
    auto noted = add_history(move.delivery, move.at, DeliveryState::queued, move.detail);
    if (!noted) return std::unexpected(noted.error());
    return true;
}

Result<void> SqliteTransaction::add_history(DeliveryId delivery, model::Instant at,
                                            DeliveryState state, std::string_view detail) {
    Query query =
        connection_.query("INSERT INTO history(delivery, at, state, detail) VALUES(?, ?, ?, ?)");
    query.integer(delivery).instant(at).integer(number_of(state)).text(detail);
    return query.run();
}

Result<bool> SqliteTransaction::mark_released(DeliveryId delivery) {
    Query query =
        connection_.query("UPDATE delivery SET released = 1 WHERE id = ? AND released = 0");
    if (auto done = query.integer(delivery).run(); !done) return std::unexpected(done.error());
    return connection_.changes() == 1;
}

}  // namespace sekisho::store
