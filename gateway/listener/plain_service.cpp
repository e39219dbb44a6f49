#include "gateway/listener/plain_service.h"

namespace sekisho::listener {

namespace {

class PageRequest final : public Receiving {
  public:
    explicit PageRequest(PlainReply reply) : reply_(std::move(reply)) {}

    model::Result<void> append(std::string_view) override {
        return model::refuse(model::Problem::body_too_large);
    }

    void serve(Responder responder) override {
        responder({.status = reply_.status,
                   .content_type = std::move(reply_.content_type),
                   .body = std::move(reply_.body)});
    }

  private:
    PlainReply reply_;
};

}  // namespace

std::expected<std::unique_ptr<Receiving>, TurnedAway> PlainService::begin(const RequestHead& head,
                                                                          const Caller&) {
    if (head.method != "GET") {
        return std::unexpected(
            TurnedAway{.refusal = {.problem = model::Problem::method_not_allowed},
                       .headers = {{"Allow", "GET"}}});
    }
    auto reply = pages_(head.path);
    if (!reply) {
        return std::unexpected(TurnedAway{.refusal = {.problem = model::Problem::not_found}});
    }
    return std::make_unique<PageRequest>(std::move(*reply));
}

}  // namespace sekisho::listener
