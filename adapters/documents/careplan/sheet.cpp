#include "adapters/documents/careplan/sheet.h"

#include <algorithm>

#include "adapters/documents/careplan/column_check.h"
#include "adapters/documents/careplan/columns.h"
#include "adapters/documents/careplan/version.h"
#include "adapters/documents/findings.h"
#include "adapters/documents/ms932.h"
#include "adapters/documents/my_number.h"
#include "adapters/documents/text_position.h"
#include "routing/model/limits.h"

namespace sekisho::documents::careplan {

namespace {

namespace limits = model::limits;
using model::Problem;

// But for tab, CR and LF, which texts hold.
bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\t' && byte != '\r' && byte != '\n') || byte == 0x7F;
}

// One reading of one file.
class Reading {
  public:
    Reading(const SheetPlace& place, const FormatContext& context, CsvStream& stream,
            Persons& persons)
        : place_(place),
          context_(context),
          stream_(stream),
          persons_(persons),
          layout_(layout_of(place.name.kind)),
          findings_(to_text(place.name)),
          sheet_{.kind = place.name.kind, .file = to_text(place.name)} {}

    model::Result<Sheet> read() {
        std::uint64_t rows = 0;
        while (!stopped_ && !findings_.full() && stream_.next(record_)) {
            ++rows;
            if (!check_version(rows == 1)) break;
            if (check_count()) check_row();
        }
        if (stream_.failure()) return std::unexpected(*stream_.failure());
        if (stream_.fault()) find(*stream_.fault());
        if (rows == 0 && findings_.empty()) {
            findings_.add(1, 1, column_label(layout_, 3), Problem::person_missing);
        }
        if (!findings_.empty()) sheet_.errors = std::move(findings_).refusal().errors;
        return std::move(sheet_);
    }

  private:
    const CsvField& field(std::size_t number) const { return record_.fields[number - 1]; }
    std::string_view value(std::size_t number) const { return field(number).raw; }

    void find(std::size_t number, Problem code) {
        findings_.add(field(number).line, field(number).column, column_label(layout_, number),
                      code);
    }
    void find(const CsvFault& fault) {
        findings_.add(fault.line, fault.column, column_label(layout_, fault.field + 1), fault.code);
    }

    // Another version has other columns, so nothing more is said about its file. False: stop.
    bool check_version(bool first) {
        const std::string_view version = value(1);
        if (version == kVersion41) return true;
        if (!first || version.empty()) {
            find(1, version.empty() ? Problem::field_missing : Problem::version_mixed);
            return false;
        }
        const bool known = standard_of(version).has_value();
        if (known) sheet_.foreign_version = version;
        find(1, known ? Problem::unsupported_version : Problem::field_invalid);
        return false;
    }

    // Too many: at the first that is too much. Too few: where the first missing one should stand.
    bool check_count() {
        const std::size_t count = record_.field_count;
        const std::size_t least = layout_.count == 0 ? layout_.columns.size() : layout_.count;
        if (count < least) {
            findings_.add(record_.end_line, record_.end_column, column_label(layout_, count + 1),
                          Problem::field_count);
            return false;
        }
        if (count == least || layout_.count == 0) return true;
        const CsvField& extra = field(layout_.count + 1);
        findings_.add(extra.line, extra.column, column_label(layout_, layout_.count + 1),
                      Problem::field_count);
        return false;
    }

    void check_row() {
        check_characters();
        bool key_holds = true;
        for (std::size_t number = 1; number <= layout_.columns.size(); ++number) {
            const Column& column = layout_.columns[number - 1];
            const auto problem = column_problem(column, field(number), context_);
            if (!problem) {
                if (column.kind != ColumnKind::product) look_for_my_number(number);
                continue;
            }
            find(number, *problem);
            if (number <= 3 || is_date(number)) key_holds = false;
        }
        if (key_holds && check_dates()) keep();
    }

    void look_for_my_number(std::size_t number) {
        const bool full = sheet_.warnings.size() >= limits::kLocatedErrorsMax;
        if (full || !mentions_my_number_ms932(field(number).raw)) return;
        sheet_.warnings.push_back(findings_.located(field(number).line, field(number).column,
                                                    column_label(layout_, number),
                                                    Problem::my_number_suspected));
    }

