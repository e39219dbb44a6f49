// The acts of the demo's day, in the order in which they are played. Each notes one line for each
// exchange.
#pragma once

#include <string>

#include "adapters/simulation/day/day.h"

namespace sekisho::simulation {

void play_opinions(Day& day);     // F5a: a clinic's opinion to the platform and to its insurer
void play_differences(Day& day);  // F1 and F10: what insurers send each day
void play_questions(Day& day);    // F10: the progress of a certification is asked for
void play_refusals(Day& day);     // one for each reason

// Shared by the acts: cast and documents.
Parcel an_opinion(const Day& day, const std::string& author, const std::string& insurer,
                  const std::string& insured, std::string_view tag);

// The state of each recipient's delivery, "insurer:139980 delivered, system:platform delivered";
// asked again until `wanted` is what it says or the time for it is over.
std::string fate_of(Day& day, std::string_view zone, const Parcel& parcel,
                    const std::string& wanted);

}  // namespace sekisho::simulation
