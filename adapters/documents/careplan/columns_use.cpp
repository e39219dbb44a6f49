// 第6表 (予定 and 実績 alike), 第7表 and the deletions of 第6表.
#include <array>

#include "adapters/documents/careplan/columns.h"

namespace sekisho::documents::careplan::layouts {

namespace {

using enum ColumnKind;
using enum Need;

constexpr std::array kUseColumns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "作成年月日", .kind = day, .length = 8, .need = required},
    Column{.name = "対象年月", .kind = month, .length = 6, .need = required},
    Column{.name = "プラン担当業者コード", .kind = code, .length = 10},
    Column{.name = "プラン担当者名"},
    Column{.name = "単位数", .kind = number, .length = 6},
    Column{.name = "前月までの短期入所利用日数", .kind = number, .length = 5},
    Column{.name = "サービス利用日", .kind = day, .length = 8, .need = required},
    Column{.name = "日割対象日", .kind = bits, .length = 31},
    Column{.name = "開始時刻", .kind = time, .length = 4, .need = required, .values = "9999"},
    Column{.name = "終了時刻", .kind = time, .length = 4, .need = required, .values = "9999"},
    Column{.name = "回数", .kind = number, .length = 2, .need = required},
    Column{.name = "サービスコード", .kind = service_code, .length = 6, .need = required},
    Column{.name = "TAISコード", .kind = product, .length = 12},
    Column{.name = "福祉用具届出コード", .kind = product, .length = 12},
    Column{.name = "用具名称"},
    Column{.name = "明細判別コード", .kind = code},
    Column{.name = "サービス事業者コード", .kind = office, .length = 10, .need = required},
    Column{.name = "サービス事業所名"},
    Column{.name = "サテライト枝番", .kind = code, .length = 2},
    Column{.name = "30日超区分", .kind = code, .length = 1, .need = required},
    Column{.name = "更新業者コード", .kind = code, .length = 10},
    Column{.name = "識別子", .length = 1},
};

constexpr std::array kUseDetailsColumns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "作成年月日", .kind = day, .length = 8, .need = required},
    Column{.name = "対象年月", .kind = month, .length = 6, .need = required},
    Column{.name = "事業所名"},
    Column{.name = "事業所コード",
           .kind = office,
           .length = 10,
           .need = required,
           .values = "9999999999"},
    Column{.name = "サテライト枝番", .kind = code, .length = 2},
    Column{.name = "サービスコード",
           .kind = service_code,
           .length = 6,
           .need = required,
           .values = "999999"},
    Column{.name = "TAISコード", .kind = product, .length = 12},
    Column{.name = "福祉用具届出コード", .kind = product, .length = 12},
    Column{.name = "用具名称"},
    Column{.name = "単位数", .kind = number, .length = 6, .need = required},
    Column{.name = "割引後率", .kind = number},
    Column{.name = "割引後単位数", .kind = number},
    Column{.name = "回数/日数", .kind = number, .need = required},
    Column{.name = "サービス単位/金額", .kind = number},
    Column{.name = "給付管理単位数", .kind = number},
    Column{.name = "種類支給限度基準を超える単位数", .kind = number},
    Column{.name = "種類支給限度基準内単位数", .kind = number},
    Column{.name = "区分支給限度基準を超える単位数", .kind = number},
    Column{.name = "区分支給限度基準内単位数", .kind = number},
    Column{.name = "単位数単価", .kind = number},
    Column{.name = "費用総額", .kind = number},
    Column{.name = "給付率", .kind = number},
    Column{.name = "保険請求額", .kind = number},
    Column{.name = "定額利用者負担単価金額", .kind = number},
    Column{.name = "利用者負担(保険対象分)", .kind = number},
    Column{.name = "利用者負担(全額負担分)", .kind = number},
    Column{.name = "前月までの利用日数", .kind = number},
    Column{.name = "当月の計画利用日数", .kind = number},
    Column{.name = "累積利用日数", .kind = number},
    Column{.name = "30日超区分", .kind = code, .length = 1},
    Column{.name = "事業所コード(固定)", .kind = office, .length = 10, .values = "9999999999"},
    Column{.name = "入力者コード", .kind = code, .length = 10},
    Column{.name = "更新業者コード", .kind = code, .length = 10},
    Column{.name = "識別子", .length = 1},
};

constexpr std::array kDeleteUsePlanColumns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "削除対象年月", .kind = month, .length = 6, .need = required},
};

constexpr std::array kDeleteUseResultColumns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "削除対象年月", .kind = month, .length = 6, .need = required},
    Column{.name = "サービス事業者コード", .kind = office, .length = 10, .need = required},
    Column{.name = "サービス種類", .kind = service_type, .length = 2, .need = required},
};

}  // namespace

constexpr Layout kUse{.columns = kUseColumns, .count = 25, .month = 5, .use_day = 10};
constexpr Layout kUseDetails{.columns = kUseDetailsColumns, .count = 37, .month = 5};
constexpr Layout kDeleteUsePlan{.columns = kDeleteUsePlanColumns, .count = 4, .month = 4};
constexpr Layout kDeleteUseResult{.columns = kDeleteUseResultColumns, .count = 6, .month = 4};

}  // namespace sekisho::documents::careplan::layouts
