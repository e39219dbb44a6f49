#include "tests/bench/load.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <poll.h>
#include <span>
#include <stdexcept>
#include <sys/epoll.h>
#include <unistd.h>

namespace sekisho::bench {

namespace {

using Clock = std::chrono::steady_clock;
using State = TlsLine::State;

constexpr std::size_t kAtOnce = 64;
constexpr auto kPatience = std::chrono::seconds{10};
constexpr auto kAskedAgain = std::chrono::seconds{20};  // before a server lets an idle line go

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }

  private:
    int number_;
};

// One run of a Load.
class Generator {
  public:
    explicit Generator(const Load& load)
        : load_(load), context_(client_context(load.credentials)), slots_(load.lines) {
        for (std::size_t i = 0; i < slots_.size(); ++i) connect(i);
    }

    LoadResult run() {
        wait_for_lines();
        begin_ = Clock::now();
        measured_from_ = begin_ + std::chrono::duration_cast<Clock::duration>(load_.warm_up);
        end_ = measured_from_ + std::chrono::duration_cast<Clock::duration>(load_.duration);
        for (std::size_t i = 0; i < slots_.size(); ++i) ask(i);
        while (Clock::now() < end_) {
            turn();
            if (load_.rate > 0) ask_what_is_due();
        }
        return conclude();
    }

  private:
    struct Slot {
        std::unique_ptr<TlsLine> line{};
        Clock::time_point due{};
        bool asked = false;
        std::uint32_t armed = 0;
    };

    void connect(std::size_t index) {
        slots_[index].line = std::make_unique<TlsLine>(context_.get(), load_.port);
        slots_[index].armed = 0;
        slots_[index].due = Clock::now();
        move_on(index);
    }

    void wait_for_lines() {
        const auto patience = Clock::now() + std::chrono::seconds{20};
        const auto ready = [](const Slot& slot) { return slot.line->state() == State::idle; };
        while (!std::ranges::all_of(slots_, ready)) {
            if (Clock::now() > patience) throw std::runtime_error("the lines do not open");
            turn();
        }
    }

    // One wait for events, at most a millisecond when requests fall due by the clock.
    void turn() {
        std::array<epoll_event, 256> events{};
        const int patience = load_.rate > 0 ? 1 : 10;
        const int count =
            ::epoll_wait(epoll_.number(), events.data(), static_cast<int>(events.size()), patience);
        for (int i = 0; i < count; ++i) move_on(events[static_cast<std::size_t>(i)].data.u64);
    }

    void move_on(std::size_t index) {
        Slot& slot = slots_[index];
        const auto wants = slot.line->advance();
        if (wants == TlsLine::Wants::nothing) {
            settle(index);
            return;
        }
        arm(index, wants == TlsLine::Wants::read ? EPOLLIN : EPOLLOUT);
    }

    void arm(std::size_t index, std::uint32_t what) {
        Slot& slot = slots_[index];
        if (slot.armed == what) return;
        epoll_event event{.events = what, .data = {.u64 = index}};
        const int action = slot.armed == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
        ::epoll_ctl(epoll_.number(), action, slot.line->descriptor(), &event);
        slot.armed = what;
    }

    // The line is idle or broken: an answer is in, a handshake is done, or it is lost.
    void settle(std::size_t index) {
        Slot& slot = slots_[index];
        const bool broken = slot.line->state() == State::broken;
        if (slot.asked) {
            slot.asked = false;
            record(slot, broken ? -1 : slot.line->status());
            if (broken || load_.reconnect) return connect(index);
        } else if (broken) {
            record(slot, -1);
            return connect(index);
        }
        if (begin_ != Clock::time_point{}) ask(index);
    }

    void record(const Slot& slot, int status) {
        const auto now = Clock::now();
        if (now < measured_from_ || now > end_ || begin_ == Clock::time_point{}) return;
        ++result_.statuses[status];
        if (status / 100 != 2) return;
        ++result_.answered;
        result_.latencies.milliseconds.push_back(
            std::chrono::duration<double, std::milli>(now - slot.due).count());
    }

