// `card agent`: what it is told, as the agent's settings; the agent itself is handed in by main.
#include "gateway/cli/commands.h"

namespace sekisho::cli {

int card_agent(const Session& session) {
    const Options& options = session.options;
    auto address = agent::LoopbackAddress::parse(options.text("--listen", agent::kDefaultAddress));
    if (!address) return session.fail(kUsage, address.error());
    auto pages = agent::parse_pages(options.text("--pages"));
    if (!pages) return session.fail(kUsage, pages.error());
    const std::string folder = options.text("--folder", session.world.agent_folder);
    if (folder.empty()) {
        return session.fail(
            kUsage, {.ja = "証明書を置くフォルダーが分かりません。--folder で示してください",
                     .en = "there is no folder for its certificate; name one with "
                           "--folder"});
    }
    if (!session.world.card_agent) {
        return session.fail(kUsage, {.ja = "このプログラムは card agent を持ちません",
                                     .en = "this program has no card agent"});
    }
    const bool last = options.has("--even-if-one-try-is-left");
    return session.world.card_agent(
        {.address = std::move(*address),
         .pages = std::move(*pages),
         .folder = folder,
         .reader = options.text("--reader"),
         .last_try = last ? card::LastTry::may_be_used : card::LastTry::kept});
}

}  // namespace sekisho::cli
