// What the gateway itself knows of a person: consents (同意), registrations (担当事業所登録), and
// who looked at what, when and why. The values between the rim and Exchange::look_up().
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "routing/model/envelope.h"
#include "routing/model/facts.h"
#include "routing/model/problem.h"

namespace sekisho::exchange {

// The information types that the gateway itself takes note of, or answers questions about.
inline constexpr std::string_view kConsentType = "consent.record";
inline constexpr std::string_view kRegistrationType = "registration.record";
inline constexpr std::string_view kAccessType = "access.event";

// A question about one person, by one of the types above. Its reader's right is the catalogue's.
struct Lookup {
    model::Speaker speaker;
    model::TypeId type;
    model::Person person;
    std::string actor{};
    std::optional<model::Role> role{};
    // Of accesses: those before this leaf, the latest first.
    std::uint64_t before = std::numeric_limits<std::int64_t>::max();
    std::size_t most = 100;
};

// `record` is the note as it was sent: its occasion, its taker, its representative.
struct KnownConsent {
    model::Consent consent;
    std::string record;
};

struct KnownAccess {
    std::uint64_t leaf = 0;
    std::string text;  // the leaf
};

struct Known {
    std::vector<KnownConsent> consents{};              // oldest first
    std::vector<model::Registration> registrations{};  // in the order of their recording
    std::vector<KnownAccess> accesses{};               // latest first
};

// A record that is to be ended: who it is about, and as what it was recorded.
struct NamedRecord {
    std::string record;                     // the note as it was sent
    std::optional<model::Instant> ended{};  // it has an end already
};

using LookupReply = std::expected<Known, model::Refusal>;
using LookupAnswer = std::move_only_function<void(LookupReply)>;

}  // namespace sekisho::exchange
