// An insurer's request for an opinion (主治医意見書作成依頼), its reminder (督促) or withdrawal
// (取下げ): one person, one writer, and the number that the opinion will give back.
#include <utility>

#include "adapters/documents/media_type.h"
#include "adapters/documents/profile.h"
#include "routing/model/instant.h"

namespace sekisho::documents {

namespace {

class RequestProfile final : public Format {
  public:
    RequestProfile(const std::string& name, Schema schema, ProfileCheck check)
        : name_(name), schema_(std::move(schema)), check_(check) {}

    const model::FormatName& name() const override { return name_; }
    bool accepts_media_type(std::string_view media_type) const override {
        return is_json(media_type);
    }
    std::uint64_t memory_for(std::string_view bytes) const override {
        return bytes.size() + json_memory_for(bytes);
    }

    model::Result<DocumentFacts> read(std::string_view bytes,
                                      const FormatContext& context) const override {
        auto request = parse_json(bytes, {.file = context.file});
        if (!request) return std::unexpected(as_document(std::move(request.error())));
        Findings findings{context.file};
        if (!fits(schema_, *request, {}, findings)) {
            return std::unexpected(std::move(findings).refusal());
        }
        ProfileReading reading{context, findings};
        reading.check_insurer(*request, "insurer");
        check_(*request, reading);
        if (!findings.empty()) return std::unexpected(std::move(findings).refusal());
        return facts_of(*request);
    }

  private:
    static std::string text_of(const Json& request, std::string_view key) {
        return request.find(key)->text();
    }

    static DocumentFacts facts_of(const Json& request) {
        const Json& insurer = *request.find("insurer");
        const Json& insured = *request.find("insured");
        const std::string kind = text_of(request, "kind");
        const std::string opinion =
            insurer.text() + ":" + insured.text() + ":" + text_of(request, "request_number");
        DocumentFacts facts;
        facts.persons.push_back({.person = {.insurer = model::InsurerNumber{insurer.text()},
                                            .insured = model::InsuredNumber{insured.text()}},
                                 .line = insured.line()});
        facts.author_number = insurer.text();
        facts.author_line = insurer.line();
        facts.author_field = profile_label("/insurer");
        facts.recipient_number = text_of(request, "writer");
        // There may be several reminders of one request.
        facts.business_key = model::BusinessKey{
            kind == "request" ? opinion : opinion + ":" + kind + ":" + text_of(request, "created")};
        facts.request = OpinionRequest{
            .kind = kind_of(kind),
            .opinion = model::BusinessKey{opinion},
            .applied =
                model::parse_japan_date(text_of(request, "applied_on")).value_or(model::Instant{})};
        return facts;
    }

    static OpinionRequest::Kind kind_of(std::string_view word) {
        if (word == "reminder") return OpinionRequest::Kind::reminder;
        return word == "withdrawal" ? OpinionRequest::Kind::withdrawal
                                    : OpinionRequest::Kind::request;
    }

    const model::FormatName name_;
    const Schema schema_;
    const ProfileCheck check_;
};

}  // namespace

model::Result<std::unique_ptr<const Format>> request_profile(const std::string& name,
                                                             const std::string& schema_file,
                                                             ProfileCheck check) {
    auto schema = Schema::load(schema_file);
    if (!schema) return std::unexpected(std::move(schema.error()));
    return std::make_unique<RequestProfile>(name, std::move(*schema), check);
}

}  // namespace sekisho::documents
