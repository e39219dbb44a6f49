// What the exchange counted, for metrics and budgets. Written and read anywhere.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "gateway/exchange/backlog.h"
#include "gateway/exchange/turns.h"
#include "gateway/store/records.h"
#include "routing/model/problem.h"

namespace sekisho::exchange {

struct Counters {
    using Count = std::atomic<std::uint64_t>;
    Count accepted{0};
    Count replayed{0};
    Count queries{0};
    Count collected{0};
    Count delivered{0};
    Count rejected{0};
    Count withdrawn{0};
    Count expired{0};
    Count dead{0};
    Count retried{0};
    Count moved{0};  // from one leg to another
    Backlog backlog{};
    Turns turns{};
    std::array<Count, 128> refused{};  // by place in the problem catalogue

    // Once they are committed as such. A dead one was counted when it died.
    void count_expired(const std::vector<store::StoredDelivery>& deliveries) {
        expired.fetch_add(deliveries.size(), std::memory_order_relaxed);
        for (const auto& delivery : deliveries) {
            if (!store::is_settled(delivery.state)) backlog.settled(delivery.message.source);
        }
    }

    void count_refusal(model::Problem problem) {
        const auto place =
            static_cast<std::size_t>(&model::entry_of(problem) - model::problem_catalogue().data());
        if (place < refused.size()) refused[place].fetch_add(1, std::memory_order_relaxed);
    }
};

}  // namespace sekisho::exchange
