// `send`: each file one message, in CloudEvents binary mode; and `ask`: one question.
#include <algorithm>
#include <array>
#include <filesystem>

#include "gateway/cli/client.h"
#include "gateway/cli/progress.h"
#include "gateway/platform/crypto.h"
#include "routing/model/event_type.h"

namespace sekisho::cli {

namespace {

using documents::Json;

constexpr std::size_t kDocumentBytesMax = 256 * model::limits::kMebibyte;

// What a type is usually written in, so that the common case needs no --format.
constexpr auto kUsualFormats = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"certification.opinion", "ikensho-csv:1.1"},
    {"certification.card", "card-json:1"},
    {"certification.limit-card", "limit-card-json:1"},
    {"certification.survey", "survey-json:1"},
    {"certification.progress", "progress-json:1"},
});

std::string usual_format(std::string_view type) {
    for (const auto& [known, format] : kUsualFormats) {
        if (known == type) return std::string{format};
    }
    return {};
}

std::string usual_media_type(std::string_view format, const std::string& file) {
    if (file.ends_with(".zip")) return "application/zip";
    if (format.starts_with("fhir-")) return "application/fhir+json";
    if (format.starts_with("life-csv")) return "text/csv";
    if (format.find("-csv:") != std::string_view::npos) return "text/csv; charset=Shift_JIS";
    return "application/json";
}

// The same file for the same person is the same message: sending it again is harmless.
std::string id_of(const Session& session, std::string_view bytes) {
    platform::Sha256Stream hash;
    for (const char* name : {"--type", "--insurer", "--insured", "--author", "--recipient"}) {
        hash.update(session.options.text(name));
        hash.update(std::string_view{"\0", 1});
    }
    hash.update(bytes);
    return model::to_hex(hash.finish()).substr(0, 32);
}

std::vector<http::Header> headers_of(const Session& session, const GatewayClient& client,
                                     const std::string& file, std::string_view bytes) {
    const Options& given = session.options;
    const std::string type = given.text("--type");
    const std::string format = given.text("--format", usual_format(type));
    auto headers = event_headers({
        {"specversion", "1.0"},
        {"id", given.has("--id") ? given.text("--id") : id_of(session, bytes)},
        {"source", client.source()},
        {"type", model::event_type(type)},
        {"time", model::to_rfc3339(session.world.clock.now())},
        {"dataschema", format.empty() ? "" : "urn:sekisho:format:" + format},
        {"author", given.text("--author")},
        {"insurer", given.text("--insurer")},
        {"insured", given.text("--insured")},
        {"recipient", given.text("--recipient")},
        {"purpose", given.text("--purpose")},
        {"actor", given.text("--actor")},
        {"role", given.text("--role")},
        {"businesskey", given.text("--businesskey")},
        {"personconsent", given.text("--personconsent")},
        {"status", given.text("--status")},
    });
    headers.push_back({.name = "Content-Type",
                       .value = given.text("--media-type", usual_media_type(format, file))});
    return headers;
}

void print_accepted(std::ostream& out, const std::string& file, const GatewayAnswer& answer) {
    out << file << ": " << (answer.status == 200 ? "受付済み / accepted before" : "受付 / accepted")
        << " " << answer.json.string_at("id").value_or("") << "\n";
    if (const Json* deliveries = answer.json.find("deliveries")) {
        for (const Json& delivery : deliveries->items()) {
            out << "  -> " << delivery.string_at("recipient").value_or("") << " via "
                << delivery.string_at("via").value_or("") << ": "
                << delivery.string_at("state").value_or("") << "\n";
        }
    }
    out << "  receipt " << answer.json.string_at("receipt").value_or("") << "\n";
    print_located(out, answer.json, "warnings");
}

void print_answer(const Session& session, const std::string& file, const GatewayAnswer& answer) {
    if (session.json()) {
        Json line = Json::object();
        line.set("file", file)
            .set("status", Json::number(answer.status))
            .set("answer", answer.json);
        session.print(line);
    } else if (answer.good()) {
        print_accepted(session.out(), file, answer);
    } else {
        session.out() << file << ": 拒否 / refused (" << answer.status << ")\n";
        print_problem(session.out(), answer.json);
    }
}

// The exit code of one file.
int send_one(const Session& session, const GatewayClient& client, const std::string& file,
             Progress& progress) {
    const auto bytes = session.world.files.read(file, kDocumentBytesMax);
    if (!bytes) {
        progress.clear();
        return session.fail(kUsage, {.ja = file + ": 読めません", .en = file + ": cannot be read"});
    }
    const auto answer =
        client.call("POST", "/v1/messages", headers_of(session, client, file, *bytes), *bytes);
    progress.clear();
    if (!answer) return cannot_reach(session, answer.error());
    print_answer(session, file, *answer);
    return answer->good() ? kOk : kNo;
}

}  // namespace

int send(const Session& session) {
    const auto& files = session.options.operands();
    if (files.size() > 1 && session.options.has("--id")) {
        return session.fail(kUsage, {.ja = "--id は一つのファイルにだけ使えます",
                                     .en = "--id is for one file only"});
    }
    auto settings = client_settings(session);
    if (!settings) return settings.error();
    const GatewayClient client{session, std::move(*settings)};
    const bool shown = session.world.terminal && !session.json() && files.size() > 1;
    Progress progress{session.world.err, files.size(),
                      shown ? Progress::Shown::yes : Progress::Shown::no};
    int worst = kOk;
    for (std::size_t i = 0; i < files.size(); ++i) {
        progress.show(i, std::filesystem::path{files[i]}.filename().string());
        worst = std::max(worst, send_one(session, client, files[i], progress));
        if (worst == kCannotReach) break;  // the rest would fare no better
    }
    return worst;
}

int ask(const Session& session) {
    auto settings = client_settings(session);
    if (!settings) return settings.error();
    const GatewayClient client{session, std::move(*settings)};
    const Options& given = session.options;
    std::array<std::uint8_t, 32> id{};
    session.world.random.fill(id);
    const auto answer = client.call("POST", "/v1/queries",
                                    event_headers({
                                        {"specversion", "1.0"},
                                        {"id", model::to_hex(id).substr(0, 32)},
                                        {"source", client.source()},
                                        {"type", model::question_type(given.text("--type"))},
                                        {"time", model::to_rfc3339(session.world.clock.now())},
                                        {"insurer", given.text("--insurer")},
                                        {"insured", given.text("--insured")},
                                        {"purpose", given.text("--purpose")},
                                        {"actor", given.text("--actor")},
                                        {"role", given.text("--role")},
                                    }));
    if (!answer) return cannot_reach(session, answer.error());
    if (session.json()) {
        session.print(answer->json);
    } else if (answer->good()) {
        const Json* found = answer->json.find("data");
        session.out() << documents::to_pretty(found == nullptr ? answer->json : *found) << "\n";
    } else {
        session.out() << "拒否 / refused (" << answer->status << ")\n";
        print_problem(session.out(), answer->json);
    }
    return answer->good() ? kOk : kNo;
}

}  // namespace sekisho::cli
