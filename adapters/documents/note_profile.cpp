// Notes: one person's consent or registration, checked as a whole.
#include <utility>

#include "adapters/documents/media_type.h"
#include "adapters/documents/note_json.h"
#include "adapters/documents/profile.h"

namespace sekisho::documents {

namespace {

// As `Read` reads it. Offices and insurers write both kinds, so no author stands in it.
template <auto Read>
class NoteProfile final : public Format {
  public:
    NoteProfile(const std::string& name, Schema schema, ProfileCheck check)
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
        auto note = parse_json(bytes, {.file = context.file});
        if (!note) return std::unexpected(as_document(std::move(note.error())));
        Findings findings{context.file};
        if (!fits(schema_, *note, {}, findings)) {
            return std::unexpected(std::move(findings).refusal());
        }
        ProfileReading reading{context, findings};
        reading.check_insurer(*note, "insurer");
        check_(*note, reading);
        if (!findings.empty()) return std::unexpected(std::move(findings).refusal());
        return facts_of(*note);
    }

  private:
    static DocumentFacts facts_of(const Json& note) {
        const Json& insured = *note.find("insured");
        DocumentFacts facts;
        facts.persons.push_back(
            {.person = {.insurer = model::InsurerNumber{note.find("insurer")->text()},
                        .insured = model::InsuredNumber{insured.text()}},
             .line = insured.line()});
        facts.note = Read(note);
        return facts;
    }

    const model::FormatName name_;
    const Schema schema_;
    const ProfileCheck check_;
};

template <auto Read>
model::Result<std::unique_ptr<const Format>> make(const std::string& name,
                                                  const std::string& schema_file,
                                                  ProfileCheck check) {
    auto schema = Schema::load(schema_file);
    if (!schema) return std::unexpected(std::move(schema.error()));
    return std::make_unique<NoteProfile<Read>>(name, std::move(*schema), check);
}

}  // namespace

model::Result<std::unique_ptr<const Format>> consent_profile(const std::string& name,
                                                             const std::string& schema_file,
                                                             ProfileCheck check) {
    return make<consent_of>(name, schema_file, check);
}

model::Result<std::unique_ptr<const Format>> registration_profile(const std::string& name,
                                                                  const std::string& schema_file,
                                                                  ProfileCheck check) {
    return make<registration_of>(name, schema_file, check);
}

}  // namespace sekisho::documents
