#include "gateway/ops/health.h"

#include "adapters/documents/json.h"

namespace sekisho::ops {

using documents::Json;

HealthReply Health::alive() const {
    return {.body = documents::to_text(Json::object({{"alive", Json::boolean(true)}}))};
}

HealthReply Health::ready() const {
    const auto health = store_.health();
    const bool ready = ready_ && health.accepting;
    Json body = Json::object({{"ready", Json::boolean(ready)}});
    if (!health.accepting) {
        body.set("reason", health.reason);
    } else if (!ready) {
        body.set("reason", "starting or draining");
    }
    return {.status = ready ? 200 : 503, .body = documents::to_text(body)};
}

}  // namespace sekisho::ops
