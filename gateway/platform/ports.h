// The world behind ports: what the gateway needs of a machine, as small interfaces.
//
// Each has a real form (system.h, executor.h, timer.h, disk.h) and a form for tests that behaves
// (tests/support/fake_world.h), so that the whole gateway can run in one thread from one seed with
// a fake clock. Threads are started in wiring only; a port that needs one offers a run() for
// wiring's thread to call.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "routing/model/instant.h"
#include "routing/model/problem.h"

namespace sekisho::platform {

using Task = std::move_only_function<void()>;
using Monotonic = std::chrono::steady_clock::time_point;

class Clock {
  public:
    virtual ~Clock() = default;
    virtual model::Instant now() const = 0;   // wall clock, UTC: for records and rules
    virtual Monotonic monotonic() const = 0;  // for deadlines
};

class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;  // fit for keys
    virtual std::uint64_t below(std::uint64_t bound) = 0;  // uniform in [0, bound); bound > 0
};

// Runs tasks, in any thread, in no promised order. post() is false when the queue is full or
// stopped: the caller keeps its responsibility (answers 503, leaves the delivery queued).
class Executor {
  public:
    virtual ~Executor() = default;
    [[nodiscard]] virtual bool post(Task task) = 0;
};

// Calls tasks later, on the executor it was given. Cancelling a timer that fired is harmless.
class Timer {
  public:
    using Id = std::uint64_t;
    virtual ~Timer() = default;
    virtual Id after(std::chrono::milliseconds delay, Task task) = 0;
    virtual void cancel(Id id) = 0;
};

// A file being written. Nothing is promised before sync() returned success; after a failed sync()
// the content is unknown and the file is to be abandoned. Destroying an unfinished file leaves it
// to the owner to remove.
class WritableFile {
  public:
    virtual ~WritableFile() = default;
    virtual model::Result<void> append(std::string_view bytes) = 0;
    virtual model::Result<void> sync() = 0;  // data and metadata, then closed
};

class ReadableFile {
  public:
    virtual ~ReadableFile() = default;
    virtual model::Result<std::size_t> read(std::span<char> into) = 0;  // 0 at the end
    virtual std::uint64_t size() const = 0;
};

class Files {
  public:
    virtual ~Files() = default;
    virtual model::Result<std::string> read(const std::string& path, std::size_t bytes_max) = 0;
    // Whole or not at all: temporary name, fsync, rename, fsync of the directory. `mode` as chmod
    // takes it.
    virtual model::Result<void> write_whole(const std::string& path, std::string_view bytes,
                                            unsigned mode) = 0;
    virtual model::Result<std::unique_ptr<WritableFile>> create(
        const std::string& path) = 0;  // must be new, 0600
    virtual model::Result<std::unique_ptr<ReadableFile>> open(const std::string& path) = 0;
    virtual model::Result<void> sync_directory(const std::string& path) = 0;
    virtual model::Result<void> remove(
        const std::string& path) = 0;  // an absent one is removed already
    virtual model::Result<void> make_directories(const std::string& path) = 0;  // 0700
    virtual model::Result<std::vector<std::string>> list(const std::string& directory) = 0;
    virtual bool exists(const std::string& path) = 0;
    // Changes when the file's content may have changed (inode, size, mtime); 0: absent.
    virtual std::uint64_t change_mark(const std::string& path) = 0;
};

}  // namespace sekisho::platform
