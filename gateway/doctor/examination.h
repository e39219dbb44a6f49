// The examination: each area in its order, each within its time.
//
// Areas run one after another, each on a thread of its own. One that does not come back is left
// behind and is `unknown`, so that a dead disk or a module that hangs costs its own area and no
// other. Nothing is changed, nobody is kept from writing, and a gateway may run meanwhile.
// One examination at a time; throws nothing.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "gateway/doctor/finding.h"
#include "gateway/doctor/machine.h"

namespace sekisho::doctor {

struct AreaRow {
    Area area;
    Findings (*examine)(const Premises& premises);
    std::chrono::milliseconds within;      // all of it ...
    std::chrono::milliseconds per_peer{};  // ... and so much more for each adapter
};

// In the order of the report.
std::span<const AreaRow> areas();

Findings examine_area(const AreaRow& row, const Premises& premises);

struct Examined {
    Findings findings;
    std::shared_ptr<const config::Config> config{};  // none: it could not be read
};

Examined examine(const std::string& config_file, const Machine& machine);

}  // namespace sekisho::doctor
