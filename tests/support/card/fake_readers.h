// Card readers of a test's own, in which virtual cards lie. What a session must do is counted: it
// resets its card when it goes. Commands are kept as they came.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/simulation/card/card_faults.h"
#include "adapters/simulation/card/virtual_jpki_card.h"
#include "gateway/platform/card_reader.h"

namespace sekisho::tests {

using simulation::CardFault;
using simulation::JpkiContents;
using simulation::make_jpki_contents;
using simulation::spoilt;
using simulation::step_of;
using simulation::VirtualJpkiCard;

class FakeReaders final : public platform::CardReaders {
  public:
    using Transmitted = std::expected<std::string, platform::CardFailure>;

    std::expected<std::vector<platform::CardReader>, platform::CardFailure> list() override;
    std::expected<std::unique_ptr<platform::CardSession>, platform::CardFailure> open(
        const std::string& reader) override;

    // A reader, with that card or none.
    void add(const std::string& name, VirtualJpkiCard* card) { readers_[name] = card; }

    std::optional<platform::CardTrouble> listing_fails;
    std::optional<platform::CardTrouble> opening_fails;
    // In place of the card's answer, where it says something.
    std::function<std::optional<Transmitted>(std::string_view command)> instead;

    std::vector<std::string> commands;  // of all sessions
    int opened = 0;
    int reset = 0;  // sessions that went and reset their card

    std::size_t sent(std::string_view step) const;  // commands of that kind

  private:
    friend class FakeSession;
    std::map<std::string, VirtualJpkiCard*> readers_;
};

}  // namespace sekisho::tests
