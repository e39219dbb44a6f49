// A refusal as a page, for a person whose browser went to an address and was refused there: the
// words of problem_json.h, first in the language that the browser prefers, then in the other.
//
// Who calls the interface never meets it: programs and the counter page's own calls do not ask for
// text/html. The page loads and runs nothing; its one style is named by its hash in the policy
// (CSP Level 2).
#pragma once

#include "gateway/listener/problem_json.h"

namespace sekisho::listener {

// GET or HEAD, and `Accept` names text/html (RFC 9110 12.5.1): a browser that navigates.
bool wants_page(const RequestHead& head);

Response to_page(const model::Refusal& refusal, Language first);

}  // namespace sekisho::listener
