// The handlers of /v1, one maker for each, and what they share. Within this room only.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/listener/api_service.h"
#include "gateway/listener/problem_json.h"

namespace sekisho::listener {

// Everything a maker is given; the references live only while it makes.
struct ApiCall {
    const ApiWorld& world;
    const RequestHead& head;
    const model::Speaker& speaker;
    std::string_view subject{};  // the part of the path that names a thing, decoded
};

using Begun = std::expected<std::unique_ptr<Receiving>, TurnedAway>;

Begun begin_message(const ApiCall& call);  // POST /v1/messages
Begun begin_fate(const ApiCall& call);     // GET /v1/messages/{id}
Begun begin_inbox(const ApiCall& call);
Begun begin_acknowledgement(const ApiCall& call);
Begun begin_rejection(const ApiCall& call);
Begun begin_query(const ApiCall& call);
Begun begin_keys(const ApiCall& call);
Begun begin_openapi(const ApiCall& call);
Begun begin_challenge(const ApiCall& call);
Begun begin_admission(const ApiCall& call);
Begun begin_consent(const ApiCall& call);
Begun begin_withdrawal(const ApiCall& call);
Begun begin_end_of_registration(const ApiCall& call);
Begun begin_consent_search(const ApiCall& call);
Begun begin_registration_search(const ApiCall& call);
Begun begin_access_search(const ApiCall& call);
Begun begin_checkpoint(const ApiCall& call);
Begun begin_log_key(const ApiCall& call);
Begun begin_timestamp(const ApiCall& call);
Begun begin_tile(const ApiCall& call);
Begun begin_leaf(const ApiCall& call);
Begun begin_inclusion(const ApiCall& call);
Begun begin_consistency(const ApiCall& call);

inline std::unexpected<TurnedAway> turn_away(model::Refusal refusal) {
    return std::unexpected(TurnedAway{.refusal = std::move(refusal)});
}

// A request whose small body is kept in memory, within a bound, and then served by a function.
class KeptBody final : public Receiving {
  public:
    using Serve = std::move_only_function<void(std::string body, Responder responder)>;

    enum class Turn : std::uint8_t { none, taken };

    KeptBody(std::uint64_t bytes_max, Serve serve, Turn turn = Turn::none)
        : bytes_max_(bytes_max), serve_(std::move(serve)), turn_(turn) {}

    std::uint64_t body_bytes_max() const override { return bytes_max_; }
    bool takes_a_turn() const override { return turn_ == Turn::taken; }

    model::Result<void> append(std::string_view piece) override {
        if (piece.size() > bytes_max_ - body_.size()) {
            return model::refuse(model::Problem::body_too_large);
        }
        body_.append(piece);
        return {};
    }

    void serve(Responder responder) override { serve_(std::move(body_), std::move(responder)); }

  private:
    const std::uint64_t bytes_max_;
    Serve serve_;
    const Turn turn_;
    std::string body_;
};

Response json_response(int status, const documents::Json& body,
                       std::string content_type = "application/json");

}  // namespace sekisho::listener
