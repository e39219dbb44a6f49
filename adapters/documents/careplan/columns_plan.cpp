// 補足, 第1表, 第2表, 第3表 and the deletion of 第1表.
#include <array>

#include "adapters/documents/careplan/columns.h"

namespace sekisho::documents::careplan::layouts {

namespace {

using enum ColumnKind;
using enum Need;

constexpr std::array kSupplementColumns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "計画作成(変更)日",
           .kind = day,
           .length = 8,
           .need = required,
           .values = "00000000"},
    Column{.name = "フリガナ"},
    Column{.name = "氏名"},
    Column{.name = "性別", .kind = choice, .length = 1, .values = "1 2"},
    Column{.name = "生年月日", .kind = day, .length = 8},
    Column{.name = "郵便番号", .kind = postal, .length = 8},
    Column{.name = "住所1"},
    Column{.name = "住所2"},
    Column{.name = "電話番号", .length = 15},
    Column{.name = "認定日", .kind = day, .length = 8},
    Column{.name = "限度額適用期間 開始", .kind = day, .length = 8},
    Column{.name = "限度額適用期間 終了", .kind = day, .length = 8},
    Column{.name = "認定状況区分", .kind = choice, .length = 1, .values = "1 2"},
    Column{.name = "要介護状態変更日", .kind = day, .length = 8},
    Column{.name = "要介護状態区分",
           .kind = choice,
           .length = 2,
           .values = "01 06 11 12 13 21 22 23 24 25"},
    Column{.name = "区分支給限度基準額", .kind = number, .length = 7},
    Column{.name = "サービス種類1", .kind = service_type, .length = 2},
    Column{.name = "種類別支給限度額1", .kind = number, .length = 7},
    Column{.name = "種類別合計単位数1", .kind = number, .length = 7},
    Column{.name = "種類別限度超単位数1", .kind = number, .length = 7},
    Column{.name = "サービス種類2", .kind = service_type, .length = 2},
    Column{.name = "種類別支給限度額2", .kind = number, .length = 7},
    Column{.name = "種類別合計単位数2", .kind = number, .length = 7},
    Column{.name = "種類別限度超単位数2", .kind = number, .length = 7},
    Column{.name = "サービス種類3", .kind = service_type, .length = 2},
    Column{.name = "種類別支給限度額3", .kind = number, .length = 7},
    Column{.name = "種類別合計単位数3", .kind = number, .length = 7},
    Column{.name = "種類別限度超単位数3", .kind = number, .length = 7},
    Column{.name = "サービス種類4", .kind = service_type, .length = 2},
    Column{.name = "種類別支給限度額4", .kind = number, .length = 7},
    Column{.name = "種類別合計単位数4", .kind = number, .length = 7},
    Column{.name = "種類別限度超単位数4", .kind = number, .length = 7},
    Column{.name = "サービス種類5", .kind = service_type, .length = 2},
    Column{.name = "種類別支給限度額5", .kind = number, .length = 7},
    Column{.name = "種類別合計単位数5", .kind = number, .length = 7},
    Column{.name = "種類別限度超単位数5", .kind = number, .length = 7},
    Column{.name = "サービス種類6", .kind = service_type, .length = 2},
    Column{.name = "種類別支給限度額6", .kind = number, .length = 7},
    Column{.name = "種類別合計単位数6", .kind = number, .length = 7},
    Column{.name = "種類別限度超単位数6", .kind = number, .length = 7},
    Column{.name = "サービス種類7", .kind = service_type, .length = 2},
    Column{.name = "種類別支給限度額7", .kind = number, .length = 7},
    Column{.name = "種類別合計単位数7", .kind = number, .length = 7},
    Column{.name = "種類別限度超単位数7", .kind = number, .length = 7},
    Column{.name = "サービス種類8", .kind = service_type, .length = 2},
    Column{.name = "種類別支給限度額8", .kind = number, .length = 7},
    Column{.name = "種類別合計単位数8", .kind = number, .length = 7},
    Column{.name = "種類別限度超単位数8", .kind = number, .length = 7},
    Column{.name = "サービス種類9", .kind = service_type, .length = 2},
    Column{.name = "種類別支給限度額9", .kind = number, .length = 7},
    Column{.name = "種類別合計単位数9", .kind = number, .length = 7},
    Column{.name = "種類別限度超単位数9", .kind = number, .length = 7},
    Column{.name = "合計限度超単位数", .kind = number, .length = 7},
    Column{.name = "入所前月までの利用日数", .kind = number, .length = 5},
    Column{.name = "累積利用日数", .kind = number, .length = 5},
    Column{.name = "前回要介護状態区分",
           .kind = choice,
           .length = 2,
           .values = "01 06 11 12 13 21 22 23 24 25"},
    Column{.name = "同意書受付業者コード", .kind = code, .length = 10},
    Column{.name = "更新業者コード", .kind = code, .length = 10},
    Column{.name = "識別子", .length = 1},
    Column{.name = "対象年月", .kind = month, .length = 6, .need = required, .values = "000000"},
};

