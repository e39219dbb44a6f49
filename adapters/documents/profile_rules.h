// What each JSON profile means beyond its schema, one function for each.
#pragma once

#include "adapters/documents/profile.h"

namespace sekisho::documents {

void check_card(const Json& record, ProfileReading& reading);        // 被保険者証・負担割合証
void check_limit_card(const Json& record, ProfileReading& reading);  // 負担限度額認定証
void check_survey(const Json& record, ProfileReading& reading);      // 認定調査票
void check_progress(const Json& record, ProfileReading& reading);    // 進捗状況
void check_request(const Json& request, ProfileReading& reading);    // 主治医意見書作成依頼
void check_consent(const Json& note, ProfileReading& reading);       // 同意
void check_registration(const Json& note, ProfileReading& reading);  // 担当事業所登録

}  // namespace sekisho::documents
