// A made-up record of a person, as simulated peers with medical information tell it: of each kind
// an array of rows, each of a day and a few words. Pure.
#pragma once

#include <span>

#include "adapters/documents/json.h"
#include "routing/model/identifiers.h"

namespace sekisho::ledger {

struct MadeUpRow {
    const char* kind;      // "medications": one row of each
    const char* day_name;  // "prescribed_on"
    const char* day;       // "2026-11-02"
    const char* name;      // "medicine"
    const char* words;
};

// [{insurer, insured, KIND: [{DAY_NAME: DAY, NAME: WORDS}], ...}]
documents::Json made_up_records(const model::Person& person, std::span<const MadeUpRow> rows);

}  // namespace sekisho::ledger
