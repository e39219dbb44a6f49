#include "tests/bench/process.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <netinet/in.h>
#include <sstream>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/demo/demo_gateway.h"

namespace sekisho::bench {

namespace {

bool listens(std::uint16_t port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int result = ::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::close(descriptor);
    return result == 0;
}

std::string proc(pid_t pid, const char* name) {
    return "/proc/" + std::to_string(pid) + "/" + name;
}

std::uint64_t kilobytes_in_status(pid_t pid, const std::string& name) {
    std::ifstream in{proc(pid, "status")};
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(name + ":")) return std::stoull(line.substr(name.size() + 1)) * 1024;
    }
    return 0;
}

// The fields of /proc/PID/stat behind the name, which may hold blanks: index 0 is the state.
std::vector<std::string> stat_of(pid_t pid) {
    const std::string text = text_of(proc(pid, "stat"));
    const auto name_end = text.rfind(") ");
    if (name_end == std::string::npos) return {};
    std::istringstream words{text.substr(name_end + 2)};
    return {std::istream_iterator<std::string>{words}, {}};
}

}  // namespace

bool listens_soon(std::uint16_t port) {
    return tests::eventually([port] { return listens(port); });
}

std::string text_of(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::uint64_t resident_bytes(pid_t pid) {
    return kilobytes_in_status(pid, "VmRSS");
}

std::uint64_t peak_resident_bytes(pid_t pid) {
    return kilobytes_in_status(pid, "VmHWM");
}

void forget_peak(pid_t pid) {
    std::ofstream{proc(pid, "clear_refs")} << "5";
}

double processor_seconds(pid_t pid) {
    const auto fields = stat_of(pid);
    if (fields.size() < 13) return 0;
    const double ticks = std::stod(fields[11]) + std::stod(fields[12]);
    return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::vector<pid_t> with_children(pid_t pid) {
    std::vector<pid_t> all{pid};
    for (const auto& entry : std::filesystem::directory_iterator{"/proc"}) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        const auto candidate = static_cast<pid_t>(std::stol(name));
        const auto fields = stat_of(candidate);
        if (fields.size() > 1 && std::stol(fields[1]) == pid) all.push_back(candidate);
    }
    return all;
}

std::uint64_t allow_open_files(std::uint64_t wanted) {
    rlimit limit{.rlim_cur = wanted, .rlim_max = wanted};
    if (::setrlimit(RLIMIT_NOFILE, &limit) == 0) return wanted;
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

}  // namespace sekisho::bench
