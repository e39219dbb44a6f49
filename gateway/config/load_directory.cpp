// The directory file: the parties, their service types with dates, and how each is known and
// served.
#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <unordered_set>

#include "gateway/config/shapes.h"

namespace sekisho::config {

namespace {

// Equal for equal patterns only: no configuration text holds a NUL.
std::string as_one_text(const model::CertificatePattern& pattern) {
    std::string text = pattern.zone.text();
    for (const std::string* part : {&pattern.issuer, &pattern.san_uri, &pattern.subject}) {
        text.push_back('\0');
        text += *part;
    }
    return text;
}

class DirectoryReader {
  public:
    explicit DirectoryReader(Reading& reading) : reading_(reading) {}

    model::Directory read() {
        const auto rest =
            reading_.each_row("parties", [&](Section& section) { read_party(section); });
        if (!rest) return {};
        Section root{*rest, reading_.file, reading_.complaints};
        root.items("parties", Need::required);
        root.finish();
        return model::Directory{std::move(parties_)};
    }

  private:
    void read_party(Section& section) {
        model::Party party;
        party.id = section.required("id", kPartyId);
        party.name = section.text("name");
        section.each("service_types", Need::optional, [&](Section& held) {
            party.service_types.push_back({.service_type = held.required("type", kServiceType),
                                           .period = read_period(held, "from", "until")});
        });
        section.object("deemed", Need::optional, [&](Section& deemed) {
            party.deemed = read_period(deemed, "from", "until");
        });
        section.object("active", Need::optional, [&](Section& active) {
            party.active = read_period(active, "from", "until");
        });
        party.suspended = section.flag("suspended", false);
        section.each("speaks_for", Need::optional,
                     [&](Section& mandate) { party.speaks_for.push_back(read_mandate(mandate)); });
        section.each("certificates", Need::optional, [&](Section& certificate) {
            party.certificates.push_back(read_certificate(certificate));
        });
        if (const auto via = section.optional("via", kWord<model::Via>)) {
            party.via = *via;
            reading_.mention(Mention::Of::via, section.object().find("via"));
        }
        read_other_ways(section, party);
        check_digit(party.id, section.object());
        if (!party.id.number.empty() && !ids_.insert(party.id).second) {
            section.complain(
                "id", {.ja = "同じ接続機関がすでにあります", .en = "this party exists already"});
        }
        parties_.push_back(std::move(party));
    }

    void read_other_ways(Section& section, model::Party& party) {
        party.other_ways = section.list("other_ways", kWord<model::Via>);
        if (party.other_ways.empty()) return;
        std::vector<model::Via> all = party.other_ways;
        all.push_back(party.via);
        std::ranges::sort(all);
        const bool twice = std::ranges::adjacent_find(all) != all.end();
        const bool collects = std::ranges::find(all, model::kMailbox) != all.end();
        if (party.via.empty() || collects || twice) {
            section.complain(
                "other_ways",
                {.ja = "別の道は、アダプターで届ける接続機関の、ほかのアダプターの名です(mailbox は"
                       "書けません)",
                 .en = "these are further adapters of a party that an adapter serves, each once; "
                       "the mailbox is none"});
            return;
        }
        for (const Json* item : section.items("other_ways", Need::optional)) {
            reading_.mention(Mention::Of::via, item);
            reading_.mentions.push_back({.of = Mention::Of::ways,
                                         .name = party.via.text() + " " + item->text(),
                                         .where = place_of(*item)});
        }
    }

    model::Mandate read_mandate(Section& section) {
        model::Mandate mandate;
        mandate.author = section.required("author", kPartyId);
        mandate.types = section.list("types", kWord<model::TypeId>);
        mandate.period = read_period(section, "from", "until");
        reading_.mention(Mention::Of::party, section.object().find("author"));
        for (const Json* item : section.items("types", Need::optional)) {
            reading_.mention(Mention::Of::type, item);
        }
        return mandate;
    }

    model::CertificatePattern read_certificate(Section& section) {
        model::CertificatePattern pattern;
        pattern.zone = section.required("zone", kWord<model::ZoneName>);
        pattern.issuer = section.text("issuer", Need::optional);
        pattern.san_uri = section.text("san_uri", Need::optional);
        pattern.subject = section.text("subject", Need::optional);
        section.each("tunnels", Need::optional,
                     [&](Section& end) { pattern.tunnels.push_back(read_tunnel(end)); });
        if (pattern.san_uri.empty() == pattern.subject.empty()) {
            section.complain(section.object(),
                             {.ja = "san_uri と subject のどちらか一つが必要です",
                              .en = "exactly one of san_uri and subject is needed"});
        } else if (!patterns_.insert(as_one_text(pattern)).second) {
            section.complain(section.object(),
                             {.ja = "同じ証明書の条件がほかの接続機関にもあります",
                              .en = "another party has the same certificate pattern"});
        }
        return pattern;
    }

    model::TunnelEnd read_tunnel(Section& section) {
        model::TunnelEnd end{.identity = section.required("identity", kIkeIdentity),
                             .inside = section.required("inside", kPrefix),
                             .outside = section.optional("outside", kOutside).value_or("%any")};
        if (const auto inside = tunnel::parse_selector(end.inside); inside && !is_free(*inside)) {
            section.complain("inside", {.ja = "内側のアドレスがほかのトンネルと重なります",
                                        .en = "another tunnel has some of these addresses inside"});
        }
        return end;
    }

    // Of two tunnels that hold an address nobody could tell through which it came.
    bool is_free(const tunnel::Selector& inside) {
        const auto next = insides_.upper_bound(inside.first);
        if (next != insides_.end() && next->second.first <= inside.last) return false;
        if (next != insides_.begin() && inside.first <= std::prev(next)->second.last) return false;
        insides_.emplace(inside.first, inside);
        return true;
    }

    // 保険者番号: a check digit, or a place in the table of unions.
    void check_digit(const model::PartyId& id, const Json& entry) {
        if (id.kind != model::PartyKind::insurer) return;
        if (model::check_digit_holds(model::InsurerNumber{id.number})) return;
        reading_.mentions.push_back(
            {.of = Mention::Of::digit, .name = id.number, .where = place_of(entry)});
    }

    Reading& reading_;
    std::vector<model::Party> parties_;
    std::unordered_set<model::PartyId> ids_;
    std::unordered_set<std::string> patterns_;
    std::map<tunnel::Address, tunnel::Selector> insides_;
};

}  // namespace

model::Directory read_directory(Reading& reading) {
    return DirectoryReader{reading}.read();
}

}  // namespace sekisho::config
