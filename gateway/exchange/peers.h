// The adapters of this gateway, by the name that `via` says. Filled by wiring before anything runs;
// constant after.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "adapters/api/adapter.h"
#include "routing/model/party.h"

namespace sekisho::exchange {

class Peers {
  public:
    void add(const model::Via& via, std::unique_ptr<adapters::Adapter> adapter) {
        adapters_[via] = std::move(adapter);
    }

    adapters::Adapter* find(const model::Via& via) const {
        const auto found = adapters_.find(via);
        return found == adapters_.end() ? nullptr : found->second.get();
    }

    std::vector<model::Via> names() const {
        std::vector<model::Via> names;
        names.reserve(adapters_.size());
        for (const auto& [via, adapter] : adapters_) names.push_back(via);
        return names;
    }

  private:
    std::unordered_map<model::Via, std::unique_ptr<adapters::Adapter>> adapters_;
};

using model::kMailbox;

}  // namespace sekisho::exchange
