// Send units of care plans on their way: made, handed in to the exchange system, handed on by it.
#pragma once

#include <string>
#include <vector>

#include "adapters/documents/careplan/samples.h"
#include "adapters/simulation/day/day.h"

namespace sekisho::simulation {

struct End {
    std::string party;    // "care-manager:1379900010"
    std::string service;  // "43"
};

struct UnitOrder {
    std::string what;  // as it is told
    std::string tag;   // of its id
    std::string type;  // "care-plan.home"
    End from;
    End to;
    std::string status{};
    std::string insured = "0000000001";
};

// A unit and where it must come out.
struct Unit {
    std::string what;
    Parcel parcel;
    std::string office{};  // finds it in its mailbox; empty: nobody does
    bool platform = true;  // stores it
};

// With a fresh number; waits for it (Day::fresh_series).
documents::CareplanSample sample_of(Day& day, const UnitOrder& order);
Unit a_unit(const Day& day, const UnitOrder& order,
            const std::vector<documents::CareplanFile>& files);

// Each is accepted, delivered to the exchange system and held there byte for byte.
void hand_in(Day& day, const std::string& flow, const std::vector<Unit>& units);
// The exchange system sends each on, and each comes out where it must.
void hand_on(Day& day, const std::string& flow, const std::vector<Unit>& units);

}  // namespace sekisho::simulation
