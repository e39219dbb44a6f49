// Knocking at an address of this machine: does anybody listen there, and with which certificate;
// and, where nobody does, could we.
//
// A handshake is begun without a certificate of our own and ended at once: the gateway counts one
// refused connection for it. Binding is tried only where nobody accepts a connection, with the
// options that the listener uses, without listening, and undone at once.
// `within` is the patience for each step: connecting, and each piece of a handshake. A name is
// looked up as the system does. Owned by one thread; throws nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "gateway/config/config.h"
#include "routing/model/identifiers.h"

namespace sekisho::doctor {

enum class Door : std::uint8_t {
    nobody,     // the connection is refused
    no_answer,  // neither refused nor accepted in time, or the name is not known
    accepts,    // and says nothing of TLS
    tls,        // with the certificate whose digest is given
};

struct Knocked {
    Door door = Door::nobody;
    std::optional<model::Sha256> certificate{};  // SHA-256 of the DER
};

enum class Speaks : std::uint8_t { tls, plain };

Knocked knock(const config::Address& address, Speaks speaks, std::chrono::milliseconds within);

// What is wrong with binding to it, in the system's words.
std::expected<void, std::string> can_bind(const config::Address& address);

}  // namespace sekisho::doctor
