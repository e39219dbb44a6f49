// What must survive. One contract, several forms: MemoryStore for tests, SqliteStore for one
// gateway, PostgresStore for many; one contract suite holds them all to it.
//
// Writing is asynchronous and grouped. A writer of work hands over a Work and a Completion and
// waits for nothing; the store's own thread (wiring starts it on run_writer) runs what has gathered
// in one transaction, a SAVEPOINT around each item so that one bad item does not fail the group,
// extends the Merkle log, commits, makes it durable, and only then calls the completions. So
// nothing is acknowledged that is not on disk.
//
// Works run in the writer's thread and must be quick: no cryptography, no other I/O. A Work that
// returns a Refusal is undone whole and its completion gets that Refusal. When the transaction
// itself fails every completion of the group gets store_unavailable; after a failed fsync the store
// stops accepting for good (health() says so), because what is on disk is unknown; a restart reads
// it back.
//
// Reading goes through a View: committed state, any thread, many at once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "gateway/store/records.h"
#include "routing/model/problem.h"

namespace sekisho::store {

template <class T>
using Result = model::Result<T>;

class View {
  public:
    virtual ~View() = default;
    virtual Result<std::optional<StoredMessage>> message(const model::MessageKey& key) = 0;
    virtual Result<std::vector<model::MessageKey>> messages_with_id(const model::MessageId& id) = 0;
    virtual Result<std::optional<model::MessageKey>> business_key(const BusinessScope& scope) = 0;
    virtual Result<std::optional<AwaitedDocument>> awaited_by(const model::MessageKey& request) = 0;
    virtual Result<std::vector<AwaitedCount>>
    awaited() = 0;  // still waited for, the earliest first
    virtual Result<std::optional<SealedBody>> body(const model::MessageKey& key) = 0;
    virtual Result<bool> spool_file_known(const std::string& spool_file) = 0;  // a message's body
    virtual Result<std::vector<StoredDelivery>> deliveries(
        const model::MessageKey& key) = 0;  // by id
    virtual Result<std::optional<StoredDelivery>> leased(
        const std::string& lease) = 0;  // also a lost lease's
    virtual Result<std::vector<HistoryEntry>> history(DeliveryId delivery) = 0;
    virtual Result<model::PersonFacts> facts(const model::PersonHash& person) = 0;
    virtual Result<std::optional<StoredRegistration>> registration(const std::string& id) = 0;
    virtual Result<std::optional<StoredConsent>> consent(const std::string& id) = 0;
    // The leaves of the accesses to what is known of a person, the latest first, all before leaf
    // `before`.
    virtual Result<std::vector<std::uint64_t>> accesses(const model::PersonHash& person,
                                                        std::uint64_t before,
                                                        std::size_t count_max) = 0;
    virtual Result<TreeHead> tree_head() = 0;
    virtual Result<std::vector<std::string>> leaves(std::uint64_t from, std::size_t count_max) = 0;
    // The rows of the tree (gateway/audit/merkle.h). Row 0 is what was hashed into it, leaf by
    // leaf: a leaf that no longer hashes to it was changed.
    virtual Result<std::vector<model::Sha256>> tree_hashes(unsigned row, std::uint64_t from,
                                                           std::size_t count_max) = 0;
    virtual Result<std::vector<QueueDepth>> queue_depths() = 0;
    // Unsettled deliveries by who sent them; reads all of them.
    virtual Result<std::vector<std::pair<model::PartyId, std::uint64_t>>> unsettled_by_source() = 0;
    // The earliest moment at which something of `via` is due: next attempt or end of a lease.
    // Drives the lanes.
    virtual Result<std::optional<model::Instant>> next_due(const model::Via& via) = 0;
    // What is queued at `via`, by expiry and id, at most `count_max` behind that place.
    virtual Result<std::vector<WaitingDelivery>> waiting(const model::Via& via,
                                                         const WaitingAfter& after,
                                                         std::size_t count_max) = 0;
    // The way of the delivery that goes first of its order key and recipient; nothing where none is
    // left of it.
    virtual Result<std::optional<model::Via>> first_in_order(const model::PartyId& recipient,
                                                             const std::string& order_key) = 0;
    virtual Result<std::optional<std::string>> note(
        const std::string& name) = 0;  // small named facts
};

// Within one Work. Reads see the transaction's own writes.
class Transaction : public View {
  public:
    virtual Result<void> insert_message(const StoredMessage& message, const SealedBody& body) = 0;
    virtual Result<void> insert_business_key(const BusinessScope& scope,
                                             const model::MessageKey& key) = 0;
    virtual Result<void> insert_awaited(const AwaitedDocument& awaited) = 0;
    // Of all that wait for that document; how many did.
    virtual Result<std::uint64_t> end_waiting(const BusinessScope& document,
                                              WaitingState state) = 0;
    virtual Result<DeliveryId> insert_delivery(
        const StoredDelivery& delivery) = 0;  // with its first history entry
    // Makes `number` the last of its series unless a higher one was accepted already; which is the
    // last then. Numbers of a series have one length and are compared as text.
    virtual Result<std::string> advance_series(const std::string& order_key,
                                               const std::string& number) = 0;
    // Its index. Internal, for one that no entry tile could hold (gateway/audit/tile.h).
    virtual Result<std::uint64_t> append_leaf(const std::string& leaf) = 0;
    // Takes due deliveries (queued and due, or leased and past the lease): those never tried by
    // their turns and the others oldest first, by turns (due_deliveries.h); for one recipient the
    // oldest first. Of one order key and recipient only the first that is unsettled, or dead until
    // it expires; expired ones are not taken. Each gets a handle and one attempt more.
    virtual Result<std::vector<StoredDelivery>> lease(const LeaseRequest& request) = 0;
    // Unsettled deliveries of `via` past their expiry, at most `count_max`; the caller settles each
    // by expire(). One whose lease still runs is left out: its outcome is on the way.
    virtual Result<std::vector<StoredDelivery>> overdue(const model::Via& via, model::Instant now,
                                                        std::size_t count_max) = 0;
    virtual Result<void> expire(DeliveryId delivery, model::Instant at) = 0;
    virtual Result<bool> settle(const Settlement& settlement) = 0;  // false: the lease is lost
    virtual Result<bool> move(const Move& move) = 0;                // false: it is not queued
    // By id: insert or replace; record_conflict when another person's record has that id.
    virtual Result<void> put_registration(const StoredRegistration& registration) = 0;
    virtual Result<void> put_consent(const StoredConsent& consent) = 0;
    // Every word is kept, also one that ends nothing: what was sent before it may arrive behind it.
    // True: the end of the pair, as facts() tells it, is another one now.
    virtual Result<bool> put_end(const model::PersonHash& person, const EndWord& word) = 0;
    // What is released to a reader: true the first time, false for each further attempt.
    virtual Result<bool> mark_released(DeliveryId delivery) = 0;
    virtual Result<void> add_access(const model::PersonHash& person, std::uint64_t leaf) = 0;
    virtual Result<void> set_note(const std::string& name, const std::string& value) = 0;
};

using Work = std::move_only_function<Result<void>(Transaction&)>;
using Completion = std::move_only_function<void(Result<void>)>;

struct StoreHealth {
    bool accepting = true;
    std::string reason{};      // why not
    std::size_t waiting = 0;   // items in the writer's queue
    std::uint64_t groups = 0;  // committed so far
    std::uint64_t items = 0;
};

class Store {
  public:
    virtual ~Store() = default;

    // False: the queue is full or the store has stopped accepting; neither is called then.
    [[nodiscard]] virtual bool submit(Work work, Completion completion) = 0;
    virtual Result<std::unique_ptr<View>> view() = 0;
    virtual StoreHealth health() const = 0;

    // Commits what has gathered, in the calling thread, and calls the completions; the number of
    // items.
    virtual std::size_t commit_group() = 0;
    // Loops commit_group() until stop is requested and the queue is empty.
    virtual void run_writer(const std::stop_token& stop) = 0;
};

}  // namespace sekisho::store
