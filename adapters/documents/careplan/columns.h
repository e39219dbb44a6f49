// The columns of each file of the care plan standard 4.1, as data.
//
// A layout lists the columns whose meaning is known, from the first on; `count` is the number a row
// must have, or 0 where it is not known. Source: layout tables of the standard of October 2024, as
// read in public copies. Lengths are in characters and 0 where unknown or only approximately known
// (the money columns of 第7表). Constants; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "adapters/documents/careplan/file_name.h"

namespace sekisho::documents::careplan {

enum class ColumnKind : std::uint8_t {
    text,          // anything of MS932
    version,       // CSVバージョン
    insurer,       // 保険者番号
    insured,       // 被保険者番号
    day,           // YYYYMMDD that exists
    month,         // YYYYMM
    time,          // HHMM, 0000 to 2400
    number,        // digits, a minus before and a point within allowed
    digits,        // digits only
    bits,          // 0 and 1
    code,          // visible ASCII
    product,       // 福祉用具のTAISコード, 届出コード: visible ASCII, twelve wide
    postal,        // 999-9999
    office,        // 事業所番号
    service_type,  // サービス種類 in the exchange's scope
    service_code,  // six characters: a type in scope and an item
    choice,        // one of `values`
};

enum class Need : std::uint8_t { optional, required };

struct Column {
    std::string_view name;
    ColumnKind kind = ColumnKind::text;
    std::size_t length = 0;
    Need need = Need::optional;
    std::string_view values = {};  // separated by spaces: a choice's, or allowed besides the kind
};

struct Layout {
    std::span<const Column> columns;
    std::size_t count = 0;
    std::size_t day = 0;      // number of the column that joins by 計画作成(変更)日, 0: none
    std::size_t month = 0;    // by 対象年月
    std::size_t use_day = 0;  // of a day that lies in that month
};

const Layout& layout_of(FileKind kind);  // of an image: no columns

// "003 被保険者番号"; the number alone where the column is not known.
std::string column_label(const Layout& layout, std::size_t number);

// Defined one for each family: the lists are long.
namespace layouts {
extern const Layout kSupplement, kTable1, kTable2, kTable3, kDeleteTable1;
extern const Layout kUse, kUseDetails, kDeleteUsePlan, kDeleteUseResult;
extern const Layout kBasics, kBasicsDay, kBasicsHistory, kDeleteBasics;
extern const Layout kPrevention, kPreventionSupport, kDeletePrevention;
}  // namespace layouts

}  // namespace sekisho::documents::careplan
