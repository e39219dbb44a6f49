#include "adapters/portal/portal_adapter.h"

#include "adapters/peer/event_request.h"
#include "adapters/peer/line.h"
#include "adapters/portal/codec.h"

namespace sekisho::portal_adapter {

namespace {

adapters::Outcome nobodys_notice() {
    return adapters::rejected(
        {.what = {.ja = "マイナポータルへのお知らせは一人についてのものに限ります",
                  .en = "A notice to the portal is about exactly one person"},
         .next = {.ja = "送信元は一人ずつの文書に分け、新しい id で送ってください",
                  .en = "The sender makes one document for each person and sends each under a new "
                        "id"}});
}

class PortalAdapter final : public adapters::Adapter {
  public:
    explicit PortalAdapter(Settings settings) : line_(std::move(settings)) {}

    adapters::Capabilities capabilities() const override {
        return {.name = "portal",
                .version = "1-assumed",
                .delivers = true,
                .answers = false,
                .body_bytes_max = model::limits::kBinaryBodyBytesMax,
                .posture = adapters::Posture::robust_to_untrusted_peer};
    }

    adapters::Outcome deliver(const adapters::Delivery& delivery, adapters::ByteSource& body,
                              adapters::Deadline deadline) override {
        if (delivery.envelope->persons.size() != 1) return nobodys_notice();
        const auto read = [&](const http::Reply& reply) {
            return read_reply(delivery, reply.status, reply.body);
        };
        return line_.deliver(kNoticesPath, peer::event_request(delivery, body), read, deadline);
    }

    adapters::Answer ask(const model::Authorized<model::Envelope>&, adapters::Deadline) override {
        return peer::no_answer();
    }

    adapters::Health probe(adapters::Deadline deadline) override {
        return line_.health("/portal/v1/health", deadline);
    }

  private:
    peer::Line line_;
};

}  // namespace

model::Result<Settings> Settings::parse(const documents::Json& object) {
    documents::ObjectReader reader(object);
    Settings settings{peer::read_settings(reader)};
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return std::make_unique<PortalAdapter>(std::move(settings));
}

}  // namespace sekisho::portal_adapter
