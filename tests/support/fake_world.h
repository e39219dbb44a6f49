// The world as tests have it: every port of gateway/platform in a form that behaves, under the
// test's hand.
//
// Nothing here sleeps, asks the machine for time or touches a disk. Time moves when the test moves
// it; randomness comes from a seed; files live in memory and fail where they are told to. All but
// StepExecutor's stepping and FakeTimer's advancing may be called from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "adapters/locks/mutex.h"
#include "gateway/platform/ports.h"

namespace sekisho::tests {

class FakeClock final : public platform::Clock {
  public:
    // 2026-11-21T00:00:00Z unless said otherwise.
    static constexpr model::Instant kStart{std::chrono::seconds{1795219200}};

    explicit FakeClock(model::Instant start = kStart) : now_(start.time_since_epoch().count()) {}

    model::Instant now() const override;
    platform::Monotonic monotonic() const override;
    void advance(model::Duration by);
    void set_wall(model::Instant now);  // the wall clock alone: as when an operator sets it

  private:
    std::atomic<std::int64_t> now_;        // milliseconds since the epoch
    std::atomic<std::int64_t> passed_{0};  // milliseconds since the test began
};

class SeededRandom final : public platform::Random {
  public:
    explicit SeededRandom(std::uint64_t seed = 1) : engine_(seed) {}

    void fill(std::span<std::uint8_t> bytes) override;
    std::uint64_t below(std::uint64_t bound) override;

  private:
    locks::Mutex mutex_;
    std::mt19937_64 engine_ SEKISHO_GUARDED_BY(mutex_);
};

// Runs each task where it is posted.
class InlineExecutor final : public platform::Executor {
  public:
    bool post(platform::Task task) override;
    void refuse(bool refusing) { refusing_ = refusing; }

  private:
    std::atomic<bool> refusing_{false};
};

// Keeps tasks until the test takes a step.
class StepExecutor final : public platform::Executor {
  public:
    bool post(platform::Task task) override;
    void refuse(bool refusing) { refusing_ = refusing; }
    bool step();            // runs the oldest; false: there was none
    std::size_t run_all();  // until nothing is left, also what they post; how many ran
    std::size_t queued() const;

  private:
    std::atomic<bool> refusing_{false};
    mutable locks::Mutex mutex_;
    std::deque<platform::Task> tasks_ SEKISHO_GUARDED_BY(mutex_);
};

// A timer whose time is the FakeClock's.
class FakeTimer final : public platform::Timer {
  public:
    FakeTimer(FakeClock& clock, platform::Executor& executor)
        : clock_(clock), executor_(executor) {}

    Id after(std::chrono::milliseconds delay, platform::Task task) override;
    void cancel(Id id) override;
    // Moves the clock by `by`, stopping at each timer on the way, in their order.
    void advance(model::Duration by);
    void fire_due();  // what the clock has reached by itself
    std::optional<model::Duration> next_in() const;
    std::size_t pending() const;

  private:
    using Key = std::pair<platform::Monotonic, Id>;

    FakeClock& clock_;
    platform::Executor& executor_;
    mutable locks::Mutex mutex_;
    Id next_ SEKISHO_GUARDED_BY(mutex_) = 1;
    std::map<Key, platform::Task> due_ SEKISHO_GUARDED_BY(mutex_);
};

enum class FileCall : std::uint8_t {
    read,
    write_whole,
    create,
    open,
    append,
    sync,
    read_some,
    sync_directory,
    remove,
    make_directories,
    list,
};

// A disk in memory. Folders need make_directories() first, as on a real one; "" and "/" are there.
class MemoryFiles final : public platform::Files {
  public:
    MemoryFiles();
    ~MemoryFiles() override;

    model::Result<std::string> read(const std::string& path, std::size_t bytes_max) override;
    model::Result<void> write_whole(const std::string& path, std::string_view bytes,
                                    unsigned mode) override;
    model::Result<std::unique_ptr<platform::WritableFile>> create(const std::string& path) override;
    model::Result<std::unique_ptr<platform::ReadableFile>> open(const std::string& path) override;
    model::Result<void> sync_directory(const std::string& path) override;
    model::Result<void> remove(const std::string& path) override;
    model::Result<void> make_directories(const std::string& path) override;
    model::Result<std::vector<std::string>> list(const std::string& directory) override;
    bool exists(const std::string& path) override;
    std::uint64_t change_mark(const std::string& path) override;

    // Faults. Each fails with store_unavailable, as a real disk would.
    void fail_call(std::uint64_t nth);  // the nth call from now, of any kind; 1: the next
    void fail_next(FileCall call, std::uint64_t times = 1);
    void limit_space(std::optional<std::uint64_t> bytes_left);  // nothing: no limit. Then ENOSPC
    std::uint64_t calls() const;                                // so far, of every kind

    // What is there, for a test's eyes; no call is counted.
    std::optional<std::string> content(const std::string& path) const;
    std::optional<unsigned> mode(const std::string& path) const;
    std::vector<std::string> paths() const;                   // of all files
    void change(const std::string& path, std::string bytes);  // as if by another hand

  private:
    friend class MemoryWritableFile;
    friend class MemoryReadableFile;
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace sekisho::tests
