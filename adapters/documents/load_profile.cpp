// Load documents: one insurer's records, looked at one by one, so that a load of a hundred thousand
// persons is never held as a tree of its values. What is kept of each is what tells it from the
// others.
#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "adapters/documents/media_type.h"
#include "adapters/documents/profile.h"
#include "routing/model/instant.h"
#include "routing/model/limits.h"

namespace sekisho::documents {

namespace {

namespace limits = model::limits;
using model::Problem;

constexpr std::string_view kRecords = "records";

// Insured number and history as one number: 10 digits, or H and 9, and 9 digits at the most, so
// that 64 bits hold both.
class RecordKey {
  public:
    // nullopt where one of them has another shape, whatever the schema says.
    static std::optional<RecordKey> of(const Json& record) {
        const auto insured = model::parse_insured_number(record.string_at("insured").value_or(""));
        const auto history = record.integer_at("history");
        if (!insured || !history || *history < 0 || *history >= kHistories) return std::nullopt;
        return RecordKey{number_of(insured->text()) * kHistories +
                         static_cast<std::uint64_t>(*history)};
    }

    bool is_same_person(RecordKey other) const {
        return value_ / kHistories == other.value_ / kHistories;
    }
    std::uint64_t history() const { return value_ % kHistories; }
    model::InsuredNumber insured() const {
        const std::uint64_t number = value_ / kHistories;
        const bool by_welfare_office = number >= kNumbers;
        std::string digits = std::to_string(by_welfare_office ? number - kNumbers : number);
        const std::size_t width = by_welfare_office ? 9 : 10;
        digits.insert(0, width - digits.size(), '0');
        return model::InsuredNumber{by_welfare_office ? "H" + digits : digits};
    }
    friend auto operator<=>(const RecordKey&, const RecordKey&) = default;

  private:
    explicit RecordKey(std::uint64_t value) : value_(value) {}

    static constexpr std::uint64_t kNumbers = 10'000'000'000;
    static constexpr std::int64_t kHistories = 1'000'000'000;
    static_assert(kNumbers + kNumbers / 10 <
                  std::numeric_limits<std::uint64_t>::max() / kHistories);

    static std::uint64_t number_of(std::string_view insured) {
        const bool by_welfare_office = insured.starts_with('H');  // 生活保護単独
        std::uint64_t number = 0;
        for (const char c : insured.substr(by_welfare_office ? 1 : 0)) {
            number = number * 10 + static_cast<std::uint64_t>(c - '0');
        }
        return by_welfare_office ? kNumbers + number : number;
    }

    std::uint64_t value_;
};

struct Place {
    std::uint32_t line;
    std::uint32_t column;
};

// What is kept of a record.
struct Record {
    RecordKey key;
    std::uint32_t index;
    Place insured;
    Place history;
};

// What a card's record says of its person's end.
struct End {
    std::uint32_t record;  // index in the records kept
    std::optional<model::Instant> at;
    bool deleted;
};

enum class SaysEnds : std::uint8_t { no, yes };

std::string pointer_to(std::size_t index) {
    return "/" + std::string{kRecords} + "/" + std::to_string(index);
}

// The beginning of the day in Japan from which the (insurer, insured) pair has ended (資格喪失日).
std::optional<model::Instant> end_in(const Json& record) {
    const auto day = record.string_at("lost_on");
    return day ? model::parse_rfc3339(std::string{*day} + "T00:00:00+09:00") : std::nullopt;
}

// One load document while its records pass by.
class LoadReading {
  public:
    LoadReading(const Schema::WithRows& schema, ProfileCheck check, SaysEnds says_ends,
                const FormatContext& context)
        : schema_(schema),
          check_(check),
          says_ends_(says_ends),
          context_(context),
          rows_max_(std::min<std::uint64_t>(schema.rows_max, limits::kPersonsPerDocumentMax)),
          findings_(context.file),
          reading_(context, findings_) {}

