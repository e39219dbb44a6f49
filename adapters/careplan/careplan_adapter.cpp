#include "adapters/careplan/careplan_adapter.h"

#include "adapters/peer/event_request.h"

namespace sekisho::careplan_adapter {

namespace {

using adapters::Fate;
using adapters::Outcome;

constexpr int kUnauthorized = 401;

class CareplanAdapter final : public adapters::Adapter {
  public:
    explicit CareplanAdapter(Settings settings)
        : line_(settings), session_(std::move(settings.account), line_) {}

    adapters::Capabilities capabilities() const override {
        return {.name = "careplan",
                .version = "1-assumed",
                .delivers = true,
                .answers = false,
                .body_bytes_max = model::limits::kBinaryBodyBytesMax,
                .posture = adapters::Posture::robust_to_untrusted_peer};
    }

    Outcome deliver(const adapters::Delivery& delivery, adapters::ByteSource& body,
                    adapters::Deadline deadline) override {
        const auto office = office_of(delivery);
        if (!office) return office.error();
        const auto token = session_.token(deadline);
        if (!token) return token.error();
        http::Request request = peer::event_request(delivery, body);
        address(request.headers, *office, *token);
        const auto read = [&](const http::Reply& reply) -> Outcome {
            if (reply.status != kUnauthorized) {
                return read_unit_reply(delivery, reply.status, reply.body);
            }
            session_.drop(*token);
            return {Fate::retry, "HTTP 401: the access token is no longer taken", {}};
        };
        return line_.deliver(kUnitsPath, std::move(request), read, deadline);
    }

    adapters::Answer ask(const model::Authorized<model::Envelope>&, adapters::Deadline) override {
        return peer::no_answer();
    }

    adapters::Health probe(adapters::Deadline deadline) override {
        return line_.health(kHealthPath, deadline);
    }

  private:
    peer::Line line_;
    Session session_;
};

}  // namespace

model::Result<Settings> Settings::parse(const documents::Json& object) {
    documents::ObjectReader reader(object);
    Settings settings{
        peer::read_settings(reader,
                            {.connections = 4, .answer_bytes_max = 4 * model::limits::kMebibyte}),
        Account{reader.required_text("user"), reader.required_text("password_file")}};
    if (!settings.account.password_file.empty() &&
        !peer::read_secret(settings.account.password_file))
        reader.fault("password_file", "パスワード1行だけの読めるファイルにしてください",
                     "must be a readable file with the password on one line");
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return std::make_unique<CareplanAdapter>(std::move(settings));
}

}  // namespace sekisho::careplan_adapter
