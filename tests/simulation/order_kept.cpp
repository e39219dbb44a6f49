#include "tests/simulation/checkers.h"

namespace sekisho::tests::simulation {

void OrderKept::see_applied(const Applied& seen) {
    if (seen.order_key.empty()) return;
    const auto [last, first] = last_.emplace(std::pair{seen.recipient, seen.order_key}, seen.place);
    if (first) return;
    if (seen.place <= last->second) {
        complain(to_text(seen.message) + " (place " + std::to_string(seen.place) +
                 ") came after place " + std::to_string(last->second) + " of its order key at " +
                 model::to_string(seen.recipient));
    }
    last->second = seen.place;
}

}  // namespace sekisho::tests::simulation
