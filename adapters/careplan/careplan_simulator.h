// The simulated care plan exchange system (ケアプランデータ連携システム): logs in, takes units,
// hands them on.
//
// POST /careplan/v1/login, /careplan/v1/token, /careplan/v1/units; GET /careplan/v1/health,
// /sim/state, /sim/plans (ledger/kept_plans.h); POST /sim/hand-on (ledger/hand_on.h),
// /sim/expire-tokens, /sim/end-sessions and /sim/refuse-logins. README.md says what it assumes.
// Threads: any number.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "adapters/api/simulated_peer.h"
#include "adapters/ledger/hand_on.h"
#include "adapters/ledger/received_ledger.h"
#include "adapters/locks/mutex.h"

namespace sekisho::careplan_adapter {

class CareplanSimulator final : public adapters::SimulatedPeer {
  public:
    explicit CareplanSimulator(std::string ledger_file = {}, ledger::UplinkOptions uplink = {});

    adapters::HttpReply handle(const adapters::HttpCall& call) override;
    adapters::HttpReply business_error() const override;
    bool is_login(const adapters::HttpCall& call) const override;

  private:
    using Time = std::chrono::steady_clock::time_point;

    adapters::HttpReply log_in(const adapters::HttpCall& call);
    adapters::HttpReply refresh(const adapters::HttpCall& call);
    adapters::HttpReply grant() SEKISHO_REQUIRES(mutex_);
    adapters::HttpReply no_tokens(std::string code) const SEKISHO_REQUIRES(mutex_);
    bool is_authorized(const adapters::HttpCall& call);
    adapters::HttpReply take_unit(const adapters::HttpCall& call);
    adapters::HttpReply expire_tokens();
    adapters::HttpReply end_sessions();
    adapters::HttpReply refuse_logins(const adapters::HttpCall& call);
    adapters::HttpReply state();

    ledger::ReceivedLedger ledger_;
    ledger::HandOn carrier_;

    locks::Mutex mutex_;
    std::map<std::string, Time> access_ SEKISHO_GUARDED_BY(mutex_);
    std::map<std::string, Time> refresh_ SEKISHO_GUARDED_BY(mutex_);
    std::int64_t granted_ SEKISHO_GUARDED_BY(mutex_) = 0;
    std::int64_t logins_ SEKISHO_GUARDED_BY(mutex_) = 0;
    std::int64_t login_calls_ SEKISHO_GUARDED_BY(mutex_) = 0;
    int refusal_status_ SEKISHO_GUARDED_BY(mutex_) = 200;  // of logins and refreshes
    int wrong_passwords_ SEKISHO_GUARDED_BY(mutex_) = 0;   // in a row
};

}  // namespace sekisho::careplan_adapter
