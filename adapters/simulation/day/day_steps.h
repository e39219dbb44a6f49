// The acts of the demo's day, in the order in which they are played. Each notes one line for each
// exchange.
#pragma once

#include <string>

#include "adapters/simulation/day/day.h"

namespace sekisho::simulation {

void play_opinions(Day& day);     // F5a: a clinic's opinion to the platform and to its insurer
void play_differences(Day& day);  // F1 and F10: what insurers send each day
void play_pilot(Day& day);        // F1: cards to PMH too, and a person who is not linked there
void play_plans(Day& day);     // F2: care plans, draft and agreed, to the office and the platform
void play_reading(Day& day);   // F7: a care plan is read, in whole, in part, and not
void play_deletion(Day& day);  // F2: a plan is deleted, and its tables 2 and 3 with it
void play_confirmation(Day& day);   // F17: a delegate's plan, confirmed by the support center
void play_month(Day& day);          // F16: plan and result of a month, there and back
void play_questions(Day& day);      // F10: the progress of a certification is asked for
void play_medical(Day& day);        // F15: with the card of this visit, and not without
void play_window(Day& day);         // a consent, readings, the person's window, a withdrawal
void play_refusals(Day& day);       // one for each reason
void play_refused_units(Day& day);  // of care plans: version, a missing file, out of order

// Of the window: a medical institution admits the person by card (本人確認), is registered by it
// and reads; and its end. Nothing where the day is played without cards.
class Admission {
  public:
    explicit Admission(Day& day) : day_(day) {}
    void play();      // while the person's consent stands
    void play_end();  // when it has been withdrawn
    bool was_played() const { return day_.counter() != nullptr; }
    static constexpr std::string_view kOffice = "medical:1319900013";

  private:
    Day& day_;
    std::string registration_{};
};

// Shared by the acts with a card; there is a counter. By readers of the desk:
inline constexpr std::size_t kCardOfThePerson = 0;
inline constexpr std::size_t kCardReportedLost = 1;
// The evidence that the card makes of a fresh challenge. The error belongs into the act's line.
std::expected<documents::Json, std::string> show_card(Day& day, std::string_view office,
                                                      std::string_view purpose, std::size_t reader);
// Tells the simulated eligibility system whose card that is.
void link_card(Day& day, const std::string& flow, const documents::Json& evidence,
               std::string_view insured);

// Shared by the acts: cast and documents.
Parcel an_opinion(const Day& day, const std::string& author, const std::string& insurer,
                  const std::string& insured, std::string_view tag);

}  // namespace sekisho::simulation
