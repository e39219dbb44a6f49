#include "tests/support/fake_world.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <set>
#include <utility>

#include "adapters/locks/mutex.h"

namespace sekisho::tests {

using model::Result;
using platform::Monotonic;
using platform::Task;

model::Instant FakeClock::now() const {
    return model::Instant(model::Duration(now_.load()));
}

Monotonic FakeClock::monotonic() const {
    return Monotonic(std::chrono::hours{1} + std::chrono::milliseconds(passed_.load()));
}

void FakeClock::advance(model::Duration by) {
    now_ += by.count();
    passed_ += by.count();
}

void FakeClock::set_wall(model::Instant now) {
    now_ = now.time_since_epoch().count();
}

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
    const locks::Lock lock(mutex_);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(engine_() >> 56U);
}

std::uint64_t SeededRandom::below(std::uint64_t bound) {
    const locks::Lock lock(mutex_);
    return std::uniform_int_distribution<std::uint64_t>(0, bound - 1)(engine_);
}

bool InlineExecutor::post(Task task) {
    if (refusing_) return false;
    task();
    return true;
}

bool StepExecutor::post(Task task) {
    if (refusing_) return false;
    const locks::Lock lock(mutex_);
    tasks_.push_back(std::move(task));
    return true;
}

bool StepExecutor::step() {
    Task task;
    {
        const locks::Lock lock(mutex_);
        if (tasks_.empty()) return false;
        task = std::move(tasks_.front());
        tasks_.pop_front();
    }
    task();
    return true;
}

std::size_t StepExecutor::run_all() {
    std::size_t ran = 0;
    while (step()) ++ran;
    return ran;
}

std::size_t StepExecutor::queued() const {
    const locks::Lock lock(mutex_);
    return tasks_.size();
}

FakeTimer::Id FakeTimer::after(std::chrono::milliseconds delay, Task task) {
    const locks::Lock lock(mutex_);
    const Id id = next_++;
    due_.emplace(Key{clock_.monotonic() + delay, id}, std::move(task));
    return id;
}

void FakeTimer::cancel(Id id) {
    Task cancelled;
    const locks::Lock lock(mutex_);
    const auto found =
        std::ranges::find_if(due_, [id](const auto& due) { return due.first.second == id; });
    if (found == due_.end()) return;
    cancelled = std::move(found->second);
    due_.erase(found);
}

void FakeTimer::advance(model::Duration by) {
    const Monotonic end = clock_.monotonic() + by;
    for (;;) {
        const auto next = next_in();
        const auto left = std::chrono::duration_cast<model::Duration>(end - clock_.monotonic());
        if (!next || *next > left) {
            clock_.advance(left);
            return;
        }
        clock_.advance(std::max(*next, model::Duration::zero()));
        fire_due();
    }
}

void FakeTimer::fire_due() {
    std::vector<Task> fired;
    {
        const locks::Lock lock(mutex_);
        const Monotonic now = clock_.monotonic();
        while (!due_.empty() && due_.begin()->first.first <= now) {
            fired.push_back(std::move(due_.begin()->second));
            due_.erase(due_.begin());
        }
    }
    for (Task& task : fired) {
        const auto held = std::make_shared<Task>(std::move(task));
        if (executor_.post([held] { (*held)(); })) continue;
        after(std::chrono::milliseconds{1}, [held] { (*held)(); });
    }
}

std::optional<model::Duration> FakeTimer::next_in() const {
    const locks::Lock lock(mutex_);
    if (due_.empty()) return std::nullopt;
    return std::chrono::duration_cast<model::Duration>(due_.begin()->first.first -
                                                       clock_.monotonic());
}

std::size_t FakeTimer::pending() const {
    const locks::Lock lock(mutex_);
    return due_.size();
}

struct MemoryFiles::State {
    struct File {
        std::string bytes;
        unsigned mode = 0600;
        std::uint64_t mark = 0;
    };

    mutable locks::Mutex mutex;
    std::map<std::string, File> files SEKISHO_GUARDED_BY(mutex);
    std::set<std::string> folders SEKISHO_GUARDED_BY(mutex){"", "/", "."};
    std::uint64_t marks SEKISHO_GUARDED_BY(mutex) = 0;
    std::uint64_t calls SEKISHO_GUARDED_BY(mutex) = 0;
    // As counted by `calls`; 0: none.
    std::uint64_t failing_call SEKISHO_GUARDED_BY(mutex) = 0;
    std::map<FileCall, std::uint64_t> failing SEKISHO_GUARDED_BY(mutex);
    std::uint64_t space SEKISHO_GUARDED_BY(mutex) = std::numeric_limits<std::uint64_t>::max();