    bool is_date(std::size_t number) const {
        return number == layout_.day || number == layout_.month || number == layout_.use_day;
    }

    // Number of the field that holds the byte at `offset` of the record.
    std::size_t number_at(std::size_t offset) const {
        const auto after =
            std::ranges::upper_bound(record_.fields, offset, std::less<>{}, &CsvField::offset);
        return static_cast<std::size_t>(
            std::max<std::ptrdiff_t>(after - record_.fields.begin(), 1));
    }

    void find_at(TextPosition& position, std::size_t offset, Problem code) {
        position.move_to(offset);
        findings_.add(position.line() + stream_.line() - 1, position.column(),
                      column_label(layout_, number_at(offset)), code);
    }

    // No second byte of a character is below 0x40 or 0x7F, so bytes can be asked.
    void check_characters() {
        const std::string_view text = stream_.text();
        TextPosition faults{text};
        for (const Ms932Fault& fault : find_ms932_faults(text)) {
            find_at(faults, fault.offset, fault.code);
        }
        TextPosition controls{text};
        const auto* at = std::ranges::find_if(text, is_control);
        for (; at != text.end() && !findings_.full();
             at = std::find_if(at + 1, text.end(), is_control)) {
            find_at(controls, static_cast<std::size_t>(at - text.begin()), Problem::field_invalid);
        }
    }

    // The month of every row is the file name's, and a day of use lies in it; 補足 has a plan day
    // exactly where it has no month.
    bool check_dates() {
        const bool named = !place_.name.month.empty() && layout_.month != 0;
        if (named && value(layout_.month) != place_.name.month) {
            find(layout_.month, Problem::row_unmatched);
            return false;
        }
        if (layout_.use_day != 0 && !value(layout_.use_day).starts_with(value(layout_.month))) {
            find(layout_.use_day, Problem::row_unmatched);
            return false;
        }
        if (place_.name.kind != FileKind::supplement) return true;
        const bool monthly = place_.unit == UnitKind::monthly_plan;
        if ((value(layout_.day) == "00000000") == monthly) return true;
        find(layout_.day, Problem::row_unmatched);
        return false;
    }

    void keep() {
        const auto insurer = model::parse_insurer_number(value(2));
        const auto insured = model::parse_insured_number(value(3));
        if (!insurer || !insured) return;
        RowKey key;
        auto end = std::ranges::copy(value(2), key.text.begin()).out;
        end = std::ranges::copy(value(3), end).out;
        std::ranges::copy(join_date(), end);
        sheet_.keys.try_emplace(key, field(3).line, field(3).column);
        const bool fits =
            persons_.add({.insurer = *insurer, .insured = *insured}, place_.file, field(3).line);
        if (fits && sheet_.keys.size() <= limits::kPersonsPerDocumentMax) return;
        find(3, Problem::too_many_rows);
        stopped_ = true;
    }

    std::string_view join_date() const {
        const bool monthly = place_.unit == UnitKind::monthly_plan && layout_.month != 0;
        const std::size_t number = monthly || layout_.day == 0 ? layout_.month : layout_.day;
        return number == 0 ? std::string_view{} : value(number);
    }

    const SheetPlace& place_;
    const FormatContext& context_;
    CsvStream& stream_;
    Persons& persons_;
    const Layout& layout_;
    Findings findings_;
    Sheet sheet_;
    CsvRecord record_;
    bool stopped_ = false;
};

}  // namespace

bool Persons::add(const model::Person& person, std::size_t file, std::uint64_t line) {
    if (!known_.insert(person).second) return true;
    if (known_.size() > limits::kPersonsPerDocumentMax) return false;
    rows_.push_back({.person = person, .line = line, .file = file});
    return true;
}

model::Result<Sheet> read_sheet(const SheetPlace& place, const FormatContext& context,
                                CsvStream& stream, Persons& persons) {
    return Reading{place, context, stream, persons}.read();
}

}  // namespace sekisho::documents::careplan
