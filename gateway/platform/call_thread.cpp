#include "gateway/platform/call_thread.h"

#include <signal.h>
#include <utility>

#include "adapters/locks/condition.h"

namespace sekisho::platform {

namespace {

// For its scope the calling thread takes no signal, and what it starts begins so.
class NoSignals {
  public:
    NoSignals() {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_BLOCK, &all, &before_);
    }
    ~NoSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    NoSignals(const NoSignals&) = delete;
    NoSignals& operator=(const NoSignals&) = delete;

  private:
    sigset_t before_{};
};

std::thread without_signals(std::move_only_function<void()> work) {
    const NoSignals held;
    return std::thread{std::move(work)};
}

}  // namespace

struct CallThread::Shared {
    locks::Mutex mutex;
    locks::Condition changed;
    Task call SEKISHO_GUARDED_BY(mutex){};
    bool called SEKISHO_GUARDED_BY(mutex) = false;  // `call` waits to be run, or runs
    bool ending SEKISHO_GUARDED_BY(mutex) = false;  // no other call comes
    bool ended SEKISHO_GUARDED_BY(mutex) = false;   // the last act is done
};

CallThread::CallThread(Task last_act, std::chrono::milliseconds patience)
    : shared_(std::make_shared<Shared>()),
      patience_(patience),
      thread_(without_signals([shared = shared_, last = std::move(last_act)]() mutable {
          work(*shared, std::move(last));
      })) {}

CallThread::~CallThread() {
    bool ended = false;
    {
        Shared& shared = *shared_;
        const locks::Lock lock{shared.mutex};
        const bool given_up = shared.ending;
        shared.ending = true;
        shared.changed.notify_all();
        ended = !given_up && shared.changed.wait_for(shared.mutex, patience_,
                                                     [&shared]() SEKISHO_REQUIRES(shared.mutex) {
                                                         return shared.ended;
                                                     });
    }
    if (ended) {
        thread_.join();
    } else {
        thread_.detach();
    }
}

bool CallThread::run(Task call, Monotonic until) {
    Shared& shared = *shared_;
    const locks::Lock lock{shared.mutex};
    if (shared.ending) return false;
    shared.call = std::move(call);
    shared.called = true;
    shared.changed.notify_all();
    const bool came_back = shared.changed.wait_until(
        shared.mutex, until, [&shared]() SEKISHO_REQUIRES(shared.mutex) { return !shared.called; });
    if (came_back) return true;
    shared.ending = true;
    if (shared.call) {  // not even begun: it is not made any more
        shared.call = nullptr;
        shared.called = false;
    }
    return false;
}

void CallThread::work(Shared& shared, Task last_act) {
    {
        const locks::Lock lock{shared.mutex};
        for (;;) {
            while (!shared.called && !shared.ending) {
                shared.changed.wait_for(shared.mutex, std::chrono::hours{1},
                                        [&shared]() SEKISHO_REQUIRES(shared.mutex) {
                                            return shared.called || shared.ending;
                                        });
            }
            if (!shared.called) break;
            Task call = std::exchange(shared.call, nullptr);
            {
                const locks::Unlock unlocked{shared.mutex};
                call();
                call = nullptr;
            }
            shared.called = false;
            shared.changed.notify_all();
        }
    }
    last_act();
    last_act = nullptr;
    const locks::Lock lock{shared.mutex};
    shared.ended = true;
    shared.changed.notify_all();
}

}  // namespace sekisho::platform
