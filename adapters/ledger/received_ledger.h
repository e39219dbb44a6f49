// What a simulated peer has received: each message once in effect, every repeat counted.
//
// A peer that answered "I have it" must have it after a restart too, so a ledger with a file
// appends one line of JSON for each arrival and syncs it before receive() returns; those that come
// meanwhile share one sync. A last line cut short by a crash is dropped at start: it was never
// answered. After a write or a sync that failed nothing is taken any more. Threads: any number.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/api/simulated_peer.h"
#include "adapters/documents/json.h"
#include "adapters/locks/mutex.h"

namespace sekisho::ledger {

struct Received {
    std::string source;  // "/medical/1319900021"
    std::string id;
    std::string type;  // "jp.sekisho.certification.opinion"
    std::string body;
    std::vector<adapters::HttpHeader> attributes{};  // what came with it and goes on with it
};

enum class Arrival : std::uint8_t {
    first,
    repeated,  // the same source, id and bytes: nothing new
    conflict,  // the same source and id, other bytes: refused
    lost,      // could not be written down: must not be acknowledged
};

std::string sha256_hex(std::string_view bytes);

class ReceivedLedger {
  public:
    explicit ReceivedLedger(std::string file = {});  // empty: memory only
    ~ReceivedLedger();
    ReceivedLedger(const ReceivedLedger&) = delete;
    ReceivedLedger& operator=(const ReceivedLedger&) = delete;

    Arrival receive(const Received& document);
    std::vector<Received> of_type(std::string_view type) const;  // oldest first; "": of any

    // {"documents", "duplicates", "conflicts", "items": [{source, id, type, sha256, times,
    // order}]}; `times` counts each arrival, `order` the first ones, from 1
    documents::Json state() const;

  private:
    struct Entry {
        Received document;
        std::string sha256;
        std::uint64_t times = 1;
        std::uint64_t order = 0;
    };
    using Key = std::pair<std::string, std::string>;  // source, id

    void load() SEKISHO_REQUIRES(mutex_);
    Arrival apply(const Received& document, std::string digest) SEKISHO_REQUIRES(mutex_);
    bool write(std::string_view line) SEKISHO_REQUIRES(mutex_);
    bool sync(std::uint64_t line) SEKISHO_EXCLUDES(mutex_, sync_mutex_);

    const std::string file_;
    mutable locks::Mutex mutex_;
    std::map<Key, Entry> entries_ SEKISHO_GUARDED_BY(mutex_);
    std::uint64_t duplicates_ SEKISHO_GUARDED_BY(mutex_) = 0;
    std::uint64_t conflicts_ SEKISHO_GUARDED_BY(mutex_) = 0;
    std::uint64_t written_ SEKISHO_GUARDED_BY(mutex_) = 0;  // lines
    bool broken_ SEKISHO_GUARDED_BY(mutex_) = false;
    int descriptor_ = -1;  // constant once loaded
    locks::Mutex sync_mutex_ SEKISHO_ACQUIRED_BEFORE(mutex_);
    std::uint64_t synced_ SEKISHO_GUARDED_BY(sync_mutex_) = 0;  // lines
};

}  // namespace sekisho::ledger
