// One file of a unit read row by row: what is wrong in it, whom it is about, and which keys (保険者
// + 被保険者 + 計画作成(変更)日 or 対象年月) it has for joining with the unit's other files.
//
// Kept of a row is its key once, with its first place; everything else is gone with the next row.
// At most kPersonsPerDocumentMax keys and persons are kept (too_many_rows). One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "adapters/documents/careplan/file_name.h"
#include "adapters/documents/careplan/unit.h"
#include "adapters/documents/csv_stream.h"
#include "adapters/documents/format.h"

namespace sekisho::documents::careplan {

struct RowKey {
    std::array<char, 24> text{};  // insurer 6, insured 10, day 8 or month 6
    friend bool operator==(const RowKey&, const RowKey&) = default;
};
struct RowKeyHash {
    std::size_t operator()(const RowKey& key) const noexcept {
        return std::hash<std::string_view>{}({key.text.data(), key.text.size()});
    }
};
struct RowPlace {
    std::uint64_t line = 0;
    std::uint64_t column = 0;
};
using RowKeys = std::unordered_map<RowKey, RowPlace, RowKeyHash>;

// The persons of a unit, each once at its first row.
class Persons {
  public:
    // False where there are too many.
    bool add(const model::Person& person, std::size_t file, std::uint64_t line);
    std::vector<PersonRow> take() && { return std::move(rows_); }

  private:
    std::unordered_set<model::Person> known_;
    std::vector<PersonRow> rows_;
};

struct SheetPlace {
    const FileName& name;
    std::size_t file = 0;  // index in DocumentFacts::files
    UnitKind unit{};
};

struct Sheet {
    FileKind kind{};
    std::string file{};
    RowKeys keys{};
    std::vector<model::LocatedError> errors{};    // in order, the first ones
    std::vector<model::LocatedError> warnings{};  // the same
    std::string foreign_version{};                // a known CSVバージョン that is not 4.1's
};

// Refused only where the source of the bytes fails.
model::Result<Sheet> read_sheet(const SheetPlace& place, const FormatContext& context,
                                CsvStream& stream, Persons& persons);

}  // namespace sekisho::documents::careplan
