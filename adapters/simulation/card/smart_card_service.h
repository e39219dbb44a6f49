// The real smart card service, pcscd of Debian, with two virtual readers of vsmartcard-vpcd and
// nothing else: no reader that is plugged into the machine is touched.
//
// For who has entered namespaces of one's own (own_namespaces.h). Its socket, pcscd.comm, is shown
// in a folder outside, where a PC/SC client finds it by PCSCLITE_CSOCK_NAME. The service ends with
// this object, and with this process however that ends. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace sekisho::simulation {

inline constexpr std::array<std::string_view, 2> kVirtualReaders{"Virtual PCD 00 00",
                                                                 "Virtual PCD 00 01"};

class SmartCardService {
  public:
    // `socket_folder`: there, with nothing of another service that lives. The error is a
    // sentence: what is missing or not permitted.
    static std::expected<std::unique_ptr<SmartCardService>, std::string> start(
        const std::string& socket_folder);
    ~SmartCardService();
    SmartCardService(const SmartCardService&) = delete;
    SmartCardService& operator=(const SmartCardService&) = delete;

    // Where the card for the nth of the readers connects to, on loopback.
    static std::uint16_t port_of(std::size_t reader);
    bool has_ended();  // by itself

  private:
    explicit SmartCardService(pid_t pid) : pid_(pid) {}
    pid_t pid_;
};

}  // namespace sekisho::simulation
