// The route file: a revision and its routes.
#include <limits>
#include <set>

#include "gateway/config/shapes.h"

namespace sekisho::config {

namespace {

std::optional<model::Intent> parse_intent(std::string_view text) {
    if (text == "file") return model::Intent::file;
    if (text == "read") return model::Intent::read;
    return std::nullopt;
}

constexpr Shape<model::Intent> kIntent{parse_intent, "file か read", "file or read"};

class RouteReader {
  public:
    explicit RouteReader(Reading& reading) : reading_(reading) {}

    table::RouteTable read() {
        const auto tree = reading_.tree();
        if (!tree) return {};
        Section root{*tree, reading_.file, reading_.complaints};
        root.member("revision", Need::required);
        const auto revision = static_cast<std::uint64_t>(root.number(
            "revision", 1, {.least = 1, .most = std::numeric_limits<std::int64_t>::max()}));
        root.each("routes", Need::required, [&](Section& section) { read_route(section); });
        root.finish();
        if (!reading_.complaints.none()) return {};
        auto built = table::RouteTable::build(revision, std::move(routes_));
        if (built) return std::move(*built);
        root.complain(*tree, built.error().detail);
        return {};
    }

  private:
    void read_route(Section& section) {
        table::Route route;
        route.id = section.required("id", kWord<model::RouteId>);
        section.object("match", Need::required,
                       [&](Section& match) { route.match = read_match(match); });
        section.each("targets", Need::required,
                     [&](Section& target) { route.targets.push_back(read_target(target)); });
        section.object("effective", Need::optional, [&](Section& effective) {
            route.effective = read_period(effective, "from", "until");
        });
        if (!ids_.insert(route.id).second) {
            section.complain("id", {.ja = "同じ識別子の経路がすでにあります",
                                    .en = "a route of this id exists already"});
        }
        // What the table itself would refuse is told here, where the route stands.
        const auto alone = table::RouteTable::build(1, {route});
        if (!alone) section.complain(section.object(), alone.error().detail);
        routes_.push_back(std::move(route));
    }

    table::RouteMatch read_match(Section& section) {
        table::RouteMatch match;
        match.types = section.texts("types");
        match.intent = section.optional("intent", kIntent).value_or(model::Intent::file);
        match.zones = section.list("zones", kWord<model::ZoneName>);
        match.sources = section.list("sources", kPartyId);
        match.insurers = section.list("insurers", kInsurer);
        mention_all(section, "types", Mention::Of::type);
        mention_all(section, "sources", Mention::Of::party);
        mention_all(section, "insurers", Mention::Of::insurer);
        return match;
    }

    table::RouteTarget read_target(Section& section) {
        table::RouteTarget target;
        target.to = section.text("to");
        if (const auto via = section.optional("via", kWord<model::Via>)) {
            target.via = *via;
            reading_.mention(Mention::Of::via, section.object().find("via"));
        }
        if (!target.to.starts_with('$'))
            reading_.mention(Mention::Of::party, section.object().find("to"));
        return target;
    }

    void mention_all(Section& section, std::string_view key, Mention::Of of) {
        for (const Json* item : section.items(key, Need::optional)) reading_.mention(of, item);
    }

    Reading& reading_;
    std::vector<table::Route> routes_;
    std::set<model::RouteId> ids_;
};

}  // namespace

table::RouteTable read_routes(Reading& reading) {
    return RouteReader{reading}.read();
}

}  // namespace sekisho::config
