// How a simulated carrier hands on what it took: for its author, with its own number as id and the
// first id as `correlationid`.
//
// POST /sim/hand-on: everything not handed on yet goes to the gateway, in the order of arrival, and
// the answer is {"results": [{type, id, sha256, status, receipt}]}; what the gateway does not take
// is tried again at the next call. 409 where no gateway was named. Threads: any number; one hands
// on at a time.
#pragma once

#include <set>
#include <string>

#include "adapters/ledger/received_ledger.h"
#include "adapters/ledger/uplink.h"
#include "adapters/locks/mutex.h"

namespace sekisho::ledger {

// What goes on with a document besides its bytes, as it came.
std::vector<adapters::HttpHeader> attributes_to_hand_on(const adapters::HttpCall& call);

class HandOn {
  public:
    // Whether the business key goes on: a send unit has one of its own on each leg.
    enum class Key : std::uint8_t { left_out, handed_on };

    // `source`: "/systems/careplan"; `number_prefix`: of the numbers under which it takes.
    HandOn(std::string source, std::string number_prefix, Key key, UplinkOptions uplink)
        : source_(std::move(source)),
          number_prefix_(std::move(number_prefix)),
          key_(key),
          uplink_(std::move(uplink)) {}

    std::string number_of(const Received& document) const;
    adapters::HttpReply hand_on(const ReceivedLedger& ledger);

  private:
    Dispatch dispatch_of(const Received& document) const;

    const std::string source_;
    const std::string number_prefix_;
    const Key key_;
    locks::Mutex handing_;
    Uplink uplink_ SEKISHO_GUARDED_BY(handing_);
    std::set<std::string> handed_on_ SEKISHO_GUARDED_BY(handing_){};  // by their numbers
};

}  // namespace sekisho::ledger
