#include "adapters/municipal/municipal_adapter.h"

#include "adapters/municipal/codec.h"
#include "adapters/peer/event_request.h"

namespace sekisho::municipal_adapter {

model::Result<Settings> Settings::parse(const documents::Json& object) {
    documents::ObjectReader reader(object);
    Settings settings{peer::read_settings(reader, {.answer_bytes_max = kDocumentBytesMax})};
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

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
        return adapters::rejected(
            {.what = {.ja = "文書が、市町村のシステムで扱える 16 MiB を超えています",
                      .en = "The document exceeds the 16 MiB that the municipality takes"},
             .next = {.ja = "送信元は文書を分けるか小さくし、新しい id で送ってください",
                      .en = "The sender divides or shrinks it and sends it under a new id"}});
    std::string bytes;
    if (!read_all(body, delivery.size, bytes) || bytes.size() != delivery.size)
        return {adapters::Fate::retry, "the document could not be read", {}};
    const std::string wrapper = wrapped(delivery, bytes);
    http::Request request{.method = "POST",
                          .headers = {{"Content-Type", "application/json"}},
                          .body = wrapper,
                          .trace_parent = delivery.envelope->trace_parent};
    const auto read = [&](const http::Reply& reply) {
        return read_reply(delivery, reply.status, reply.body);
    };
    return line_.deliver("/municipal/v1/documents", std::move(request), read, deadline);
}

adapters::Answer MunicipalAdapter::ask(const model::Authorized<model::Envelope>&,
                                       adapters::Deadline) {
    return peer::no_answer();
}

adapters::Health MunicipalAdapter::probe(adapters::Deadline deadline) {
    return line_.health("/municipal/v1/health", deadline);
}

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return std::make_unique<MunicipalAdapter>(std::move(settings));
}

}  // namespace sekisho::municipal_adapter
