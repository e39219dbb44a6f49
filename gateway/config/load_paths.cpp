// The paths file: which networks may carry which types, and what to do while one is down.
#include "gateway/config/shapes.h"

namespace sekisho::config {

namespace {

constexpr Shape<path::WhenDown> kWhenDown{path::parse_when_down, "wait, other, refuse のどれか",
                                          "one of wait, other and refuse"};

path::PathRule read_rule(Section& section, Reading& reading) {
    path::PathRule rule;
    rule.types = section.texts("types");
    for (const Json* item : section.items("types", Need::optional)) {
        reading.mention(Mention::Of::type, item);
    }
    if (section.object().find("types") != nullptr && rule.types.empty()) {
        section.complain(
            "types",
            {.ja = "一つも書かないなら types を省いてください(残りすべての決まりになります)",
             .en = "it names nothing; a rule for all the rest has no \"types\""});
    }
    section.member("networks", Need::required);
    rule.networks = section.list("networks", kWord<model::ZoneName>);
    for (const Json* item : section.items("networks", Need::optional)) {
        reading.mention(Mention::Of::network, item);
    }
    rule.when_down = section.required("when_down", kWhenDown);
    return rule;
}

}  // namespace

PathsFile read_paths(Reading& reading) {
    PathsFile paths;
    const auto tree = reading.tree();
    if (!tree) return paths;
    Section root{*tree, reading.file, reading.complaints};
    paths.probe_every = std::chrono::seconds{
        root.number("probe_every_seconds", std::chrono::seconds{model::limits::kProbeEvery}.count(),
                    {.least = 1, .most = 3600})};
    root.each("paths", Need::required, [&](Section& section) {
        paths.rules.push_back(read_rule(section, reading));
        const auto built = path::PathPolicy::build(paths.rules, {});
        if (built) return;
        section.complain(section.object(), built.error().detail);
        paths.rules.pop_back();
    });
    root.finish();
    return paths;
}

}  // namespace sekisho::config
