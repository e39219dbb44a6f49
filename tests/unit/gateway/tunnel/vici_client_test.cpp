#include "gateway/tunnel/vici_client.h"

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "routing/model/limits.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/vici_daemon.h"

namespace {

using namespace sekisho;
using namespace std::string_literals;
using tests::framed;
using tests::ViciDaemon;
using tunnel::ViciClient;
using tunnel::ViciPacketType;
using tunnel::ViciSection;

std::string told_certificate(const std::string& bytes) {
    auto event = ViciSection{}.add("type", "X509"s).add("flag", "NONE"s).add("data", bytes);
    return framed(
        {.type = ViciPacketType::event, .name = "list-cert", .message = std::move(event)});
}

ViciClient::Deadline soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds{10};
}

std::string why_no_list(const std::string& says) {
    const ViciDaemon daemon{{says}};
    const auto answer = ViciClient{daemon.path()}.associations(soon());
    BOOST_TEST_REQUIRE(!answer.has_value());
    return answer.error().why;
}

std::string why_no_certificates(const std::string& says) {
    const ViciDaemon daemon{{says}};
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
    const ViciDaemon daemon{{framed(ViciPacketType::event_confirm) + told("CN=a") + told("CN=b") +
                             framed(ViciPacketType::command_response)}};
    const auto answer = ViciClient{daemon.path()}.associations(soon());
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST_REQUIRE(answer->size() == 2U);
    BOOST_TEST((*answer)[0].identity == "CN=a");
    BOOST_TEST((*answer)[1].identity == "CN=b");
}

BOOST_AUTO_TEST_CASE(has_no_answer_where_the_daemon_says_something_else_or_nothing) {
    const std::string confirm = framed(ViciPacketType::event_confirm);
    BOOST_TEST(why_no_list("") == "the daemon closed the connection");
    BOOST_TEST(why_no_list(framed(ViciPacketType::event_unknown)) ==
               "the daemon has no such event");
    BOOST_TEST(why_no_list(confirm + framed(ViciPacketType::command_unknown)) ==
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
    const ViciDaemon daemon{{framed(ViciPacketType::event_confirm) + told_certificate("a") +
                             told_certificate("b") + framed(ViciPacketType::command_response)}};
    const auto answer = ViciClient{daemon.path()}.certificates(soon());
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST_REQUIRE(answer->size() == 2U);
    BOOST_TEST((*answer)[0].der == "a");
    BOOST_TEST((*answer)[1].der == "b");
}

BOOST_AUTO_TEST_CASE(has_no_certificates_where_they_are_too_many_too_large_or_something_else) {
    const std::string confirm = framed(ViciPacketType::event_confirm);
    BOOST_TEST(why_no_certificates(confirm + framed(ViciPacketType::command_unknown)) ==
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
        const ViciDaemon daemon{
            {framed({.type = ViciPacketType::command_response, .message = std::move(message)})}};
        return ViciClient{daemon.path()}.version(soon());
    };
    BOOST_TEST(asked(ViciSection{}.add("daemon", "charon"s).add("version", "5.9.8"s)).value() ==
               "charon 5.9.8");
    BOOST_TEST(!asked(ViciSection{}.add("daemon", "charon"s)).has_value());
}

BOOST_AUTO_TEST_CASE(ends_a_list_that_goes_on_with_nothing_in_it) {
    const std::string empty = framed({.type = ViciPacketType::event, .name = "list-sa"});
    std::string endless = framed(ViciPacketType::event_confirm);
    for (std::size_t i = 0; i <= model::limits::kAssociationsMax; ++i) endless += empty;
    BOOST_TEST(why_no_list(endless) == "the daemon lists too many associations");
}

BOOST_AUTO_TEST_CASE(ends_a_list_of_few_that_are_large) {
    ViciSection much;
    for (int i = 0; i < 7; ++i) much.add("x" + std::to_string(i), std::string(0xffff, 'x'));
    const std::string large =
        framed({.type = ViciPacketType::event, .name = "list-sa", .message = std::move(much)});
    std::string endless = framed(ViciPacketType::event_confirm);
    while (endless.size() <= tunnel::kViciListBytesMax) endless += large;
    BOOST_TEST(why_no_list(endless) == "the daemon's list is too large");
}

// A daemon whose bytes are always there is never waited for. Whether they are is a race, so it is
// run often.
BOOST_AUTO_TEST_CASE(takes_nothing_after_its_deadline_that_is_there_already) {
    const ViciDaemon daemon{std::vector<std::string>(
        500, framed(ViciPacketType::event_confirm) + framed(ViciPacketType::command_response))};
    for (int i = 0; i < 500; ++i) {
        const auto answer =
            ViciClient{daemon.path()}.associations(std::chrono::steady_clock::now());
        BOOST_TEST_REQUIRE(!answer.has_value());
        BOOST_TEST(answer.error().why == "the deadline passed");
    }
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
