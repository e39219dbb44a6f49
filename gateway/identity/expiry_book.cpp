#include "gateway/identity/expiry_book.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace sekisho::identity {

namespace {

constexpr std::chrono::days kWeek{7};
constexpr std::chrono::days kMonth{30};
constexpr std::chrono::days kUsedTogether{1};
constexpr std::size_t kEndsMax = 16;  // of one party in one zone

bool may_come(const ExpiryBook::Row& row, const ExpiryBook::Present& present) {
    const model::Party* const party = present.directory.find(row.party);
    if (party == nullptr || party->suspended || !party->active.contains(present.now)) return false;
    return std::ranges::any_of(party->certificates, [&](const model::CertificatePattern& pattern) {
        return pattern.zone == row.zone;
    });
}

}  // namespace

void ExpiryBook::note(const Row& shown, model::Instant now) {
    const locks::Lock lock{mutex_};
    LastUseByEnd& ends = shown_[{shown.party, shown.zone}];
    ends[shown.until] = now;
    std::erase_if(ends, [&](const auto& end) { return end.second + kUsedTogether < now; });
    // What ends first is told; so of too many the last may go.
    if (ends.size() > kEndsMax) ends.erase(std::prev(ends.end()));
}

std::map<model::ZoneName, ExpiryBook::Counts> ExpiryBook::counts(const Present& present) const {
    std::map<model::ZoneName, Counts> counts;
    for (const Row& row : rows(present)) {
        Counts& of_zone = counts[row.zone];
        ++(row.until < present.now + kWeek    ? of_zone.week
           : row.until < present.now + kMonth ? of_zone.month
                                              : of_zone.later);
    }
    return counts;
}

std::vector<ExpiryBook::Row> ExpiryBook::ending_within(std::chrono::days time, std::size_t rows_max,
                                                       const Present& present) const {
    std::vector<Row> ending = rows(present);
    std::erase_if(ending, [&](const Row& row) { return row.until >= present.now + time; });
    std::ranges::sort(ending, {},
                      [](const Row& row) { return std::tie(row.until, row.party, row.zone); });
    if (ending.size() > rows_max) ending.resize(rows_max);
    return ending;
}

// Who comes meanwhile does not wait for the directory to be looked through.
std::vector<ExpiryBook::Row> ExpiryBook::rows(const Present& present) const {
    std::vector<Row> rows;
    {
        const locks::Lock lock{mutex_};
        rows.reserve(shown_.size());
        for (const auto& [who, ends] : shown_) {
            rows.push_back({.party = who.first, .zone = who.second, .until = ends.begin()->first});
        }
    }
    std::erase_if(rows, [&](const Row& row) { return !may_come(row, present); });
    return rows;
}

}  // namespace sekisho::identity
