#include "adapters/webhook/webhook_adapter.h"

#include "adapters/http/outcomes.h"
#include "adapters/peer/event_headers.h"
#include "adapters/webhook/codec.h"

namespace sekisho::webhook_adapter {

namespace {

constexpr peer::SettingsBounds kBounds{.connections = 4,
                                       .connections_max = 256,
                                       .answer_bytes = 64 * 1024,
                                       .answer_bytes_max = model::limits::kMebibyte};

}  // namespace

model::Result<Settings> Settings::parse(const documents::Json& object) {
    documents::ObjectReader reader(object);
    Settings settings{peer::read_settings(reader, kBounds), reader.text("path", "/events")};
    if (!settings.path.starts_with('/'))
        reader.fault("path", "/ で始めてください", "must begin with a slash");
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

WebhookAdapter::WebhookAdapter(Settings settings)
    : path_(std::move(settings.path)), line_(std::move(settings)) {}

adapters::Capabilities WebhookAdapter::capabilities() const {
    return {.name = "webhook",
            .version = "1",
            .delivers = true,
            .answers = false,
            .body_bytes_max = model::limits::kBinaryBodyBytesMax,
            .posture = adapters::Posture::robust_to_untrusted_peer};
}

adapters::Outcome WebhookAdapter::deliver(const adapters::Delivery& delivery,
                                          adapters::ByteSource& body, adapters::Deadline deadline) {
    http::Request request{.method = "POST",
                          .headers = peer::event_headers(delivery),
                          .body_source = &body,
                          .body_size = delivery.size,
                          .trace_parent = delivery.envelope->trace_parent};
    const auto reply = line_.send(path_, std::move(request), deadline);
    if (!reply) return http::outcome_of(reply.error());
    return read_answer(delivery, reply->status, reply->body);
}

adapters::Answer WebhookAdapter::ask(const model::Authorized<model::Envelope>&,
                                     adapters::Deadline) {
    return {adapters::AnswerFate::rejected, {}, {}, "this peer answers no questions"};
}

adapters::Health WebhookAdapter::probe(adapters::Deadline deadline) {
    return http::health_of(line_.send(path_, {.method = "OPTIONS"}, deadline));
}

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return std::make_unique<WebhookAdapter>(std::move(settings));
}

}  // namespace sekisho::webhook_adapter
