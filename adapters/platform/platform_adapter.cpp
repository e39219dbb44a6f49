#include "adapters/platform/platform_adapter.h"

#include "adapters/http/outcomes.h"
#include "adapters/peer/event_request.h"
#include "adapters/platform/codec.h"

namespace sekisho::platform_adapter {

model::Result<Settings> Settings::parse(const documents::Json& object) {
    documents::ObjectReader reader(object);
    Settings settings{peer::read_settings(
        reader,
        {.connections = 16, .connections_max = 256, .answer_bytes = 4 * model::limits::kMebibyte})};
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

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
    const auto read = [&](const http::Reply& reply) {
        return read_delivery_reply(delivery, reply.status, reply.body);
    };
    return line_.deliver("/platform/v1/documents", peer::event_request(delivery, body), read,
                         deadline);
}

adapters::Answer PlatformAdapter::ask(const model::Authorized<model::Envelope>& question,
                                      adapters::Deadline deadline) {
    const std::string text = question_text(*question);
    if (text.empty())
        return {adapters::AnswerFate::rejected, {}, {}, "a question is about one person"};
    http::Request request{
        .method = "POST",
        .headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}},
        .body = text,
        .trace_parent = question->trace_parent};
    const auto reply = line_.send("/platform/v1/queries", std::move(request), deadline);
    if (!reply) return http::answer_of(reply.error());
    return read_question_reply(*question, reply->status, reply->body);
}

adapters::Health PlatformAdapter::probe(adapters::Deadline deadline) {
    return line_.health("/platform/v1/health", deadline);
}

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return std::make_unique<PlatformAdapter>(std::move(settings));
}

}  // namespace sekisho::platform_adapter
