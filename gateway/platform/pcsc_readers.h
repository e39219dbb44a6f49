// Card readers by PC/SC: the smart card service pcscd, spoken to through Debian's libpcsclite.
//
// None of PC/SC's calls has a deadline, and only the wait for a reader's change can be cancelled
// (SCardCancel does nothing for SCardTransmit). A card that never answers, or a service that is
// stopped, would hold the program for ever. What can really be done, and is: each session has a
// thread of its own that makes its calls (call_thread.h). Who waits for one gives it up after its
// deadline; the thread is left behind, and resets and releases the card as soon as the call comes
// back. Should the program end before, the service sees its connection close; it resets a card that
// a client had for itself and vanished (pcsc-lite 1.9.9, tried), also after SIGKILL.
// Threads are not left behind without end: while as many live as may (`threads_max`, with those of
// open sessions), another session is `timed_out` at once.
// What cannot be done from here: to make a reader give up a card that keeps it busy. For others it
// stays in use until the card is taken off.
//
// Only T=1 is spoken: the contact ATR of a My Number card offers nothing else, and readers without
// contact present every card so.
// The library speaks the protocol of its own version of pcscd only, so the distribution's is used
// and none shipped. PCSCLITE_CSOCK_NAME names another socket than /run/pcscd/pcscd.comm.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

#include "gateway/platform/card_reader.h"
#include "routing/model/limits.h"

namespace sekisho::platform {

inline constexpr std::size_t kPcscThreadsMax = 8;

struct PcscDeadlines {
    std::chrono::milliseconds call = model::limits::kCardCallDeadline;
    std::chrono::milliseconds session = model::limits::kCardSessionDeadline;  // all its calls
    std::size_t threads_max = kPcscThreadsMax;  // whose last act is still to come
};

class PcscReaders final : public CardReaders {
  public:
    explicit PcscReaders(const PcscDeadlines& deadlines = {}) : deadlines_(deadlines) {}

    std::expected<std::vector<CardReader>, CardFailure> list() override;
    std::expected<std::unique_ptr<CardSession>, CardFailure> open(
        const std::string& reader) override;

  private:
    const PcscDeadlines deadlines_;
    const std::shared_ptr<std::atomic<std::size_t>> threads_ =
        std::make_shared<std::atomic<std::size_t>>(0);
};

}  // namespace sekisho::platform
