// An IKE daemon's control socket with nobody behind it: what is said there is written down before.
//
//     const ViciDaemon daemon{{framed(ViciPacketType::event_confirm) + ...}};
//     ViciClient{daemon.path()}.associations(soon())
//
// Says each of its words to one visitor after another, whatever it is asked, then hears no more of
// that visitor until it goes. Who never came is not waited for at the end: on Linux shutdown()
// wakes an accept().
#pragma once

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "gateway/tunnel/vici_message.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::tests {

inline std::string framed(const std::string& bytes) {
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) {
        text.push_back(static_cast<char>(bytes.size() >> shift));
    }
    return text + bytes;
}

inline std::string framed(const tunnel::ViciPacket& packet) {
    return framed(tunnel::to_bytes(packet).value());
}

inline std::string framed(tunnel::ViciPacketType type) {
    return framed({.type = type, .name = {}, .message = {}});
}

class ViciDaemon {
  public:
    explicit ViciDaemon(std::vector<std::string> says)
        : listening_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path().c_str(), sizeof(address.sun_path) - 1);
        BOOST_TEST_REQUIRE(
            ::bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
        BOOST_TEST_REQUIRE(::listen(listening_, SOMAXCONN) == 0);
        thread_ = std::jthread([this, says = std::move(says)] {
            for (const std::string& words : says) tell(words);
        });
    }
    ~ViciDaemon() {
        ::shutdown(listening_, SHUT_RDWR);
        thread_.join();
        ::close(listening_);
    }
    ViciDaemon(const ViciDaemon&) = delete;
    ViciDaemon& operator=(const ViciDaemon&) = delete;

    std::string path() const { return folder_ / "vici"; }

  private:
    void tell(const std::string& words) const {
        const int visitor = ::accept(listening_, nullptr, nullptr);
        if (visitor < 0) return;
        (void)::send(visitor, words.data(), words.size(), MSG_NOSIGNAL);
        ::shutdown(visitor, SHUT_WR);
        char byte = 0;
        while (::recv(visitor, &byte, 1, 0) > 0) continue;
        ::close(visitor);
    }

    TemporaryFolder folder_;
    int listening_;
    std::jthread thread_;
};

}  // namespace sekisho::tests
