#include "adapters/simulation/ports_file.h"

#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/file.h>
#include <unistd.h>

#include "adapters/documents/json.h"

namespace sekisho::simulation {

using documents::Json;

namespace {

model::Result<void> cannot_write(const std::string& file) {
    return model::refuse(model::Problem::internal,
                         {file + " に書けません", "cannot write " + file});
}

// Held while it lives; the lock is the kernel's and ends with the process.
class FileLock {
  public:
    explicit FileLock(const std::string& file)
        : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        held_ = descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX) == 0;
    }
    ~FileLock() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    bool held() const { return held_; }

  private:
    int descriptor_;
    bool held_ = false;
};

}  // namespace

std::optional<std::string> read_file(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{stream}, {}};
}

model::Result<void> replace_file(const std::string& file, std::string_view bytes) {
    const std::string hidden = file + "." + std::to_string(::getpid()) + ".part";
    {
        std::ofstream stream(hidden, std::ios::binary | std::ios::trunc);
        stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        stream.close();
        if (!stream) return cannot_write(file);
    }
    if (std::rename(hidden.c_str(), file.c_str()) != 0) return cannot_write(file);
    return {};
}

model::Result<void> write_port(const std::string& file, std::string_view peer, std::uint16_t port) {
    const FileLock lock(file + ".lock");
    if (!lock.held()) return cannot_write(file);
    auto ports = Json::object();
    if (const auto text = read_file(file)) {
        if (const auto before = documents::parse_json(*text)) {
            for (const auto& [name, value] : before->members()) {
                if (name != peer) ports.set(name, value);
            }
        }
    }
    ports.set(std::string{peer}, Json::number(port));
    return replace_file(file, to_pretty(ports) + "\n");
}

std::optional<std::uint16_t> read_port(const std::string& file, std::string_view peer) {
    const auto text = read_file(file);
    if (!text) return std::nullopt;
    const auto ports = documents::parse_json(*text);
    if (!ports) return std::nullopt;
    const auto port = ports->integer_at(peer);
    if (!port || *port < 1 || *port > 65535) return std::nullopt;
    return static_cast<std::uint16_t>(*port);
}

}  // namespace sekisho::simulation
