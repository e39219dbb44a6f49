#include "gateway/ops/expiries.h"

#include "adapters/documents/json.h"

namespace sekisho::ops {

namespace {

constexpr std::chrono::days kShown{60};
constexpr std::size_t kRowsMax = 1000;

}  // namespace

std::string render_expiries(const identity::ExpiryBook& book,
                            const identity::ExpiryBook::Present& present) {
    documents::Json parties = documents::Json::array();
    for (const auto& row : book.ending_within(kShown, kRowsMax, present)) {
        parties.push(documents::Json::object()
                         .set("party", model::to_string(row.party))
                         .set("zone", row.zone.text())
                         .set("until", model::to_rfc3339(row.until)));
    }
    return documents::to_text(documents::Json::object()
                                  .set("since_start", documents::Json::boolean(true))
                                  .set("parties", std::move(parties)));
}

}  // namespace sekisho::ops
