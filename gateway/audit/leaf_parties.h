// Who is told a leaf's text: the parties that it names.
//
// They are those that spoke, authored, received, read, were asked or recorded: `party`, `source`,
// `author`, `recipient`, `deliveries`, `asked`, `by`. What a leaf says of such an act they had a
// part in. Not told is a decision with its reasons, nor a refusal with its cause: the log keeps all
// of them, also those that the one who was refused must not learn (policy::disclosed; the challenge
// of somebody else). Pure.
#pragma once

#include <string_view>

#include "routing/model/party.h"

namespace sekisho::audit {

// False too for what is no leaf.
bool is_told(std::string_view leaf, const model::PartyId& party);

}  // namespace sekisho::audit