    static std::unexpected<model::Refusal> failed(const std::string& path, const std::string& why) {
        return model::refuse(model::Problem::store_unavailable,
                             {.ja = path + ": " + why, .en = path + ": " + why});
    }

    Result<void> enter(FileCall call, const std::string& path) SEKISHO_REQUIRES(mutex) {
        if (++calls == failing_call) return failed(path, "Input/output error");
        const auto found = failing.find(call);
        if (found == failing.end() || found->second == 0) return {};
        --found->second;
        return failed(path, "Input/output error");
    }

    Result<void> spend(std::size_t bytes, const std::string& path) SEKISHO_REQUIRES(mutex) {
        if (bytes > space) return failed(path, "No space left on device");
        if (space != std::numeric_limits<std::uint64_t>::max()) space -= bytes;
        return {};
    }

    Result<void> need_folder_of(const std::string& path) const SEKISHO_REQUIRES(mutex) {
        if (folders.contains(std::filesystem::path(path).parent_path().string())) return {};
        return failed(path, "No such file or directory");
    }
};

class MemoryWritableFile final : public platform::WritableFile {
  public:
    MemoryWritableFile(std::shared_ptr<MemoryFiles::State> state, std::string path)
        : state_(std::move(state)), path_(std::move(path)) {}

    Result<void> append(std::string_view bytes) override {
        const locks::Lock lock(state_->mutex);
        if (auto entered = state_->enter(FileCall::append, path_); !entered) return entered;
        if (auto spent = state_->spend(bytes.size(), path_); !spent) return spent;
        const auto file = state_->files.find(path_);
        if (file == state_->files.end()) return {};  // removed while open, as on a real disk
        file->second.bytes += bytes;
        file->second.mark = ++state_->marks;
        return {};
    }

    Result<void> sync() override {
        const locks::Lock lock(state_->mutex);
        return state_->enter(FileCall::sync, path_);
    }

  private:
    std::shared_ptr<MemoryFiles::State> state_;
    std::string path_;
};

class MemoryReadableFile final : public platform::ReadableFile {
  public:
    MemoryReadableFile(std::shared_ptr<MemoryFiles::State> state, std::string path,
                       std::string bytes)
        : state_(std::move(state)), path_(std::move(path)), bytes_(std::move(bytes)) {}

    Result<std::size_t> read(std::span<char> into) override {
        const locks::Lock lock(state_->mutex);
        if (auto entered = state_->enter(FileCall::read_some, path_); !entered) {
            return std::unexpected(entered.error());
        }
        const std::size_t part = std::min(into.size(), bytes_.size() - at_);
        std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), part, into.begin());
        at_ += part;
        return part;
    }
    std::uint64_t size() const override { return bytes_.size(); }

  private:
    std::shared_ptr<MemoryFiles::State> state_;
    std::string path_;
    std::string bytes_;
    std::size_t at_ = 0;
};

MemoryFiles::MemoryFiles() : state_(std::make_shared<State>()) {}
MemoryFiles::~MemoryFiles() = default;

Result<std::string> MemoryFiles::read(const std::string& path, std::size_t bytes_max) {
    const locks::Lock lock(state_->mutex);
    if (auto entered = state_->enter(FileCall::read, path); !entered) {
        return std::unexpected(entered.error());
    }
    const auto file = state_->files.find(path);
    if (file == state_->files.end()) return State::failed(path, "No such file or directory");
    if (file->second.bytes.size() > bytes_max) return State::failed(path, "File too large");
    return file->second.bytes;
}

Result<void> MemoryFiles::write_whole(const std::string& path, std::string_view bytes,
                                      unsigned mode) {
    const locks::Lock lock(state_->mutex);
    if (auto entered = state_->enter(FileCall::write_whole, path); !entered) return entered;
    if (auto there = state_->need_folder_of(path); !there) return there;
    if (auto spent = state_->spend(bytes.size(), path); !spent) return spent;
    state_->files[path] = {.bytes = std::string(bytes), .mode = mode, .mark = ++state_->marks};
    return {};
}

Result<std::unique_ptr<platform::WritableFile>> MemoryFiles::create(const std::string& path) {
    const locks::Lock lock(state_->mutex);
    if (auto entered = state_->enter(FileCall::create, path); !entered) {
        return std::unexpected(entered.error());
    }
    if (auto there = state_->need_folder_of(path); !there) return std::unexpected(there.error());
    if (state_->files.contains(path)) return State::failed(path, "File exists");
    state_->files[path] = {.bytes = {}, .mode = 0600, .mark = ++state_->marks};
    return std::make_unique<MemoryWritableFile>(state_, path);
}

