// How a failed test shows areas and states.
#pragma once

#include <ostream>

#include "gateway/doctor/finding.h"

namespace sekisho::doctor {

inline std::ostream& operator<<(std::ostream& out, State state) {
    return out << to_string(state);
}
inline std::ostream& operator<<(std::ostream& out, Area area) {
    return out << to_string(area);
}

}  // namespace sekisho::doctor
