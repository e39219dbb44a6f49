#include "adapters/documents/profile.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "adapters/documents/media_type.h"
#include "adapters/documents/note_json.h"
#include "adapters/documents/numbers.h"
#include "adapters/documents/schema.h"
#include "routing/model/instant.h"
#include "routing/model/limits.h"
#include "routing/model/party.h"

namespace sekisho::documents {

namespace {

using model::Problem;

constexpr auto kNames = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"format", "形式"},
    {"insurer", "保険者番号"},
    {"created", "作成日時"},
    {"extent", "全件・差分の別"},
    {"records", "レコード"},
    {"insured", "被保険者番号"},
    {"history", "履歴番号"},
    {"deleted", "削除"},
    {"lost_on", "資格喪失日"},
    {"care_level", "要介護状態区分"},
    {"certified_from", "認定有効期間開始日"},
    {"certified_until", "認定有効期間終了日"},
    {"burden_ratio", "負担割合"},
    {"ratio_from", "負担割合適用開始日"},
    {"ratio_until", "負担割合適用終了日"},
    {"stage", "利用者負担段階"},
    {"valid_from", "有効期間開始日"},
    {"valid_until", "有効期間終了日"},
    {"surveyed_on", "調査実施日"},
    {"office", "調査実施事業所番号"},
    {"answers", "基本調査"},
    {"item", "調査項目"},
    {"code", "回答コード"},
    {"state", "進捗状況"},
    {"applied_on", "申請日"},
    {"updated_on", "更新日"},
    {"due_on", "認定予定日"},
    {"given", "同意する情報"},
    {"refused", "拒否する情報"},
    {"occasion", "同意の機会"},
    {"explanation", "説明文の版"},
    {"given_at", "同意日時"},
    {"withdrawn_at", "撤回日時"},
    {"taker", "同意を得た者"},
    {"representative", "代理人"},
    {"party", "担当事業所"},
    {"assurance", "本人確認の方法"},
    {"from", "登録日時"},
    {"until", "終了日時"},
});

// The last token that is no index: an array's element goes by the array's name.
std::string_view name_of(std::string_view pointer) {
    const auto is_index = [](std::string_view token) {
        return !token.empty() &&
               std::ranges::all_of(token, [](char c) { return c >= '0' && c <= '9'; });
    };
    while (!pointer.empty()) {
        const std::size_t slash = pointer.rfind('/');
        const std::string_view token = pointer.substr(slash + 1);
        pointer = pointer.substr(0, slash == std::string_view::npos ? 0 : slash);
        if (is_index(token)) continue;
        const auto* const found =
            std::ranges::find(kNames, token, &std::pair<std::string_view, std::string_view>::first);
        return found == kNames.end() ? std::string_view{} : found->second;
    }
    return {};
}

std::string digits_of_date(std::string_view text) {
    std::string digits{text};
    std::erase(digits, '-');
    return digits;
}

bool is_date(std::string_view text) {
    return text.size() == 10 && model::is_calendar_date(digits_of_date(text));
}

}  // namespace

std::string profile_label(std::string_view pointer) {
    const std::string_view name = name_of(pointer);
    std::string label{pointer};
    if (!name.empty()) label.append(" ").append(name);
    return label;
}

void ProfileReading::find(const Json& value, std::string_view key, Problem code) {
    findings_.add(value.line(), value.column(), profile_label(pointer_ + "/" + std::string{key}),
                  code);
}

void ProfileReading::check_insurer(const Json& object, std::string_view key) {
    const Json* const value = object.find(key);
    if (value == nullptr) return;
    if (const auto problem = insurer_problem(value->text(), context_)) find(*value, key, *problem);
}

void ProfileReading::check_date(const Json& object, std::string_view key) {
    const Json* const value = object.find(key);
    if (value != nullptr && !is_date(value->text())) find(*value, key, Problem::date_invalid);
}

