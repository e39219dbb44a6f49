// Reading MemoryTables through the interface of a View: MemoryReads<View> locks at each call,
// MemoryReads<Transaction> (given no lock) reads under the lock its group already holds.
#pragma once

#include <shared_mutex>

#include "gateway/store/memory_tables.h"

namespace sekisho::store {

template <class Base>
class MemoryReads : public Base {
  public:
    MemoryReads(const MemoryTables& tables, std::shared_mutex* mutex)
        : tables_(tables), mutex_(mutex) {}

    Result<std::optional<StoredMessage>> message(const model::MessageKey& key) override {
        const auto lock = guard();
        return find(tables_.messages, key);
    }
    Result<std::vector<model::MessageKey>> messages_with_id(const model::MessageId& id) override {
        const auto lock = guard();
        const auto keys = find(tables_.by_id, id);
        if (!keys) return std::vector<model::MessageKey>();
        return std::vector<model::MessageKey>(keys->begin(), keys->end());
    }
    Result<std::optional<model::MessageKey>> business_key(const BusinessScope& scope) override {
        const auto lock = guard();
        return find(tables_.business_keys, scope);
    }
    Result<std::optional<SealedBody>> body(const model::MessageKey& key) override {
        const auto lock = guard();
        return find(tables_.bodies, key);
    }
    Result<bool> spool_file_known(const std::string& spool_file) override {
        const auto lock = guard();
        return tables_.spool_files.contains(spool_file);
    }
    Result<std::vector<StoredDelivery>> deliveries(const model::MessageKey& key) override {
        const auto lock = guard();
        return tables_.of_message(key);
    }
    Result<std::optional<StoredDelivery>> leased(const std::string& lease) override {
        const auto lock = guard();
        const auto id = find(tables_.leases, lease);
        if (!id) return std::nullopt;
        return find(tables_.deliveries, *id);
    }
    Result<std::vector<HistoryEntry>> history(DeliveryId delivery) override {
        const auto lock = guard();
        return find(tables_.history, delivery).value_or(std::vector<HistoryEntry>());
    }
    Result<model::PersonFacts> facts(const model::PersonHash& person) override {
        const auto lock = guard();
        return tables_.facts(person);
    }
    Result<TreeHead> tree_head() override {
        const auto lock = guard();
        return TreeHead{.size = tables_.frontier.size(), .root = tables_.frontier.root()};
    }
    Result<std::vector<std::string>> leaves(std::uint64_t from, std::size_t count_max) override {
        const auto lock = guard();
        std::vector<std::string> list;
        for (std::uint64_t i = from; i < tables_.leaves.size() && list.size() < count_max; ++i) {
            list.push_back(tables_.leaves[i]);
        }
        return list;
    }
    Result<std::vector<model::Sha256>> leaf_hashes(std::uint64_t from,
                                                   std::size_t count_max) override {
        const auto lock = guard();
        std::vector<model::Sha256> list;
        for (std::uint64_t i = from; i < tables_.leaves.size() && list.size() < count_max; ++i) {
            list.push_back(audit::leaf_hash(tables_.leaves[i]));
        }
        return list;
    }
    Result<std::vector<std::pair<model::PartyId, std::uint64_t>>> unsettled_by_source() override {
        const auto lock = guard();
        std::map<model::PartyId, std::uint64_t> counts;
        for (const auto& [id, delivery] : tables_.deliveries) {
            if (!is_settled(delivery.state)) ++counts[delivery.message.source];
        }
        return std::vector<std::pair<model::PartyId, std::uint64_t>>(counts.begin(), counts.end());
    }
    Result<std::vector<QueueDepth>> queue_depths() override {
        const auto lock = guard();
        return tables_.queue_depths();
    }
    Result<std::optional<model::Instant>> next_due(const model::Via& via) override {
        const auto lock = guard();
        return tables_.next_due(via);
    }
    Result<std::optional<std::string>> note(const std::string& name) override {
        const auto lock = guard();
        return find(tables_.notes, name);
    }

  private:
    std::shared_lock<std::shared_mutex> guard() const {
        if (mutex_ == nullptr) return {};
        return std::shared_lock(*mutex_);
    }

    template <class Map, class Key>
    static std::optional<typename Map::mapped_type> find(const Map& map, const Key& key) {
        const auto found = map.find(key);
        if (found == map.end()) return std::nullopt;
        return found->second;
    }

    const MemoryTables& tables_;
    std::shared_mutex* const mutex_;
};

}  // namespace sekisho::store
