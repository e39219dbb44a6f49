#include "gateway/admission/challenge_book.h"

#include <algorithm>
#include <utility>

#include "adapters/documents/base64.h"
#include "gateway/admission/fresh_id.h"

namespace sekisho::admission {

namespace {

using model::Problem;

model::Result<ChallengeOffer> refused(Problem problem, std::chrono::seconds retry_after) {
    return std::unexpected(model::Refusal{.problem = problem, .retry_after = retry_after});
}

}  // namespace

ChallengeBook::ChallengeBook(std::string instance, const platform::Clock& clock,
                             platform::Random& random, ChallengeLimits limits)
    : instance_(std::move(instance)), clock_(clock), random_(random), limits_(limits) {}

model::Result<ChallengeOffer> ChallengeBook::issue(const Presenter& presenter,
                                                   const model::Purpose& purpose) {
    if (!is_purpose(purpose)) {
        return model::refuse(
            Problem::attribute_invalid,
            {.ja = "purpose は英小文字・数字・ハイフンの語にしてください",
             .en = "purpose must be a word of lower-case letters, digits, hyphens"});
    }
    const model::Instant issued = std::chrono::floor<std::chrono::seconds>(clock_.now());
    Entry entry{.id = fresh_id(random_),
                .challenge = {.instance = instance_,
                              .party = presenter.party,
                              .purpose = purpose,
                              .issued = issued,
                              .expires = issued + limits_.life,
                              .client = presenter.certificate},
                .end = {}};
    random_.fill(entry.challenge.nonce);
    ChallengeOffer offer{.id = entry.id,
                         .challenge = documents::to_base64url(text_of(entry.challenge)),
                         .expires = entry.challenge.expires};

    const locks::Lock lock{mutex_};
    const platform::Monotonic now = clock_.monotonic();
    entry.end = now + limits_.life;
    forget_ended(now);
    if (!make_room_of(presenter.party, now))
        return refused(Problem::over_budget, until_first_end(presenter.party, now));
    if (!make_room_in_all(now))
        return refused(Problem::overloaded, model::limits::kBacklogRetryAfter);
    const Number number = next_++;
    by_id_.emplace(entry.id, number);
    by_party_[presenter.party].insert(number);
    entries_.emplace_hint(entries_.end(), number, std::move(entry));
    return offer;
}

std::expected<Challenge, CardFault> ChallengeBook::take(std::string_view id,
                                                        const Presenter& presenter) {
    const locks::Lock lock{mutex_};
    const platform::Monotonic now = clock_.monotonic();
    forget_ended(now);
    const auto found = by_id_.find(std::string{id});
    if (found == by_id_.end()) return std::unexpected(CardFault::challenge_unknown);
    Entry& entry = entries_.at(found->second);
    if (entry.challenge.party != presenter.party ||
        entry.challenge.client != presenter.certificate) {
        return std::unexpected(CardFault::challenge_foreign);
    }
    if (entry.used) return std::unexpected(CardFault::challenge_used);
    if (now >= entry.end) return std::unexpected(CardFault::challenge_late);
    entry.used = true;
    used_.insert(found->second);
    return entry.challenge;
}

std::size_t ChallengeBook::size() const {
    const locks::Lock lock{mutex_};
    return entries_.size();
}

void ChallengeBook::forget_ended(platform::Monotonic now) {
    while (!entries_.empty() && entries_.begin()->second.end + limits_.memory <= now)
        erase(entries_.begin());
}

// The party's own oldest spent one goes where it has as many as it may have.
bool ChallengeBook::make_room_of(const model::PartyId& party, platform::Monotonic now) {
    const auto own = by_party_.find(party);
    if (own == by_party_.end() || own->second.size() < limits_.per_party) return true;
    const auto spent =
        std::ranges::find_if(own->second, [&](Number number) SEKISHO_REQUIRES(mutex_) {
            const Entry& entry = entries_.at(number);
            return entry.used || entry.end <= now;
        });
    if (spent == own->second.end()) return false;
    erase(entries_.find(*spent));
    return true;
}

// The oldest spent one of all goes. The end of none is over where that of the oldest is not.
bool ChallengeBook::make_room_in_all(platform::Monotonic now) {
    if (entries_.size() < limits_.in_all) return true;
    if (entries_.begin()->second.end <= now) {
        erase(entries_.begin());
        return true;
    }
    if (used_.empty()) return false;
    erase(entries_.find(*used_.begin()));
    return true;
}

void ChallengeBook::erase(Entries::iterator entry) {
    by_id_.erase(entry->second.id);
    used_.erase(entry->first);
    const auto own = by_party_.find(entry->second.challenge.party);
    own->second.erase(entry->first);
    if (own->second.empty()) by_party_.erase(own);
    entries_.erase(entry);
}

std::chrono::seconds ChallengeBook::until_first_end(const model::PartyId& party,
                                                    platform::Monotonic now) {
    const Entry& first = entries_.at(*by_party_.at(party).begin());
    return std::max(std::chrono::ceil<std::chrono::seconds>(first.end - now),
                    std::chrono::seconds{1});
}

}  // namespace sekisho::admission
