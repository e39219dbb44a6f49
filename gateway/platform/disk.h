// Files on the machine's own disk, by POSIX calls: every fsync and every rename is checked.
#pragma once

#include "gateway/platform/ports.h"

namespace sekisho::platform {

class Disk final : public Files {
  public:
    model::Result<std::string> read(const std::string& path, std::size_t bytes_max) override;
    model::Result<void> write_whole(const std::string& path, std::string_view bytes,
                                    unsigned mode) override;
    model::Result<std::unique_ptr<WritableFile>> create(const std::string& path) override;
    model::Result<std::unique_ptr<ReadableFile>> open(const std::string& path) override;
    model::Result<void> sync_directory(const std::string& path) override;
    model::Result<void> remove(const std::string& path) override;
    model::Result<void> make_directories(const std::string& path) override;
    model::Result<std::vector<std::string>> list(const std::string& directory) override;
    bool exists(const std::string& path) override;
    std::uint64_t change_mark(const std::string& path) override;
};

}  // namespace sekisho::platform
