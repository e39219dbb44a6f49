// What the doctor found: an area, what was looked at, its state, and sentences for an operator.
//
// A finding says what is, and, unless it is good, what to do next and who does it, in Japanese and
// English. Its subject is a file, a zone, an adapter, an address, a reader or a party; never a
// person. What could not be looked at is `unknown` and says why: what cannot be decided is not
// good. Values; pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "routing/model/problem.h"

namespace sekisho::doctor {

enum class Area : std::uint8_t {
    configuration,
    certificates,
    revocation,
    clock,
    ports,
    tunnel,
    cards,
    store,
    disk,
    adapters,
};

std::string_view to_string(Area area);  // "revocation"
std::string_view japanese_of(Area area);

enum class State : std::uint8_t { good, note, warning, fault, unknown };

std::string_view to_string(State state);  // "warning"
std::string_view japanese_of(State state);

// How a value stands: a finding without its place.
struct Verdict {
    State state = State::good;
    model::Text what{};
    model::Text next{};  // empty when good
    friend bool operator==(const Verdict&, const Verdict&) = default;
};

struct Finding {
    Area area = Area::configuration;
    std::string subject{};
    Verdict verdict{};
    friend bool operator==(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

// By state, in the order of State.
using Counts = std::array<std::size_t, 5>;
Counts count(const Findings& findings);

// Of all together: the worst of fault, warning, unknown; good otherwise, since a note asks for
// nothing.
State state_of(const Findings& findings);

// Nothing that somebody should see to. What is unknown counts like a warning.
bool is_sound(const Findings& findings);

}  // namespace sekisho::doctor
