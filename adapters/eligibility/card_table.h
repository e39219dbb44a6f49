// Whose card is whose, as a simulated peer keeps it: (issuer, serial) to a person.
//
// A card is put into the table again when its person changed, for one who moved to another insurer;
// the latest counts. Each entry is a line of a ledger, and so survives a restart where there is a
// file. Threads: any number.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "adapters/eligibility/codec.h"
#include "adapters/ledger/received_ledger.h"
#include "adapters/locks/mutex.h"

namespace sekisho::eligibility_adapter {

class CardTable {
  public:
    explicit CardTable(std::string ledger_file = {});  // empty: memory only

    // No person: the card is nobody's from now on. False: it could not be written down.
    bool put(const Card& card, const std::optional<model::Person>& person);

    std::optional<model::Person> owner_of(const Card& card) const;
    bool has_card(const model::Person& person) const;
    std::size_t size() const;  // cards that are somebody's

  private:
    void apply(const Card& card, const std::optional<model::Person>& person)
        SEKISHO_REQUIRES(mutex_);

    mutable locks::Mutex mutex_;
    ledger::ReceivedLedger ledger_ SEKISHO_GUARDED_BY(mutex_);
    std::size_t entries_ SEKISHO_GUARDED_BY(mutex_) = 0;
    std::map<Card, model::Person> owners_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::eligibility_adapter
