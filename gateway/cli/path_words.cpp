#include "gateway/cli/path_words.h"

namespace sekisho::cli {

namespace {

std::string_view words_of(path::Why why) {
    switch (why) {
        case path::Why::only:
            return "ただ一つの道 / the only way";
        case path::Why::preferred:
            return "第一の道 / the preferred way";
        case path::Why::instead:
            return "第一の道が答えないため / because the preferred way does not answer";
        case path::Why::waits:
            return "答えるまで待つ / waits until it answers";
        case path::Why::refused:
            return "答えない間は受け付けない / refused while it does not answer";
        case path::Why::not_carried:
            return "運んでよい網が通じていない / no network that may carry it leads there";
    }
    return "";
}

}  // namespace

std::string in_words(const path::Choice& choice) {
    std::string text;
    if (choice.leg) {
        text = choice.leg->via.text();
        if (!choice.leg->network.empty()) text += " over " + choice.leg->network.text();
        text += ": ";
    }
    return text.append(words_of(choice.why));
}

std::expected<model::ZoneName, model::Text> network_named(const std::string& name,
                                                          const config::Config& config) {
    model::ZoneName network{name};
    if (config::find_zone(config, network) != nullptr) return network;
    std::string known;
    for (const config::ZoneConfig& zone : config.zones) {
        known += (known.empty() ? "" : ", ") + zone.name.text();
    }
    return std::unexpected(
        model::Text{.ja = "網 " + name + " はありません。あるのは " + known + " です",
                    .en = "there is no network " + name + "; there are " + known});
}

}  // namespace sekisho::cli
