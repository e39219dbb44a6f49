#include "gateway/cli/client.h"

#include <filesystem>

#include "adapters/documents/base64.h"
#include "adapters/documents/object_reader.h"
#include "adapters/documents/percent.h"

namespace sekisho::cli {

namespace {

using documents::Json;

constexpr std::size_t kPemBytesMax = 64 * model::limits::kKibibyte;
constexpr std::string_view kPartyUri = "urn:sekisho:party:";

struct ProfileTexts {
    std::string gateway, certificate, key, trust, party;
};

std::string beside(const std::string& file, const std::string& named) {
    if (named.empty()) return named;
    return (std::filesystem::path{file}.parent_path() / named).lexically_normal().string();
}

std::expected<ProfileTexts, int> read_profile(const Session& session) {
    if (!session.options.has("--profile")) return ProfileTexts{};
    const std::string file = session.options.text("--profile");
    const auto json = read_json(session, file);
    if (!json) return std::unexpected(session.fail(kUsage, json.error()));
    documents::ObjectReader reader{*json};
    ProfileTexts texts{.gateway = reader.text("gateway"),
                       .certificate = beside(file, reader.text("cert")),
                       .key = beside(file, reader.text("key")),
                       .trust = beside(file, reader.text("ca")),
                       .party = reader.text("party")};
    if (const auto done = reader.finish(); !done) {
        model::Refusal refusal = done.error();
        refusal.detail.ja = file + ": " + refusal.detail.ja;
        refusal.detail.en = file + ": " + refusal.detail.en;
        return std::unexpected(session.fail(kUsage, refusal));
    }
    return texts;
}

// The leaf's DER holds the URI as a GeneralName of tag [6] and a length of one byte (X.690).
std::optional<model::PartyId> party_in_der(std::string_view der) {
    const std::size_t at = der.find(kPartyUri);
    if (at == std::string_view::npos || at < 2 || der[at - 2] != '\x86') return std::nullopt;
    const auto length = static_cast<std::size_t>(static_cast<unsigned char>(der[at - 1]));
    if (length < kPartyUri.size() || at + length > der.size()) return std::nullopt;
    return model::parse_party_id(der.substr(at, length).substr(kPartyUri.size()));
}

std::expected<std::string, int> source_of(const Session& session, const std::string& named,
                                          const std::string& certificate) {
    std::optional<model::PartyId> party = model::parse_party_id(named);
    if (!named.empty() && !party) {
        return std::unexpected(
            session.fail(kUsage, {.ja = "--as が接続機関の識別子ではありません: " + named,
                                  .en = "--as is no party id: " + named}));
    }
    if (!party) {
        const auto pem = session.world.files.read(certificate, kPemBytesMax);
        if (!pem) {
            return std::unexpected(session.fail(kUsage, {.ja = certificate + ": 読めません",
                                                         .en = certificate + ": cannot be read"}));
        }
        party = party_of_certificate(*pem);
    }
    if (party) return to_source(*party);
    return std::unexpected(
        session.fail(kUsage, {.ja = "証明書から利用者が分かりません。--as が必要です",
                              .en = "the certificate does not say whose it is; --as is needed"}));
}

}  // namespace

std::optional<model::PartyId> party_of_certificate(std::string_view pem) {
    constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
    constexpr std::string_view kEnd = "-----END CERTIFICATE-----";
    const std::size_t begin = pem.find(kBegin);
    const std::size_t end = pem.find(kEnd);
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin)
        return std::nullopt;
    std::string text;
    for (const char c : pem.substr(begin + kBegin.size(), end - begin - kBegin.size())) {
        if (c != '\n' && c != '\r') text += c;
    }
    const auto der = documents::from_base64(text);
    return der ? party_in_der(*der) : std::nullopt;
}