Result<std::unique_ptr<platform::ReadableFile>> MemoryFiles::open(const std::string& path) {
    const locks::Lock lock(state_->mutex);
    if (auto entered = state_->enter(FileCall::open, path); !entered) {
        return std::unexpected(entered.error());
    }
    const auto file = state_->files.find(path);
    if (file == state_->files.end()) return State::failed(path, "No such file or directory");
    return std::make_unique<MemoryReadableFile>(state_, path, file->second.bytes);
}

Result<void> MemoryFiles::sync_directory(const std::string& path) {
    const locks::Lock lock(state_->mutex);
    if (auto entered = state_->enter(FileCall::sync_directory, path); !entered) return entered;
    if (!state_->folders.contains(path)) return State::failed(path, "No such file or directory");
    return {};
}

Result<void> MemoryFiles::remove(const std::string& path) {
    const locks::Lock lock(state_->mutex);
    if (auto entered = state_->enter(FileCall::remove, path); !entered) return entered;
    state_->files.erase(path);
    return {};
}

Result<void> MemoryFiles::make_directories(const std::string& path) {
    const locks::Lock lock(state_->mutex);
    if (auto entered = state_->enter(FileCall::make_directories, path); !entered) return entered;
    std::filesystem::path made;
    for (const auto& part : std::filesystem::path(path)) {
        made /= part;
        if (state_->files.contains(made.string())) {
            return State::failed(made.string(), "Not a directory");
        }
        state_->folders.insert(made.string());
    }
    return {};
}

Result<std::vector<std::string>> MemoryFiles::list(const std::string& directory) {
    const locks::Lock lock(state_->mutex);
    if (auto entered = state_->enter(FileCall::list, directory); !entered) {
        return std::unexpected(entered.error());
    }
    if (!state_->folders.contains(directory)) {
        return State::failed(directory, "No such file or directory");
    }
    std::vector<std::string> names;
    const auto collect = [&](const std::string& path) {
        const std::filesystem::path whole(path);
        if (whole.has_filename() && whole.parent_path() == directory) {
            names.push_back(whole.filename().string());
        }
    };
    for (const auto& [path, file] : state_->files) collect(path);
    for (const auto& folder : state_->folders) {
        if (folder != ".") collect(folder);
    }
    std::ranges::sort(names);
    return names;
}

bool MemoryFiles::exists(const std::string& path) {
    const locks::Lock lock(state_->mutex);
    return state_->files.contains(path) || state_->folders.contains(path);
}

std::uint64_t MemoryFiles::change_mark(const std::string& path) {
    const locks::Lock lock(state_->mutex);
    const auto file = state_->files.find(path);
    return file == state_->files.end() ? 0 : file->second.mark;
}

void MemoryFiles::fail_call(std::uint64_t nth) {
    const locks::Lock lock(state_->mutex);
    state_->failing_call = state_->calls + nth;
}

void MemoryFiles::fail_next(FileCall call, std::uint64_t times) {
    const locks::Lock lock(state_->mutex);
    state_->failing[call] = times;
}

void MemoryFiles::limit_space(std::optional<std::uint64_t> bytes_left) {
    const locks::Lock lock(state_->mutex);
    state_->space = bytes_left.value_or(std::numeric_limits<std::uint64_t>::max());
}

std::uint64_t MemoryFiles::calls() const {
    const locks::Lock lock(state_->mutex);
    return state_->calls;
}

std::optional<std::string> MemoryFiles::content(const std::string& path) const {
    const locks::Lock lock(state_->mutex);
    const auto file = state_->files.find(path);
    if (file == state_->files.end()) return std::nullopt;
    return file->second.bytes;
}

std::optional<unsigned> MemoryFiles::mode(const std::string& path) const {
    const locks::Lock lock(state_->mutex);
    const auto file = state_->files.find(path);
    if (file == state_->files.end()) return std::nullopt;
    return file->second.mode;
}

std::vector<std::string> MemoryFiles::paths() const {
    const locks::Lock lock(state_->mutex);
    std::vector<std::string> paths;
    for (const auto& [path, file] : state_->files) paths.push_back(path);
    return paths;
}

void MemoryFiles::change(const std::string& path, std::string bytes) {
    const locks::Lock lock(state_->mutex);
    State::File& file = state_->files[path];
    file.bytes = std::move(bytes);
    file.mark = ++state_->marks;
}

}  // namespace sekisho::tests
