#include "tests/simulation/checkers.h"

namespace sekisho::tests::simulation {

void QueuesDrain::see_asked(const Asked& seen) {
    const Question question{seen.message, seen.content};
    waiting_.emplace(seen.request, question);
    has_verdict_.emplace(question, false);
}

// A repeat may be answered with the name of the first message: the request tells what was asked.
void QueuesDrain::see_answered(const Answered& seen) {
    const auto waiting = waiting_.find(seen.request);
    if (waiting == waiting_.end()) {
        complain("request #" + std::to_string(seen.request) + " was answered and did not wait");
        return;
    }
    if (seen.verdict != Verdict::unavailable) has_verdict_[waiting->second] = true;
    waiting_.erase(waiting);
}

void QueuesDrain::see_store(const StoreRead& seen) {
    if (seen.moment == StoreRead::Moment::restart) {
        waiting_.clear();  // their connections are gone
        return;
    }
    for (const auto& [request, question] : waiting_) {
        complain("request #" + std::to_string(request) + " was never answered");
    }
    for (const auto& [question, has_verdict] : has_verdict_) {
        if (!has_verdict) complain(to_text(question.first) + " got neither a yes nor a no");
    }
    for (const auto& [message, kept] : seen.messages) {
        for (const auto& delivery : kept.deliveries) {
            const bool given_up = delivery.state == store::DeliveryState::dead;
            if (given_up ? seen.may_have_given_up : store::is_settled(delivery.state)) continue;
            complain(to_text(message) + " for " + model::to_string(delivery.recipient) +
                     " is still " + std::string{store::to_string(delivery.state)});
        }
    }
    if (seen.backlog != 0) {
        complain(std::to_string(seen.backlog) + " deliveries still count as under way");
    }
}

}  // namespace sekisho::tests::simulation
