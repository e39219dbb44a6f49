#include "adapters/eligibility/eligibility_adapter.h"

#include "adapters/eligibility/codec.h"
#include "adapters/http/outcomes.h"
#include "adapters/peer/line.h"

namespace sekisho::eligibility_adapter {

namespace {

constexpr peer::SettingsBounds kBounds{
    .connections = 4, .connections_max = 256, .answer_bytes = 4 * model::limits::kMebibyte};

class EligibilityAdapter final : public adapters::Adapter {
  public:
    explicit EligibilityAdapter(Settings settings) : line_(std::move(settings)) {}

    adapters::Capabilities capabilities() const override {
        return {.name = "eligibility",
                .version = "1-assumed",
                .delivers = false,
                .answers = true,
                .body_bytes_max = 0,
                .posture = adapters::Posture::robust_to_untrusted_peer};
    }

    // This peer takes no documents.
    adapters::Outcome deliver(const adapters::Delivery&, adapters::ByteSource&,
                              adapters::Deadline) override {
        return adapters::rejected(
            {.what = {.ja = "オンライン資格確認等システムは文書を受け取りません",
                      .en = "The eligibility system takes no documents"},
             .next = {
                 .ja = "送信元は連合会に、経路の宛先を直すよう知らせてください",
                 .en = "The sender tells the federation, which corrects where the route leads"}});
    }

    adapters::Answer ask(const model::Authorized<model::Envelope>& question,
                         adapters::Deadline deadline) override {
        const auto call = call_of(*question);
        if (!call)
            return {adapters::AnswerFate::rejected,
                    {},
                    {},
                    "a question is about one card or one person"};
        http::Request request{
            .method = "POST",
            .headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}},
            .body = call->body,
            .trace_parent = question->trace_parent};
        const auto reply = line_.send(call->path, std::move(request), deadline);
        if (!reply) return http::answer_of(reply.error());
        return read_reply(*question, reply->status, reply->body);
    }

    adapters::Health probe(adapters::Deadline deadline) override {
        return line_.health("/eligibility/v1/health", deadline);
    }

  private:
    peer::Line line_;
};

}  // namespace

model::Result<Settings> Settings::parse(const documents::Json& object) {
    documents::ObjectReader reader(object);
    Settings settings{peer::read_settings(reader, kBounds)};
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return std::make_unique<EligibilityAdapter>(std::move(settings));
}

}  // namespace sekisho::eligibility_adapter
