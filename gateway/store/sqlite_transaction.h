// The transaction of one group on the writer's connection: BEGIN IMMEDIATE, a SAVEPOINT around each
// item, the tree's new head, COMMIT. Each step's return code is looked at. Used by the writer's
// thread only.
#pragma once

#include "gateway/audit/merkle.h"
#include "gateway/store/sqlite_reads.h"

namespace sekisho::store {

class SqliteTransaction final : public SqliteReads<Transaction> {
  public:
    // `frontier` is the tree as committed; the caller takes over frontier() once commit()
    // succeeded.
    SqliteTransaction(SqliteConnection& connection, audit::Frontier frontier)
        : SqliteReads(connection), frontier_(std::move(frontier)) {}
    ~SqliteTransaction() override;  // rolls back what was not committed

    Result<void> begin();
    // Runs one item between savepoints. An item that refuses is undone; is_broken() tells whether
    // the transaction itself survived.
    Result<void> run(Work& work);
    Result<void> commit();
    bool is_broken() const { return broken_; }
    const audit::Frontier& frontier() const { return frontier_; }

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
    Result<TreeHead> tree_head() override;

  private:
    struct MessageRow {
        std::int64_t id = 0;
        model::Instant accepted_at{};
    };
    // The head that is to be committed, if leaves were added.
    Result<void> write_head();
    Result<MessageRow> row_of(const model::MessageKey& key);
    Result<void> insert_body(std::int64_t message, const SealedBody& body);
    Result<std::vector<DeliveryId>> due(const LeaseRequest& request);
    Result<StoredDelivery> take(DeliveryId id, const LeaseRequest& request,
                                const std::string& handle);
    Result<void> add_history(DeliveryId delivery, model::Instant at, DeliveryState state,
                             std::string_view detail);
    // Whether SQLite gave the whole transaction up, or can no longer be trusted to carry it
    // through.
    void look_after(const Result<void>& result);

    audit::Frontier frontier_;
    bool open_ = false;
    bool broken_ = false;
    bool grown_ = false;
};

}  // namespace sekisho::store
