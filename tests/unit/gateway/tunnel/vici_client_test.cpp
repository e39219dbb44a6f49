#include "gateway/tunnel/vici_client.h"

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

#include "routing/model/limits.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace sekisho;
using namespace std::string_literals;
using tunnel::ViciClient;
using tunnel::ViciPacket;
using tunnel::ViciPacketType;
using tunnel::ViciSection;

std::string framed(const std::string& bytes) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) text.push_back(static_cast<char>(size >> shift));
    return text + bytes;
}

std::string framed(const ViciPacket& packet) {
    return framed(tunnel::to_bytes(packet).value());
}

ViciPacket unnamed(ViciPacketType type, ViciSection message = {}) {
    return {.type = type, .message = std::move(message)};
}

// A daemon that says one thing to whoever comes first, whatever it is asked, and hears no more.
class Daemon {
  public:
    explicit Daemon(std::string says) : listening_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path().c_str(), sizeof(address.sun_path) - 1);
        BOOST_TEST_REQUIRE(
            ::bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
        BOOST_TEST_REQUIRE(::listen(listening_, 1) == 0);
        thread_ = std::jthread([this, says = std::move(says)] {
            const int visitor = ::accept(listening_, nullptr, nullptr);
            (void)::send(visitor, says.data(), says.size(), MSG_NOSIGNAL);
            ::shutdown(visitor, SHUT_WR);
            char byte = 0;
            while (::recv(visitor, &byte, 1, 0) > 0) continue;
            ::close(visitor);
        });
    }
    ~Daemon() {
        thread_.join();
        ::close(listening_);
    }
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    std::string path() const { return folder_ / "vici"; }

  private:
    tests::TemporaryFolder folder_;
    int listening_;
    std::jthread thread_;
};

std::string told_certificate(const std::string& bytes) {
    auto event = ViciSection{}.add("type", "X509"s).add("flag", "NONE"s).add("data", bytes);
    return framed(
        {.type = ViciPacketType::event, .name = "list-cert", .message = std::move(event)});
}

ViciClient::Deadline soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds{10};
}

std::string why_no_list(const std::string& says) {
    const Daemon daemon{says};
    const auto answer = ViciClient{daemon.path()}.associations(soon());
    BOOST_TEST_REQUIRE(!answer.has_value());
    return answer.error().why;
}

std::string why_no_certificates(const std::string& says) {
    const Daemon daemon{says};
    const auto answer = ViciClient{daemon.path()}.certificates(soon());
    BOOST_TEST_REQUIRE(!answer.has_value());
    return answer.error().why;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vici_client)

BOOST_AUTO_TEST_CASE(gathers_the_associations_that_are_told_one_by_one) {
    const auto told = [](const std::string& identity) {
        ViciSection ike;
        ike.add("state", "ESTABLISHED"s).add("remote-id", identity);
        return framed({.type = ViciPacketType::event,
                       .name = "list-sa",
                       .message = ViciSection{}.add("ehr", std::move(ike))});
    };
    const Daemon daemon{framed(unnamed(ViciPacketType::event_confirm)) + told("CN=a") +
                        told("CN=b") + framed(unnamed(ViciPacketType::command_response))};
    const auto answer = ViciClient{daemon.path()}.associations(soon());
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST_REQUIRE(answer->size() == 2U);
    BOOST_TEST((*answer)[0].identity == "CN=a");
    BOOST_TEST((*answer)[1].identity == "CN=b");
}

