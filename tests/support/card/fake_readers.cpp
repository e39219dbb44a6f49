#include "tests/support/card/fake_readers.h"

#include <algorithm>

namespace sekisho::tests {

class FakeSession final : public platform::CardSession {
  public:
    FakeSession(FakeReaders& readers, VirtualJpkiCard& card) : readers_(readers), card_(card) {
        ++readers_.opened;
    }
    ~FakeSession() override {
        card_.reset();
        ++readers_.reset;
    }
    FakeSession(const FakeSession&) = delete;
    FakeSession& operator=(const FakeSession&) = delete;

    FakeReaders::Transmitted transmit(const platform::CardCommand& command) override {
        readers_.commands.emplace_back(command.bytes());
        if (readers_.instead) {
            if (auto other = readers_.instead(command.bytes())) return std::move(*other);
        }
        return card_.answer(command.bytes());
    }

  private:
    FakeReaders& readers_;
    VirtualJpkiCard& card_;
};

std::expected<std::vector<platform::CardReader>, platform::CardFailure> FakeReaders::list() {
    if (listing_fails) return std::unexpected(platform::CardFailure{.trouble = *listing_fails});
    std::vector<platform::CardReader> list;
    list.reserve(readers_.size());
    for (const auto& [name, card] : readers_) {
        list.push_back({.name = name, .has_card = card != nullptr});
    }
    return list;
}

std::expected<std::unique_ptr<platform::CardSession>, platform::CardFailure> FakeReaders::open(
    const std::string& reader) {
    using platform::CardTrouble;
    const auto fail = [](CardTrouble trouble) {
        return std::unexpected(platform::CardFailure{.trouble = trouble});
    };
    if (opening_fails) return fail(*opening_fails);
    const auto found = readers_.find(reader);
    if (found == readers_.end()) return fail(CardTrouble::no_reader);
    if (found->second == nullptr) return fail(CardTrouble::no_card);
    return std::make_unique<FakeSession>(*this, *found->second);
}

std::size_t FakeReaders::sent(std::string_view step) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        commands, [step](const std::string& command) { return step_of(command) == step; }));
}

}  // namespace sekisho::tests
