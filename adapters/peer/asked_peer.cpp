#include "adapters/peer/asked_peer.h"

#include "adapters/http/outcomes.h"
#include "adapters/peer/event_request.h"
#include "adapters/peer/line.h"

namespace sekisho::peer {

namespace {

constexpr SettingsBounds kBounds{
    .connections = 4, .connections_max = 256, .answer_bytes = 4 * model::limits::kMebibyte};

class AskingAdapter final : public adapters::Adapter {
  public:
    AskingAdapter(const AskedPeer& peer, Settings settings)
        : peer_(peer), line_(std::move(settings)) {}

    adapters::Capabilities capabilities() const override {
        return {.name = std::string{peer_.name},
                .version = "1-assumed",
                .delivers = peer_.documents.has_value(),
                .answers = true,
                .body_bytes_max = peer_.documents ? model::limits::kBinaryBodyBytesMax : 0,
                .posture = adapters::Posture::robust_to_untrusted_peer};
    }

    adapters::Outcome deliver(const adapters::Delivery& delivery, adapters::ByteSource& body,
                              adapters::Deadline deadline) override {
        if (!peer_.documents) return takes_none();
        const auto read = [&](const http::Reply& reply) {
            return peer_.documents->read_reply(delivery, reply.status, reply.body);
        };
        return line_.deliver(peer_.documents->path, event_request(delivery, body), read, deadline);
    }

    adapters::Answer ask(const model::Authorized<model::Envelope>& question,
                         adapters::Deadline deadline) override {
        const auto call = peer_.call_of(*question);
        if (!call) return {adapters::AnswerFate::rejected, {}, {}, std::string{peer_.no_call}};
        http::Request request{
            .method = "POST",
            .headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}},
            .body = call->body,
            .trace_parent = question->trace_parent};
        const auto reply = line_.send(call->path, std::move(request), deadline);
        if (!reply) return http::answer_of(reply.error());
        return peer_.read_reply(*question, reply->status, reply->body);
    }

    adapters::Health probe(adapters::Deadline deadline) override {
        return line_.health(peer_.health_path, deadline);
    }

  private:
    adapters::Outcome takes_none() const {
        return adapters::rejected(
            {.what = {.ja = std::string{peer_.peer_ja} + "は文書を受け取りません",
                      .en = std::string{peer_.peer} + " takes no documents"},
             .next = {
                 .ja = "送信元は連合会に、経路の宛先を直すよう知らせてください",
                 .en = "The sender tells the federation, which corrects where the route leads"}});
    }

    const AskedPeer peer_;
    Line line_;
};

}  // namespace

model::Result<AskedSettings> AskedSettings::parse(const documents::Json& object) {
    documents::ObjectReader reader(object);
    AskedSettings settings{read_settings(reader, kBounds)};
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

std::unique_ptr<adapters::Adapter> make_asking_adapter(const AskedPeer& peer,
                                                       AskedSettings settings) {
    return std::make_unique<AskingAdapter>(peer, std::move(settings));
}

}  // namespace sekisho::peer
