#include "gateway/listener/fair_gate.h"

#include <algorithm>

namespace sekisho::listener {

FairGate::Entry FairGate::enter(const model::PartyId& party, Ticket ticket, Resume resume) {
    const locks::Lock lock{mutex_};
    Line& line = lines_[party];
    if (line.waiters.empty() && has_room(party, line)) {
        ++line.in_progress;
        ++in_progress_;
        return Entry::admitted;
    }
    if (waiting_ >= budget_.waiting_max) {
        forget_if_idle(party);
        return Entry::full;
    }
    if (line.waiters.empty()) round_.push_back(party);
    line.waiters.push_back({.ticket = ticket, .resume = std::move(resume)});
    ++waiting_;
    return Entry::waiting;
}

void FairGate::leave(const model::PartyId& party) {
    std::vector<Resume> admitted;
    {
        const locks::Lock lock{mutex_};
        --lines_.at(party).in_progress;
        --in_progress_;
        admitted = let_in();
        forget_if_idle(party);
    }
    for (Resume& resume : admitted) resume();
}

bool FairGate::give_up(const model::PartyId& party, Ticket ticket) {
    const locks::Lock lock{mutex_};
    const auto line = lines_.find(party);
    if (line == lines_.end()) return false;
    auto& waiters = line->second.waiters;
    const auto place = std::ranges::find(waiters, ticket, &Waiter::ticket);
    if (place == waiters.end()) return false;
    waiters.erase(place);
    --waiting_;
    if (waiters.empty()) std::erase(round_, party);
    forget_if_idle(party);
    return true;
}

std::size_t FairGate::in_progress() const {
    const locks::Lock lock{mutex_};
    return in_progress_;
}

std::size_t FairGate::waiting() const {
    const locks::Lock lock{mutex_};
    return waiting_;
}

bool FairGate::has_room(const model::PartyId& party, const Line& line) const {
    if (in_progress_ >= budget_.in_progress_max) return false;
    const std::size_t share = budget_.in_progress_per_party * budget_.weight_of(party);
    return line.in_progress < share;
}

std::vector<FairGate::Resume> FairGate::let_in() {
    std::vector<Resume> admitted;
    while (auto resume = next()) admitted.push_back(std::move(*resume));
    return admitted;
}

// The first in turn that may come in. One that has its share already is passed over and keeps its
// credit.
std::optional<FairGate::Resume> FairGate::next() {
    for (std::size_t looked = round_.size(); looked > 0; --looked) {
        const model::PartyId party = round_.front();
        Line& line = lines_.at(party);
        if (!has_room(party, line)) {
            round_.pop_front();
            round_.push_back(party);
            continue;
        }
        if (line.credit == 0) line.credit = budget_.weight_of(party);
        Resume resume = std::move(line.waiters.front().resume);
        line.waiters.pop_front();
        --waiting_;
        --line.credit;
        ++line.in_progress;
        ++in_progress_;
        if (line.waiters.empty() || line.credit == 0) round_.pop_front();
        if (line.waiters.empty()) {
            line.credit = 0;
        } else if (line.credit == 0) {
            round_.push_back(party);
        }
        return resume;
    }
    return std::nullopt;
}

void FairGate::forget_if_idle(const model::PartyId& party) {
    const auto line = lines_.find(party);
    if (line == lines_.end()) return;
    if (line->second.in_progress == 0 && line->second.waiters.empty()) lines_.erase(line);
}

}  // namespace sekisho::listener
