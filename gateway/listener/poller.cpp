#include "gateway/listener/poller.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace sekisho::listener {

namespace {

constexpr Poller::Id kTimer = 1;
constexpr Poller::Id kWake = 2;

bool watch(int epoll, int descriptor, Poller::Id id, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = id;
    return ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

// A write to a peer that is gone is an error of that write, not a signal to the process.
void block_broken_pipe() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void take_count(int descriptor) {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = ::read(descriptor, &count, sizeof count);
}

}  // namespace

model::Result<std::shared_ptr<Poller>> Poller::open(const platform::Clock& clock) {
    const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    const int timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    const int wake = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC | EFD_SEMAPHORE);
    // Owned from here on, whatever was opened.
    std::shared_ptr<Poller> poller{new Poller{clock, epoll, timer, wake}};
    const bool ready = epoll >= 0 && timer >= 0 && wake >= 0 &&
                       watch(epoll, timer, kTimer, EPOLLIN | EPOLLET) &&
                       watch(epoll, wake, kWake, EPOLLIN);
    if (ready) return poller;
    return model::refuse(model::Problem::internal,
                         {.ja = "epoll を用意できません", .en = "epoll cannot be set up"});
}

Poller::Poller(const platform::Clock& clock, int epoll, int timer, int wake)
    : clock_(clock), epoll_(epoll), timer_(timer), wake_(wake) {}

Poller::~Poller() {
    for (const int descriptor : {epoll_, timer_, wake_}) {
        if (descriptor >= 0) ::close(descriptor);
    }
}

Poller::Id Poller::next_id() {
    const locks::Lock lock{mutex_};
    return ++last_id_;
}

bool Poller::add(Id id, int descriptor, std::shared_ptr<Pollable> what) {
    const locks::Lock lock{mutex_};
    if (!watch(epoll_, descriptor, id, EPOLLONESHOT)) return false;
    slots_.emplace(id, Slot{.what = std::move(what)});
    return true;
}

void Poller::arm(Id id, int descriptor, Interest interest) {
    epoll_event event{};
    event.events = EPOLLONESHOT |
                   (interest == Interest::read ? std::uint32_t{EPOLLIN} | EPOLLRDHUP : EPOLLOUT);
    event.data.u64 = id;
    ::epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor, &event);
}

void Poller::remove(Id id, int descriptor) {
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
    std::shared_ptr<Pollable> last;  // dropped after the mutex
    const locks::Lock lock{mutex_};
    const auto found = slots_.find(id);
    if (found == slots_.end()) return;
    queue_.erase({found->second.queued, id});
    last = std::move(found->second.what);
    slots_.erase(found);
}

void Poller::set_deadline(Id id, Monotonic deadline) {
    const locks::Lock lock{mutex_};
    const auto found = slots_.find(id);
    if (found == slots_.end()) return;
    Slot& slot = found->second;
    slot.wanted = deadline;
    if (deadline >= slot.queued) return;  // the entry comes first and is put off then
    queue_.erase({slot.queued, id});
    queue(id, slot);
    set_timer(clock_.monotonic());
}

void Poller::queue(Id id, Slot& slot) {
    slot.queued = slot.wanted;
    if (slot.queued != Monotonic::max()) queue_.emplace(slot.queued, id);
}

// Armed only when the first entry comes before what the timer is set to already.
void Poller::set_timer(Monotonic now) {
    if (queue_.empty() || queue_.begin()->first >= timer_set_) return;
    timer_set_ = queue_.begin()->first;
    using std::chrono::nanoseconds;
    const auto rest =
        std::max(std::chrono::duration_cast<nanoseconds>(timer_set_ - now), nanoseconds{1'000'000});
    const auto seconds = std::chrono::floor<std::chrono::seconds>(rest);
    itimerspec when{};
    when.it_value.tv_sec = seconds.count();
    when.it_value.tv_nsec = static_cast<long>((rest - seconds).count());
    ::timerfd_settime(timer_, 0, &when, nullptr);
}

void Poller::fire_deadlines() {
    take_count(timer_);
    std::vector<std::shared_ptr<Pollable>> due;
    {
        const locks::Lock lock{mutex_};
        const Monotonic now = clock_.monotonic();
        timer_set_ = Monotonic::max();
        while (!queue_.empty() && queue_.begin()->first <= now) {
            const Id id = queue_.begin()->second;
            queue_.erase(queue_.begin());
            Slot& slot = slots_.find(id)->second;
            slot.queued = Monotonic::max();
            if (slot.wanted <= now) {
                slot.wanted = Monotonic::max();
                due.push_back(slot.what);
            } else {
                queue(id, slot);
            }
        }
        set_timer(now);
    }
    for (const auto& what : due) what->on_deadline();
}

std::shared_ptr<Pollable> Poller::find(Id id) {
    const locks::Lock lock{mutex_};
    const auto found = slots_.find(id);
    return found == slots_.end() ? nullptr : found->second.what;
}

std::vector<std::shared_ptr<Pollable>> Poller::everybody() {
    const locks::Lock lock{mutex_};
    std::vector<std::shared_ptr<Pollable>> all;
    all.reserve(slots_.size());
    for (const auto& [id, slot] : slots_) all.push_back(slot.what);
    return all;
}

void Poller::drain() {
    for (const auto& what : everybody()) what->on_drain();
}

void Poller::close_all() {
    for (const auto& what : everybody()) what->on_close();
}

// One event at a time: a worker that holds several would make the others wait behind the first.
void Poller::run(const std::stop_token& stop) {
    block_broken_pipe();
    const std::stop_callback wake{stop, [this] {
                                      const std::uint64_t one = 1;
                                      [[maybe_unused]] const ssize_t put =
                                          ::write(wake_, &one, sizeof one);
                                  }};
    while (!stop.stop_requested()) {
        epoll_event event{};
        const int count = ::epoll_wait(epoll_, &event, 1, -1);
        if (count < 1) continue;
        const Id id = event.data.u64;
        if (id == kTimer) {
            fire_deadlines();
        } else if (id != kWake) {
            if (const auto what = find(id)) what->on_ready();
        }
    }
    take_count(wake_);
}

}  // namespace sekisho::listener
