// The rollout file (since when each insurer loads and shares) and the table of unions (広域連合).
#include <set>

#include "gateway/config/shapes.h"

namespace sekisho::config {

namespace {

table::InsurerRollout read_insurer(Section& section) {
    table::InsurerRollout row;
    row.insurer = section.required("insurer", kInsurer);
    row.loading_from = section.optional("loading_from", kMoment);
    row.sharing_from = section.optional("sharing_from", kMoment);
    if (row.sharing_from && (!row.loading_from || *row.sharing_from < *row.loading_from)) {
        section.complain("sharing_from",
                         {.ja = "共有の開始は、データ送信の開始以後でなければなりません",
                          .en = "sharing cannot begin before loading_from, which must be given"});
    }
    return row;
}

}  // namespace

table::Rollout read_rollout(Reading& reading) {
    std::vector<table::InsurerRollout> rows;
    std::set<model::InsurerNumber> seen;
    const auto tree = reading.tree();
    if (!tree) return {};
    Section root{*tree, reading.file, reading.complaints};
    root.each("insurers", Need::required, [&](Section& section) {
        rows.push_back(read_insurer(section));
        if (!seen.insert(rows.back().insurer).second) {
            section.complain("insurer", {.ja = "同じ保険者がすでにあります",
                                         .en = "this insurer exists already"});
        }
        if (rows.back().insurer.empty()) return;
        reading.mention(Mention::Of::insurer, section.object().find("insurer"));
    });
    root.finish();
    return table::Rollout{rows};
}

std::unordered_map<model::InsurerNumber, std::string> read_unions(Reading& reading) {
    std::unordered_map<model::InsurerNumber, std::string> unions;
    const auto tree = reading.tree();
    if (!tree) return {};
    Section root{*tree, reading.file, reading.complaints};
    root.each("unions", Need::required, [&](Section& section) {
        const auto insurer = section.required("insurer", kInsurer);
        if (unions.emplace(insurer, section.text("name")).second) return;
        section.complain("insurer",
                         {.ja = "同じ保険者がすでにあります", .en = "this insurer exists already"});
    });
    root.finish();
    return unions;
}

}  // namespace sekisho::config