    void take(const Json& record) {
        const std::size_t index = count_++;
        if (index >= rows_max_ || findings_.full()) return;
        const std::string pointer = pointer_to(index);
        if (!fits(schema_.row, record, pointer, findings_)) return;
        reading_.enter(pointer);
        check_(record, reading_);
        warn_of_my_number(record, pointer, findings_, warnings_);
        keep(record, static_cast<std::uint32_t>(index));
    }

    // `document` is what was read beside the records.
    model::Result<DocumentFacts> finish(const Json& document) && {
        Findings whole{context_.file};
        if (!has_fitting_size(document, whole) || !fits(schema_.whole, document, {}, whole)) {
            return std::unexpected(std::move(whole).refusal());
        }
        reading_.enter({});
        reading_.check_insurer(document, "insurer");
        reading_.check_time(document, "created");
        find_repeats();
        if (!findings_.empty()) return std::unexpected(std::move(findings_).refusal());
        return facts_of(document);
    }

  private:
    bool has_fitting_size(const Json& document, Findings& findings) const {
        const Json* const records = document.find(kRecords);
        if (records == nullptr || !records->is_array()) return true;  // the schema's affair
        const bool too_few = count_ == 0 || count_ < schema_.rows_min;
        if (!too_few && count_ <= rows_max_) return true;
        findings.add(records->line(), records->column(), profile_label("/" + std::string{kRecords}),
                     too_few ? Problem::person_missing : Problem::too_many_rows);
        return false;
    }

    void keep(const Json& record, std::uint32_t index) {
        const auto key = RecordKey::of(record);
        if (!key) return reading_.find(record, "insured", Problem::schema_violation);
        const Json& insured = *record.find("insured");
        const Json& history = *record.find("history");
        if (says_ends_ == SaysEnds::yes) {
            ends_.push_back({.record = static_cast<std::uint32_t>(records_.size()),
                             .at = end_in(record),
                             .deleted = record.boolean_at("deleted").value_or(false)});
        }
        records_.push_back({.key = *key,
                            .index = index,
                            .insured = {.line = insured.line(), .column = insured.column()},
                            .history = {.line = history.line(), .column = history.column()}});
    }

    // Positions in `records_`, those of one person beside each other, by history and place.
    std::vector<std::uint32_t> by_person() const {
        std::vector<std::uint32_t> order(records_.size());
        for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
        std::ranges::sort(order, {},
                          [&](std::uint32_t i) { return std::pair{records_[i].key, i}; });
        return order;
    }

    // One history of a person stands once.
    void find_repeats() {
        const auto order = by_person();
        for (std::size_t i = 1; i < order.size() && !findings_.full(); ++i) {
            const Record& record = records_[order[i]];
            if (record.key != records_[order[i - 1]].key) continue;
            findings_.add(record.history.line, record.history.column,
                          profile_label(pointer_to(record.index) + "/history"),
                          Problem::field_invalid);
        }
    }

    DocumentFacts facts_of(const Json& document) const {
        const Json& insurer = *document.find("insurer");
        const model::InsurerNumber number{insurer.text()};
        DocumentFacts facts;
        facts.author_number = insurer.text();
        facts.author_line = insurer.line();
        facts.author_field = profile_label("/insurer");
        for (const std::uint32_t i : first_of_each_person()) {
            facts.persons.push_back(
                {.person = {.insurer = number, .insured = records_[i].key.insured()},
                 .line = records_[i].insured.line});
        }
        facts.ends = ends_of(number, document);
        facts.warnings = warnings_;
        return facts;
    }

    // In the order of the document.
    std::vector<std::uint32_t> first_of_each_person() const {
        auto order = by_person();
        std::vector<std::uint32_t> first;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const bool goes_on =
                i > 0 && records_[order[i]].key.is_same_person(records_[order[i - 1]].key);
            if (!goes_on) {
                first.push_back(order[i]);
            } else {
                first.back() = std::min(first.back(), order[i]);
            }
        }
        std::ranges::sort(first);
        return first;
    }

