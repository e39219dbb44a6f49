#include "adapters/documents/careplan/careplan.h"

#include "adapters/documents/careplan/file_name.h"
#include "adapters/documents/careplan/joins.h"
#include "adapters/documents/careplan/sheet.h"
#include "adapters/documents/careplan/unit.h"
#include "adapters/documents/careplan/version.h"
#include "adapters/documents/csv_stream.h"
#include "adapters/documents/media_type.h"
#include "adapters/documents/zip_reader.h"
#include "routing/model/limits.h"

namespace sekisho::documents {

namespace {

namespace limits = model::limits;
using careplan::FileKind;
using careplan::FileName;
using careplan::Sheet;
using model::LocatedError;
using model::Problem;

constexpr CsvOptions kOptions{.fields_max = 80};  // the widest file has 71

model::Refusal refusal_of(std::vector<LocatedError> errors, model::Text detail) {
    if (errors.size() > limits::kLocatedErrorsMax) errors.resize(limits::kLocatedErrorsMax);
    return {.problem = Problem::document_invalid,
            .detail = std::move(detail),
            .errors = std::move(errors)};
}

model::Text version_text(const std::string& version) {
    return {.ja = "標準仕様 " + version + " 版のファイルです。4.1 版で出力してください",
            .en = "the file is of version " + version + " of the standard; 4.1 is read"};
}

// One unit being read.
class Unit {
  public:
    explicit Unit(const FormatContext& context) : context_(context) {}

    model::Result<DocumentFacts> read_zip(std::string_view bytes) {
        auto zip = ZipReader::open(bytes);
        if (!zip) return std::unexpected(std::move(zip.error()));
        std::vector<std::string> files;
        for (const ZipEntry& entry : zip->entries()) files.push_back(entry.name);
        if (auto named = read_names(std::move(files)); !named) {
            return std::unexpected(std::move(named.error()));
        }
        for (std::size_t i = 0; i < names_.size() && errors_.size() < limits::kLocatedErrorsMax;
             ++i) {
            if (auto begun = zip->next(); !begun) return std::unexpected(std::move(begun.error()));
            if (auto read = read_file(i, [&] { return zip->read(); }); !read) {
                return std::unexpected(std::move(read.error()));
            }
        }
        return finish();
    }

    model::Result<DocumentFacts> read_single(std::string_view bytes, const std::string& file) {
        if (auto named = read_names({file}); !named) {
            return std::unexpected(std::move(named.error()));
        }
        const auto pieces = [&]() -> model::Result<std::string_view> {
            const std::string_view piece = bytes.substr(0, limits::kArchivePieceBytes);
            bytes.remove_prefix(piece.size());
            return piece;
        };
        if (auto read = read_file(0, pieces); !read) {
            return std::unexpected(std::move(read.error()));
        }
        return finish();
    }

  private:
    // A name that breaks the rule is not repeated in its error: it may be a person's.
    model::Result<void> read_names(std::vector<std::string> files) {
        std::vector<LocatedError> errors;
        model::Text detail;
        for (std::size_t i = 0; i < files.size(); ++i) {
            auto name = careplan::parse_file_name(files[i]);
            if (name) {
                names_.push_back(std::move(*name));
                continue;
            }
            errors.push_back({.file_number = static_cast<std::uint32_t>(i + 1),
                              .field = "filename",
                              .code = name.error().code});
            if (!name.error().standard.empty()) {
                detail = version_text(std::string{name.error().standard});
            }
        }
        if (errors.empty()) {
            auto unit = careplan::unit_of(names_);
            if (unit) {
                unit_ = *unit;
                facts_.files = std::move(files);
                return {};
            }
            errors = std::move(unit.error());
        }
        return std::unexpected(refusal_of(std::move(errors), std::move(detail)));
    }

    model::Result<void> read_file(std::size_t index, const CsvStream::Pieces& pieces) {
        if (names_[index].kind == FileKind::basics_image) return read_image(index, pieces);
        CsvStream stream{pieces, kOptions};
        const careplan::SheetPlace place{.name = names_[index], .file = index, .unit = unit_};
        auto sheet = careplan::read_sheet(place, context_, stream, persons_);
        if (!sheet) return std::unexpected(std::move(sheet.error()));
        if (const auto standard = careplan::standard_of(sheet->foreign_version)) {
            detail_ = version_text(std::string{*standard} + " (" + sheet->foreign_version + ")");
        }
        errors_.insert(errors_.end(), sheet->errors.begin(), sheet->errors.end());
        sheets_.push_back(std::move(*sheet));
        return {};
    }

