#include "adapters/webhook/webhook_adapter.h"

#include "adapters/http/outcomes.h"
#include "adapters/peer/event_request.h"
#include "adapters/peer/line.h"
#include "adapters/webhook/codec.h"

namespace sekisho::webhook_adapter {

namespace {

constexpr peer::SettingsBounds kBounds{.connections = 4,
                                       .connections_max = 256,
                                       .answer_bytes = 64 * model::limits::kKibibyte,
                                       .answer_bytes_max = model::limits::kMebibyte};

class WebhookAdapter final : public adapters::Adapter {
  public:
    explicit WebhookAdapter(Settings settings)
        : path_(std::move(settings.path)), line_(std::move(settings)) {}

    adapters::Capabilities capabilities() const override {
        return {.name = "webhook",
                .version = "1",
                .delivers = true,
                .answers = false,
                .body_bytes_max = model::limits::kBinaryBodyBytesMax,
                .posture = adapters::Posture::robust_to_untrusted_peer};
    }

    adapters::Outcome deliver(const adapters::Delivery& delivery, adapters::ByteSource& body,
                              adapters::Deadline deadline) override {
        const auto read = [&](const http::Reply& reply) {
            return read_answer(delivery, reply.status, reply.body);
        };
        return line_.deliver(path_, peer::event_request(delivery, body), read, deadline);
    }

    adapters::Answer ask(const model::Authorized<model::Envelope>&, adapters::Deadline) override {
        return peer::no_answer();
    }

    adapters::Health probe(adapters::Deadline deadline) override {
        return http::health_of(line_.send(path_, {.method = "OPTIONS"}, deadline));
    }

  private:
    const std::string path_;
    peer::Line line_;
};

}  // namespace

model::Result<Settings> Settings::parse(const documents::Json& object) {
    documents::ObjectReader reader(object);
    Settings settings{peer::read_settings(reader, kBounds), reader.text("path", "/events")};
    if (!settings.path.starts_with('/'))
        reader.fault("path", "/ で始めてください", "must begin with a slash");
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return std::make_unique<WebhookAdapter>(std::move(settings));
}

}  // namespace sekisho::webhook_adapter
