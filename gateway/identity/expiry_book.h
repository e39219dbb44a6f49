// Until when the certificates stand with which parties come: who has to be told in time.
//
// What each party showed last in a zone, since the start; a party that does not come is not known.
// No more rows than the directory has certificates. Thread-safe.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "adapters/locks/mutex.h"
#include "routing/model/instant.h"
#include "routing/model/party.h"

namespace sekisho::identity {

class ExpiryBook {
  public:
    struct Row {
        model::PartyId party;
        model::ZoneName zone;
        model::Instant until{};
    };
    // How many end by when: a week, thirty days, later.
    struct Counts {
        std::uint64_t week = 0;
        std::uint64_t month = 0;
        std::uint64_t later = 0;
    };

    void note(const model::PartyId& party, const model::ZoneName& zone, model::Instant until);
    std::map<model::ZoneName, Counts> counts(model::Instant now) const;
    // Those that end before that moment, the earliest first, at most so many.
    std::vector<Row> ending_before(model::Instant end, std::size_t rows_max) const;

  private:
    mutable locks::Mutex mutex_;
    std::map<std::pair<model::PartyId, model::ZoneName>, model::Instant> rows_
        SEKISHO_GUARDED_BY(mutex_){};
};

}  // namespace sekisho::identity
