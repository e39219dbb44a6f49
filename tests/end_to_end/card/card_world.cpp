#include "tests/end_to_end/card/card_world.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <signal.h>
#include <stdexcept>

#include "gateway/platform/crypto.h"
#include "tests/support/config_files.h"

namespace sekisho::tests {

namespace {

constexpr int kPort = 35963;  // in a network of the test's own

}  // namespace

card::Pin pin_of(std::string_view digits) {
    platform::SecretBytes typed;
    BOOST_TEST_REQUIRE(typed.append(digits));
    auto pin = card::Pin::parse(typed);
    BOOST_TEST_REQUIRE(pin.has_value());
    return std::move(*pin);
}

CardWorld::CardWorld() {
    std::filesystem::create_directories(folder_ / "readers");
    write("readers/vpcd",
          "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:" + std::to_string(kPort) +
              "\nLIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so\nCHANNELID " +
              std::to_string(kPort) + "\n");
    start_service();
}

CardWorld::~CardWorld() = default;  // Child kills and waits

// One card of nobody for all tests: its keys take a second.
std::string CardWorld::card_file(const std::string& name) {
    static const TemporaryFolder card;
    return card / name;
}

std::string CardWorld::write(const std::string& name, std::string_view text) const {
    std::ofstream out{folder_ / name, std::ios::binary};
    out << text;
    return folder_ / name;
}

void CardWorld::start_service() {
    service_ = Child{{"/usr/sbin/pcscd", "--foreground", "--config", folder_ / "readers"},
                     folder_ / "pcscd.log"};
    const bool up = eventually([this] {
        const auto list = readers.list();
        return list.has_value() && list->size() == 2;
    });
    if (!up) throw std::runtime_error("pcscd: " + read_text(folder_ / "pcscd.log"));
}

void CardWorld::stop_service() {
    service_.signal(SIGTERM);
    service_.wait();
}

std::string CardWorld::reader(Slot slot) {
    return slot == Slot::first ? "Virtual PCD 00 00" : "Virtual PCD 00 01";
}

bool CardWorld::has_card(Slot slot) {
    const auto list = readers.list();
    return list.has_value() && std::ranges::any_of(*list, [slot](const auto& each) {
               return each.name == reader(slot) && each.has_card;
           });
}

void CardWorld::insert(const std::vector<std::string>& options, Slot slot) {
    const int port = kPort + static_cast<int>(slot);
    std::vector<std::string> command{DemoGateway::program("virtual-jpki-card"), "--folder",
                                     card_file(""), "--port", std::to_string(port)};
    command.insert(command.end(), options.begin(), options.end());
    cards_[slot] = Child{command, folder_ / "card.log"};
    eventually([this, slot] { return has_card(slot) || cards_[slot].has_ended(); });
    BOOST_TEST_REQUIRE(has_card(slot), read_text(folder_ / "card.log"));
}

bool CardWorld::is_slow() const {
    return read_text(folder_ / "card.log").find("slow") != std::string::npos;
}

void CardWorld::take_off(Slot slot) {
    cards_.erase(slot);
    BOOST_TEST_REQUIRE(eventually([this, slot] { return !has_card(slot); }));
}

card::Answer<card::JpkiCard> CardWorld::open_soon(Slot slot) {
    auto opened = open(slot);
    eventually([&] {
        const bool busy = !opened && opened.error().line.trouble == platform::CardTrouble::in_use;
        if (busy) opened = open(slot);
        return !busy;
    });
    return opened;
}

card::Answer<std::string> CardWorld::sign(const std::string& text) {
    auto opened = open_soon();
    if (!opened) return std::unexpected(opened.error());
    return opened->sign(platform::sha256(text), pin_of("1234"), card::LastTry::kept);
}

bool CardWorld::verifies(const std::string& certificate_pem, const std::string& text,
                         const std::string& signature) const {
    const std::string certificate = write("verify.pem", certificate_pem);
    const auto key = run_program({"/usr/bin/openssl", "x509", "-in", certificate, "-noout",
                                  "-pubkey", "-out", file("verify.pub")});
    BOOST_TEST_REQUIRE(key.exit_code == 0, key.output);
    return run_program({"/usr/bin/openssl", "dgst", "-sha256", "-verify", file("verify.pub"),
                        "-signature", write("verify.sig", signature), write("verify.txt", text)})
               .exit_code == 0;
}

RawHandle::RawHandle(const std::string& reader, DWORD share) {
    BOOST_TEST_REQUIRE(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_) ==
                       SCARD_S_SUCCESS);
    DWORD protocol = 0;
    connected_ =
        SCardConnect(context_, reader.c_str(), share, SCARD_PROTOCOL_T1, &card_, &protocol);
}

RawHandle::~RawHandle() {
    if (connected_ == SCARD_S_SUCCESS) SCardDisconnect(card_, SCARD_LEAVE_CARD);
    SCardReleaseContext(context_);
}

unsigned RawHandle::send(std::string_view command) const {
    std::array<unsigned char, MAX_BUFFER_SIZE> response{};
    DWORD size = response.size();
    const LONG code =
        SCardTransmit(card_, SCARD_PCI_T1, reinterpret_cast<const unsigned char*>(command.data()),
                      static_cast<DWORD>(command.size()), nullptr, response.data(), &size);
    if (code != SCARD_S_SUCCESS || size < 2) return 0;
    return static_cast<unsigned>(response[size - 2]) << 8U | response[size - 1];
}

bool RawHandle::can_sign() const {
    BOOST_TEST_REQUIRE(send(card::select_application().bytes()) == 0x9000U);
    BOOST_TEST_REQUIRE(send(card::select_file(card::File::authentication_key).bytes()) == 0x9000U);
    const unsigned status = send(card::sign(platform::sha256("stolen")).bytes());
    BOOST_TEST((status == 0x9000U || status == 0x6982U));
    return status == 0x9000U;
}

bool RawHandle::verify_pin(std::string_view digits) const {
    BOOST_TEST_REQUIRE(send(card::select_application().bytes()) == 0x9000U);
    BOOST_TEST_REQUIRE(send(card::select_file(card::File::authentication_pin).bytes()) == 0x9000U);
    return send(card::verify(pin_of(digits)).bytes()) == 0x9000U;
}

}  // namespace sekisho::tests
