#include "adapters/documents/ikensho.h"

#include <algorithm>
#include <array>

#include "adapters/documents/csv.h"
#include "adapters/documents/findings.h"
#include "adapters/documents/media_type.h"
#include "adapters/documents/ms932.h"
#include "adapters/documents/my_number.h"
#include "adapters/documents/numbers.h"
#include "adapters/documents/text_position.h"
#include "routing/model/instant.h"

namespace sekisho::documents {

namespace {

using model::Problem;

constexpr std::size_t kFirstMedicalField = 29;  // from here on values are left alone

// But for tab, CR and LF, which texts hold.
constexpr std::array<bool, 256> kControl = [] {
    std::array<bool, 256> control{};
    for (std::size_t byte = 0; byte < 0x20; ++byte) control[byte] = true;
    control['\t'] = control['\r'] = control['\n'] = false;
    control[0x7F] = true;
    return control;
}();

bool is_control(char c) {
    return kControl[static_cast<unsigned char>(c)];
}

// One opinion being read.
class Opinion {
  public:
    Opinion(std::string_view bytes, const FormatContext& context)
        : bytes_(bytes), context_(context), findings_(context.file) {}

    model::Result<DocumentFacts> read() {
        if (read_record()) {
            check_characters();
            check_control_characters();
            check_fields();
            if (findings_.empty()) look_for_my_number();
        }
        if (!findings_.empty()) return std::unexpected(std::move(findings_).refusal());
        return std::move(facts_);
    }

  private:
    const CsvField& field(std::size_t number) const { return record_.fields[number - 1]; }
    std::string value(std::size_t number) const { return field(number).value(); }

    void find(std::size_t number, Problem code) {
        if (is_my_number(value(number))) code = Problem::my_number_present;
        findings_.add(field(number).line, field(number).column, ikensho_label(number), code);
    }

    void find(const CsvFault& fault) {
        findings_.add(fault.line, fault.column, ikensho_label(fault.field + 1), fault.code);
    }

    // Exactly one record of 121 fields; anything else leaves no field whose name could be trusted.
    bool read_record() {
        CsvReader reader{bytes_, {.fields_max = kIkenshoFieldCount + 1}};
        if (!reader.next(record_)) {
            if (reader.fault()) {
                find(*reader.fault());
            } else {
                findings_.add(1, 1, ikensho_label(1), Problem::field_count);
            }
            return false;
        }
        if (record_.field_count != kIkenshoFieldCount) {
            count_is_wrong();
            return false;
        }
        CsvRecord second;
        if (reader.next(second)) {
            const CsvField& extra = second.fields.front();
            findings_.add(extra.line, extra.column, ikensho_label(1), Problem::too_many_rows);
        } else if (reader.fault()) {
            find(*reader.fault());
        }
        return findings_.empty();
    }

    // Too many: at the first that is too much. Too few: where the first missing one should stand.
    void count_is_wrong() {
        if (record_.field_count > kIkenshoFieldCount) {
            const CsvField& extra = record_.fields.back();
            findings_.add(extra.line, extra.column, ikensho_label(kIkenshoFieldCount + 1),
                          Problem::field_count);
            return;
        }
        findings_.add(record_.end_line, record_.end_column, ikensho_label(record_.field_count + 1),
                      Problem::field_count);
    }

    // Number of the field that holds the byte at `offset`.
    std::size_t number_at(std::size_t offset) const {
        const auto after =
            std::ranges::upper_bound(record_.fields, offset, std::less<>{}, &CsvField::offset);
        return static_cast<std::size_t>(
            std::max<std::ptrdiff_t>(after - record_.fields.begin(), 1));
    }

    void check_characters() {
        TextPosition position{bytes_};
        for (const Ms932Fault& fault : find_ms932_faults(bytes_)) {
            position.move_to(fault.offset);
            findings_.add(position.line(), position.column(),
                          ikensho_label(number_at(fault.offset)), fault.code);
        }
    }