    void ask(std::size_t index) {
        Slot& slot = slots_[index];
        if (slot.asked || slot.line->state() != State::idle) return;
        if (load_.rate > 0) {
            if (next_due() > Clock::now()) {
                free_.push_back(index);
                return;
            }
            slot.due = next_due();
        } else if (!load_.reconnect) {
            slot.due = Clock::now();  // a new line counts from its connect
        }
        slot.asked = true;
        slot.line->send(load_.request(asked_++));
        move_on(index);
    }

    Clock::time_point next_due() const {
        return begin_ + std::chrono::duration_cast<Clock::duration>(
                            Seconds{static_cast<double>(asked_) / load_.rate});
    }

    void ask_what_is_due() {
        while (!free_.empty() && next_due() <= Clock::now()) {
            const std::size_t index = free_.front();
            free_.pop_front();
            ask(index);
        }
    }

    LoadResult conclude() {
        std::ranges::sort(result_.latencies.milliseconds);
        result_.rate = static_cast<double>(result_.answered) / load_.duration.count();
        return std::move(result_);
    }

    const Load& load_;
    const Context context_;
    const Descriptor epoll_{::epoll_create1(EPOLL_CLOEXEC)};
    std::vector<Slot> slots_;
    std::deque<std::size_t> free_{};  // idle lines, in an open loop
    std::uint64_t asked_ = 0;
    Clock::time_point begin_{};
    Clock::time_point measured_from_{};
    Clock::time_point end_{};
    LoadResult result_{};
};

// Every line as far as it goes, until each is idle or broken, or patience ends.
void settle_all(std::span<const std::unique_ptr<TlsLine>> lines, Clock::time_point until) {
    std::vector<pollfd> waiting;
    do {
        waiting.clear();
        for (const auto& line : lines) {
            const auto wants = line->advance();
            if (wants == TlsLine::Wants::nothing) continue;
            const short events = wants == TlsLine::Wants::read ? POLLIN : POLLOUT;
            waiting.push_back({.fd = line->descriptor(), .events = events, .revents = 0});
        }
        if (!waiting.empty()) ::poll(waiting.data(), waiting.size(), 100);
    } while (!waiting.empty() && Clock::now() < until);
}

// One request on each line that is idle, answered; what the server has let go is broken then.
void ask_all(std::span<const std::unique_ptr<TlsLine>> lines, const std::string& request) {
    for (std::size_t at = 0; at < lines.size(); at += kAtOnce) {
        const auto some = lines.subspan(at, std::min(kAtOnce, lines.size() - at));
        for (const auto& line : some) {
            if (line->state() == State::idle) line->send(request);
        }
        settle_all(some, Clock::now() + kPatience);
    }
}

}  // namespace

double Latencies::percentile(double share) const {
    if (milliseconds.empty()) return 0;
    const auto rank = std::ceil(share * static_cast<double>(milliseconds.size()));
    return milliseconds[static_cast<std::size_t>(std::max(1.0, rank)) - 1];
}

std::string LoadResult::troubles() const {
    std::string text;
    for (const auto& [status, count] : statuses) {
        if (status / 100 == 2) continue;
        if (!text.empty()) text += ", ";
        text += std::to_string(count) + " x " +
                (status < 0 ? std::string{"line broken"} : std::to_string(status));
    }
    return text;
}

LoadResult run(const Load& load) {
    return Generator{load}.run();
}

IdleLines::IdleLines(const Credentials& credentials, std::uint16_t port, std::size_t count,
                     const std::string& request)
    : context_(client_context(credentials)) {
    auto asked = Clock::now();
    while (lines_.size() < count) {
        const std::size_t settled = lines_.size();
        while (lines_.size() < std::min(count, settled + kAtOnce)) {
            lines_.push_back(std::make_unique<TlsLine>(context_.get(), port));
        }
        const auto until = Clock::now() + kPatience;
        settle_all(std::span{lines_}.subspan(settled), until);
        ask_all(std::span{lines_}.subspan(settled), request);
        if (Clock::now() - asked < kAskedAgain) continue;
        ask_all(lines_, request);
        asked = Clock::now();
    }
    ask_all(lines_, request);
}

std::size_t IdleLines::open() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        lines_, [](const auto& line) { return line->state() == State::idle; }));
}

}  // namespace sekisho::bench
