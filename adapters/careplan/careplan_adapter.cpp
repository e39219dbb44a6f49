#include "adapters/careplan/careplan_adapter.h"

#include "adapters/http/outcomes.h"

namespace sekisho::careplan_adapter {

using adapters::Fate;
using adapters::Outcome;

namespace {

constexpr int kUnauthorized = 401;

}  // namespace

model::Result<Settings> Settings::parse(const documents::Json& object) {
    documents::ObjectReader reader(object);
    Settings settings{
        peer::read_settings(reader,
                            {.connections = 4, .answer_bytes_max = 4 * model::limits::kMebibyte}),
        Account{reader.required_text("user"), reader.required_text("password_file")}};
    if (!settings.account.password_file.empty() && !read_password(settings.account.password_file))
        reader.fault("password_file", "パスワード1行だけの読めるファイルにしてください",
                     "must be a readable file with the password on one line");
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

CareplanAdapter::CareplanAdapter(Settings settings)
    : line_(settings), session_(std::move(settings.account), line_) {}

adapters::Capabilities CareplanAdapter::capabilities() const {
    return {.name = "careplan",
            .version = "1-assumed",
            .delivers = true,
            .answers = false,
            .body_bytes_max = model::limits::kBinaryBodyBytesMax,
            .posture = adapters::Posture::robust_to_untrusted_peer};
}

Outcome CareplanAdapter::deliver(const adapters::Delivery& delivery, adapters::ByteSource& body,
                                 adapters::Deadline deadline) {
    const auto office = office_of(delivery);
    if (!office) return office.error();
    const auto token = session_.token(deadline);
    if (!token) return token.error();
    http::Request request{.method = "POST",
                          .headers = unit_headers(delivery, *office, *token),
                          .body_source = &body,
                          .body_size = delivery.size,
                          .trace_parent = delivery.envelope->trace_parent};
    const auto reply = line_.send(kUnitsPath, std::move(request), deadline);
    if (!reply) return http::outcome_of(reply.error());
    if (reply->status == kUnauthorized) {
        session_.drop(*token);
        return {Fate::retry, "HTTP 401: the access token is no longer taken", {}};
    }
    return read_unit_reply(reply->status, reply->body);
}

adapters::Answer CareplanAdapter::ask(const model::Authorized<model::Envelope>&,
                                      adapters::Deadline) {
    return {adapters::AnswerFate::rejected, {}, {}, "this peer answers no questions"};
}

adapters::Health CareplanAdapter::probe(adapters::Deadline deadline) {
    return line_.health(kHealthPath, deadline);
}

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return std::make_unique<CareplanAdapter>(std::move(settings));
}

}  // namespace sekisho::careplan_adapter
