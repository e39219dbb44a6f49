#include "adapters/peer/turn.h"

namespace sekisho::peer {

bool Turns::take(adapters::Deadline deadline) {
    const locks::Lock lock(mutex_);
    const bool free = given_back_.wait_until(mutex_, deadline,
                                             [this]() SEKISHO_REQUIRES(mutex_) { return !taken_; });
    if (free) taken_ = true;
    return free;
}

void Turns::give_back() {
    {
        const locks::Lock lock(mutex_);
        taken_ = false;
    }
    given_back_.notify_one();
}

}  // namespace sekisho::peer
