// The tables of MemoryStore and what is read from them. Ordered containers, so that a run from one
// seed repeats. Not thread-safe; MemoryStore locks.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/audit/merkle.h"
#include "gateway/store/store.h"

namespace sekisho::store {

struct MemoryTables {
    template <class Record>
    struct Sequenced {
        std::uint64_t sequence = 0;  // order of first insertion
        Record record;
    };

    std::map<model::MessageKey, StoredMessage> messages{};
    std::map<model::MessageKey, SealedBody> bodies{};
    std::map<model::MessageId, std::set<model::MessageKey>> by_id{};
    std::map<BusinessScope, model::MessageKey> business_keys{};
    std::map<model::MessageKey, AwaitedDocument> awaited{};
    std::set<std::string> spool_files{};
    std::map<DeliveryId, StoredDelivery> deliveries{};
    std::map<model::MessageKey, std::vector<DeliveryId>> by_message{};
    std::map<model::Via, std::set<DeliveryId>> unsettled{};
    std::map<std::pair<model::PartyId, std::string>, std::set<DeliveryId>>
        ordered{};                                // unsettled or dead
    std::set<DeliveryId> dead_ordered{};          // dead ones that hold an order key
    std::map<std::string, std::string> series{};  // last number by order key
    std::map<std::string, DeliveryId> leases{};   // every handle there ever was
    std::map<DeliveryId, std::vector<HistoryEntry>> history{};
    std::map<std::string, Sequenced<StoredRegistration>> registrations{};
    std::map<std::string, Sequenced<StoredConsent>> consents{};
    std::map<model::PersonHash, std::map<std::uint64_t, EndWord>> ends{};  // by history
    std::set<DeliveryId> released{};  // to a reader, at least once
    std::map<model::PersonHash, std::set<std::uint64_t>> accesses{};
    std::vector<std::string> leaves{};
    audit::Frontier frontier{};
    std::vector<std::vector<model::Sha256>> tree_rows{};
    std::map<std::string, std::string> notes{};
    DeliveryId next_delivery = 1;
    std::uint64_t next_sequence = 1;

    // The moment from which an unsettled delivery may be taken; nothing while another of its order
    // key goes first. A dead one goes first until it expires.
    std::optional<model::Instant> due(const StoredDelivery& delivery) const;
    // Unsettled and past their expiry, or dead, past it and still holding an order key.
    std::vector<StoredDelivery> overdue(const model::Via& via, model::Instant now) const;
    model::PersonFacts facts(const model::PersonHash& person) const;
    std::optional<model::Instant> end_of(const model::PersonHash& person) const;
    std::vector<std::uint64_t> accesses_to(const model::PersonHash& person, std::uint64_t before,
                                           std::size_t count_max) const;
    std::vector<AwaitedCount> awaited_counts() const;
    std::vector<QueueDepth> queue_depths() const;
    std::optional<model::Instant> next_due(const model::Via& via) const;
    std::vector<WaitingDelivery> waiting(const model::Via& via, const WaitingAfter& after,
                                         std::size_t count_max) const;
    std::vector<StoredDelivery> of_message(const model::MessageKey& key) const;
};

}  // namespace sekisho::store
