// The current snapshot: what all decisions of this moment rest on. Immutable, swapped whole by a
// reload.
#pragma once

#include <memory>
#include <utility>

#include "adapters/locks/mutex.h"
#include "gateway/identity/identify.h"
#include "routing/plan/plan.h"

namespace sekisho::exchange {

// The plan's snapshot and the index over its directory's certificates, which must change together.
struct Current {
    std::shared_ptr<const plan::Snapshot> snapshot;
    std::shared_ptr<const identity::CertificateIndex> certificates;
};

class SnapshotSource {
  public:
    explicit SnapshotSource(std::shared_ptr<const plan::Snapshot> snapshot) {
        replace(std::move(snapshot));
    }

    std::shared_ptr<const Current> current() const {
        const locks::Lock lock{mutex_};
        return current_;
    }

    void replace(std::shared_ptr<const plan::Snapshot> snapshot) {
        auto index = std::make_shared<identity::CertificateIndex>(snapshot->directory);
        auto next = std::make_shared<Current>(Current{std::move(snapshot), std::move(index)});
        const locks::Lock lock{mutex_};
        current_ = std::move(next);
    }

  private:
    mutable locks::Mutex mutex_;
    std::shared_ptr<const Current> current_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::exchange
