#include "adapters/peer/line.h"

#include "adapters/http/outcomes.h"

namespace sekisho::peer {

std::expected<http::Reply, http::Failure> Line::send(std::string_view path, http::Request request,
                                                     adapters::Deadline deadline) {
    request.url = settings_.url + std::string{path};
    request.answer_bytes_max = settings_.answer_bytes_max;
    return client_.send(request, deadline);
}

adapters::Outcome Line::deliver(std::string_view path, http::Request request, const Read& read,
                                adapters::Deadline deadline) {
    adapters::Outcome outcome;
    request.is_yes = [&](const http::Reply& reply) {
        outcome = read(reply);
        return outcome.fate == adapters::Fate::delivered;
    };
    const auto reply = send(path, std::move(request), deadline);
    if (!reply) return http::outcome_of(reply.error());
    return outcome;
}

adapters::Health Line::health(std::string_view path, adapters::Deadline deadline) {
    return http::health_of(send(path, {}, deadline));
}

}  // namespace sekisho::peer
