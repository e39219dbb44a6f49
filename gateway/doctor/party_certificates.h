// Whose certificates end soon, as the running gateway saw them (its page /certificates).
#pragma once

#include "gateway/doctor/finding.h"
#include "gateway/doctor/machine.h"

namespace sekisho::doctor {

// Nothing where no gateway runs or nobody's ends; a fault for what ends within a week, or has, and
// a warning for what ends within thirty days. At most twenty by name, the others as a number.
Findings party_certificates(const Premises& premises);

}  // namespace sekisho::doctor
