// What the kernel says of processes and ports of this machine.
#pragma once

#include <csignal>
#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace sekisho::bench {

bool listens_soon(std::uint16_t port);  // within 30 s; on 127.0.0.1
std::string text_of(const std::string& path);

std::uint64_t resident_bytes(pid_t pid);       // VmRSS; 0 where there is no such process
std::uint64_t peak_resident_bytes(pid_t pid);  // VmHWM
void forget_peak(pid_t pid);                   // VmHWM begins anew
double processor_seconds(pid_t pid);           // user and system, of all its threads
std::vector<pid_t> with_children(pid_t pid);   // itself first

// Open files this process and those it starts may have from now on: `wanted`, or as many as the
// machine lets.
std::uint64_t allow_open_files(std::uint64_t wanted);

}  // namespace sekisho::bench
