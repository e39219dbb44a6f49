// The cards that the simulated PMH keeps: of each person every history (履歴番号), of which the
// greatest that was not taken back stands. A value.
#pragma once

#include <map>
#include <set>
#include <string>

#include "adapters/documents/json.h"
#include "routing/model/identifiers.h"

namespace sekisho::pmh_adapter {

class Cards {
  public:
    void link(const model::Person& person) { unlinked_.erase(person); }
    void unlink(const model::Person& person) { unlinked_.insert(person); }

    // The code by which this record is refused; empty: it is taken, or is the same again.
    std::string refusal(const model::InsurerNumber& insurer, const documents::Json& card) const;
    // One that is not refused.
    void take(const model::InsurerNumber& insurer, const documents::Json& card);

    // {"cards": 2, "standing": [{"insurerNumber", "card": {...}}]}
    documents::Json told() const;

  private:
    struct History {
        documents::Json card;
        bool taken_back = false;
    };
    using Histories = std::map<std::string, History>;  // by historyKey

    std::set<model::Person> unlinked_{};
    std::map<model::Person, Histories> persons_{};
};

}  // namespace sekisho::pmh_adapter
