#include "adapters/file/dropped_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace sekisho::file {

namespace {

std::string words_of(int error) {
    return std::generic_category().message(error);
}

}  // namespace

DroppedFile::DroppedFile(const std::string& folder, const std::string& name)
    : path_(folder + "/" + name), hidden_(folder + "/." + name.substr(0, 200) + ".XXXXXX") {
    // The template's X are asked for by mkostemp, which replaces them.
    descriptor_ = ::mkostemp(hidden_.data(), O_CLOEXEC);
    if (descriptor_ < 0) fail("create");
}

DroppedFile::~DroppedFile() {
    const bool created = descriptor_ >= 0;
    if (created) ::close(descriptor_);
    if (created && !published_) ::unlink(hidden_.c_str());
}

bool DroppedFile::fail(std::string_view what) {
    trouble_ = std::string{what} + ": " + words_of(errno);
    return false;
}

bool DroppedFile::write(std::string_view bytes) {
    if (descriptor_ < 0) return false;
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return fail("write");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool DroppedFile::sync() {
    if (descriptor_ < 0) return false;
    if (::fchmod(descriptor_, 0640) != 0) return fail("chmod");
    return ::fsync(descriptor_) == 0 || fail("fsync");
}

bool DroppedFile::publish() {
    if (descriptor_ < 0) return false;
    if (std::rename(hidden_.c_str(), path_.c_str()) != 0) return fail("rename");
    published_ = true;
    return true;
}

bool sync_folder(const std::string& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return synced;
}

Sameness compare_files(const std::string& existing, const std::string& candidate) {
    std::ifstream a(existing, std::ios::binary);
    if (!a) return Sameness::absent;
    std::ifstream b(candidate, std::ios::binary);
    std::array<char, 65'536> left{};
    std::array<char, 65'536> right{};
    while (a && b) {
        a.read(left.data(), left.size());
        b.read(right.data(), right.size());
        if (a.gcount() != b.gcount()) return Sameness::different;
        const auto count = static_cast<std::ptrdiff_t>(a.gcount());
        if (!std::equal(left.begin(), left.begin() + count, right.begin()))
            return Sameness::different;
    }
    return a.eof() && b.eof() ? Sameness::same : Sameness::different;
}

}  // namespace sekisho::file
