#include "gateway/wiring/reload.h"

#include <algorithm>

namespace sekisho::wiring {

namespace {

// A way that somebody is served by, and that no adapter of this process is.
std::optional<model::Via> way_without_adapter(const plan::Snapshot& snapshot,
                                              const exchange::Peers& peers) {
    const auto is_missing = [&](const model::Via& via) {
        return !via.empty() && via != model::kMailbox && peers.find(via) == nullptr;
    };
    for (const auto& [id, party] : snapshot.directory.all()) {
        if (is_missing(party.via)) return party.via;
        const auto other = std::ranges::find_if(party.other_ways, is_missing);
        if (other != party.other_ways.end()) return *other;
    }
    for (const table::Route& route : snapshot.routes.routes()) {
        const auto pinned =
            std::ranges::find_if(route.targets, is_missing, &table::RouteTarget::via);
        if (pinned != route.targets.end()) return pinned->via;
    }
    return std::nullopt;
}

}  // namespace

std::optional<model::Refusal> needs_other_adapters(const plan::Snapshot& next,
                                                   const plan::Snapshot& running,
                                                   const exchange::Peers& peers) {
    const auto restart = [](std::string ja, std::string en) {
        return model::Refusal{.problem = model::Problem::internal,
                              .detail = {.ja = std::move(ja) + "。再起動してください",
                                         .en = std::move(en) + "; restart"}};
    };
    if (next.paths.networks() != running.paths.networks()) {
        return restart("アダプターの network が起動時と違います",
                       "the networks of the adapters are not those of the start");
    }
    const auto missing = way_without_adapter(next, peers);
    if (!missing) return std::nullopt;
    return restart(
        "アダプター " + missing->text() + " はまだ動いていません",
        "somebody is served by the adapter " + missing->text() + ", which does not run yet");
}

}  // namespace sekisho::wiring
