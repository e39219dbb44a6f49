#include "gateway/admission/status_checker.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "adapters/locks/mutex.h"

namespace sekisho::admission {

namespace {

// The one who waits, and whether the answer was given.
class Waiting {
  public:
    explicit Waiting(StatusChecker::Answered answered) : answered_(std::move(answered)) {}

    void give(StatusAnswer answer) {
        StatusChecker::Answered first;
        {
            const locks::Lock lock{mutex_};
            first = std::exchange(answered_, nullptr);
        }
        if (first) first(std::move(answer));
    }

  private:
    locks::Mutex mutex_;
    StatusChecker::Answered answered_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace

void ask_in_time(const std::shared_ptr<StatusChecker>& checker, platform::Timer& timer,
                 const platform::Clock& clock, const CertifiedCard& card,
                 platform::Monotonic deadline, StatusChecker::Answered answered) {
    const auto waiting = std::make_shared<Waiting>(std::move(answered));
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock.monotonic());
    const auto alarm = timer.after(std::max(left, std::chrono::milliseconds{0}), [waiting] {
        waiting->give({.status = CardStatus::unreachable, .why = "timeout"});
    });
    checker->check(card, deadline, [waiting, &timer, alarm, checker](StatusAnswer answer) {
        timer.cancel(alarm);
        waiting->give(std::move(answer));
    });
}

}  // namespace sekisho::admission
