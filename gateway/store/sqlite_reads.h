// Reading the tables of SqliteStore: one function for each question of a View, and a View made of
// them.
//
// SqliteReads<View> reads what is committed, each call for itself, so that no view holds back a
// checkpoint; SqliteReads<Transaction> reads on the writer's connection and sees its own writes.
#pragma once

#include "gateway/store/sqlite_connection.h"

namespace sekisho::store {

// Answered by their indexes alone.
inline constexpr std::string_view kRegistrationsOfPerson =
    "SELECT party, assurance, valid_from, valid_until, id FROM registration WHERE person = ? "
    "ORDER BY sequence";
inline constexpr std::string_view kConsentsOfPerson =
    "SELECT comprehensive, given, refused, given_at, withdrawn_at, municipal, id FROM consent "
    "WHERE person = ? ORDER BY given_at, sequence";

Result<std::optional<StoredMessage>> read_message(SqliteConnection& connection,
                                                  const model::MessageKey& key);
Result<std::vector<model::MessageKey>> read_messages_with_id(SqliteConnection& connection,
                                                             const model::MessageId& id);
Result<std::optional<model::MessageKey>> read_business_key(SqliteConnection& connection,
                                                           const BusinessScope& scope);
Result<std::optional<AwaitedDocument>> read_awaited_by(SqliteConnection& connection,
                                                       const model::MessageKey& request);
Result<std::vector<AwaitedCount>> read_awaited(SqliteConnection& connection);
Result<std::optional<SealedBody>> read_body(SqliteConnection& connection,
                                            const model::MessageKey& key);
Result<bool> read_spool_file_known(SqliteConnection& connection, const std::string& spool_file);
Result<std::vector<StoredDelivery>> read_deliveries(SqliteConnection& connection,
                                                    const model::MessageKey& key);
Result<std::optional<StoredDelivery>> read_leased(SqliteConnection& connection,
                                                  const std::string& lease);
Result<std::vector<HistoryEntry>> read_history(SqliteConnection& connection, DeliveryId delivery);
Result<model::PersonFacts> read_facts(SqliteConnection& connection,
                                      const model::PersonHash& person);
Result<std::optional<StoredRegistration>> read_registration(SqliteConnection& connection,
                                                            const std::string& id);
Result<std::optional<StoredConsent>> read_consent(SqliteConnection& connection,
                                                  const std::string& id);
Result<std::vector<std::uint64_t>> read_accesses(SqliteConnection& connection,
                                                 const model::PersonHash& person,
                                                 std::uint64_t before, std::size_t count_max);
Result<TreeHead> read_tree_head(SqliteConnection& connection);
Result<std::vector<model::Sha256>> read_tree_hashes(SqliteConnection& connection, unsigned row,
                                                    std::uint64_t from, std::size_t count_max);
Result<std::vector<std::string>> read_leaves(SqliteConnection& connection, std::uint64_t from,
                                             std::size_t count_max);
Result<std::vector<std::pair<model::PartyId, std::uint64_t>>> read_unsettled_by_source(
    SqliteConnection& connection);
Result<std::vector<QueueDepth>> read_queue_depths(SqliteConnection& connection);
Result<std::optional<model::Instant>> read_next_due(SqliteConnection& connection,
                                                    const model::Via& via);
Result<std::vector<WaitingDelivery>> read_waiting(SqliteConnection& connection,
                                                  const model::Via& via, const WaitingAfter& after,
                                                  std::size_t count_max);
Result<std::optional<model::Via>> read_first_in_order(SqliteConnection& connection,
                                                      const model::PartyId& recipient,
                                                      const std::string& order_key);
Result<std::optional<std::string>> read_note(SqliteConnection& connection, const std::string& name);

// What a query over `whole_delivery` gives.
Result<std::vector<StoredDelivery>> deliveries_of(Query& query);

template <class Base>
class SqliteReads : public Base {
  public:
    explicit SqliteReads(SqliteConnection& connection) : connection_(connection) {}

    Result<std::optional<StoredMessage>> message(const model::MessageKey& key) override {
        return read_message(connection_, key);
    }
    Result<std::vector<model::MessageKey>> messages_with_id(const model::MessageId& id) override {
        return read_messages_with_id(connection_, id);
    }
    Result<std::optional<model::MessageKey>> business_key(const BusinessScope& scope) override {
        return read_business_key(connection_, scope);
    }
    Result<std::optional<AwaitedDocument>> awaited_by(const model::MessageKey& request) override {
        return read_awaited_by(connection_, request);
    }
    Result<std::vector<AwaitedCount>> awaited() override { return read_awaited(connection_); }
    Result<std::optional<SealedBody>> body(const model::MessageKey& key) override {
        return read_body(connection_, key);
    }
    Result<bool> spool_file_known(const std::string& spool_file) override {
        return read_spool_file_known(connection_, spool_file);
    }
    Result<std::vector<StoredDelivery>> deliveries(const model::MessageKey& key) override {
        return read_deliveries(connection_, key);
    }
    Result<std::optional<StoredDelivery>> leased(const std::string& lease) override {
        return read_leased(connection_, lease);
    }
    Result<std::vector<HistoryEntry>> history(DeliveryId delivery) override {
        return read_history(connection_, delivery);
    }
    Result<model::PersonFacts> facts(const model::PersonHash& person) override {
        return read_facts(connection_, person);
    }
    Result<std::optional<StoredRegistration>> registration(const std::string& id) override {
        return read_registration(connection_, id);
    }
    Result<std::optional<StoredConsent>> consent(const std::string& id) override {
        return read_consent(connection_, id);
    }
    Result<std::vector<std::uint64_t>> accesses(const model::PersonHash& person,
                                                std::uint64_t before,
                                                std::size_t count_max) override {
        return read_accesses(connection_, person, before, count_max);
    }
    Result<TreeHead> tree_head() override { return read_tree_head(connection_); }
    Result<std::vector<std::string>> leaves(std::uint64_t from, std::size_t count_max) override {
        return read_leaves(connection_, from, count_max);
    }
    Result<std::vector<model::Sha256>> tree_hashes(unsigned row, std::uint64_t from,
                                                   std::size_t count_max) override {
        return read_tree_hashes(connection_, row, from, count_max);
    }
    Result<std::vector<std::pair<model::PartyId, std::uint64_t>>> unsettled_by_source() override {
        return read_unsettled_by_source(connection_);
    }
    Result<std::vector<QueueDepth>> queue_depths() override {
        return read_queue_depths(connection_);
    }
    Result<std::optional<model::Instant>> next_due(const model::Via& via) override {
        return read_next_due(connection_, via);
    }
    Result<std::vector<WaitingDelivery>> waiting(const model::Via& via, const WaitingAfter& after,
                                                 std::size_t count_max) override {
        return read_waiting(connection_, via, after, count_max);
    }
    Result<std::optional<model::Via>> first_in_order(const model::PartyId& recipient,
                                                     const std::string& order_key) override {
        return read_first_in_order(connection_, recipient, order_key);
    }
    Result<std::optional<std::string>> note(const std::string& name) override {
        return read_note(connection_, name);
    }

  protected:
    SqliteConnection& connection_;
};

}  // namespace sekisho::store
