// What a card proves: evidence and challenge and trust and status, and out of them a verdict.
//
// In this order, and no step is taken when one before it refused: the challenge is taken (and so
// used up, whatever comes of it), the certificate is read and judged, the card's signature over
// the challenge's text is verified, and only then the status is asked. Nobody's certificate is
// asked about who has not shown the card and its PIN.
//
// A verdict is about a certificate, not about a person: who the person is, and of which insurer, is
// asked of the eligibility system with the serial. Without a status checker it says `not_checked`,
// and whatever is made of it must say so too.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/locks/mutex.h"
#include "gateway/admission/challenge_book.h"
#include "gateway/admission/status_checker.h"

namespace sekisho::admission {

// 本人確認の強さ
enum class Assurance : std::uint8_t {
    card,      // the card and its PIN
    document,  // a paper, looked at by a named member of staff
};

enum class CheckedStatus : std::uint8_t { good, not_checked };

std::string_view to_string(Assurance assurance);   // "card", "document"
std::string_view to_string(CheckedStatus status);  // "good", "not-checked"

struct CardEvidence {
    std::string challenge_id;
    std::string certificate;  // DER
    std::string signature;    // RSASSA-PKCS1-v1_5 with SHA-256 over the challenge's text
};

struct Verdict {
    Assurance assurance = Assurance::card;
    CheckedStatus status = CheckedStatus::not_checked;
    model::Purpose purpose;  // what the challenge was asked for
    CardSerial serial;
    friend bool operator==(const Verdict&, const Verdict&) = default;
};

// Whether the key of `certificate` signed exactly `text`: PKCS#1 v1.5 padding and SHA-256 to the
// bit, and a signature as long as the modulus. Pure.
bool is_signed_by(const CertificateHandle& certificate, std::string_view text,
                  std::string_view signature);

// Certificate and signature for a challenge that was taken. Pure.
std::expected<CertifiedCard, CardFault> judge_card(const CardEvidence& evidence,
                                                   const Challenge& challenge,
                                                   const JpkiTrust& trust, model::Instant now);

// What a status says of a card that stands: nothing for a good one. Pure.
std::expected<void, CardRefusal> judge_status(const StatusAnswer& answer);

class CardVerifier {
  public:
    struct Parts {
        ChallengeBook& challenges;
        std::shared_ptr<const JpkiTrust> trust;
        std::shared_ptr<StatusChecker> status;  // null: not checked
        platform::Timer& timer;
        const platform::Clock& clock;
    };
    using Judged = std::move_only_function<void(std::expected<Verdict, CardRefusal>)>;

    explicit CardVerifier(Parts parts);

    // Calls `judged` exactly once, by the deadline: in this thread, or in the one that the status
    // came in. Thread-safe; the parts outlive every call.
    void verify(const CardEvidence& evidence, const Presenter& presenter,
                platform::Monotonic deadline, Judged judged) const;

    // From the next verification on; one that is under way ends by what it began with. The
    // challenges that are out stay. Thread-safe.
    void replace(std::shared_ptr<const JpkiTrust> trust, std::shared_ptr<StatusChecker> status);

  private:
    struct Means {
        std::shared_ptr<const JpkiTrust> trust;
        std::shared_ptr<StatusChecker> status;
    };
    Means means() const SEKISHO_EXCLUDES(swapping_);

    ChallengeBook& challenges_;
    platform::Timer& timer_;
    const platform::Clock& clock_;
    mutable locks::Mutex swapping_;
    Means means_ SEKISHO_GUARDED_BY(swapping_);
};

}  // namespace sekisho::admission
