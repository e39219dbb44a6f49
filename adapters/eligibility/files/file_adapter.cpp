#include "adapters/eligibility/files/file_adapter.h"

#include <algorithm>
#include <atomic>

#include "adapters/eligibility/files/file_pairs.h"

namespace sekisho::eligibility_adapter {

using adapters::Answer;
using adapters::AnswerFate;
using adapters::Fate;
using adapters::Outcome;

namespace {

// In base64 a text of less than the 10 MB that libxml2 takes.
constexpr std::uint64_t kDocumentBytesMax = 6 * model::limits::kMebibyte;
constexpr int kRead = 200;  // as the same answer over HTTPS has it

Outcome too_large() {
    return adapters::rejected(
        {.what = {.ja = "文書が、ファイル連携で渡せる 6 MiB を超えています",
                  .en = "The document exceeds the 6 MiB that a file exchange carries"},
         .next = {.ja = "送信元は文書を小さくし、新しい id で送ってください",
                  .en = "The sender shrinks it and sends it under a new id"}});
}

Outcome without_name() {
    return adapters::rejected(
        {.what = {.ja = "送信元と id から安全なファイル名を作れません",
                  .en = "The source and the id make no safe file name"},
         .next = {.ja = "送信元は英数字の短い id で送り直してください",
                  .en = "The sender sends it under a short id of letters and digits"}});
}

Outcome no_xml() {
    return adapters::rejected(
        {.what = {.ja = "属性に、XMLに書けない文字があります",
                  .en = "An attribute holds a character that XML cannot hold"},
         .next = {.ja = "送信元はその文字を除き、新しい id で送ってください",
                  .en = "The sender removes it and sends the document under a new id"}});
}

class FileAdapter final : public adapters::Adapter {
  public:
    explicit FileAdapter(FileSettings settings)
        : institution_(std::move(settings.institution)), pairs_(std::move(settings.folder)) {}

    adapters::Capabilities capabilities() const override {
        return {.name = "eligibility",
                .version = "1-assumed-files",
                .delivers = true,
                .answers = true,
                .body_bytes_max = kDocumentBytesMax,
                .posture = adapters::Posture::requires_trusted_peer};
    }

    Outcome deliver(const adapters::Delivery& delivery, adapters::ByteSource& body,
                    adapters::Deadline deadline) override {
        if (delivery.size > kDocumentBytesMax) return too_large();
        const auto id = document_file_id(*delivery.envelope);
        if (!id) return without_name();
        std::string bytes;
        if (!read_all(body, delivery.size, bytes) || bytes.size() != delivery.size)
            return {Fate::retry, "the document could not be read", {}};
        if (is_over(deadline)) return {Fate::retry, "the deadline passed", {}};
        const Request request{request_name(Service::document, *id), institution_};
        const std::string text = document_xml(request, delivery, bytes);
        if (text.empty()) return no_xml();
        const auto response = exchange(request, text, deadline);
        if (!response) return {Fate::retry, response.error().detail, {}};
        return read_taken(delivery, kRead, *response);
    }

    Answer ask(const model::Authorized<model::Envelope>& question,
               adapters::Deadline deadline) override {
        const auto service = service_of(*question);
        if (!service) {
            return {AnswerFate::rejected, {}, {}, "a question is about one card or one person"};
        }
        if (is_over(deadline)) return {AnswerFate::timeout, {}, {}, "the deadline passed"};
        const Request request{request_name(*service, fresh_id()), institution_};
        const auto response = exchange(request, question_xml(request, *question), deadline);
        if (response) return read_reply(*question, kRead, *response);
        return {response.error().late ? AnswerFate::timeout : AnswerFate::unavailable,
                {},
                {},
                response.error().detail};
    }

    adapters::Health probe(adapters::Deadline) override { return pairs_.health(); }

  private:
    static bool is_over(adapters::Deadline deadline) {
        return std::chrono::steady_clock::now() >= deadline;
    }
    static FileName request_name(Service service, std::string id) {
        return {.service = service, .direction = Direction::request, .id = std::move(id)};
    }

    // Another for each question, also after a restart.
    std::string fresh_id() { return "q-" + started_ + "-" + std::to_string(asked_.fetch_add(1)); }

    std::expected<std::string, FilePairs::Trouble> exchange(const Request& request,
                                                            std::string_view text,
                                                            adapters::Deadline deadline) {
        const auto read = [&](std::string_view response) {
            return read_response(request.name, response);
        };
        return pairs_.exchange(request.name, text, read, deadline);
    }

    const std::string institution_;
    const std::string started_ =
        std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
    std::atomic<std::uint64_t> asked_{0};
    FilePairs pairs_;
};

bool is_institution(const std::string& code) {
    return code.size() == 10 &&
           std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

FileSettings FileSettings::read(documents::ObjectReader& reader) {
    FileSettings settings{.folder = reader.required_text("folder"),
                          .institution = reader.required_text("institution")};
    if (!settings.folder.empty() && !settings.folder.starts_with('/'))
        reader.fault("folder", "絶対パスにしてください", "must be an absolute path");
    if (!settings.institution.empty() && !is_institution(settings.institution))
        reader.fault("institution", "医療機関コード10桁にしてください",
                     "must be a code of 10 digits");
    return settings;
}

std::unique_ptr<adapters::Adapter> make_file_adapter(FileSettings settings) {
    return std::make_unique<FileAdapter>(std::move(settings));
}

}  // namespace sekisho::eligibility_adapter
