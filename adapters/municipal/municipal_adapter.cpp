#include "adapters/municipal/municipal_adapter.h"

#include "adapters/documents/object_reader.h"
#include "adapters/http/outcomes.h"
#include "adapters/municipal/codec.h"

namespace sekisho::municipal_adapter {

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
    settings.client.connections_max = reader.number("connections", 2, 64);
    settings.answer_bytes_max =
        reader.number("answer_bytes_max", settings.answer_bytes_max, kDocumentBytesMax);
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

MunicipalAdapter::MunicipalAdapter(Settings settings)
    : settings_(std::move(settings)), client_(settings_.client) {}

adapters::Capabilities MunicipalAdapter::capabilities() const {
    return {.name = "municipal",
            .version = "1-assumed",
            .delivers = true,
            .answers = false,
            .body_bytes_max = kDocumentBytesMax,
            .posture = adapters::Posture::robust_to_untrusted_peer};
}

adapters::Outcome MunicipalAdapter::deliver(const adapters::Delivery& delivery,
                                            adapters::ByteSource& body,
                                            adapters::Deadline deadline) {
    if (delivery.size > kDocumentBytesMax)
        return {adapters::Fate::rejected, "the document is larger than this peer takes", {}};
    std::string bytes;
    if (!read_all(body, delivery.size, bytes) || bytes.size() != delivery.size)
        return {adapters::Fate::retry, "the document could not be read", {}};
    const std::string wrapper = wrapped(delivery, bytes);
    http::Request request;
    request.method = "POST";
    request.url = settings_.url + "/municipal/v1/documents";
    request.headers = {{"Content-Type", "application/json"}};
    request.body = wrapper;
    request.trace_parent = delivery.envelope->trace_parent;
    request.answer_bytes_max = settings_.answer_bytes_max;
    const auto reply = client_.send(request, deadline);
    if (!reply) return http::outcome_of(reply.error());
    return read_reply(reply->status, reply->body);
}

adapters::Answer MunicipalAdapter::ask(const model::Authorized<model::Envelope>&,
                                       adapters::Deadline) {
    return {adapters::AnswerFate::rejected, {}, {}, "this peer answers no questions"};
}

adapters::Health MunicipalAdapter::probe(adapters::Deadline deadline) {
    http::Request request;
    request.url = settings_.url + "/municipal/v1/health";
    return http::health_of(client_.send(request, deadline));
}

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return std::make_unique<MunicipalAdapter>(std::move(settings));
}

}  // namespace sekisho::municipal_adapter
