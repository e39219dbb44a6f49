// Looking at what became of a document: its fate at the gateway, what a simulator holds, what lies
// in a mailbox. All in words, so that they can be compared with what was expected.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/documents/careplan/samples.h"
#include "adapters/simulation/day/day.h"

namespace sekisho::simulation {

// The bytes of an event whose document is no JSON; empty where it has none.
std::string body_of(const documents::Json& event);

// The state of each recipient's delivery, "insurer:139980 delivered, system:platform delivered";
// asked again until `wanted` is what it says or the time for it is over.
std::string fate_of(Day& day, std::string_view zone, const Parcel& parcel,
                    const std::string& wanted);

// Whether exactly these bytes came to that simulator, and how often: "held once, byte for byte".
std::string held_by(Day& day, const std::string& adapter, const Parcel& parcel);

// Which files of a home or facility plan that simulator keeps after updates and deletions:
// "UPHOSOKU UP1KYO UP2KYO UP3KYO".
std::string plan_kept_by(Day& day, const std::string& adapter,
                         const documents::CareplanSample& plan);

struct Collected {
    bool found = false;
    bool identical = false;
    std::string status{};  // of a plan
    std::string acknowledged = "nothing to acknowledge";
};
std::string words_of(const Collected& collected);  // "byte for byte, agreed"

// By id. What was left by an earlier run is taken and acknowledged too; only ours is told about.
std::map<std::string, Collected> empty_inbox(GatewayClient& office,
                                             const std::vector<Parcel>& wanted);

// Of what a simulator sent by itself, what is about this document; nullptr where nothing is.
const documents::Json* result_about(const documents::Json* results, const Parcel& parcel);
// Of a document that a simulator sent by itself: {id, sha256, receipt}.
ReceiptState receipt_state(const Day& day, const documents::Json& result);

}  // namespace sekisho::simulation
