// One connection to pcscd, and the card it holds: libpcsclite's calls, one after another.
//
// Within this room only; everything here may block without end, so it runs on a CallThread.
// end() may be called at any time and twice, after every half-made connection.
#pragma once

#include <PCSC/winscard.h>
#include <expected>
#include <string>
#include <vector>

#include "gateway/platform/card_reader.h"

namespace sekisho::platform {

class PcscCard {
  public:
    PcscCard() = default;
    PcscCard(const PcscCard&) = delete;
    PcscCard& operator=(const PcscCard&) = delete;

    std::expected<std::vector<CardReader>, CardFailure> list();
    // Exclusive share, T=1, and the transaction.
    std::expected<void, CardFailure> connect(const std::string& reader);
    std::expected<std::string, CardFailure> transmit(const CardCommand& command);
    void end();  // resets the card, if one was connected; then lets go of the service

  private:
    std::expected<void, CardFailure> establish();
    CardFailure why_lost(const CardFailure& failure);

    SCARDCONTEXT context_ = 0;
    SCARDHANDLE card_ = 0;
    bool established_ = false;
    bool connected_ = false;
    std::string reader_{};
};

// What a code of PC/SC means here.
CardFailure card_failure(std::string_view call, LONG code);

}  // namespace sekisho::platform
