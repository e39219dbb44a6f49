// A transaction over MemoryTables with real savepoints: each change leaves its opposite in an undo
// log.
#pragma once

#include <functional>
#include <vector>

#include "gateway/store/memory_reads.h"

namespace sekisho::store {

// Says that the group holds the tables' mutex: a transaction lives no longer than that.
class SEKISHO_SCOPED_CAPABILITY HeldByGroup {
  public:
    explicit HeldByGroup(const locks::SharedMutex& mutex) SEKISHO_ASSERT_SHARED(mutex);
};
inline HeldByGroup::HeldByGroup(const locks::SharedMutex& /*mutex*/) {}

class MemoryTransaction final : public MemoryReads<Transaction, HeldByGroup> {
  public:
    explicit MemoryTransaction(SharedTables& shared) SEKISHO_REQUIRES(shared.mutex)
        : MemoryReads(shared), tables_(shared.tables) {}

    std::size_t savepoint() const { return undo_.size(); }
    void roll_back_to(std::size_t savepoint);

    Result<void> insert_message(const StoredMessage& message, const SealedBody& body) override;
    Result<void> insert_business_key(const BusinessScope& scope,
                                     const model::MessageKey& key) override;
    Result<void> insert_awaited(const AwaitedDocument& awaited) override;
    Result<std::uint64_t> end_waiting(const BusinessScope& document, WaitingState state) override;
    Result<DeliveryId> insert_delivery(const StoredDelivery& delivery) override;
    Result<std::string> advance_series(const std::string& order_key,
                                       const std::string& number) override;
    Result<std::uint64_t> append_leaf(const std::string& leaf) override;
    Result<std::vector<StoredDelivery>> lease(const LeaseRequest& request) override;
    Result<std::vector<StoredDelivery>> overdue(const model::Via& via, model::Instant now,
                                                std::size_t count_max) override;
    Result<void> expire(DeliveryId delivery, model::Instant at) override;
    Result<bool> settle(const Settlement& settlement) override;
    Result<bool> move(const Move& move) override;
    Result<void> put_registration(const StoredRegistration& registration) override;
    Result<void> put_consent(const StoredConsent& consent) override;
    Result<bool> put_end(const model::PersonHash& person, const EndWord& word) override;
    Result<bool> mark_released(DeliveryId delivery) override;
    Result<void> add_access(const model::PersonHash& person, std::uint64_t leaf) override;
    Result<void> set_note(const std::string& name, const std::string& value) override;

  private:
    // Changes map[key] to `value`, remembering what was there.
    template <class Map>
    void put(Map& map, const typename Map::key_type& key, typename Map::mapped_type value);
    template <class Map, class Record>
    Result<void> put_sequenced(Map& map, const std::string& id, const Record& record);
    void change(const StoredDelivery& delivery, model::Instant at, std::string detail);
    void enter_queues(const StoredDelivery& delivery);
    void leave_queues(const StoredDelivery& delivery);
    void queue(const StoredDelivery& delivery);
    void unqueue(const StoredDelivery& delivery);
    void add_history(DeliveryId delivery, HistoryEntry entry);

    MemoryTables& tables_;
    std::vector<std::function<void()>> undo_;
};

}  // namespace sekisho::store
