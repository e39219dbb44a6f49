// A refusal as RFC 9457 problem details, in the caller's language.
//
// Titles and next steps come from the one catalogue of routing/model/problem.h. Members: `type`
// urn:sekisho:problem:NAME, `code` SK-nnnn, `title`, `status`, `detail`, `next`, and where there
// are any `errors` [{file, line, column, field, code, title}] and `reasons` [{type, code, about,
// title, next}].
#pragma once

#include <cstdint>
#include <string_view>

#include "adapters/documents/json.h"
#include "gateway/listener/request_head.h"
#include "gateway/listener/response.h"
#include "routing/model/problem.h"

namespace sekisho::listener {

enum class Language : std::uint8_t { ja, en };

// By Accept-Language (RFC 9110 12.5.4) with its weights; Japanese unless English is preferred.
Language language_of(const RequestHead& head);
Language parse_language(std::string_view accept_language);

documents::Json to_error(const model::LocatedError& error, Language language);
documents::Json to_problem(const model::Refusal& refusal, Language language);
int status_of(const model::Refusal& refusal);

// The whole answer; `Retry-After` where the refusal is for now only.
Response to_response(const model::Refusal& refusal, Language language);

}  // namespace sekisho::listener
