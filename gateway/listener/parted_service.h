// Two services behind one zone: a path and all below it are one's, every other path the other's.
//
// Refusals of identified speakers are noted to the other: there is one record of a zone, whatever
// the path. Both services outlive this one. Thread-safe as they are.
#pragma once

#include <string>

#include "gateway/listener/service.h"

namespace sekisho::listener {

struct Parts {
    std::string path;  // "/counter": itself, and what follows its next slash
    Service& below;
    Service& others;
};

class PartedService final : public Service {
  public:
    explicit PartedService(Parts parts) : parts_(std::move(parts)) {}

    std::expected<std::unique_ptr<Receiving>, TurnedAway> begin(const RequestHead& head,
                                                                const Caller& caller) override {
        return service_at(head.path).begin(head, caller);
    }
    void note_refusal(const model::Speaker& speaker, const model::Refusal& refusal) override {
        parts_.others.note_refusal(speaker, refusal);
    }

  private:
    Service& service_at(std::string_view path) const {
        if (!path.starts_with(parts_.path)) return parts_.others;
        path.remove_prefix(parts_.path.size());
        return path.empty() || path.starts_with('/') ? parts_.below : parts_.others;
    }

    const Parts parts_;
};

}  // namespace sekisho::listener
