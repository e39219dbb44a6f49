// The health and metrics pages: GET only, a path to a text, for a plain zone on the loopback.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/listener/service.h"

namespace sekisho::listener {

struct PlainReply {
    int status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body{};
};

class PlainService final : public Service {
  public:
    // Nothing: there is no such page. Called in the listener's workers; must not wait.
    using Pages = std::function<std::optional<PlainReply>(std::string_view path)>;

    explicit PlainService(Pages pages) : pages_(std::move(pages)) {}

    std::expected<std::unique_ptr<Receiving>, TurnedAway> begin(const RequestHead& head,
                                                                const Caller& caller) override;
    void note_refusal(const model::Speaker&, const model::Refusal&) override {}

  private:
    const Pages pages_;
};

}  // namespace sekisho::listener
