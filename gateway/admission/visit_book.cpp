#include "gateway/admission/visit_book.h"

#include <algorithm>

#include "gateway/admission/fresh_id.h"

namespace sekisho::admission {

model::Result<Visit> VisitBook::open(const Presenter& presenter, const model::Person& person) {
    Visit visit{.id = fresh_id(random_),
                .person = person,
                .until = std::chrono::floor<std::chrono::seconds>(clock_.now()) + limits_.life};
    const platform::Monotonic now = clock_.monotonic();

    const locks::Lock lock{mutex_};
    if (!has_room(now)) {
        return std::unexpected(model::Refusal{.problem = model::Problem::overloaded,
                                              .retry_after = model::limits::kBacklogRetryAfter});
    }
    Entries& own = entries_[presenter.party];
    forget_ended(own, now);
    if (own.size() >= limits_.per_party) drop_oldest(own);
    own.push_back(
        {.visit = visit, .certificate = presenter.certificate, .end = now + limits_.life});
    ++size_;
    return visit;
}

std::optional<Visit> VisitBook::find(std::string_view id, const Presenter& presenter) {
    const platform::Monotonic now = clock_.monotonic();
    const locks::Lock lock{mutex_};
    const auto own = entries_.find(presenter.party);
    if (own == entries_.end()) return std::nullopt;
    forget_ended(own->second, now);
    const auto found = std::ranges::find_if(own->second, [&](const Entry& entry) {
        return entry.visit.id == id && entry.certificate == presenter.certificate;
    });
    if (found == own->second.end()) return std::nullopt;
    return found->visit;
}

std::size_t VisitBook::size() const {
    const locks::Lock lock{mutex_};
    return size_;
}

void VisitBook::drop_oldest(Entries& entries) {
    entries.pop_front();
    --size_;
}

void VisitBook::forget_ended(Entries& entries, platform::Monotonic now) {
    while (!entries.empty() && entries.front().end <= now) drop_oldest(entries);
}

// Those of parties that did not come back are looked at when there is no more room.
bool VisitBook::has_room(platform::Monotonic now) {
    if (size_ < limits_.in_all) return true;
    for (auto party = entries_.begin(); party != entries_.end();) {
        forget_ended(party->second, now);
        party = party->second.empty() ? entries_.erase(party) : std::next(party);
    }
    return size_ < limits_.in_all;
}

}  // namespace sekisho::admission
