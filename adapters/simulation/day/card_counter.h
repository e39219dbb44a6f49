// The counter of an office with a card reader: `sekisho card sign`, as its staff would run it, on
// the readers of `sekisho-sim desk`. Never on a reader of the machine, on which somebody's card may
// lie. One thread.
#pragma once

#include <expected>
#include <string>

#include "adapters/documents/json.h"

namespace sekisho::simulation {

class CardCounter {
  public:
    // The desk's socket is looked for in the demo's folder, `sekisho` beside this program.
    explicit CardCounter(const std::string& demo_folder);

    // What a challenge of the gateway ({"id","challenge"}) becomes by the card on the nth reader:
    // the evidence of an admission. The error is what the program said, in one line.
    std::expected<documents::Json, std::string> sign(std::size_t reader,
                                                     const documents::Json& challenge) const;

  private:
    const std::string socket_;
    const std::string program_;
};

// How the eligibility system knows a card: {"issuer","serial"} of its certificate (base64 of DER),
// as the gateway names them. Null where it is no certificate.
documents::Json card_named(std::string_view certificate);

}  // namespace sekisho::simulation
