// A My Number card made of nothing but memory: the JPKI application as a state machine, command
// APDU in, response APDU out.
//
// It behaves as the real one is known to (the driver card-jpki.c of OpenSC and the public clients
// are the sources): files 0001 to 001B of the application, passwords with their tries, signatures
// without asking what is signed. In particular what was unlocked stays unlocked for whoever asks,
// across a new selection of the application, until the card is reset. Nothing else resets it.
// Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "adapters/simulation/card/jpki_certificates.h"

namespace sekisho::simulation {

struct JpkiContents {
    KeyAndCertificate authentication;
    std::string authentication_authority{};  // DER
    KeyAndCertificate signature;
    std::string signature_authority{};  // DER
    std::string authentication_pin = "1234";
    std::string signature_pin = "ABC123";
    std::string token = "JPKIAPICCTOKEN2";
};

// A card of nobody, valid for a day around `now`.
JpkiContents make_jpki_contents(std::chrono::system_clock::time_point now);

// Of such a card what signs documents (署名用); what shows who one is, is not there yet.
JpkiContents make_signing_contents(std::chrono::system_clock::time_point now);

class VirtualJpkiCard {
  public:
    static constexpr std::string_view kAtr{"\x3B\xE0\x00\xFF\x81\x31\xFE\x45\x14", 9};
    static constexpr int kAuthenticationTries = 3;
    static constexpr int kSignatureTries = 5;

    explicit VirtualJpkiCard(JpkiContents contents);

    std::string answer(std::string_view command);
    void reset();  // power, or a reset: everything selected and unlocked is forgotten

    const JpkiContents& contents() const { return contents_; }
    int authentication_tries() const { return authentication_.tries; }
    void set_authentication_tries(int tries) { authentication_.tries = tries; }
    bool unlocked() const { return authentication_.verified || signature_.verified; }

  private:
    struct Password {
        std::string value;
        int tries = 0;
        int tries_max = 0;
        bool verified = false;
    };
    struct Command {
        std::uint16_t instruction = 0;  // class and instruction: 0x00A4
        std::uint16_t parameters = 0;   // P1 and P2
        std::string_view data{};
        std::size_t le = 0;  // 0: none
    };

    static bool parse(std::string_view bytes, Command& command);
    std::string select(const Command& command);
    std::string read(const Command& command) const;
    std::string verify(const Command& command);
    std::string sign(const Command& command) const;
    Password* selected_password();

    const JpkiContents contents_;
    std::map<std::uint16_t, std::string> files_{};  // transparent ones
    Password authentication_;
    Password signature_;
    bool in_application_ = false;
    std::uint16_t file_ = 0;  // 0: none selected
};

}  // namespace sekisho::simulation