std::expected<ClientSettings, int> client_settings(const Session& session) {
    const auto profile = read_profile(session);
    if (!profile) return std::unexpected(profile.error());
    const Options& given = session.options;
    ClientSettings settings;
    settings.gateway =
        given.text("--gateway", profile->gateway.empty() ? settings.gateway : profile->gateway);
    while (settings.gateway.ends_with('/')) settings.gateway.pop_back();
    settings.options.certificate_file = given.text("--cert", profile->certificate);
    settings.options.key_file = given.text("--key", profile->key);
    settings.options.trust_file = given.text("--ca", profile->trust);
    settings.options.connections_max = 1;
    if (settings.options.certificate_file.empty() || settings.options.key_file.empty() ||
        settings.options.trust_file.empty()) {
        return std::unexpected(
            session.fail(kUsage, {.ja = "--cert, --key, --ca (または --profile) が必要です",
                                  .en = "--cert, --key and --ca (or --profile) are needed"}));
    }
    auto source =
        source_of(session, given.text("--as", profile->party), settings.options.certificate_file);
    if (!source) return std::unexpected(source.error());
    settings.source = std::move(*source);
    return settings;
}

GatewayClient::GatewayClient(const Session& session, ClientSettings settings)
    : settings_(std::move(settings)), call_(session.world.connect(settings_.options)) {}

std::expected<GatewayAnswer, http::Failure> GatewayClient::call(std::string_view method,
                                                                const std::string& path,
                                                                std::vector<http::Header> headers,
                                                                std::string_view body) const {
    headers.push_back({.name = "Accept-Language", .value = "ja, en"});
    const http::Request request{.method = std::string{method},
                                .url = settings_.gateway + path,
                                .headers = std::move(headers),
                                .body = body,
                                .answer_bytes_max = 2 * model::limits::kInboxAnswerBytesMax};
    auto reply = call_(request);
    if (!reply) return std::unexpected(std::move(reply.error()));
    GatewayAnswer answer{.status = reply->status};
    if (reply->body.empty()) return answer;
    auto json = documents::parse_json(reply->body);
    if (!json) {
        return std::unexpected(http::Failure{
            .trouble = http::Trouble::truncated,
            .detail = "HTTP " + std::to_string(reply->status) + " with a body that is no JSON"});
    }
    answer.json = std::move(*json);
    return answer;
}

std::vector<http::Header> event_headers(const std::vector<Attribute>& attributes) {
    std::vector<http::Header> headers;
    for (const auto& [name, value] : attributes) {
        if (value.empty()) continue;
        headers.push_back(
            {.name = "ce-" + std::string{name}, .value = documents::percent_encode(value)});
    }
    return headers;
}

std::string problem_line(const Json& problem) {
    const auto word = [&](std::string_view key) {
        return std::string{problem.string_at(key).value_or("")};
    };
    std::string name = word("type");
    if (const std::size_t colon = name.rfind(':'); colon != std::string::npos)
        name = name.substr(colon + 1);
    std::string line = word("code") + " " + name + ": " + word("title");
    for (const char* key : {"detail", "next"}) {
        if (const std::string text = word(key); !text.empty()) line += " " + text;
    }
    return line;
}

void print_problem(std::ostream& out, const Json& problem) {
    out << "  " << problem_line(problem) << "\n";
    print_located(out, problem, "errors");
}

void print_located(std::ostream& out, const Json& answer, std::string_view member) {
    const Json* rows = answer.find(member);
    if (rows == nullptr) return;
    for (const Json& row : rows->items()) {
        out << "    " << row.string_at("file").value_or("") << ":"
            << row.integer_at("line").value_or(0) << ":" << row.integer_at("column").value_or(0)
            << " " << row.string_at("field").value_or("") << " "
            << row.string_at("code").value_or("");
        if (member == "warnings") out << " " << row.string_at("title").value_or("");
        out << "\n";
    }
}

int cannot_reach(const Session& session, const http::Failure& failure) {
    const std::string why = std::string{http::to_string(failure.trouble)} +
                            (failure.detail.empty() ? "" : ": ") + failure.detail;
    return session.fail(kCannotReach, {.ja = "ゲートウェイに届きません (" + why + ")",
                                       .en = "the gateway cannot be reached (" + why + ")"});
}

}  // namespace sekisho::cli
