#include "adapters/documents/person_profile.h"

#include <utility>

#include "adapters/documents/media_type.h"

namespace sekisho::documents {

namespace {

class PersonProfile final : public Format {
  public:
    PersonProfile(const std::string& name, Schema schema, ProfileCheck check, AddFacts add)
        : name_(name), schema_(std::move(schema)), check_(check), add_(add) {}

    const model::FormatName& name() const override { return name_; }
    bool accepts_media_type(std::string_view media_type) const override {
        return is_json(media_type);
    }
    std::uint64_t memory_for(std::string_view bytes) const override {
        return bytes.size() + json_memory_for(bytes);
    }

    model::Result<DocumentFacts> read(std::string_view bytes,
                                      const FormatContext& context) const override {
        auto document = parse_json(bytes, {.file = context.file});
        if (!document) return std::unexpected(as_document(std::move(document.error())));
        Findings findings{context.file};
        if (!fits(schema_, *document, {}, findings)) {
            return std::unexpected(std::move(findings).refusal());
        }
        ProfileReading reading{context, findings};
        reading.check_insurer(*document, "insurer");
        check_(*document, reading);
        if (!findings.empty()) return std::unexpected(std::move(findings).refusal());
        DocumentFacts facts = facts_of(*document);
        warn_of_my_number(*document, {}, findings, facts.warnings);
        return facts;
    }

  private:
    DocumentFacts facts_of(const Json& document) const {
        const Json& insured = *document.find("insured");
        DocumentFacts facts;
        facts.persons.push_back(
            {.person = {.insurer = model::InsurerNumber{document.find("insurer")->text()},
                        .insured = model::InsuredNumber{insured.text()}},
             .line = insured.line()});
        add_(document, facts);
        return facts;
    }

    const model::FormatName name_;
    const Schema schema_;
    const ProfileCheck check_;
    const AddFacts add_;
};

}  // namespace

model::Result<std::unique_ptr<const Format>> person_profile(const std::string& name,
                                                            const std::string& schema_file,
                                                            ProfileCheck check, AddFacts add) {
    auto schema = Schema::load(schema_file);
    if (!schema) return std::unexpected(std::move(schema.error()));
    return std::make_unique<PersonProfile>(name, std::move(*schema), check, add);
}

}  // namespace sekisho::documents
