// What the admission tests share: authorities whose keys are made once, a clinic that asks, and a
// card judged in one line.
#pragma once

#include <string>
#include <vector>

#include "gateway/admission/card_evidence.h"
#include "tests/support/fake_world.h"
#include "tests/support/test_jpki.h"

namespace sekisho::tests {

inline constexpr model::Instant kToday = FakeClock::kStart;

inline const TestJpki& jpki() {
    static const TestJpki made{kToday};
    return made;
}

// The next generation: the same name, another key.
inline const TestJpki& next_generation() {
    static const TestJpki made{kToday};
    return made;
}

// A generation whose own certificate ran out yesterday.
inline const TestJpki& past_generation() {
    static const TestJpki made{kToday, std::chrono::hours{-24}};
    return made;
}

inline admission::Presenter presenter(const std::string& party, std::uint8_t certificate) {
    return {.party = *model::parse_party_id(party), .certificate = {certificate}};
}

inline const admission::Presenter kClinic = presenter("medical:1319900021", 1);

inline std::shared_ptr<const admission::JpkiTrust> trust_in(
    const std::vector<std::string>& authorities, const admission::CardRules& rules = {}) {
    MemoryFiles files;
    std::vector<admission::JpkiAuthority> listed;
    for (const std::string& bytes : authorities) {
        listed.push_back({.file = "/ca-" + std::to_string(listed.size()), .rules = rules});
        files.change(listed.back().file, bytes);
    }
    auto trust = admission::JpkiTrust::load(files, listed);
    return trust ? std::move(*trust) : nullptr;
}

inline std::expected<admission::CertifiedCard, admission::CardFault> judge(
    const std::string& certificate, const admission::JpkiTrust& trust,
    model::Instant now = kToday) {
    const auto parsed = admission::parse_card_certificate(certificate);
    if (!parsed) return std::unexpected(parsed.error());
    return trust.judge(*parsed, now);
}

// A fit card of the present generation.
inline admission::CertifiedCard a_card() {
    return *judge(jpki().card(), *trust_in({jpki().authority_pem()}));
}

}  // namespace sekisho::tests
