// Until when the certificates stand with which parties come: who has to be told in time.
//
// What each party came with in a zone, since the start; a party that does not come is not known. A
// party may come with several certificates, one on each of its machines, and is as safe as the one
// that ends first: of those that it used within a day before it came last, that one's end is told.
// So a certificate that was renewed is forgotten a day after its successor took its place, and who
// came no more stays with what it had.
//
// Told is only of parties that may come now, by the directory that the reader holds: who was taken
// off, suspended or moved to another zone has nothing to renew here. What is kept of them is one
// row for each party and zone that ever came, and shows again when they do. Thread-safe.
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

    // Who may come, and when it is.
    struct Present {
        const model::Directory& directory;
        model::Instant now;
    };

    void note(const Row& shown, model::Instant now);
    std::map<model::ZoneName, Counts> counts(const Present& present) const;
    // Those that have ended or will within that time, the earliest first, at most so many.
    std::vector<Row> ending_within(std::chrono::days time, std::size_t rows_max,
                                   const Present& present) const;

  private:
    using LastUseByEnd = std::map<model::Instant, model::Instant>;

    std::vector<Row> rows(const Present& present) const SEKISHO_EXCLUDES(mutex_);

    mutable locks::Mutex mutex_;
    std::map<std::pair<model::PartyId, model::ZoneName>, LastUseByEnd> shown_
        SEKISHO_GUARDED_BY(mutex_){};
};

}  // namespace sekisho::identity
