// The envelope as it rests, sealed, beside its document: one JSON object, all attributes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "routing/model/envelope.h"

namespace sekisho::exchange {

std::string to_record(const model::Envelope& envelope);
std::optional<model::Envelope> from_record(std::string_view record);

}  // namespace sekisho::exchange
