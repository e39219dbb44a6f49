// The simulated care plan exchange system (ケアプランデータ連携システム): logs in, takes units,
// hands them on.
//
// POST /careplan/v1/login, /careplan/v1/token, /careplan/v1/units; GET /careplan/v1/health,
// /sim/state, /sim/plans (ledger/kept_plans.h); POST /sim/hand-on: every unit not handed on yet
// goes to the gateway for its office and the platform, in the order of arrival; POST
// /sim/expire-tokens, /sim/end-sessions and /sim/refuse-logins. README.md says what it assumes.
// Threads: any number; one hands on at a time.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "adapters/api/simulated_peer.h"
#include "adapters/ledger/received_ledger.h"
#include "adapters/ledger/uplink.h"
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
    adapters::HttpReply hand_on();
    adapters::HttpReply expire_tokens();
    adapters::HttpReply end_sessions();
    adapters::HttpReply refuse_logins(const adapters::HttpCall& call);
    adapters::HttpReply state();

    ledger::ReceivedLedger ledger_;
    ledger::Uplink uplink_;

    locks::Mutex mutex_;
    std::map<std::string, Time> access_ SEKISHO_GUARDED_BY(mutex_);
    std::map<std::string, Time> refresh_ SEKISHO_GUARDED_BY(mutex_);
    std::int64_t granted_ SEKISHO_GUARDED_BY(mutex_) = 0;
    std::int64_t logins_ SEKISHO_GUARDED_BY(mutex_) = 0;
    std::int64_t login_calls_ SEKISHO_GUARDED_BY(mutex_) = 0;
    int refusal_status_ SEKISHO_GUARDED_BY(mutex_) = 200;  // of logins and refreshes
    int wrong_passwords_ SEKISHO_GUARDED_BY(mutex_) = 0;   // in a row

    // One hands on at a time. What was handed on, by receipt numbers.
    locks::Mutex handing_;
    std::set<std::string> handed_on_ SEKISHO_GUARDED_BY(handing_){};
};

}  // namespace sekisho::careplan_adapter
