// One signature, at the desk: the card is looked at, the terminal shows for which gateway, office
// and purpose, the person types the PIN there or gives up, and the card signs.
//
// Everything blocks, so it runs on a thread of its own; one at a time. A PIN is awaited for
// kPinWait at the most, since the page stops waiting after two minutes, and a PIN that is typed
// behind that would serve nobody. What is no PIN (four digits) is asked for again and costs the
// card no try; a wrong one is never asked for again here: the page begins anew. `stop` ends the
// asking: `cancelled`.
#pragma once

#include <chrono>
#include <expected>
#include <stop_token>
#include <string>

#include "gateway/admission/challenge.h"
#include "gateway/agent/agent_settings.h"
#include "gateway/agent/refusal.h"
#include "gateway/card/evidence.h"
#include "gateway/platform/ports.h"
#include "gateway/platform/terminal.h"

namespace sekisho::agent {

inline constexpr std::chrono::seconds kPinWait{90};
inline constexpr int kPinQuestionsMax = 3;

// Which reader is meant: the one that was named, else the only one on which a card lies.
std::expected<std::string, AgentRefusal> reader_with_card(platform::CardReaders& readers,
                                                          const std::string& named);

class SignDesk {
  public:
    struct Parts {
        platform::CardReaders& readers;
        platform::Terminal& terminal;
        const platform::Clock& clock;
    };

    SignDesk(const Parts& parts, std::string reader, card::LastTry last_try)
        : parts_(parts), reader_(std::move(reader)), last_try_(last_try) {}

    // What is signed is the text of the challenge (admission/challenge.h).
    std::expected<card::Evidence, AgentRefusal> sign(const Page& page,
                                                     const admission::Challenge& challenge,
                                                     const std::stop_token& stop) const;

  private:
    std::expected<card::Pin, AgentRefusal> ask(const std::string& question,
                                               const std::stop_token& stop) const;
    std::unexpected<AgentRefusal> fail(const card::Failure& failure) const;
    void say(const model::Text& text) const;

    const Parts parts_;
    const std::string reader_;
    const card::LastTry last_try_;
};

}  // namespace sekisho::agent
