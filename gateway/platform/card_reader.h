// Card readers as a port: which there are, and one card at a time as a session.
//
// What a card has been told (a PIN that was right) belongs to the card, not to the program that
// told it: whoever speaks to it next finds it unlocked. So a session's life is the discipline: it
// has the card for itself (exclusive share), is one transaction from its first command to its last,
// and ends by a reset of the card, however it ends. A card that is reset has forgotten every PIN.
//
// After any failure the session is of no more use; what was known of the card is not known any
// more. A new session begins with the selection of the application.
// Commands and responses are APDUs (ISO/IEC 7816-4), short form; responses with their status words.
// Threads: a session belongs to one thread; CardReaders may be asked from several.
// The real form is pcsc_readers.h; tests have one over a virtual card (tests/support/card).
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/platform/secret_bytes.h"

namespace sekisho::platform {

enum class CardTrouble : std::uint8_t {
    no_service,    // the smart card service does not run, or ended under way
    no_reader,     // there is no such reader, or no more
    no_card,       // no card lies in it
    removed,       // the card was taken away under way
    reset,         // the card was reset by another program or by the reader
    in_use,        // another program has the card
    timed_out,     // no answer within the deadline; the call was given up
    unresponsive,  // a card lies there, and nothing sensible comes from it
    other_kind,    // a card that does not speak T=1, as a My Number card does
    reader_fault,  // anything else; the detail says what
};

std::string_view to_string(CardTrouble trouble);  // "timed_out"

struct CardFailure {
    CardTrouble trouble = CardTrouble::reader_fault;
    std::string detail{};  // the call and its code, "SCardTransmit 80100069"; never a command
};

struct CardReader {
    std::string name;
    bool has_card = false;
    bool in_use = false;  // another program has the card for itself
};

// May hold a PIN, and is cleansed therefore.
using CardCommand = SecretBytes;

class CardSession {
  public:
    virtual ~CardSession() = default;  // resets the card
    virtual std::expected<std::string, CardFailure> transmit(const CardCommand& command) = 0;
};

class CardReaders {
  public:
    virtual ~CardReaders() = default;
    // None is no failure.
    virtual std::expected<std::vector<CardReader>, CardFailure> list() = 0;
    virtual std::expected<std::unique_ptr<CardSession>, CardFailure> open(
        const std::string& reader) = 0;
};

}  // namespace sekisho::platform
