// The teaching adapter: answers what its settings tell it to, reaches nobody, remembers nothing.
//
// The whole contract on one page: read this before writing an adapter. It reads a document to its
// end, as every adapter must, because a body that cannot be read must not count as delivered.
#pragma once

#include <memory>
#include <string>

#include "adapters/api/adapter.h"
#include "adapters/documents/json.h"

namespace sekisho::loopback_adapter {

struct Settings {
    adapters::Fate outcome = adapters::Fate::delivered;
    std::string detail{};
    adapters::AnswerFate answer_fate = adapters::AnswerFate::answered;
    std::string answer = "[]";  // JSON text

    // {"outcome": "delivered"|"retry"|"rejected", "detail": "", "answer_fate":
    // "answered"|"unavailable"|"timeout"| "rejected", "answer": any JSON}; all optional.
    static model::Result<Settings> parse(const documents::Json& object);
};

class LoopbackAdapter final : public adapters::Adapter {
  public:
    explicit LoopbackAdapter(Settings settings) : settings_(std::move(settings)) {}

    adapters::Capabilities capabilities() const override;
    adapters::Outcome deliver(const adapters::Delivery& delivery, adapters::ByteSource& body,
                              adapters::Deadline deadline) override;
    adapters::Answer ask(const model::Authorized<model::Envelope>& question,
                         adapters::Deadline deadline) override;
    adapters::Health probe(adapters::Deadline deadline) override;

  private:
    const Settings settings_;
};

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings);

}  // namespace sekisho::loopback_adapter