    // Only that it begins as a JPEG does; the rest is walked through for its checksum.
    model::Result<void> read_image(std::size_t index, const CsvStream::Pieces& pieces) {
        for (bool first = true;; first = false) {
            const auto piece = pieces();
            if (!piece) return std::unexpected(piece.error());
            if (first && !piece->starts_with("\xFF\xD8\xFF")) {
                errors_.push_back({.file = facts_.files[index],
                                   .field = std::string{title_of(names_[index].kind)},
                                   .code = Problem::field_invalid});
            }
            if (piece->empty()) return {};
        }
    }

    model::Result<DocumentFacts> finish() {
        if (errors_.empty()) errors_ = careplan::join_errors(sheets_);
        if (!errors_.empty()) {
            return std::unexpected(refusal_of(std::move(errors_), std::move(detail_)));
        }
        const FileName& name = names_.front();
        facts_.kind = model::DocumentKind{std::string{name_of(unit_)}};
        facts_.persons = std::move(persons_).take();
        facts_.author_number = name.sender;
        facts_.author_field = "送信元事業所番号";
        facts_.recipient_number = name.recipient;
        facts_.order_series = name.series;
        warn(name.sender, "送信元事業所番号");
        warn(name.recipient, "送信先事業所番号");
        for (const Sheet& sheet : sheets_) {
            facts_.warnings.insert(facts_.warnings.end(), sheet.warnings.begin(),
                                   sheet.warnings.end());
        }
        return std::move(facts_);
    }

    void warn(std::string_view number, const char* field) {
        const auto office = model::parse_office_number(number);
        if (!office || check_digit_holds(*office)) return;
        facts_.warnings.push_back(
            {.file = facts_.files.front(), .field = field, .code = Problem::check_digit});
    }

    const FormatContext& context_;
    std::vector<FileName> names_;
    careplan::UnitKind unit_{};
    careplan::Persons persons_;
    std::vector<Sheet> sheets_;
    std::vector<LocatedError> errors_;
    model::Text detail_;
    DocumentFacts facts_;
};

bool is_zip(std::string_view media_type) {
    const auto parsed = parse_media_type(media_type);
    return parsed && parsed->name == "application/zip";
}

constexpr std::uint64_t kKeptOfRowsMax = 64 * model::limits::kMebibyte;

class CareplanFormat final : public Format {
  public:
    const model::FormatName& name() const override { return name_; }
    bool accepts_media_type(std::string_view media_type) const override {
        return is_zip(media_type) || is_ms932_csv(media_type);
    }
    // The archive itself; what is in it is read row by row, and only persons and keys are kept.
    std::uint64_t memory_for(std::string_view bytes) const override {
        return bytes.size() + kKeptOfRowsMax;
    }
    model::Result<DocumentFacts> read(std::string_view bytes,
                                      const FormatContext& context) const override {
        const bool zip =
            context.media_type.empty() ? bytes.starts_with("PK") : is_zip(context.media_type);
        if (zip) return Unit{context}.read_zip(bytes);
        const auto type = parse_media_type(context.media_type);
        const bool named = type && !type->filename.empty();
        return Unit{context}.read_single(bytes, named ? type->filename : context.file);
    }

  private:
    const model::FormatName name_{std::string{kCareplanFormat}};
};

}  // namespace

std::unique_ptr<const Format> careplan_format() {
    return std::make_unique<CareplanFormat>();
}

std::vector<model::DocumentKind> careplan_kinds() {
    std::vector<model::DocumentKind> kinds;
    kinds.reserve(careplan::kUnitKinds);
    for (std::size_t i = 0; i < careplan::kUnitKinds; ++i) {
        kinds.emplace_back(std::string{name_of(static_cast<careplan::UnitKind>(i))});
    }
    return kinds;
}

}  // namespace sekisho::documents