void ProfileReading::check_time(const Json& object, std::string_view key) {
    const Json* const value = object.find(key);
    if (value != nullptr && !model::parse_rfc3339(value->text())) {
        find(*value, key, Problem::date_invalid);
    }
}

void ProfileReading::check_party(const Json& object, std::string_view key) {
    const Json* const value = object.find(key);
    if (value != nullptr && !model::parse_party_id(value->text())) {
        find(*value, key, Problem::field_invalid);
    }
}

void ProfileReading::check_days(const Json& object, std::string_view from, std::string_view until) {
    check_date(object, from);
    check_date(object, until);
    const Json* const first = object.find(from);
    const Json* const last = object.find(until);
    if (first != nullptr && last == nullptr) find(*first, until, Problem::field_missing);
    if (first == nullptr && last != nullptr) find(*last, from, Problem::field_missing);
    if (first == nullptr || last == nullptr) return;
    // Days written YYYY-MM-DD stand in the order of their text.
    if (last->text() < first->text()) find(*last, until, Problem::date_invalid);
}

void ProfileReading::require(const Json& object, std::string_view key) {
    if (object.find(key) == nullptr) find(object, key, Problem::field_missing);
}

namespace {

class JsonProfile : public Format {
  public:
    JsonProfile(const std::string& name, Schema schema, ProfileCheck check)
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
        auto document = parse_json(bytes, {.file = context.file});
        if (!document) {
            document.error().problem = Problem::document_invalid;
            return std::unexpected(std::move(document.error()));
        }
        Findings findings{context.file};
        DocumentFacts facts;
        if (has_fitting_size(*document, findings) && fits_schema(*document, findings)) {
            ProfileReading reading{context, findings};
            reading.check_insurer(*document, "insurer");
            facts = read_facts(*document, reading, findings);
        }
        if (!findings.empty()) return std::unexpected(std::move(findings).refusal());
        return facts;
    }

  protected:
    virtual bool has_fitting_size(const Json& document, Findings& findings) const = 0;
    virtual DocumentFacts read_facts(const Json& document, ProfileReading& reading,
                                     const Findings& findings) const = 0;
    void check_meaning(const Json& object, ProfileReading& reading) const {
        check_(object, reading);
    }

  private:
    bool fits_schema(const Json& document, Findings& findings) const {
        const auto violation = schema_.check(document);
        if (!violation) return true;
        findings.add(violation->where->line(), violation->where->column(),
                     profile_label(violation->pointer),
                     violation->missing ? Problem::field_missing : Problem::schema_violation);
        return false;
    }

    const model::FormatName name_;
    const Schema schema_;
    const ProfileCheck check_;
};

model::Person person_of(const Json& insurer, const Json& insured) {
    return {.insurer = model::InsurerNumber{insurer.text()},
            .insured = model::InsuredNumber{insured.text()}};
}

// One insurer's records.
class LoadProfile : public JsonProfile {
  public:
    using JsonProfile::JsonProfile;

  private:
    // What a record says of its person's end, where records of this kind say it at all.
    virtual std::optional<PersonEnd> end_in(const Json& /*document*/,
                                            const Json& /*record*/) const {
        return std::nullopt;
    }

    bool has_fitting_size(const Json& document, Findings& findings) const override {
        const Json* const records = document.find("records");
        if (records == nullptr || !records->is_array()) return true;  // the schema's affair
        const std::size_t count = records->items().size();
        if (count > 0 && count <= model::limits::kPersonsPerDocumentMax) return true;
        findings.add(records->line(), records->column(), profile_label("/records"),
                     count == 0 ? Problem::person_missing : Problem::too_many_rows);
        return false;
    }

