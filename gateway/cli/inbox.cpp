// `inbox`: what waits for this party, leased for a minute, written down and acknowledged; and
// `fate`.
#include <algorithm>

#include "adapters/documents/base64.h"
#include "adapters/documents/percent.h"
#include "gateway/cli/client.h"

namespace sekisho::cli {

namespace {

using documents::Json;

constexpr unsigned kForOwner = 0600;

// Decoded bytes of `data_base64`, or the text of `data`.
std::optional<std::string> document_of(const Json& event) {
    if (const auto encoded = event.string_at("data_base64"))
        return documents::from_base64(*encoded);
    const Json* inline_data = event.find("data");
    if (inline_data == nullptr) return std::string{};
    return inline_data->is_string() ? inline_data->text() : documents::to_text(*inline_data);
}

std::string_view ending_of(std::string_view media_type) {
    if (media_type.starts_with("text/csv")) return ".csv";
    if (media_type.starts_with("application/zip")) return ".zip";
    return media_type.find("json") == std::string_view::npos ? ".bin" : ".json";
}

// Senders' ids are unique for each sender only.
std::string file_name(const Json& event) {
    std::string source{event.string_at("source").value_or("")};
    std::ranges::replace(source, '/', '-');
    return source.substr(std::min<std::size_t>(1, source.size())) + "." +
           std::string{event.string_at("id").value_or("")} +
           std::string{ending_of(event.string_at("datacontenttype").value_or(""))};
}

model::Result<std::string> write_document(const Session& session, const Json& event) {
    const auto bytes = document_of(event);
    if (!bytes || !model::parse_message_id(event.string_at("id").value_or("")) ||
        !model::parse_source(event.string_at("source").value_or(""))) {
        return model::refuse(model::Problem::json_malformed, {.ja = "受け取った文書を読めません",
                                                              .en = "a document cannot be read"});
    }
    const std::string folder = session.options.text("--out");
    if (auto made = session.world.files.make_directories(folder); !made)
        return std::unexpected(made.error());
    std::string path = folder + "/" + file_name(event);
    if (auto done = session.world.files.write_whole(path, *bytes, kForOwner); !done)
        return std::unexpected(done.error());
    return path;
}

class Collecting {
  public:
    Collecting(const Session& session, const GatewayClient& client)
        : session_(session), client_(client) {}

    int run(const Json& batch) {
        int worst = kOk;
        for (const Json& event : batch.items()) worst = std::max(worst, take(event));
        if (session_.json()) {
            session_.print(taken_);
        } else if (batch.items().empty()) {
            session_.out() << "何も届いていません / nothing waits\n";
        }
        return worst;
    }

  private:
    int take(const Json& event) {
        std::string written;
        if (session_.options.has("--out")) {
            auto path = write_document(session_, event);
            if (!path) return session_.fail(kUsage, path.error());
            written = std::move(*path);
        }
        const std::string delivery{event.string_at("delivery").value_or("")};
        bool acknowledged = false;
        int code = kOk;
        if (session_.options.has("--ack")) {
            const auto answer =
                client_.call("POST", "/v1/inbox/" + documents::percent_encode(delivery) + "/ack");
            if (!answer) return cannot_reach(session_, answer.error());
            acknowledged = answer->good();
            if (!acknowledged) {
                print_problem(session_.world.err, answer->json);
                code = kNo;
            }
        }
        tell(event, written, acknowledged);
        return code;
    }

    void tell(const Json& event, const std::string& written, bool acknowledged) {
        if (session_.json()) {
            Json line = Json::object();
            if (written.empty()) {
                line.set("event", event);
            } else {
                line.set("id", std::string{event.string_at("id").value_or("")})
                    .set("delivery", std::string{event.string_at("delivery").value_or("")})
                    .set("file", written);
            }
            taken_.push(line.set("acknowledged", Json::boolean(acknowledged)));
            return;
        }
        session_.out() << event.string_at("type").value_or("") << "  "
                       << event.string_at("source").value_or("") << "  "
                       << event.string_at("id").value_or("")
                       << (written.empty() ? "" : "  -> " + written)
                       << (acknowledged ? "  受領 / acknowledged" : "") << "\n";
    }

    const Session& session_;
    const GatewayClient& client_;
    Json taken_ = Json::array();
};

void print_fate(std::ostream& out, const Json& fate) {
    out << fate.string_at("id").value_or("") << "  " << fate.string_at("type").value_or("") << "  "
        << fate.string_at("state").value_or("") << "\n";
    const Json* deliveries = fate.find("deliveries");
    if (deliveries == nullptr) return;
    for (const Json& delivery : deliveries->items()) {
        out << "  -> " << delivery.string_at("recipient").value_or("") << " via "
            << delivery.string_at("via").value_or("") << ": "
            << delivery.string_at("state").value_or("") << "\n";
        const Json* history = delivery.find("history");
        if (history == nullptr) continue;
        for (const Json& entry : history->items()) {
            out << "       " << entry.string_at("at").value_or("") << "  "
                << entry.string_at("state").value_or("") << "  "
                << entry.string_at("detail").value_or("") << "\n";
        }
    }
}

// A number option within its range; nullopt after saying what is wrong.
std::optional<std::string> number_text(const Session& session, std::string_view name,
                                       std::size_t usual, std::size_t most) {
    if (!session.options.has(name)) return std::to_string(usual);
    const auto number = session.options.number(name);
    if (number && *number <= most) return std::to_string(*number);
    const std::string text = std::string{name} + ": 0-" + std::to_string(most);
    session.fail(kUsage, {.ja = text, .en = text});
    return std::nullopt;
}

}  // namespace

int inbox(const Session& session) {
    constexpr auto kWaitMost = static_cast<std::size_t>(
        std::chrono::duration_cast<std::chrono::seconds>(model::limits::kInboxWaitMax).count());
    constexpr std::size_t kEventsUsual = 50;
    const auto events = number_text(session, "--max", kEventsUsual, model::limits::kInboxEventsMax);
    const auto wait = number_text(session, "--wait", 0, kWaitMost);
    if (!events || !wait) return kUsage;
    auto settings = client_settings(session);
    if (!settings) return settings.error();
    const GatewayClient client{session, std::move(*settings)};
    const auto answer = client.call("GET", "/v1/inbox?max=" + *events + "&wait=" + *wait);
    if (!answer) return cannot_reach(session, answer.error());
    if (answer->good()) return Collecting{session, client}.run(answer->json);
    print_problem(session.world.err, answer->json);
    return kNo;
}

int fate(const Session& session) {
    const std::string& id = session.options.operands().front();
    if (!model::parse_message_id(id)) {
        return session.fail(kUsage,
                            {.ja = "識別子の形が正しくありません", .en = "this is no message id"});
    }
    auto settings = client_settings(session);
    if (!settings) return settings.error();
    const GatewayClient client{session, std::move(*settings)};
    std::string path = "/v1/messages/" + documents::percent_encode(id);
    if (session.options.has("--source")) {
        const auto sender = model::parse_party_id(session.options.text("--source"));
        if (!sender) {
            return session.fail(kUsage, {.ja = "--source が接続機関の識別子ではありません",
                                         .en = "--source is no party id"});
        }
        path += "?source=" + documents::percent_encode(to_source(*sender));
    }
    const auto answer = client.call("GET", path);
    if (!answer) return cannot_reach(session, answer.error());
    if (session.json()) {
        session.print(answer->json);
    } else if (answer->good()) {
        print_fate(session.out(), answer->json);
    } else {
        print_problem(session.out(), answer->json);
    }
    return answer->good() ? kOk : kNo;
}

}  // namespace sekisho::cli
