#include "tests/simulation/checkers.h"

namespace sekisho::tests::simulation {

void OnceInEffect::see_applied(const Applied& seen) {
    if (!messages_.emplace(seen.recipient, seen.message).second) {
        complain(to_text(seen.message) + " was in effect twice at " +
                 model::to_string(seen.recipient));
        return;
    }
    if (seen.business.empty()) return;
    const auto [first, fresh] =
        businesses_.emplace(std::pair{seen.recipient, seen.business}, seen.message);
    if (fresh) return;
    complain(to_text(seen.message) + " is " + to_text(first->second) + " again at " +
             model::to_string(seen.recipient));
}

}  // namespace sekisho::tests::simulation