constexpr std::array kTable1Columns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "作成年月日", .kind = day, .length = 8, .need = required},
    Column{.name = "郵便番号", .kind = postal, .length = 8},
    Column{.name = "住所1"},
    Column{.name = "住所2"},
    Column{.name = "居宅サービス計画作成者氏名", .need = required},
    Column{.name = "居宅介護支援事業者名", .need = required},
    Column{.name = "居宅介護支援事業者 郵便番号", .kind = postal, .length = 8},
    Column{.name = "居宅介護支援事業者 住所1"},
    Column{.name = "居宅介護支援事業者 住所2"},
    Column{.name = "居宅介護支援事業者コード", .kind = office, .length = 10, .need = required},
    Column{.name = "計画作成(変更)日", .kind = day, .length = 8, .need = required},
    Column{.name = "初回作成日", .kind = day, .length = 8, .need = required},
    Column{.name = "計画書区分", .kind = choice, .length = 2, .values = "11 12 21 51 52 53 54"},
    Column{.name = "認定状況区分", .kind = choice, .length = 1, .values = "1 2"},
    Column{.name = "認定日", .kind = day, .length = 8},
    Column{.name = "認定有効期間 開始", .kind = day, .length = 8},
    Column{.name = "認定有効期間 終了", .kind = day, .length = 8},
    Column{.name = "要介護状態区分",
           .kind = choice,
           .length = 2,
           .values = "01 06 11 12 13 21 22 23 24 25"},
    Column{.name = "課題分析の結果"},
    Column{.name = "審査会の意見及びサービスの種類の指定"},
    Column{.name = "総合的な援助の方針"},
    Column{.name = "生活援助中心型の算定理由", .kind = choice, .length = 1, .values = "1 2 3"},
    Column{.name = "その他の理由"},
    Column{.name = "更新業者コード", .kind = code, .length = 10},
    Column{.name = "識別子", .length = 1},
};

constexpr std::array kTable2Columns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "作成年月日", .kind = day, .length = 8, .need = required},
    Column{.name = "計画作成(変更)日", .kind = day, .length = 8, .need = required},
    Column{.name = "課題NO", .kind = digits, .length = 2},
    Column{.name = "課題"},
    Column{.name = "援助目標NO", .kind = digits, .length = 2},
    Column{.name = "長期目標"},
    Column{.name = "短期目標"},
    Column{.name = "長期目標の期間"},
    Column{.name = "短期目標の期間"},
    Column{.name = "援助内容NO", .kind = digits, .length = 2},
    Column{.name = "サービス内容"},
    Column{.name = "保険給付対象区分", .kind = choice, .length = 1, .values = "Y N"},
    Column{.name = "サービス種別"},
    Column{.name = "事業者コード", .kind = office, .length = 10},
    Column{.name = "事業所名"},
    Column{.name = "頻度"},
    Column{.name = "実施期間"},
    Column{.name = "更新業者コード", .kind = code, .length = 10},
    Column{.name = "識別子", .length = 1},
};

constexpr std::array kTable3Columns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "作成年月日", .kind = day, .length = 8, .need = required},
    Column{.name = "計画作成(変更)日", .kind = day, .length = 8, .need = required},
    Column{.name = "サービス内容"},
    Column{.name = "曜日", .kind = choice, .length = 1, .values = "1 2 3 4 5 6 7"},
    Column{.name = "開始時刻", .kind = time, .length = 4},
    Column{.name = "終了時刻", .kind = time, .length = 4},
    Column{.name = "主な日常生活上の活動"},
    Column{.name = "活動 開始時刻", .kind = time, .length = 4},
    Column{.name = "活動 終了時刻", .kind = time, .length = 4},
    Column{.name = "週単位以外のサービス"},
};

constexpr std::array kDeleteTable1Columns{
    Column{.name = "CSVバージョン", .kind = version, .length = 6, .need = required},
    Column{.name = "保険者番号", .kind = insurer, .length = 6, .need = required},
    Column{.name = "被保険者番号", .kind = insured, .length = 10, .need = required},
    Column{.name = "計画作成(変更)日", .kind = day, .length = 8, .need = required},
};

}  // namespace

constexpr Layout kSupplement{.columns = kSupplementColumns, .count = 63, .day = 4, .month = 63};
constexpr Layout kTable1{.columns = kTable1Columns, .count = 28, .day = 14};
constexpr Layout kTable2{.columns = kTable2Columns, .count = 22, .day = 5};
constexpr Layout kTable3{.columns = kTable3Columns, .count = 13, .day = 5};
constexpr Layout kDeleteTable1{.columns = kDeleteTable1Columns, .count = 4, .day = 4};

}  // namespace sekisho::documents::careplan::layouts
