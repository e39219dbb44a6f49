#include "tests/bench/bench_gateway.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <stdexcept>

#include "adapters/documents/samples.h"
#include "routing/model/instant.h"
#include "tests/bench/nation.h"

namespace sekisho::bench {

namespace {

constexpr std::size_t kRemarksField = 121;  // 特記すべき事項: free text without a bound of its own
constexpr const char* kNumberInText = "9000000000";

std::string padded_number(std::uint64_t number) {
    std::array<char, 16> digits{};
    std::snprintf(digits.data(), digits.size(), "%010llu",
                  static_cast<unsigned long long>(number % 10'000'000'000ULL));
    return digits.data();
}

std::string an_opinion_of(const std::string& office, std::size_t bytes) {
    documents::OpinionSample sample{.office = office, .request_number = kNumberInText};
    const std::size_t bare = documents::an_opinion_csv(sample).size();
    std::string remarks;
    for (std::size_t i = bare; i + 2 < bytes; i += 2) remarks += "介";
    sample.fields[kRemarksField] = remarks;
    std::string text = documents::an_opinion_csv(sample);
    if (text.size() < bytes - 64) throw std::runtime_error("the sample opinion is too small");
    return text;
}

struct Event {
    std::string id;
    std::string source;  // "/medical/1319900021"
    std::string type;    // without its prefix
    std::string format;
    std::string media_type;
    std::string more_headers{};
};

std::string head_of(const Event& event, std::size_t size) {
    const auto now =
        std::chrono::time_point_cast<model::Duration>(std::chrono::system_clock::now());
    return "POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nce-specversion: 1.0\r\nce-id: " +
           event.id + "\r\nce-source: " + event.source + "\r\nce-type: jp.sekisho." + event.type +
           "\r\nce-time: " + model::to_rfc3339(now) +
           "\r\nce-dataschema: urn:sekisho:format:" + event.format +
           "\r\nContent-Type: " + event.media_type + "\r\n" + event.more_headers +
           "Content-Length: " + std::to_string(size) + "\r\n\r\n";
}

std::string head_of_opinion(const std::string& office, const std::string& id, std::size_t size) {
    return head_of({.id = id,
                    .source = "/medical/" + office,
                    .type = "certification.opinion",
                    .format = "ikensho-csv:1.1",
                    .media_type = "text/csv; charset=Shift_JIS",
                    .more_headers = "ce-insurer: 139980\r\nce-insured: 0000000001\r\n"},
                   size);
}

std::string cards_of(std::size_t bytes) {
    const std::size_t one = documents::a_card_json({}).size();
    documents::LoadSample sample{.insured = {}};
    for (std::size_t i = 0; i < bytes / one; ++i) {
        sample.insured.push_back(padded_number(i));
    }
    return documents::a_card_json(sample);
}

std::string targets_for(BenchGateway::Recipient recipient) {
    switch (recipient) {
        case BenchGateway::Recipient::mailbox:
            return R"("targets": [{ "to": "$insurer" }])";
        case BenchGateway::Recipient::platform:
            return R"("targets": [{ "to": "system:platform" }])";
        case BenchGateway::Recipient::loopback:
            break;
    }
    return R"("targets": [{ "to": "system:platform", "via": "loopback" }])";
}

}  // namespace

BenchGateway::BenchGateway(Recipient recipient, Directory directory, Shares shares) {
    if (shares == Shares::wide) {
        demo_.amend("sekisho.json", R"("crl": "pki/internet.crl", "rsa_bits_min": 2048 })",
                    R"("crl": "pki/internet.crl", "rsa_bits_min": 2048,
        "budget": { "connections_per_party": 30000, "requests_per_second": 1000000,
                    "bytes_per_second": 100000000000, "in_progress": 4096,
                    "in_progress_per_party": 4096, "queued_per_party": 100000000 } })");
    }
    demo_.amend("routes.json", R"("targets": [{ "to": "$insurer" }, { "to": "system:platform" }])",
                targets_for(recipient));
    demo_.amend("sekisho.json", R"("adapters": [)",
                R"("adapters": [ { "name": "loopback", "module": ")" + demo_.modules() +
                    R"(/sekisho_adapter_loopback.so", "network": "public", "settings": {} },)");
    demo_.amend("sekisho.json", R"("adapters": [)",
                R"("document_memory_megabytes": )" + std::to_string(kDocumentMegabytes) +
                    R"(, "adapters": [)");
    if (directory == Directory::nation) write_nation(demo_.folder());
    demo_.start();
}

Credentials BenchGateway::credentials_of(const std::string& party) const {
    const std::string name = demo_.file("pki/" + party);
    return {.certificate_file = name + ".pem",
            .key_file = name + ".key",
            .trust_file = demo_.file("pki/server-ca.pem")};
}

Credentials BenchGateway::itself() const {
    return {.certificate_file = demo_.file("pki/gateway.pem"),
            .key_file = demo_.file("pki/gateway.key"),
            .trust_file = demo_.file("pki/public-ca.pem")};
}

std::function<std::string(std::uint64_t)> BenchGateway::progress_questions() const {
    static std::atomic<std::uint64_t> makers{0};
    const std::uint64_t first = ++makers * 100'000'000;
    return [first](std::uint64_t number) {
        const auto now =
            std::chrono::time_point_cast<model::Duration>(std::chrono::system_clock::now());
        return "POST /v1/queries HTTP/1.1\r\nHost: 127.0.0.1\r\nce-specversion: 1.0\r\nce-id: "
               "ask-" +
               padded_number(first + number) +
               "\r\nce-source: /care-managers/1379900010\r\nce-type: "
               "jp.sekisho.query.certification.progress\r\nce-time: " +
               model::to_rfc3339(now) +
               "\r\nce-insurer: 139980\r\nce-insured: 0000000001\r\nce-actor: "
               "bench\r\nce-role: care-manager\r\nContent-Length: 0\r\n\r\n";
    };
}

ServerFiles BenchGateway::server_files() const {
    return {.certificate_file = demo_.file("pki/gateway.pem"),
            .key_file = demo_.file("pki/gateway.key"),
            .client_trust_file = demo_.file("pki/internet-ca.pem"),
            .revocation_list_file = demo_.file("pki/internet.crl")};
}

std::function<std::string(std::uint64_t)> BenchGateway::opinions(std::size_t bytes,
                                                                 Author author) const {
    // Each maker's numbers are its own, so that no id comes twice.
    static std::atomic<std::uint64_t> makers{0};
    const std::uint64_t first = ++makers * 100'000'000;
    const std::string office = author == Author::clinic ? "1319900021" : "1319900013";
    std::string text = an_opinion_of(office, bytes);
    const auto at = text.find(kNumberInText);
    return [office, text, at, first](std::uint64_t number) {
        const std::string mark = padded_number(first + number);
        std::string request = head_of_opinion(office, "bench-" + mark, text.size());
        const std::size_t head = request.size();
        request += text;
        request.replace(head + at, mark.size(), mark);
        return request;
    };
}

std::function<std::string(std::uint64_t)> BenchGateway::card_load(std::size_t bytes) const {
    return [text = cards_of(bytes)](std::uint64_t number) {
        return head_of({.id = "load-" + std::to_string(text.size()) + "-" + std::to_string(number),
                        .source = "/insurers/139980",
                        .type = "certification.card",
                        .format = "card-json:1",
                        .media_type = "application/json"},
                       text.size()) +
               text;
    };
}

std::function<std::string(std::uint64_t)> BenchGateway::small_questions() const {
    return [](std::uint64_t) {
        return std::string{"GET /v1/keys HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"};
    };
}

}  // namespace sekisho::bench
