// What an adapter is given in a test: authorised filings with their bytes, and authorised
// questions.
//
// Authorisation comes from the plan itself over the cast's snapshot; a test cannot make one either.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/api/adapter.h"
#include "tests/support/routing_cast.h"

namespace sekisho::tests {

// A filing on its way to `recipient`. Each body() begins at the front.
class Filing {
  public:
    explicit Filing(const model::Envelope& envelope, std::string bytes = "a document");

    adapters::Delivery delivery() const;
    const std::string& bytes() const { return bytes_; }
    adapters::StringSource body() const { return adapters::StringSource{bytes_}; }
    adapters::Outcome through(adapters::Adapter& adapter,
                              std::chrono::milliseconds within = std::chrono::seconds{10}) const;

  private:
    model::Authorized<model::Envelope> envelope_;
    std::string bytes_;
    model::Sha256 sha256_;
};

// The care manager's question about a person who consented.
model::Authorized<model::Envelope> an_authorised_question(
    std::string_view type = "certification.progress");

// The gateway's own question, for the care manager, whose card this is.
model::Authorized<model::Envelope> an_authorised_card_question();

// The care manager's about hanako, who showed the card at this visit.
model::Authorized<model::Envelope> an_authorised_medical_question(std::string_view type);

adapters::Answer asked(adapters::Adapter& adapter,
                       std::chrono::milliseconds within = std::chrono::seconds{10});

// A JSON answer of a peer that names the delivery: `members` and its source, id and sha256.
std::string naming(const adapters::Delivery& delivery, std::string_view members);

// The clinic's opinion with this id, in the opinion's format.
model::Envelope opinion_envelope(std::string_view id);

// Fails after its first piece.
class BrokenSource final : public adapters::ByteSource {
  public:
    std::string_view next() override { return given_++ == 0 ? "half of " : std::string_view{}; }
    bool failed() const override { return given_ > 1; }

  private:
    int given_ = 0;
};

}  // namespace sekisho::tests
