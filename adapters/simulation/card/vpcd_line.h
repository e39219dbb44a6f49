// A virtual card on the virtual reader vpcd of vsmartcard: its socket protocol, from the card's
// end.
//
// The card connects to the reader's port. Each message is two bytes of length, big-endian, then so
// many bytes. From the reader a message of one byte is a control (0 power off, 1 power on, 2 reset,
// 4 the ATR is asked for) and any longer one a command APDU. The card answers to APDUs and to the
// question for its ATR, to nothing else. A card that is taken off closes the connection.
// Source: the vpcd driver's behaviour (vsmartcard-vpcd 3.3).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

#include "adapters/simulation/card/card_faults.h"
#include "adapters/simulation/card/virtual_jpki_card.h"

namespace sekisho::simulation {

class VpcdLine {
  public:
    struct Place {
        std::string host = "127.0.0.1";
        std::uint16_t port = 0;
    };
    enum class End : std::uint8_t {
        taken_off,       // by its own fault
        reader_is_gone,  // the reader closed, or cannot be reached
    };

    // `slow`: how long an answer takes where the fault says so.
    VpcdLine(VirtualJpkiCard& card, WantedFault fault, std::chrono::milliseconds slow)
        : card_(card), fault_(std::move(fault)), slow_(slow) {}

    // Lies on the reader until either end closes. The card is without power before and after.
    End serve(const Place& place);

    // The reader has asked what lies there: it knows of the card. Any thread.
    bool is_seen() const { return seen_; }

  private:
    bool exchange(int socket);  // false: it is over

    VirtualJpkiCard& card_;
    const WantedFault fault_;
    const std::chrono::milliseconds slow_;
    bool struck_before_ = false;
    bool taken_off_ = false;
    std::atomic<bool> seen_ = false;
};

}  // namespace sekisho::simulation
