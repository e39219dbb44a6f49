#include "gateway/exchange/lanes.h"

#include <algorithm>

#include "gateway/exchange/detour.h"
#include "gateway/exchange/lane.h"

namespace sekisho::exchange {

Lanes::Lanes(LaneCollaborators collaborators) : with_(std::move(collaborators)) {
    const Wake wake_other = [this](const Queue& other) { wake(other); };
    for (const model::Via& via : with_.peers.names()) {
        lanes_.push_back(std::make_shared<Lane>(with_, via, *with_.peers.find(via), wake_other));
        reliefs_[via] = std::make_shared<Relief>(with_, via, wake_other);
    }
}

Lanes::~Lanes() {
    drain();
}

void Lanes::start() {
    for (const auto& lane : lanes_) lane->pump();
}

void Lanes::wake(const Queue& queue) {
    if (queue.via == model::kMailbox) return with_.waiters.notify(queue.recipient);
    for (const auto& lane : lanes_) {
        if (lane->via() == queue.via) lane->pump();
    }
}

void Lanes::relieve_silent() {
    const auto world = with_.snapshots.current();
    const auto conditions = with_.legs.conditions();
    for (const auto& [via, relief] : reliefs_) {
        const bool may_help = world->snapshot->directory.has_other_way(via);
        if (may_help && conditions->is_silent(via)) relief->begin();
    }
}

void Lanes::drain() {
    for (const auto& lane : lanes_) lane->stop();
    for (const auto& [via, relief] : reliefs_) relief->stop();
}

bool Lanes::is_idle() const {
    return std::ranges::all_of(lanes_,
                               [](const auto& lane) { return lane->view().in_flight == 0; });
}

std::vector<LaneView> Lanes::views() const {
    std::vector<LaneView> views;
    views.reserve(lanes_.size());
    for (const auto& lane : lanes_) views.push_back(lane->view());
    return views;
}

}  // namespace sekisho::exchange
