// All that can be read of a store, as one value to compare: two stores that were asked the same are
// the same in it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/store/store.h"

namespace sekisho::store {

struct Picture {
    struct Message {
        std::optional<StoredMessage> record{};
        std::optional<SealedBody> body{};
        std::vector<StoredDelivery> deliveries{};
        std::vector<std::vector<HistoryEntry>> history{};  // of each delivery
        std::optional<model::MessageKey> business{};       // what its business key leads to
        friend bool operator==(const Message&, const Message&) = default;
    };

    std::map<std::string, Message> messages{};  // by id, of those that were asked for
    std::vector<std::string> leaves{};
    std::vector<model::Sha256> leaf_hashes{};
    std::vector<model::Sha256> tree_row{};  // the one above
    TreeHead head{};
    std::map<std::string, std::optional<std::string>> notes{};
    std::vector<std::optional<model::Instant>> due{};  // by lane
    std::vector<std::uint64_t> depths{};
    friend bool operator==(const Picture&, const Picture&) = default;
};

// What to ask for beside the log and the queues.
struct Questions {
    std::vector<std::string> messages{};  // ids
    std::vector<std::string> notes{};
};

// Throws std::runtime_error when the store cannot be read.
Picture picture_of(Store& store, const Questions& questions);

// Where two pictures differ, for people; empty: nowhere.
std::string difference(const Picture& is, const Picture& should_be);

}  // namespace sekisho::store
