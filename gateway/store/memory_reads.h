// Reading MemoryTables through the interface of a View: each call under a Held of its own, which
// takes the tables' mutex (MemoryReads<View, locks::SharedLock>) or says that it is held already.
#pragma once

#include "adapters/locks/mutex.h"
#include "gateway/store/memory_tables.h"

namespace sekisho::store {

struct SharedTables {
    mutable locks::SharedMutex mutex{};
    MemoryTables tables SEKISHO_GUARDED_BY(mutex){};
};

template <class Base, class Held>
class MemoryReads : public Base {
  public:
    explicit MemoryReads(const SharedTables& shared) : shared_(shared) {}

    Result<std::optional<StoredMessage>> message(const model::MessageKey& key) override {
        const Held lock{shared_.mutex};
        return find(shared_.tables.messages, key);
    }
    Result<std::vector<model::MessageKey>> messages_with_id(const model::MessageId& id) override {
        const Held lock{shared_.mutex};
        const auto keys = find(shared_.tables.by_id, id);
        if (!keys) return std::vector<model::MessageKey>();
        return std::vector<model::MessageKey>(keys->begin(), keys->end());
    }
    Result<std::optional<model::MessageKey>> business_key(const BusinessScope& scope) override {
        const Held lock{shared_.mutex};
        return find(shared_.tables.business_keys, scope);
    }
    Result<std::optional<AwaitedDocument>> awaited_by(const model::MessageKey& request) override {
        const Held lock{shared_.mutex};
        return find(shared_.tables.awaited, request);
    }
    Result<std::vector<AwaitedCount>> awaited() override {
        const Held lock{shared_.mutex};
        return shared_.tables.awaited_counts();
    }
    Result<std::optional<SealedBody>> body(const model::MessageKey& key) override {
        const Held lock{shared_.mutex};
        return find(shared_.tables.bodies, key);
    }
    Result<bool> spool_file_known(const std::string& spool_file) override {
        const Held lock{shared_.mutex};
        return shared_.tables.spool_files.contains(spool_file);
    }
    Result<std::vector<StoredDelivery>> deliveries(const model::MessageKey& key) override {
        const Held lock{shared_.mutex};
        return shared_.tables.of_message(key);
    }
    Result<std::optional<StoredDelivery>> leased(const std::string& lease) override {
        const Held lock{shared_.mutex};
        const auto id = find(shared_.tables.leases, lease);
        if (!id) return std::nullopt;
        return find(shared_.tables.deliveries, *id);
    }
    Result<std::vector<HistoryEntry>> history(DeliveryId delivery) override {
        const Held lock{shared_.mutex};
        return find(shared_.tables.history, delivery).value_or(std::vector<HistoryEntry>());
    }
    Result<model::PersonFacts> facts(const model::PersonHash& person) override {
        const Held lock{shared_.mutex};
        return shared_.tables.facts(person);
    }
    Result<std::optional<StoredRegistration>> registration(const std::string& id) override {
        const Held lock{shared_.mutex};
        const auto entry = find(shared_.tables.registrations, id);
        return entry ? std::optional{entry->record} : std::nullopt;
    }
    Result<std::optional<StoredConsent>> consent(const std::string& id) override {
        const Held lock{shared_.mutex};
        const auto entry = find(shared_.tables.consents, id);
        return entry ? std::optional{entry->record} : std::nullopt;
    }
    Result<std::vector<std::uint64_t>> accesses(const model::PersonHash& person,
                                                std::uint64_t before,
                                                std::size_t count_max) override {
        const Held lock{shared_.mutex};
        return shared_.tables.accesses_to(person, before, count_max);
    }
    Result<TreeHead> tree_head() override {
        const Held lock{shared_.mutex};
        return TreeHead{.size = shared_.tables.frontier.size(),
                        .root = shared_.tables.frontier.root()};
    }
    Result<std::vector<std::string>> leaves(std::uint64_t from, std::size_t count_max) override {
        const Held lock{shared_.mutex};
        std::vector<std::string> list;
        for (std::uint64_t i = from; i < shared_.tables.leaves.size() && list.size() < count_max;
             ++i) {
            list.push_back(shared_.tables.leaves[i]);
        }
        return list;
    }
    Result<std::vector<model::Sha256>> tree_hashes(unsigned row, std::uint64_t from,
                                                   std::size_t count_max) override {
        const Held lock{shared_.mutex};
        std::vector<model::Sha256> list;
        if (row >= shared_.tables.tree_rows.size()) return list;
        const auto& hashes = shared_.tables.tree_rows[row];
        for (std::uint64_t i = from; i < hashes.size() && list.size() < count_max; ++i) {
            list.push_back(hashes[i]);
        }
        return list;
    }
    Result<std::vector<std::pair<model::PartyId, std::uint64_t>>> unsettled_by_source() override {
        const Held lock{shared_.mutex};
        std::map<model::PartyId, std::uint64_t> counts;
        for (const auto& [id, delivery] : shared_.tables.deliveries) {
            if (!is_settled(delivery.state)) ++counts[delivery.message.source];
        }
        return std::vector<std::pair<model::PartyId, std::uint64_t>>(counts.begin(), counts.end());
    }
    Result<std::vector<QueueDepth>> queue_depths() override {
        const Held lock{shared_.mutex};
        return shared_.tables.queue_depths();
    }
    Result<std::optional<model::Instant>> next_due(const model::Via& via) override {
        const Held lock{shared_.mutex};
        return shared_.tables.next_due(via);
    }
    Result<std::vector<WaitingDelivery>> waiting(const model::Via& via, const WaitingAfter& after,
                                                 std::size_t count_max) override {
        const Held lock{shared_.mutex};
        return shared_.tables.waiting(via, after, count_max);
    }
    Result<std::optional<model::Via>> first_in_order(const model::PartyId& recipient,
                                                     const std::string& order_key) override {
        const Held lock{shared_.mutex};
        const auto line = shared_.tables.ordered.find({recipient, order_key});
        if (line == shared_.tables.ordered.end()) return std::nullopt;
        return shared_.tables.deliveries.at(*line->second.begin()).via;
    }
    Result<std::optional<std::string>> note(const std::string& name) override {
        const Held lock{shared_.mutex};
        return find(shared_.tables.notes, name);
    }

  private:
    template <class Map, class Key>
    static std::optional<typename Map::mapped_type> find(const Map& map, const Key& key) {
        const auto found = map.find(key);
        if (found == map.end()) return std::nullopt;
        return found->second;
    }

    const SharedTables& shared_;
};

}  // namespace sekisho::store
