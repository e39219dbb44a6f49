#include "adapters/loopback/loopback_adapter.h"

#include "adapters/documents/object_reader.h"

namespace sekisho::loopback_adapter {

using adapters::Answer;
using adapters::AnswerFate;
using adapters::Fate;
using adapters::Outcome;

namespace {

Fate fate_named(std::string_view name) {
    if (name == "retry") return Fate::retry;
    return name == "rejected" ? Fate::rejected : Fate::delivered;
}

AnswerFate answer_fate_named(std::string_view name) {
    if (name == "unavailable") return AnswerFate::unavailable;
    if (name == "timeout") return AnswerFate::timeout;
    return name == "rejected" ? AnswerFate::rejected : AnswerFate::answered;
}

}  // namespace

model::Result<Settings> Settings::parse(const documents::Json& object) {
    documents::ObjectReader reader(object);
    Settings settings;
    settings.outcome = fate_named(reader.choice("outcome", {"delivered", "retry", "rejected"}));
    settings.detail = reader.text("detail");
    settings.answer_fate = answer_fate_named(
        reader.choice("answer_fate", {"answered", "unavailable", "timeout", "rejected"}));
    if (const documents::Json* answer = reader.any("answer")) settings.answer = to_text(*answer);
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

adapters::Capabilities LoopbackAdapter::capabilities() const {
    return {.name = "loopback",
            .version = "1",
            .delivers = true,
            .answers = true,
            .body_bytes_max = model::limits::kBinaryBodyBytesMax,
            .posture = adapters::Posture::robust_to_untrusted_peer};
}

Outcome LoopbackAdapter::deliver(const adapters::Delivery& delivery, adapters::ByteSource& body,
                                 adapters::Deadline deadline) {
    if (std::chrono::steady_clock::now() >= deadline)
        return {Fate::retry, "the deadline passed", {}};
    std::uint64_t seen = 0;
    for (auto piece = body.next(); !piece.empty(); piece = body.next()) seen += piece.size();
    if (body.failed() || seen != delivery.size)
        return {Fate::retry, "the document could not be read", {}};
    return {settings_.outcome, settings_.detail, {}};
}

Answer LoopbackAdapter::ask(const model::Authorized<model::Envelope>&,
                            adapters::Deadline deadline) {
    if (std::chrono::steady_clock::now() >= deadline)
        return {AnswerFate::timeout, {}, {}, "the deadline passed"};
    if (settings_.answer_fate != AnswerFate::answered)
        return {settings_.answer_fate, {}, {}, settings_.detail};
    return {AnswerFate::answered, "application/json", settings_.answer, {}};
}

adapters::Health LoopbackAdapter::probe(adapters::Deadline) {
    return {true, "loopback"};
}

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return std::make_unique<LoopbackAdapter>(std::move(settings));
}

}  // namespace sekisho::loopback_adapter
