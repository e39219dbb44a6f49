// The counter page (窓口) behind a zone: GET and HEAD of /counter/ and its files, nothing else.
//
// Whoever speaks for a known party may have the pages; what they may do with them is decided by
// /v1, which the pages call like any client. /counter/office.json tells the page whose certificate
// the browser showed, since a question names its source, and where the local card agent listens.
//
// Every answer carries the same strict headers: the browser may load and call this origin and the
// card agent on the loopback, run no script from elsewhere, and show the page in no frame.
// Thread-safe; constant after construction.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/listener/service.h"

namespace sekisho::counter {

// The paths that are this service's: this one, and all below it.
inline constexpr std::string_view kCounterPath = "/counter";

// Where the card agent of a staff member's own machine listens; README.md has its protocol.
inline constexpr std::string_view kCardAgentOrigin = "https://127.0.0.1:8449";

struct CounterSettings {
    std::string card_agent{kCardAgentOrigin};
    // The name of a party in the directory; empty for one that is not there. Must not wait.
    std::function<std::string(const model::PartyId& party)> name_of;
};

class CounterService final : public listener::Service {
  public:
    explicit CounterService(CounterSettings settings);

    std::expected<std::unique_ptr<listener::Receiving>, listener::TurnedAway> begin(
        const listener::RequestHead& head, const listener::Caller& caller) override;
    // Who composes the zone records refusals; a page has nothing to add.
    void note_refusal(const model::Speaker&, const model::Refusal&) override {}

  private:
    listener::Response answer(std::string_view path, const model::Speaker& speaker) const;

    const CounterSettings settings_;
    const std::vector<listener::Header> headers_;
};

}  // namespace sekisho::counter
