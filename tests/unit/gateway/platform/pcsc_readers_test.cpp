// PC/SC without a smart card service: none there, and one that never answers. The service itself,
// readers and cards are met in tests/end_to_end/card.
#include "gateway/platform/pcsc_readers.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "gateway/platform/pcsc_card.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::platform {

namespace {

using namespace std::chrono_literals;

// The library looks for its service where this variable says, once for the process.
const std::string& socket_path() {
    static const tests::TemporaryFolder folder;
    static const std::string path = [] {
        std::string name = folder / "pcscd.comm";
        ::setenv("PCSCLITE_CSOCK_NAME", name.c_str(), 1);
        return name;
    }();
    return path;
}

// Takes connections into its queue and answers nothing.
class SilentService {
  public:
    explicit SilentService(const std::string& path)
        : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        const auto* generic = reinterpret_cast<const sockaddr*>(&address);
        BOOST_TEST_REQUIRE(::bind(socket_, generic, sizeof address) == 0);
        BOOST_TEST_REQUIRE(::listen(socket_, 4) == 0);
    }
    ~SilentService() { ::close(socket_); }
    SilentService(const SilentService&) = delete;
    SilentService& operator=(const SilentService&) = delete;

  private:
    int socket_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(pcsc_readers)

BOOST_AUTO_TEST_CASE(without_a_service_it_is_told_so) {
    ::unlink(socket_path().c_str());
    PcscReaders readers;
    const auto list = readers.list();
    BOOST_TEST_REQUIRE(!list.has_value());
    BOOST_TEST((list.error().trouble == CardTrouble::no_service));
    BOOST_TEST(list.error().detail.starts_with("SCardEstablishContext"));
    BOOST_TEST((readers.open("any").error().trouble == CardTrouble::no_service));
}

BOOST_AUTO_TEST_CASE(a_service_that_never_answers_is_given_up) {
    const SilentService service{socket_path()};
    PcscReaders readers{{.call = 20ms, .session = 1s}};
    BOOST_TEST((readers.list().error().trouble == CardTrouble::timed_out));
    BOOST_TEST((readers.open("any").error().trouble == CardTrouble::timed_out));
}

BOOST_AUTO_TEST_CASE(calls_that_do_not_come_back_are_bounded) {
    ::unlink(socket_path().c_str());
    const SilentService service{socket_path()};
    PcscReaders readers{{.call = 20ms, .session = 1s, .threads_max = 2}};
    for (int i = 0; i < 2; ++i) {
        BOOST_TEST((readers.list().error().trouble == CardTrouble::timed_out));
    }
    PcscReaders patient{{.call = 1h, .session = 1h, .threads_max = 0}};
    BOOST_TEST((patient.list().error().trouble == CardTrouble::timed_out));
    BOOST_TEST((patient.open("any").error().trouble == CardTrouble::timed_out));
    BOOST_TEST((readers.open("any").error().trouble == CardTrouble::timed_out));
}

BOOST_AUTO_TEST_CASE(a_session_that_ended_gives_its_thread_back) {
    ::unlink(socket_path().c_str());
    PcscReaders readers{{.threads_max = 1}};
    for (int i = 0; i < 3; ++i) {
        BOOST_TEST((readers.list().error().trouble == CardTrouble::no_service));
    }
}

BOOST_AUTO_TEST_CASE(codes_are_told_apart_and_unknown_ones_are_kept) {
    BOOST_TEST(
        (card_failure("SCardConnect", SCARD_W_REMOVED_CARD).trouble == CardTrouble::removed));
    BOOST_TEST((card_failure("SCardConnect", SCARD_W_RESET_CARD).trouble == CardTrouble::reset));
    BOOST_TEST(
        (card_failure("SCardConnect", SCARD_E_NO_SMARTCARD).trouble == CardTrouble::no_card));
    BOOST_TEST(
        (card_failure("SCardConnect", SCARD_E_SERVICE_STOPPED).trouble == CardTrouble::no_service));
    BOOST_TEST(
        (card_failure("SCardConnect", SCARD_E_SHARING_VIOLATION).trouble == CardTrouble::in_use));
    BOOST_TEST(
        (card_failure("SCardConnect", SCARD_E_PROTO_MISMATCH).trouble == CardTrouble::other_kind));
    const CardFailure other = card_failure("SCardConnect", SCARD_F_INTERNAL_ERROR);
    BOOST_TEST((other.trouble == CardTrouble::reader_fault));
    BOOST_TEST(other.detail == "SCardConnect 80100001");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