BOOST_AUTO_TEST_CASE(has_no_answer_where_the_daemon_says_something_else_or_nothing) {
    const std::string confirm = framed(unnamed(ViciPacketType::event_confirm));
    BOOST_TEST(why_no_list("") == "the daemon closed the connection");
    BOOST_TEST(why_no_list(framed(unnamed(ViciPacketType::event_unknown))) ==
               "the daemon has no such event");
    BOOST_TEST(why_no_list(confirm + framed(unnamed(ViciPacketType::command_unknown))) ==
               "the daemon does not list its associations");
    BOOST_TEST(why_no_list(confirm) == "the daemon closed the connection");
    std::string many = confirm;
    for (std::size_t i = 0; i <= model::limits::kAssociationsMax; ++i) {
        many += framed({.type = ViciPacketType::event,
                        .name = "list-sa",
                        .message = ViciSection{}.add("ehr", ViciSection{})});
    }
    BOOST_TEST(why_no_list(many) == "the daemon lists too many associations");
    BOOST_TEST(why_no_list(framed("\x09"s)) == "the answer cannot be read");
    BOOST_TEST(why_no_list("\xff\xff\xff\xff"s) == "the answer is too large");
    BOOST_TEST(why_no_list("\0\0\0\5\5"s) == "the daemon closed the connection");
}

BOOST_AUTO_TEST_CASE(gathers_the_certificates_that_are_told_one_by_one) {
    const Daemon daemon{framed(unnamed(ViciPacketType::event_confirm)) + told_certificate("a") +
                        told_certificate("b") + framed(unnamed(ViciPacketType::command_response))};
    const auto answer = ViciClient{daemon.path()}.certificates(soon());
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST_REQUIRE(answer->size() == 2U);
    BOOST_TEST((*answer)[0].der == "a");
    BOOST_TEST((*answer)[1].der == "b");
}

BOOST_AUTO_TEST_CASE(has_no_certificates_where_they_are_too_many_too_large_or_something_else) {
    const std::string confirm = framed(unnamed(ViciPacketType::event_confirm));
    BOOST_TEST(why_no_certificates(confirm + framed(unnamed(ViciPacketType::command_unknown))) ==
               "the daemon does not list its certificates");
    BOOST_TEST(why_no_certificates(confirm +
                                   framed({.type = ViciPacketType::event, .name = "list-cert"})) ==
               "the daemon does not list its certificates");
    BOOST_TEST(
        why_no_certificates(confirm + framed({.type = ViciPacketType::event, .name = "list-sa"})) ==
        "the daemon does not list its certificates");
    const auto repeated = [&](const std::string& bytes, std::size_t times) {
        const std::string one = told_certificate(bytes);
        std::string told = confirm;
        for (std::size_t i = 0; i < times; ++i) told += one;
        return told;
    };
    BOOST_TEST(why_no_certificates(repeated("a", tunnel::kIkeCertificatesMax + 1)) ==
               "the daemon lists too many certificates");
    constexpr std::size_t kLarge = 0xffff;
    BOOST_TEST(why_no_certificates(repeated(std::string(kLarge, 'a'),
                                            tunnel::kIkeCertificatesBytesMax / kLarge + 1)) ==
               "the daemon lists too many certificates");
}

BOOST_AUTO_TEST_CASE(tells_the_version_or_that_it_was_not_said) {
    const auto asked = [](ViciSection message) {
        const Daemon daemon{framed(unnamed(ViciPacketType::command_response, std::move(message)))};
        return ViciClient{daemon.path()}.version(soon());
    };
    BOOST_TEST(asked(ViciSection{}.add("daemon", "charon"s).add("version", "5.9.8"s)).value() ==
               "charon 5.9.8");
    BOOST_TEST(!asked(ViciSection{}.add("daemon", "charon"s)).has_value());
}

BOOST_AUTO_TEST_CASE(waits_no_longer_than_its_deadline) {
    const tests::TemporaryFolder folder;
    const int listening = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, (folder / "vici").c_str(), sizeof(address.sun_path) - 1);
    BOOST_TEST_REQUIRE(::bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof(address)) ==
                       0);
    BOOST_TEST_REQUIRE(::listen(listening, 1) == 0);  // and never accepts
    const auto answer = ViciClient{folder / "vici"}.version(std::chrono::steady_clock::now());
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST(answer.error().why == "the deadline passed");
    ::close(listening);
}

BOOST_AUTO_TEST_CASE(says_where_there_is_no_daemon) {
    const tests::TemporaryFolder folder;
    const auto answer = ViciClient{folder / "vici"}.associations(soon());
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST(answer.error().why.starts_with("connect: "));
    BOOST_TEST(!ViciClient{std::string(200, 'x')}.version(soon()).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
