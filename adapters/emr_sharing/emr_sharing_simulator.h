// The simulated sharing service of medical records (電子カルテ情報共有サービス): holds one made-up
// record of each person it was told of.
//
// POST /emr-sharing/v1/records, GET /emr-sharing/v1/health. POST /sim/persons {"persons":
// [{insurer, insured}]}: of these something was shared, until the simulator ends. GET /sim/state:
// {"persons", "queries"}, and no person. Threads: any number.
#pragma once

#include <cstdint>
#include <set>

#include "adapters/api/simulated_peer.h"
#include "adapters/locks/mutex.h"
#include "routing/model/identifiers.h"

namespace sekisho::emr_sharing_adapter {

class EmrSharingSimulator final : public adapters::SimulatedPeer {
  public:
    adapters::HttpReply handle(const adapters::HttpCall& call) override;
    adapters::HttpReply business_error() const override;

  private:
    adapters::HttpReply answer(const adapters::HttpCall& call);
    adapters::HttpReply take_persons(const adapters::HttpCall& call);
    adapters::HttpReply state() const;

    mutable locks::Mutex mutex_;
    std::set<model::Person> persons_ SEKISHO_GUARDED_BY(mutex_);
    std::int64_t queries_ SEKISHO_GUARDED_BY(mutex_) = 0;
};

}  // namespace sekisho::emr_sharing_adapter