    std::vector<PersonEnd> ends_of(const model::InsurerNumber& insurer,
                                   const Json& document) const {
        std::vector<PersonEnd> ends;
        ends.reserve(ends_.size());
        const auto said = model::parse_rfc3339(document.string_at("created").value_or(""));
        for (const End& end : ends_) {
            const RecordKey key = records_[end.record].key;
            ends.push_back({.person = {.insurer = insurer, .insured = key.insured()},
                            .history = key.history(),
                            .said = said.value_or(model::Instant{}),
                            .at = end.at,
                            .deleted = end.deleted});
        }
        std::ranges::sort(ends, {},
                          [](const PersonEnd& end) { return std::tie(end.history, end.person); });
        return ends;
    }

    const Schema::WithRows& schema_;
    const ProfileCheck check_;
    const SaysEnds says_ends_;
    const FormatContext& context_;
    const std::uint64_t rows_max_;
    Findings findings_;
    ProfileReading reading_;
    std::size_t count_ = 0;
    std::vector<Record> records_;
    std::vector<End> ends_;
    std::vector<model::LocatedError> warnings_;
};

class LoadProfile final : public Format {
  public:
    LoadProfile(const std::string& name, Schema::WithRows schema, ProfileCheck check,
                SaysEnds says_ends)
        : name_(name), schema_(std::move(schema)), check_(check), says_ends_(says_ends) {}

    const model::FormatName& name() const override { return name_; }
    bool accepts_media_type(std::string_view media_type) const override {
        return is_json(media_type);
    }

    std::uint64_t memory_for(std::string_view bytes) const override {
        // What is kept and told of each record that fits, which is an object; vectors double.
        constexpr std::uint64_t kKeptBytes =
            2 * (sizeof(Record) + sizeof(End) + sizeof(PersonRow) + sizeof(PersonEnd));
        const auto records = std::min(static_cast<std::size_t>(std::ranges::count(bytes, '{')),
                                      limits::kPersonsPerDocumentMax);
        return bytes.size() + json_rows_memory_for(bytes, options({})) + records * kKeptBytes;
    }

    model::Result<DocumentFacts> read(std::string_view bytes,
                                      const FormatContext& context) const override {
        LoadReading load{schema_, check_, says_ends_, context};
        const JsonRows rows{.member = kRecords,
                            .take = [&](const Json& record) { load.take(record); }};
        auto document = parse_json_rows(bytes, rows, options(context.file));
        if (!document) return std::unexpected(as_document(std::move(document.error())));
        return std::move(load).finish(*document);
    }

  private:
    static JsonOptions options(const std::string& file) {
        return {.nodes_max = limits::kJsonRecordNodesMax, .file = file};
    }

    const model::FormatName name_;
    const Schema::WithRows schema_;
    const ProfileCheck check_;
    const SaysEnds says_ends_;
};

model::Result<std::unique_ptr<const Format>> make(const std::string& name,
                                                  const std::string& schema_file,
                                                  ProfileCheck check, SaysEnds says_ends) {
    auto schema = Schema::load_with_rows(schema_file, kRecords);
    if (!schema) return std::unexpected(std::move(schema.error()));
    return std::make_unique<LoadProfile>(name, std::move(*schema), check, says_ends);
}

}  // namespace

model::Result<std::unique_ptr<const Format>> load_profile(const std::string& name,
                                                          const std::string& schema_file,
                                                          ProfileCheck check) {
    return make(name, schema_file, check, SaysEnds::no);
}

// Whether the pair goes on is a matter of the card's record (被保険者証), of each.
model::Result<std::unique_ptr<const Format>> card_profile(const std::string& name,
                                                          const std::string& schema_file,
                                                          ProfileCheck check) {
    return make(name, schema_file, check, SaysEnds::yes);
}

}  // namespace sekisho::documents
