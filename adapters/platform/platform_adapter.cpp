#include "adapters/platform/platform_adapter.h"

#include "adapters/documents/object_reader.h"
#include "adapters/http/outcomes.h"
#include "adapters/platform/codec.h"

namespace sekisho::platform_adapter {

model::Result<Settings> Settings::parse(const documents::Json& object) {
    documents::ObjectReader reader(object);
    Settings settings;
    settings.url = reader.required_text("url");
    const bool plain = reader.flag("plain_http", false);
    if (plain) {
        settings.client.plain_http = http::PlainHttp::loopback;
        settings.client.certificate_file = reader.text("certificate");
        settings.client.key_file = reader.text("key");
        settings.client.trust_file = reader.text("trust");
    } else {
        settings.client.certificate_file = reader.required_text("certificate");
        settings.client.key_file = reader.required_text("key");
        settings.client.trust_file = reader.required_text("trust");
        if (!settings.url.starts_with("https://"))
            reader.fault("url", "https:// で始めてください", "must begin with https://");
    }
    if (settings.url.ends_with('/'))
        reader.fault("url", "末尾の / を取ってください", "must not end with a slash");
    settings.client.connections_max = reader.number("connections", 4, 256);
    settings.answer_bytes_max = reader.number("answer_bytes_max", settings.answer_bytes_max,
                                              model::limits::kBinaryBodyBytesMax);
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

PlatformAdapter::PlatformAdapter(Settings settings)
    : settings_(std::move(settings)), client_(settings_.client) {}

adapters::Capabilities PlatformAdapter::capabilities() const {
    return {.name = "platform",
            .version = "1-assumed",
            .delivers = true,
            .answers = true,
            .body_bytes_max = model::limits::kBinaryBodyBytesMax,
            .posture = adapters::Posture::robust_to_untrusted_peer};
}

adapters::Outcome PlatformAdapter::deliver(const adapters::Delivery& delivery,
                                           adapters::ByteSource& body,
                                           adapters::Deadline deadline) {
    http::Request request;
    request.method = "POST";
    request.url = settings_.url + "/platform/v1/documents";
    request.headers = document_headers(delivery);
    request.body_source = &body;
    request.body_size = delivery.size;
    request.trace_parent = delivery.envelope->trace_parent;
    request.answer_bytes_max = settings_.answer_bytes_max;
    const auto reply = client_.send(request, deadline);
    if (!reply) return http::outcome_of(reply.error());
    return read_delivery_reply(reply->status, reply->body);
}

adapters::Answer PlatformAdapter::ask(const model::Authorized<model::Envelope>& question,
                                      adapters::Deadline deadline) {
    const std::string text = question_text(*question);
    if (text.empty())
        return {adapters::AnswerFate::rejected, {}, {}, "a question is about one person"};
    http::Request request;
    request.method = "POST";
    request.url = settings_.url + "/platform/v1/queries";
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    request.body = text;
    request.trace_parent = question->trace_parent;
    request.answer_bytes_max = settings_.answer_bytes_max;
    const auto reply = client_.send(request, deadline);
    if (!reply) return http::answer_of(reply.error());
    return read_question_reply(reply->status, reply->body);
}

adapters::Health PlatformAdapter::probe(adapters::Deadline deadline) {
    http::Request request;
    request.url = settings_.url + "/platform/v1/health";
    return http::health_of(client_.send(request, deadline));
}

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return std::make_unique<PlatformAdapter>(std::move(settings));
}

}  // namespace sekisho::platform_adapter
