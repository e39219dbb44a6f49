// What the card commands share: which reader is meant, and what a failure is worth as an exit code.
#pragma once

#include <expected>
#include <string>

#include "gateway/card/jpki_card.h"
#include "gateway/cli/commands.h"

namespace sekisho::cli {

// --reader, else the only reader there is, else the only one on which a card lies. Anything else is
// printed, with the names that could be given, and its exit code returned.
std::expected<std::string, int> chosen_reader(const Session& session);

// Prints it and returns 1 where the card or its password says no, 3 where nothing could be asked.
int fail_with(const Session& session, const card::Failure& failure);

}  // namespace sekisho::cli
