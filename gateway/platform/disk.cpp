#include "gateway/platform/disk.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace sekisho::platform {

namespace {

using model::Problem;
using model::Result;

std::unexpected<model::Refusal> failed(std::string_view action, const std::string& path,
                                       int error) {
    const std::string reason = std::generic_category().message(error);
    return model::refuse(
        Problem::store_unavailable,
        {.ja = path + ": ファイル操作 " + std::string(action) + " に失敗しました: " + reason,
         .en = path + ": " + std::string(action) + " failed: " + reason});
}

std::string folder_of(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

// A file descriptor, closed once.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;

    int number() const { return number_; }
    int close() { return ::close(std::exchange(number_, -1)); }

  private:
    int number_;
};

Result<Descriptor> open_file(const std::string& path, int flags, mode_t mode) {
    int number = -1;
    do {
        number = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    } while (number < 0 && errno == EINTR);
    if (number < 0) return failed("open", path, errno);
    return Descriptor(number);
}

Result<void> write_all(int number, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(number, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failed("write", path, errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<std::size_t> read_some(int number, std::span<char> into, const std::string& path) {
    for (;;) {
        const ssize_t got = ::read(number, into.data(), into.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed("read", path, errno);
        return static_cast<std::size_t>(got);
    }
}

Result<void> sync_and_close(Descriptor& file, const std::string& path) {
    if (::fsync(file.number()) != 0) return failed("fsync", path, errno);
    if (file.close() != 0) return failed("close", path, errno);
    return {};
}

class DiskWritableFile final : public WritableFile {
  public:
    DiskWritableFile(Descriptor file, std::string path)
        : file_(std::move(file)), path_(std::move(path)) {}

    Result<void> append(std::string_view bytes) override {
        return write_all(file_.number(), bytes, path_);
    }
    Result<void> sync() override { return sync_and_close(file_, path_); }

  private:
    Descriptor file_;
    std::string path_;
};

class DiskReadableFile final : public ReadableFile {
  public:
    DiskReadableFile(Descriptor file, std::string path, std::uint64_t size)
        : file_(std::move(file)), path_(std::move(path)), size_(size) {}

    Result<std::size_t> read(std::span<char> into) override {
        return read_some(file_.number(), into, path_);
    }
    std::uint64_t size() const override { return size_; }

  private:
    Descriptor file_;
    std::string path_;
    std::uint64_t size_;
};

Result<void> write_temporary(Descriptor& file, const std::string& path, std::string_view bytes,
                             unsigned mode) {
    if (::fchmod(file.number(), static_cast<mode_t>(mode)) != 0) {
        return failed("chmod", path, errno);
    }
    if (auto written = write_all(file.number(), bytes, path); !written) return written;
    return sync_and_close(file, path);
}

}  // namespace

Result<std::string> Disk::read(const std::string& path, std::size_t bytes_max) {
    auto file = open_file(path, O_RDONLY, 0);
    if (!file) return std::unexpected(file.error());
    std::string bytes;
    for (;;) {
        const std::size_t held = bytes.size();
        if (held > bytes_max) return failed("read", path, EFBIG);
        const std::size_t want = std::min<std::size_t>(64UL * 1024, bytes_max - held + 1);
        bytes.resize(held + want);
        const auto got = read_some(file->number(), std::span(bytes).subspan(held), path);
        if (!got) return std::unexpected(got.error());
        bytes.resize(held + *got);
        if (*got == 0) return bytes;
    }
}

Result<void> Disk::write_whole(const std::string& path, std::string_view bytes, unsigned mode) {
    std::string temporary = path + ".XXXXXX";
    Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (file.number() < 0) return failed("create", path, errno);
    auto written = write_temporary(file, temporary, bytes, mode);
    if (written && ::rename(temporary.c_str(), path.c_str()) != 0) {
        written = failed("rename", path, errno);
    }
    if (!written) {
        ::unlink(temporary.c_str());
        return written;
    }
    return sync_directory(folder_of(path));
}

Result<std::unique_ptr<WritableFile>> Disk::create(const std::string& path) {
    auto file = open_file(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (!file) return std::unexpected(file.error());
    return std::make_unique<DiskWritableFile>(std::move(*file), path);
}

Result<std::unique_ptr<ReadableFile>> Disk::open(const std::string& path) {
    auto file = open_file(path, O_RDONLY, 0);
    if (!file) return std::unexpected(file.error());
    struct stat status{};
    if (::fstat(file->number(), &status) != 0) return failed("stat", path, errno);
    return std::make_unique<DiskReadableFile>(std::move(*file), path,
                                              static_cast<std::uint64_t>(status.st_size));
}

Result<void> Disk::sync_directory(const std::string& path) {
    auto folder = open_file(path, O_RDONLY | O_DIRECTORY, 0);
    if (!folder) return std::unexpected(folder.error());
    return sync_and_close(*folder, path);
}

Result<void> Disk::remove(const std::string& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failed("remove", path, errno);
    return {};
}

Result<void> Disk::make_directories(const std::string& path) {
    std::filesystem::path made;
    for (const auto& part : std::filesystem::path(path)) {
        made /= part;
        if (made.empty() || ::access(made.c_str(), F_OK) == 0) continue;
        if (::mkdir(made.c_str(), 0700) != 0 && errno != EEXIST) {
            return failed("mkdir", made.string(), errno);
        }
        if (auto synced = sync_directory(folder_of(made.string())); !synced) return synced;
    }
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return failed("mkdir", path, errno);
    if (!S_ISDIR(status.st_mode)) return failed("mkdir", path, ENOTDIR);
    return {};
}

Result<std::vector<std::string>> Disk::list(const std::string& directory) {
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(directory.c_str()), &::closedir);
    if (!folder) return failed("list", directory, errno);
    std::vector<std::string> names;
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(folder.get());
        if (entry == nullptr) break;
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") names.emplace_back(name);
    }
    if (errno != 0) return failed("list", directory, errno);
    std::ranges::sort(names);
    return names;
}

bool Disk::exists(const std::string& path) {
    return ::access(path.c_str(), F_OK) == 0;
}

std::uint64_t Disk::change_mark(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return 0;
    std::uint64_t mark = 14695981039346656037U;  // FNV-1a, over whole numbers
    const auto mix = [&mark](auto value) {
        mark = (mark ^ static_cast<std::uint64_t>(value)) * 1099511628211U;
    };
    mix(status.st_dev);
    mix(status.st_ino);
    mix(status.st_size);
    mix(status.st_mtim.tv_sec);
    mix(status.st_mtim.tv_nsec);
    return mark == 0 ? 1 : mark;
}

}  // namespace sekisho::platform
