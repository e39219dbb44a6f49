// The current Trust and when to replace it.
#include <atomic>
#include <utility>

#include "adapters/locks/mutex.h"
#include "gateway/identity/trust.h"

namespace sekisho::identity {

namespace {

using Marks = std::vector<std::uint64_t>;

Marks marks_of(platform::Files& files, const std::vector<ZoneTrustFiles>& zones) {
    Marks marks;
    for (const ZoneTrustFiles& zone : zones) {
        marks.push_back(files.change_mark(zone.anchors_file));
        marks.push_back(files.change_mark(zone.crl_file));
    }
    return marks;
}

}  // namespace

struct TrustSource::State {
    platform::Files& files;
    const std::vector<ZoneTrustFiles> zones;
    std::atomic<std::uint64_t> generation{0};
    locks::Mutex refreshing SEKISHO_ACQUIRED_BEFORE(swapping){};  // one refresh at a time
    Marks marks SEKISHO_GUARDED_BY(refreshing){};
    locks::Mutex swapping{};
    std::shared_ptr<const Trust> trust SEKISHO_GUARDED_BY(swapping){};
};

TrustSource::TrustSource(platform::Files& files, std::vector<ZoneTrustFiles> zones)
    : state_(std::make_shared<State>(files, std::move(zones))) {}

model::Result<void> TrustSource::load() {
    const auto loaded = refresh();
    if (!loaded) return std::unexpected(loaded.error());
    return {};
}

// The marks are read before the files: a file that changes in between is read again next time. A
// failure leaves the old Trust and the old marks, so that it is tried again.
model::Result<bool> TrustSource::refresh() {
    const locks::Lock one_at_a_time{state_->refreshing};
    Marks marks = marks_of(state_->files, state_->zones);
    if (state_->generation.load() != 0 && marks == state_->marks) return false;
    auto trust = Trust::load(state_->files, state_->zones);
    if (!trust) return std::unexpected(std::move(trust.error()));
    {
        const locks::Lock lock{state_->swapping};
        state_->trust = std::move(*trust);
    }
    state_->marks = std::move(marks);
    state_->generation.fetch_add(1);
    return true;
}

std::shared_ptr<const Trust> TrustSource::current() const {
    const locks::Lock lock{state_->swapping};
    return state_->trust;
}

std::uint64_t TrustSource::generation() const {
    return state_->generation.load();
}

}  // namespace sekisho::identity
