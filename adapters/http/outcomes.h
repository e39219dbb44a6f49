// What a failed exchange means for a delivery or a question: never a rejection, because the peer
// said nothing.
#pragma once

#include "adapters/http/http_client.h"

namespace sekisho::http {

adapters::Outcome outcome_of(const Failure& failure);  // always retry
adapters::Answer answer_of(const Failure& failure);    // timeout or unavailable
adapters::Health health_of(
    const std::expected<Reply, Failure>& reply);  // reachable: any answer below 500

}  // namespace sekisho::http
