#include "gateway/identity/expiry_book.h"

#include <algorithm>
#include <tuple>

namespace sekisho::identity {

namespace {

constexpr std::chrono::days kWeek{7};
constexpr std::chrono::days kMonth{30};

}  // namespace

void ExpiryBook::note(const model::PartyId& party, const model::ZoneName& zone,
                      model::Instant until) {
    const locks::Lock lock{mutex_};
    rows_[{party, zone}] = until;
}

std::map<model::ZoneName, ExpiryBook::Counts> ExpiryBook::counts(model::Instant now) const {
    std::map<model::ZoneName, Counts> counts;
    const locks::Lock lock{mutex_};
    for (const auto& [who, until] : rows_) {
        Counts& of_zone = counts[who.second];
        ++(until < now + kWeek    ? of_zone.week
           : until < now + kMonth ? of_zone.month
                                  : of_zone.later);
    }
    return counts;
}

std::vector<ExpiryBook::Row> ExpiryBook::ending_before(model::Instant end,
                                                       std::size_t rows_max) const {
    std::vector<Row> rows;
    {
        const locks::Lock lock{mutex_};
        for (const auto& [who, until] : rows_) {
            if (until < end)
                rows.push_back({.party = who.first, .zone = who.second, .until = until});
        }
    }
    std::ranges::sort(rows, {},
                      [](const Row& row) { return std::tie(row.until, row.party, row.zone); });
    if (rows.size() > rows_max) rows.resize(rows_max);
    return rows;
}

}  // namespace sekisho::identity
