#include "adapters/file/content.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace sekisho::file {

namespace {

class Opened {
  public:
    explicit Opened(const std::string& path)
        : number_(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)) {}
    ~Opened() {
        if (number_ >= 0) ::close(number_);
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;

    bool is_plain() const {
        struct stat about{};
        return number_ >= 0 && ::fstat(number_, &about) == 0 && S_ISREG(about.st_mode);
    }
    ssize_t read(std::array<char, 65'536>& into) const {
        while (true) {
            const ssize_t count = ::read(number_, into.data(), into.size());
            if (count >= 0 || errno != EINTR) return count;
        }
    }

  private:
    int number_;
};

}  // namespace

std::expected<std::string, NoContent> content_of(const std::string& path, std::uint64_t bytes_max) {
    const Opened opened(path);
    if (!opened.is_plain()) return std::unexpected(NoContent::absent);
    std::string bytes;
    std::array<char, 65'536> piece{};
    for (ssize_t count = opened.read(piece); count != 0; count = opened.read(piece)) {
        if (count < 0) return std::unexpected(NoContent::absent);
        bytes.append(piece.data(), static_cast<std::size_t>(count));
        if (bytes.size() > bytes_max) return std::unexpected(NoContent::too_large);
    }
    return bytes;
}

std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code trouble;
    std::filesystem::directory_iterator entry(folder, trouble);
    for (; !trouble && entry != std::filesystem::directory_iterator{}; entry.increment(trouble)) {
        names.push_back(entry->path().filename().string());
    }
    return names;
}

}  // namespace sekisho::file
