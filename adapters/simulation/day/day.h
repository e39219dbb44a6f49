// The stage of the demo's day: a running gateway, its cast's certificates, its simulators, and the
// record.
//
// Everything is found in the demo's folder: `sekisho.json` names the doors (zones) and how the
// simulators are reached (adapters' settings), `pki/` holds each party's certificate
// (`medical-1319900021.pem`) and `server-ca.pem`. Ids and request numbers carry a mark of this run,
// so that the same day can be played again on the same state. One thread.
#pragma once

#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/simulation/day/card_counter.h"
#include "adapters/simulation/day/day_book.h"
#include "adapters/simulation/day/gateway_client.h"

namespace sekisho::simulation {

inline constexpr std::string_view kInternet = "internet";
inline constexpr std::string_view kEligibility = "eligibility";
inline constexpr std::string_view kPublic = "public";

// How an exchange is told in its line.
struct Telling {
    std::string flow;
    std::string to;
    std::string what;
};

enum class Desk : std::uint8_t { none, with_cards };

class Day {
  public:
    // The error is a sentence: what of the demo's folder cannot be read.
    static std::expected<std::unique_ptr<Day>, std::string> open(const std::string& demo_folder,
                                                                 Verbosity verbosity, Desk desk);

    GatewayClient& door(std::string_view zone, const std::string& party);
    GatewayClient& simulator(const std::string& peer);  // its control calls, /sim/…
    DayBook& book() { return book_; }
    const CardCounter* counter() const { return counter_.get(); }  // null: without cards

    std::string fresh_id(std::string_view tag) const;  // "day-1763690400123-opinion"
    std::string fresh_request_number(std::string_view digits) const;
    std::string today() const;         // YYYY-MM-DD in Japan
    std::string today_digits() const;  // YYYYMMDD
    int history() const;               // grows from run to run
    // The number of a send unit, the second it is made in; waits for the next where the two offices
    // had this one already, so that numbers rise within a day and from run to run.
    std::string fresh_series(const std::string& from_and_to);

    // Sends, compares the status (and the problem), verifies the receipt of what was taken, notes
    // the line.
    GatewayReply file(const Telling& telling, std::string_view zone, const Parcel& parcel,
                      const std::string& expected);
    GatewayReply ask(const Telling& telling, const Parcel& question, const std::string& expected);
    void note(const Telling& telling, const std::string& who, const std::string& expected,
              const std::string& got, ReceiptState receipt = ReceiptState::none);

    const documents::Json& keys() const { return keys_; }
    bool fetch_keys();

  private:
    Day(std::string demo_folder, Verbosity verbosity, Desk desk);
    std::optional<std::string> read_configuration();  // what is wrong

    const std::string demo_folder_;
    const std::unique_ptr<const CardCounter> counter_;
    DayBook book_;
    const std::int64_t run_;  // milliseconds since 1970 when the day began
    std::map<std::string, std::string, std::less<>> zone_urls_;
    std::map<std::string, std::unique_ptr<GatewayClient>> clients_;
    std::map<std::string, std::int64_t> series_;  // last second given, by from_and_to
    documents::Json keys_;
};

}  // namespace sekisho::simulation
