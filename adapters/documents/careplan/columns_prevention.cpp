// Prevention: 基本情報 and 介護予防サービス・支援計画書. Only the key columns are held to a kind;
// the names of the others, where known, serve the errors. 第4項 of the two 別表 is not known.
#include <array>

#include "adapters/documents/careplan/columns.h"

namespace sekisho::documents::careplan::layouts {

namespace {

using enum ColumnKind;
using enum Need;

constexpr std::array kBasicsColumns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "相談日"},
};

constexpr std::array kBasicsDayColumns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "(不明)"},
    Column{.name = "時間"},
    Column{.name = "本人"},
    Column{.name = "介護者・家族"},
};

constexpr std::array kBasicsHistoryColumns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "(不明)"},
    Column{.name = "年月日"},
    Column{.name = "病名"},
    Column{.name = "医療機関・医師名"},
    Column{.name = "主治医フラグ"},
    Column{.name = "電話番号", .length = 15},
    Column{.name = "経過", .kind = choice, .length = 2, .values = "01 02 03"},
    Column{.name = "治療中の場合は内容"},
};

constexpr std::array kDeleteBasicsColumns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
};

constexpr std::array kPreventionColumns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "計画作成(変更)日", .kind = day, .length = 8, .need = required},
    Column{.name = "計画種類"},
    Column{.name = "委託の有無"},
    Column{.name = "整理番号"},
    Column{.name = "利用者名"},
    Column{.name = "認定年月日"},
    Column{.name = "認定有効期間 開始"},
    Column{.name = "認定有効期間 終了"},
    Column{.name = "計画書区分"},
    Column{.name = "認定状況区分"},
    Column{.name = "要支援状態区分"},
    Column{.name = "計画作成者氏名(地域包括支援センター)"},
    Column{.name = "計画作成者氏名(担当者)"},
    Column{.name = "計画作成者 事業所名"},
    Column{.name = "計画作成者 住所"},
    Column{.name = "計画作成者 電話番号"},
    Column{.name = "初回作成日"},
    Column{.name = "担当地域包括支援センター"},
    Column{.name = "目標とする生活(1日)"},
    Column{.name = "目標とする生活(1年)"},
    Column{.name = "運動・移動 現在の状況"},
    Column{.name = "運動・移動 意欲・意向"},
    Column{.name = "運動・移動 課題の有無"},
    Column{.name = "運動・移動 課題"},
    Column{.name = "日常生活 現在の状況"},
    Column{.name = "日常生活 意欲・意向"},
    Column{.name = "日常生活 課題の有無"},
    Column{.name = "日常生活 課題"},
    Column{.name = "社会参加・対人関係 現在の状況"},
    Column{.name = "社会参加・対人関係 意欲・意向"},
    Column{.name = "社会参加・対人関係 課題の有無"},
    Column{.name = "社会参加・対人関係 課題"},
    Column{.name = "健康管理 現在の状況"},
    Column{.name = "健康管理 意欲・意向"},
    Column{.name = "健康管理 課題の有無"},
    Column{.name = "健康管理 課題"},
    Column{.name = "健康状態の留意点"},
    Column{.name = "支援の実施に向けた方針"},
    Column{.name = "総合的な方針"},
    Column{.name = "基本チェックリスト 運動"},
    Column{.name = "基本チェックリスト 栄養"},
    Column{.name = "基本チェックリスト 口腔"},
    Column{.name = "基本チェックリスト 閉じこもり"},
    Column{.name = "基本チェックリスト 物忘れ"},
    Column{.name = "基本チェックリスト うつ"},
    Column{.name = "事業プログラム 運動"},
    Column{.name = "事業プログラム 栄養"},
    Column{.name = "事業プログラム 口腔"},
    Column{.name = "事業プログラム 閉じこもり"},
    Column{.name = "事業プログラム 物忘れ"},
    Column{.name = "事業プログラム うつ"},
    Column{.name = "地域包括支援センターの意見"},
    Column{.name = "同意日"},
    Column{.name = "同意者氏名"},
};

constexpr std::array kPreventionSupportColumns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "計画作成(変更)日", .kind = day, .length = 8, .need = required},
    Column{.name = "課題NO", .kind = digits},
    Column{.name = "総合的課題"},
    Column{.name = "目標と具体策の提案"},
    Column{.name = "具体策についての意向"},
    Column{.name = "目標"},
    Column{.name = "支援計画NO", .kind = digits},
    Column{.name = "支援のポイント"},
    Column{.name = "セルフケア等"},
    Column{.name = "介護保険サービス等"},
    Column{.name = "利用サービスNO", .kind = digits},
    Column{.name = "サービス種別"},
    Column{.name = "事業所(利用先)"},
    Column{.name = "期間"},
};

constexpr std::array kDeletePreventionColumns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "計画作成(変更)日", .kind = day, .length = 8, .need = required},
};

}  // namespace

constexpr Layout kBasics{.columns = kBasicsColumns, .count = 71};
constexpr Layout kBasicsDay{.columns = kBasicsDayColumns, .count = 7};
constexpr Layout kBasicsHistory{.columns = kBasicsHistoryColumns, .count = 11};
constexpr Layout kDeleteBasics{.columns = kDeleteBasicsColumns, .count = 0};
constexpr Layout kPrevention{.columns = kPreventionColumns, .count = 57, .day = 4};
constexpr Layout kPreventionSupport{.columns = kPreventionSupportColumns, .count = 17, .day = 4};
constexpr Layout kDeletePrevention{.columns = kDeletePreventionColumns, .count = 4, .day = 4};

}  // namespace sekisho::documents::careplan::layouts
