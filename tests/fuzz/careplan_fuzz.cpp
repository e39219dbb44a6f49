// A zip called a care plan unit: whatever comes, nothing beyond the limits is expanded; facts are
// whole, refusals say where and say the first errors only.
#include "adapters/documents/careplan/careplan.h"
#include "adapters/documents/zip_reader.h"
#include "routing/model/limits.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using fuzz::require;
namespace limits = model::limits;

void check_facts(const documents::DocumentFacts& facts) {
    require(!facts.persons.empty(), "a unit is about somebody");
    require(!facts.files.empty() && facts.files.size() <= limits::kArchiveEntriesMax,
            "a unit has files");
    for (const auto& row : facts.persons) {
        require(row.file < facts.files.size() && row.line > 0, "a person stands in a file");
        require(check_digit_holds(row.person.insurer), "the insurer's check digit holds");
    }
    require(facts.author_number && model::parse_office_number(*facts.author_number),
            "the author is an office");
    require(facts.recipient_number && model::parse_office_number(*facts.recipient_number),
            "the recipient is an office");
    require(!facts.kind.empty(), "a unit says what kind it is");
    require(facts.order_series && facts.order_series->size() == 14, "the series has its length");
}

void check_errors(const model::Refusal& refusal) {
    require(refusal.problem == model::Problem::document_invalid, "the document is refused as such");
    require(!refusal.errors.empty(), "a refusal says where");
    require(refusal.errors.size() <= limits::kLocatedErrorsMax, "the first errors only");
    for (const auto& error : refusal.errors) {
        require(!error.field.empty(), "an error names its field");
    }
}

// What the reader lets out keeps its promise.
void check_expansion(std::string_view text) {
    auto zip = documents::ZipReader::open(text);
    if (!zip) return;
    require(zip->entries().size() <= limits::kArchiveEntriesMax, "entries are limited");
    std::uint64_t expanded = 0;
    for (const auto& entry : zip->entries()) {
        if (!zip->next()) return;
        std::uint64_t bytes = 0;
        for (auto piece = zip->read();; piece = zip->read()) {
            if (!piece) return;
            if (piece->empty()) break;
            require(piece->size() <= limits::kArchivePieceBytes, "a piece is small");
            bytes += piece->size();
        }
        require(bytes == entry.bytes, "an entry has the size it promised");
        expanded += bytes;
        require(expanded <= limits::kArchiveExpandedBytesMax, "the expansion is limited");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto format = documents::careplan_format();
    const auto text = fuzz::text_of(data, size);
    check_expansion(text);
    const auto facts = format->read(text, {.media_type = "application/zip"});
    if (facts) {
        check_facts(*facts);
    } else {
        check_errors(facts.error());
    }
    return 0;
}
