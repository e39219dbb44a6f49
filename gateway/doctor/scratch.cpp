#include "gateway/doctor/scratch.h"

#include <cerrno>
#include <fcntl.h>
#include <stdlib.h>
#include <system_error>
#include <unistd.h>

namespace sekisho::doctor {

namespace {

std::unexpected<std::string> failed(const std::string& call) {
    return std::unexpected(call + ": " + std::generic_category().message(errno));
}

// A file without a name once it is there: whatever ends this program leaves nothing.
class ScratchFile {
  public:
    // mkostemp puts letters for the X.
    explicit ScratchFile(const std::string& folder)
        : path_(folder + "/.sekisho-doctor-XXXXXX"), number_(::mkostemp(path_.data(), O_CLOEXEC)) {
        if (number_ >= 0) ::unlink(path_.c_str());
    }
    ~ScratchFile() {
        if (number_ >= 0) ::close(number_);
    }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    int number() const { return number_; }

  private:
    std::string path_;
    const int number_;
};

}  // namespace

std::expected<std::chrono::microseconds, std::string> try_disk(const std::string& folder,
                                                               std::size_t bytes) {
    const std::string zeros(bytes, '\0');
    const ScratchFile file{folder};
    if (file.number() < 0) return failed("create");
    const auto begin = std::chrono::steady_clock::now();
    if (::write(file.number(), zeros.data(), zeros.size()) != static_cast<ssize_t>(zeros.size())) {
        return failed("write");
    }
    if (::fsync(file.number()) != 0) return failed("fsync");
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
}

}  // namespace sekisho::doctor
