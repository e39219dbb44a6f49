#include "adapters/documents/careplan/joins.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "adapters/documents/careplan/columns.h"
#include "routing/model/limits.h"

namespace sekisho::documents::careplan {

namespace {

using model::LocatedError;

struct Join {
    FileKind each;
    FileKind in;
};

// Kinds of different units never meet, so the unit need not be asked.
constexpr std::array kJoins{
    Join{FileKind::table2, FileKind::table1},
    Join{FileKind::table3, FileKind::table1},
    Join{FileKind::supplement, FileKind::table1},
    Join{FileKind::table1, FileKind::supplement},
    Join{FileKind::use_plan, FileKind::supplement},
    Join{FileKind::use_details, FileKind::use_plan},
    Join{FileKind::supplement, FileKind::use_plan},
    Join{FileKind::prevention_support, FileKind::prevention},
    Join{FileKind::basics_day, FileKind::basics},
    Join{FileKind::basics_history, FileKind::basics},
};

struct Unmatched {
    std::size_t sheet = 0;
    RowPlace place{};
};

LocatedError error_of(const Sheet& sheet, const RowPlace& place) {
    return {.file = sheet.file,
            .line = place.line,
            .column = place.column,
            .field = column_label(layout_of(sheet.kind), 3),
            .code = model::Problem::row_unmatched};
}

}  // namespace

std::vector<LocatedError> join_errors(std::span<const Sheet> sheets) {
    std::vector<Unmatched> found;
    for (const Join& join : kJoins) {
        const auto each = std::ranges::find(sheets, join.each, &Sheet::kind);
        const auto in = std::ranges::find(sheets, join.in, &Sheet::kind);
        if (each == sheets.end() || in == sheets.end()) continue;
        for (const auto& [key, place] : each->keys) {
            if (in->keys.contains(key)) continue;
            found.push_back(
                {.sheet = static_cast<std::size_t>(each - sheets.begin()), .place = place});
        }
    }
    std::ranges::sort(found, {}, [](const Unmatched& row) {
        return std::tuple{row.sheet, row.place.line, row.place.column};
    });
    if (found.size() > model::limits::kLocatedErrorsMax) {
        found.resize(model::limits::kLocatedErrorsMax);
    }
    std::vector<LocatedError> errors;
    for (const Unmatched& row : found) errors.push_back(error_of(sheets[row.sheet], row.place));
    return errors;
}

}  // namespace sekisho::documents::careplan
