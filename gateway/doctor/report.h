// The findings for people and for programs.
//
// Text: an area, then its findings: one line for each that is good, two for the others; the counts
// at the end. JSON: {"findings": [{"area", "subject", "state", "what": {"ja", "en"}, "next":
// {...}}], "counts": {"good": ...}, "state"}. Pure functions.
#pragma once

#include <string>

#include "adapters/documents/json.h"
#include "gateway/doctor/finding.h"

namespace sekisho::doctor {

std::string to_text(const Findings& findings);
documents::Json to_json(const Findings& findings);

}  // namespace sekisho::doctor
