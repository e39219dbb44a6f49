// A thread of its own for calls that cannot be broken off, so that their caller can give up.
//
// Calls run one after another, each at most until its caller's deadline. A call that has not come
// back by then is given up: the thread is left behind with it and takes no other call. The last act
// runs on that thread in every case, as the last thing it does: at once where it is idle, and when
// the call comes back where it was given up. That may be never; then it ends with the process.
// So calls and the last act must own what they touch, by shared_ptr for instance.
// The thread takes no signals: who holds them back at a terminal holds them for the process, also
// while a call that was given up lives on.
// One owner, one thread calls.
#pragma once

#include <chrono>
#include <memory>
#include <thread>

#include "gateway/platform/ports.h"

namespace sekisho::platform {

class CallThread {
  public:
    // `patience`: how long the destructor waits for the last act before it leaves that behind too.
    CallThread(Task last_act, std::chrono::milliseconds patience);
    ~CallThread();
    CallThread(const CallThread&) = delete;
    CallThread& operator=(const CallThread&) = delete;

    // True when the call came back by `until`; false for it and every later one otherwise.
    [[nodiscard]] bool run(Task call, Monotonic until);

  private:
    struct Shared;
    static void work(Shared& shared, Task last_act);

    std::shared_ptr<Shared> shared_;
    std::chrono::milliseconds patience_;
    std::thread thread_;
};

}  // namespace sekisho::platform