    DocumentFacts read_facts(const Json& document, ProfileReading& reading,
                             const Findings& findings) const override {
        const Json& insurer = *document.find("insurer");
        DocumentFacts facts;
        facts.author_number = insurer.text();
        facts.author_line = insurer.line();
        facts.author_field = profile_label("/insurer");
        reading.check_time(document, "created");
        std::set<std::string_view> persons;
        std::set<std::pair<std::string_view, std::string_view>> histories;
        const auto& records = document.find("records")->items();
        for (std::size_t i = 0; i < records.size() && !findings.full(); ++i) {
            const Json& insured = *records[i].find("insured");
            const Json& history = *records[i].find("history");
            reading.enter("/records/" + std::to_string(i));
            if (!histories.emplace(insured.text(), history.text()).second) {
                reading.find(history, "history", Problem::field_invalid);
            }
            if (persons.insert(insured.text()).second) {
                facts.persons.push_back(
                    {.person = person_of(insurer, insured), .line = insured.line()});
            }
            check_meaning(records[i], reading);
            if (auto end = end_in(document, records[i])) facts.ends.push_back(std::move(*end));
        }
        std::ranges::sort(facts.ends, {},
                          [](const PersonEnd& end) { return std::tie(end.history, end.person); });
        return facts;
    }
};

// Whether the pair goes on is a matter of the card's record (被保険者証), of each.
class CardProfile final : public LoadProfile {
  public:
    using LoadProfile::LoadProfile;

  private:
    // The day begins in Japan.
    std::optional<PersonEnd> end_in(const Json& document, const Json& record) const override {
        PersonEnd end{.person = person_of(*document.find("insurer"), *record.find("insured"))};
        end.history = static_cast<std::uint64_t>(record.integer_at("history").value_or(0));
        const auto said = model::parse_rfc3339(document.string_at("created").value_or(""));
        if (said) end.said = *said;
        if (const auto day = record.string_at("lost_on")) {
            end.at = model::parse_rfc3339(std::string{*day} + "T00:00:00+09:00");
        }
        end.deleted = record.boolean_at("deleted").value_or(false);
        return end;
    }
};

// One person's consent or registration, as `Read` reads it. Offices and insurers write both, so no
// author stands in it.
template <auto Read>
class NoteProfile final : public JsonProfile {
    using JsonProfile::JsonProfile;

    bool has_fitting_size(const Json&, Findings&) const override { return true; }

    DocumentFacts read_facts(const Json& document, ProfileReading& reading,
                             const Findings& findings) const override {
        const Json& insured = *document.find("insured");
        DocumentFacts facts;
        facts.persons.push_back(
            {.person = person_of(*document.find("insurer"), insured), .line = insured.line()});
        this->check_meaning(document, reading);
        if (findings.empty()) facts.note = Read(document);
        return facts;
    }
};

template <class Profile>
model::Result<std::unique_ptr<const Format>> make(const std::string& name,
                                                  const std::string& schema_file,
                                                  ProfileCheck check) {
    auto schema = Schema::load(schema_file);
    if (!schema) return std::unexpected(std::move(schema.error()));
    return std::make_unique<Profile>(name, std::move(*schema), check);
}

}  // namespace

model::Result<std::unique_ptr<const Format>> load_profile(const std::string& name,
                                                          const std::string& schema_file,
                                                          ProfileCheck check) {
    return make<LoadProfile>(name, schema_file, check);
}

model::Result<std::unique_ptr<const Format>> card_profile(const std::string& name,
                                                          const std::string& schema_file,
                                                          ProfileCheck check) {
    return make<CardProfile>(name, schema_file, check);
}

model::Result<std::unique_ptr<const Format>> consent_profile(const std::string& name,
                                                             const std::string& schema_file,
                                                             ProfileCheck check) {
    return make<NoteProfile<consent_of>>(name, schema_file, check);
}

model::Result<std::unique_ptr<const Format>> registration_profile(const std::string& name,
                                                                  const std::string& schema_file,
                                                                  ProfileCheck check) {
    return make<NoteProfile<registration_of>>(name, schema_file, check);
}

}  // namespace sekisho::documents
