// What became of a load's records so far, and what that means for the delivery. A value of bounded
// size, whatever the load's.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "adapters/pmh/codec.h"

namespace sekisho::pmh_adapter {

class Tally {
  public:
    // About the `records` behind those counted before.
    void add(const CallReply& reply, std::size_t records);

    std::size_t records() const { return records_; }

    // Of a load that was sent whole: delivered, or rejected in words that say how many records were
    // refused, which (the first ones), by which codes, and who does what next. No personal data.
    adapters::Outcome outcome() const;

  private:
    std::size_t records_ = 0;
    std::size_t refused_ = 0;
    std::vector<std::size_t> positions_;  // of refused ones in the document, from 1; the first ten
    std::vector<std::string> codes_;      // different ones; the first three
    bool not_linked_ = false;
    bool otherwise_refused_ = false;
    std::string receipt_;  // the last
};

}  // namespace sekisho::pmh_adapter
