#include "adapters/documents/careplan/columns.h"

namespace sekisho::documents::careplan {

const Layout& layout_of(FileKind kind) {
    static constexpr Layout kNone{};
    switch (kind) {
        case FileKind::supplement:
            return layouts::kSupplement;
        case FileKind::table1:
            return layouts::kTable1;
        case FileKind::table2:
            return layouts::kTable2;
        case FileKind::table3:
            return layouts::kTable3;
        case FileKind::delete_table1:
            return layouts::kDeleteTable1;
        case FileKind::use_plan:
        case FileKind::use_result:
            return layouts::kUse;
        case FileKind::use_details:
            return layouts::kUseDetails;
        case FileKind::delete_use_plan:
            return layouts::kDeleteUsePlan;
        case FileKind::delete_use_result:
            return layouts::kDeleteUseResult;
        case FileKind::basics:
            return layouts::kBasics;
        case FileKind::basics_day:
            return layouts::kBasicsDay;
        case FileKind::basics_history:
            return layouts::kBasicsHistory;
        case FileKind::basics_image:
            return kNone;
        case FileKind::delete_basics:
            return layouts::kDeleteBasics;
        case FileKind::prevention:
            return layouts::kPrevention;
        case FileKind::prevention_support:
            return layouts::kPreventionSupport;
        case FileKind::delete_prevention:
            return layouts::kDeletePrevention;
    }
    return kNone;
}

std::string column_label(const Layout& layout, std::size_t number) {
    std::string label = std::to_string(number);
    label.insert(0, label.size() < 3 ? 3 - label.size() : 0, '0');
    if (number == 0 || number > layout.columns.size()) return label;
    return label.append(" ").append(layout.columns[number - 1].name);
}

}  // namespace sekisho::documents::careplan