    // No second byte of a character is below 0x40 or 0x7F, so bytes can be asked. CR and LF here
    // stand in quotes.
    void check_control_characters() {
        TextPosition position{bytes_};
        const auto* at = std::ranges::find_if(bytes_, is_control);
        for (; at != bytes_.end() && !findings_.full();
             at = std::find_if(at + 1, bytes_.end(), is_control)) {
            const auto offset = static_cast<std::size_t>(at - bytes_.begin());
            const std::size_t number = number_at(offset);
            if (*at == '\v' && number >= kFirstMedicalField) continue;
            position.move_to(offset);
            findings_.add(position.line(), position.column(), ikensho_label(number),
                          Problem::field_invalid);
        }
    }

    // Where nothing was wrong with the field itself.
    void look_for_my_number() {
        for (std::size_t number = 1; number <= kIkenshoFieldCount; ++number) {
            if (mentions_my_number_ms932(field(number).raw))
                warn(number, Problem::my_number_suspected);
        }
    }

    void warn(std::size_t number, Problem code) {
        facts_.warnings.push_back(findings_.located(field(number).line, field(number).column,
                                                    ikensho_label(number), code));
    }

    void check_fields() {
        if (value(1) != "1.1") find(1, Problem::field_invalid);
        const auto insurer = read_insurer();
        const auto insured = read_insured();
        read_office();
        for (const std::size_t number : {8U, 9U, 10U, 14U, 17U, 30U}) check_date(number);
        const auto request = read_request_number();
        if (!insurer || !insured) return;
        facts_.persons.push_back(
            {.person = {.insurer = *insurer, .insured = *insured}, .line = field(6).line});
        if (!request) return;
        facts_.business_key =
            model::parse_business_key(insurer->text() + ":" + insured->text() + ":" + *request);
        if (!facts_.business_key) find(11, Problem::field_invalid);
    }

    std::optional<model::InsurerNumber> read_insurer() {
        const std::string text = value(4);
        if (const auto problem = insurer_problem(text, context_)) find(4, *problem);
        return model::parse_insurer_number(text);
    }

    std::optional<model::InsuredNumber> read_insured() {
        const std::string text = value(6);
        if (const auto problem = insured_problem(text)) find(6, *problem);
        return model::parse_insured_number(text);
    }

    void read_office() {
        const std::string text = value(7);
        const auto office = model::parse_office_number(text);
        if (!office) {
            find(7, text.empty() ? Problem::field_missing : Problem::field_invalid);
            return;
        }
        facts_.author_number = text;
        facts_.author_line = field(7).line;
        facts_.author_field = ikensho_label(7);
        if (!check_digit_holds(*office)) warn(7, Problem::check_digit);
    }

    // The day of writing (014) must be there; the others may be empty.
    void check_date(std::size_t number) {
        const std::string text = value(number);
        if (text.empty()) {
            if (number == 14) find(number, Problem::field_missing);
            return;
        }
        if (!model::is_calendar_date(text)) find(number, Problem::date_invalid);
    }

    // Empty: the opinion has no key of its own. It becomes part of a key, so only what a key may
    // hold.
    std::optional<std::string> read_request_number() {
        std::string text = value(11);
        if (text.empty()) return std::nullopt;
        if (!std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; })) {
            find(11, Problem::field_invalid);
            return std::nullopt;
        }
        return text;
    }

    const std::string_view bytes_;
    const FormatContext& context_;
    Findings findings_;
    CsvRecord record_;
    DocumentFacts facts_;
};

class IkenshoFormat final : public Format {
  public:
    const model::FormatName& name() const override { return name_; }
    bool accepts_media_type(std::string_view media_type) const override {
        return is_ms932_csv(media_type);
    }
    // The text again in UTF-8, in three bytes for two at the most, and its fields.
    std::uint64_t memory_for(std::string_view bytes) const override { return bytes.size() * 4; }
    model::Result<DocumentFacts> read(std::string_view bytes,
                                      const FormatContext& context) const override {
        return Opinion{bytes, context}.read();
    }

  private:
    const model::FormatName name_{"ikensho-csv:1.1"};
};

}  // namespace

std::unique_ptr<const Format> ikensho_format() {
    return std::make_unique<IkenshoFormat>();
}

}  // namespace sekisho::documents
