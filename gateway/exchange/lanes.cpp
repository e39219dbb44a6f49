#include "gateway/exchange/lanes.h"

#include <algorithm>

#include "gateway/exchange/detour.h"
#include "gateway/exchange/lane.h"

namespace sekisho::exchange {

Lanes::Lanes(LaneCollaborators collaborators) : with_(std::move(collaborators)) {
    for (const model::Via& via : with_.peers.names()) {
        lanes_.push_back(std::make_shared<Lane>(with_, via, *with_.peers.find(via),
                                                [this](const model::Via& other) { wake(other); }));
    }
}

Lanes::~Lanes() {
    drain();
}

void Lanes::start() {
    for (const auto& lane : lanes_) lane->pump();
}

void Lanes::wake(const model::Via& via) {
    for (const auto& lane : lanes_) {
        if (lane->view().via == via) lane->pump();
    }
}

void Lanes::relieve_silent() {
    for (const auto& lane : lanes_) {
        const LaneView view = lane->view();
        if (view.standing != path::Standing::silent) continue;
        relieve(with_, view.via, [this](const model::Via& other) { wake(other); });
    }
}

void Lanes::drain() {
    for (const auto& lane : lanes_) lane->stop();
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
