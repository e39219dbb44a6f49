// How far loads have come that could not be sent whole in the time of one delivery.
//
// A full load is two hundred calls, and a delivery has twenty seconds: begun from the front each
// time, it would never end. So what PMH finally said is remembered, in this process only, and the
// next attempt goes on behind it. A load is known by source, id and the digest of its bytes. Of
// more than kUnfinishedLoadsMax the one that waited longest is forgotten; it begins from the front,
// which PMH takes as the same again. Threads: any number.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "adapters/locks/mutex.h"
#include "adapters/pmh/tally.h"

namespace sekisho::pmh_adapter {

// More than there are insurers (保険者) in Japan, so that their first loads do not push each other
// out.
inline constexpr std::size_t kUnfinishedLoadsMax = 2048;

struct LoadName {
    std::string source;
    std::string id;
    model::Sha256 sha256{};
    friend auto operator<=>(const LoadName&, const LoadName&) = default;
};

class UnfinishedLoads {
  public:
    Tally of(const LoadName& load) const;  // empty where nothing is remembered
    void keep(const LoadName& load, const Tally& tally);
    void forget(const LoadName& load);

  private:
    struct Entry {
        Tally tally;
        std::uint64_t kept = 0;  // grows with each
    };

    void make_room() SEKISHO_REQUIRES(mutex_);

    mutable locks::Mutex mutex_;
    std::map<LoadName, Entry> entries_ SEKISHO_GUARDED_BY(mutex_);
    std::uint64_t count_ SEKISHO_GUARDED_BY(mutex_) = 0;
};

}  // namespace sekisho::pmh_adapter
