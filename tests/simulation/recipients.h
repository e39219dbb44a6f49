// What recipients did: each keeps a ledger by (source, id), as the contract of an adapter asks of a
// peer, and acts on a message once.
#pragma once

#include <map>
#include <set>
#include <string>

#include "tests/simulation/simulated_store.h"

namespace sekisho::tests::simulation {

class Recipients {
  public:
    Recipients(SimulatedStore& store, const Options& options, Witness& witness)
        : store_(store), options_(options), witness_(witness) {}

    // The business of a content, known from its sender.
    void expect(const std::string& content, const std::string& business) {
        businesses_[content] = business;
    }

    void apply(const model::MessageKey& message, const model::PartyId& recipient,
               const std::string& content) {
        const bool fresh = ledger_.emplace(recipient, message).second;
        if (!fresh && !options_.mutations.recipients_apply_twice) return;
        Applied applied{.message = message,
                        .recipient = recipient,
                        .content = content,
                        .business = businesses_[content]};
        for (const auto& delivery : must(store_.look()->deliveries(message))) {
            if (delivery.recipient != recipient) continue;
            applied.order_key = delivery.order_key;
            applied.place = delivery.id;
        }
        witness_.see(applied);
    }

  private:
    SimulatedStore& store_;
    const Options& options_;
    Witness& witness_;
    std::map<std::string, std::string> businesses_;
    std::set<std::pair<model::PartyId, model::MessageKey>> ledger_;
};

}  // namespace sekisho::tests::simulation
