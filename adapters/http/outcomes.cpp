#include "adapters/http/outcomes.h"

namespace sekisho::http {

namespace {

std::string words_of(const Failure& failure) {
    return std::string{to_string(failure.trouble)} + ": " + failure.detail;
}

}  // namespace

adapters::Outcome outcome_of(const Failure& failure) {
    return {adapters::Fate::retry, words_of(failure), {}};
}

adapters::Answer answer_of(const Failure& failure) {
    const auto fate = failure.trouble == Trouble::timeout ? adapters::AnswerFate::timeout
                                                          : adapters::AnswerFate::unavailable;
    return {fate, {}, {}, words_of(failure)};
}

adapters::Health health_of(const std::expected<Reply, Failure>& reply) {
    if (!reply) return {false, words_of(reply.error())};
    return {reply->status < 500, "HTTP " + std::to_string(reply->status)};
}

}  // namespace sekisho::http
