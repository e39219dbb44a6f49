#include "adapters/ledger/made_up_record.h"

#include <utility>

namespace sekisho::ledger {

using documents::Json;

Json made_up_records(const model::Person& person, std::span<const MadeUpRow> rows) {
    Json record =
        Json::object().set("insurer", person.insurer.text()).set("insured", person.insured.text());
    for (const MadeUpRow& row : rows) {
        auto told = Json::object().set(row.day_name, row.day).set(row.name, row.words);
        record.set(row.kind, Json::array().push(std::move(told)));
    }
    return Json::array().push(std::move(record));
}

}  // namespace sekisho::ledger
