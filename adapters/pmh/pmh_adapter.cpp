#include "adapters/pmh/pmh_adapter.h"

#include "adapters/http/outcomes.h"
#include "adapters/peer/event_request.h"
#include "adapters/pmh/load.h"
#include "adapters/pmh/unfinished_loads.h"

namespace sekisho::pmh_adapter {

namespace {

using adapters::Deadline;
using adapters::Delivery;
using adapters::Fate;
using adapters::Outcome;

constexpr int kUnauthorized = 401;

Outcome so_far(Outcome trouble, std::size_t done, std::size_t records) {
    if (done > 0)
        trouble.detail += "; " + std::to_string(done) + " of " + std::to_string(records) +
                          " records are answered, the rest goes on behind them";
    return trouble;
}

class PmhAdapter final : public adapters::Adapter {
  public:
    explicit PmhAdapter(Settings settings)
        : line_(settings), session_(std::move(settings.account), line_) {}

    adapters::Capabilities capabilities() const override {
        return {.name = "pmh",
                .version = "1-assumed",
                .delivers = true,
                .answers = false,
                .body_bytes_max = model::limits::kBinaryBodyBytesMax,
                .posture = adapters::Posture::robust_to_untrusted_peer};
    }

    Outcome deliver(const Delivery& delivery, adapters::ByteSource& body,
                    Deadline deadline) override {
        if (!is_card_load(*delivery.envelope)) return of_another_kind();
        std::string text;
        if (!read_all(body, delivery.size, text) || text.size() != delivery.size)
            return {Fate::retry, "the document could not be read", {}};
        const auto head = look_over(text);
        if (!head) return head.error();
        const LoadName name{to_source(delivery.envelope->source), delivery.envelope->id.text(),
                            delivery.sha256};
        Tally tally = unfinished_.of(name);
        const auto trouble = send_rest(delivery, *head, text, tally, deadline);
        if (!trouble) {
            unfinished_.forget(name);
            return tally.outcome();
        }
        unfinished_.keep(name, tally);
        return so_far(*trouble, tally.records(), head->records);
    }

    adapters::Answer ask(const model::Authorized<model::Envelope>&, Deadline) override {
        return peer::no_answer();
    }

    adapters::Health probe(Deadline deadline) override {
        return line_.health(kHealthPath, deadline);
    }

  private:
    struct Call {
        const std::string& id;
        const std::string& text;
        std::size_t records = 0;
        const std::string& trace_parent;
    };

    // What kept it from sending them all.
    std::optional<Outcome> send_rest(const Delivery& delivery, const LoadHead& head,
                                     std::string_view text, Tally& tally, Deadline deadline) {
        std::optional<Outcome> trouble;
        in_calls(text, tally.records(), [&](documents::Json cards) {
            const std::size_t records = cards.items().size();
            const std::string id = request_id(delivery, tally.records() / kRecordsPerCall + 1);
            const std::string said = call_text(id, head, std::move(cards));
            const auto reply = answer_to({.id = id,
                                          .text = said,
                                          .records = records,
                                          .trace_parent = delivery.envelope->trace_parent},
                                         deadline);
            if (reply) {
                tally.add(*reply, records);
            } else {
                trouble = reply.error();
            }
            return reply.has_value();
        });
        return trouble;
    }

    std::expected<CallReply, Outcome> answer_to(const Call& call, Deadline deadline) {
        const auto token = session_.token(deadline);
        if (!token) return std::unexpected(token.error());
        const auto read = [&](const http::Reply& reply) {
            return read_reply(call.id, call.records, reply.status, reply.body);
        };
        const auto is_yes = [&](const http::Reply& reply) {
            const auto outcome = read(reply);
            return outcome && !outcome->receipt.empty();
        };
        const auto reply =
            line_.send(kCardsPath,
                       {.method = "POST",
                        .headers = {{"Content-Type", "application/json"}, peer::bearer(*token)},
                        .body = call.text,
                        .trace_parent = call.trace_parent,
                        .is_yes = is_yes},
                       deadline);
        if (!reply) return std::unexpected(http::outcome_of(reply.error()));
        if (reply->status != kUnauthorized) return read(*reply);
        session_.drop(*token);
        return std::unexpected(
            Outcome{Fate::retry, "HTTP 401: the access token is no longer taken", {}});
    }

    peer::Line line_;
    Session session_;
    UnfinishedLoads unfinished_;
};

}  // namespace

model::Result<Settings> Settings::parse(const documents::Json& object) {
    documents::ObjectReader reader(object);
    Settings settings{peer::read_settings(reader, {.connections = 4}),
                      Account{reader.required_text("client"), reader.required_text("secret_file")}};
    if (!settings.account.secret_file.empty() && !peer::read_secret(settings.account.secret_file))
        reader.fault("secret_file", "クライアントシークレット1行だけの読めるファイルにしてください",
                     "must be a readable file with the client secret on one line");
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return std::make_unique<PmhAdapter>(std::move(settings));
}

}  // namespace sekisho::pmh_adapter
