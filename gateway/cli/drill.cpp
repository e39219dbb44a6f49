// `drill`: a network taken to be down, and what would become of everything that leaves. The peers
// are probed as the gateway probes them; nothing is delivered, moved or asked.
#include <algorithm>
#include <filesystem>
#include <map>

#include "gateway/cli/commands.h"
#include "gateway/cli/path_words.h"
#include "gateway/doctor/bounds.h"
#include "gateway/doctor/in_time.h"
#include "gateway/store/store_look.h"
#include "routing/plan/rehearsal.h"

namespace sekisho::cli {

namespace {

namespace limits = model::limits;
using documents::Json;
using model::Text;

constexpr std::chrono::seconds kCounting{5};

// By way and state; `why_not` where that cannot be told.
struct Waiting {
    std::vector<store::CountedRows> rows{};
    Text why_not{};
};

struct Rehearsal {
    model::ZoneName network;
    path::Conditions today;
    std::vector<plan::Rehearsed> rows;
    Waiting waiting;

    std::uint64_t count(bool (*is_it)(const plan::Rehearsed&)) const {
        return static_cast<std::uint64_t>(std::ranges::count_if(rows, is_it));
    }
    bool holds() const {
        return count([](const auto& row) { return row.is_stuck(); }) == 0;
    }
};

path::Standing standing_of(const doctor::OpenAdapter& open, const config::AdapterConfig& adapter) {
    if (!open) return path::Standing::unknown;
    const auto answers = doctor::in_time<bool>(
        [open, adapter] {
            const auto opened = open(adapter);
            return opened && (*opened)
                                 ->probe(std::chrono::steady_clock::now() + limits::kProbeDeadline)
                                 .reachable;
        },
        limits::kProbeDeadline + doctor::kProbeOverdue);
    return answers.value_or(false) ? path::Standing::answers : path::Standing::silent;
}

path::Conditions probe_all(const Session& session, const config::Config& config) {
    path::Conditions conditions;
    for (const config::AdapterConfig& adapter : config.adapters) {
        conditions.ways[model::Via{adapter.name}] =
            standing_of(session.world.machine.open_adapter, adapter);
    }
    return conditions;
}

bool is_waiting(const store::CountedRows& row) {
    return row.what.starts_with("delivery ") &&
           (!row.rows || row.what.ends_with(" queued") || row.what.ends_with(" leased"));
}

// Of a gateway that never ran there is nothing.
Waiting waiting_in(const config::Config& config) {
    std::error_code trouble;
    const bool is_none = !std::filesystem::exists(config.store.path, trouble) && !trouble;
    if (is_none) return {};
    auto counted =
        store::count_store(config.store.path, std::chrono::steady_clock::now() + kCounting);
    if (!counted) return {.why_not = counted.error().detail};
    std::erase_if(*counted, [](const store::CountedRows& row) { return !is_waiting(row); });
    return {.rows = std::move(*counted)};
}

Json to_json(const path::Choice& choice) {
    Json json = Json::object();
    if (choice.leg) {
        json.set("via", choice.leg->via.text()).set("network", choice.leg->network.text());
    }
    return json.set("why", std::string{path::to_string(choice.why)});
}

Json to_json(const plan::Rehearsed& row) {
    return Json::object()
        .set("route", row.route.text())
        .set("type", row.type.text())
        .set("intent", row.intent == model::Intent::read ? "read" : "file")
        .set("recipients", Json::number(static_cast<std::int64_t>(row.recipients)))
        .set("example", to_string(row.example))
        .set("today", to_json(row.today))
        .set("then", to_json(row.then))
        .set("touched", Json::boolean(row.is_touched()))
        .set("stuck", Json::boolean(row.is_stuck()))
        .set("when_down", std::string{path::to_string(row.when_down)});
}

Json to_json(const Rehearsal& made, const plan::Snapshot& snapshot) {
    Json ways = Json::array();
    for (const auto& [via, standing] : made.today.ways) {
        ways.push(Json::object()
                      .set("via", via.text())
                      .set("network", snapshot.paths.leg_by(via).network.text())
                      .set("standing", std::string{path::to_string(standing)}));
    }
    Json waiting = Json::array();
    for (const store::CountedRows& row : made.waiting.rows) {
        Json one = Json::object().set("what", row.what);
        if (row.rows) one.set("rows", Json::number(static_cast<std::int64_t>(*row.rows)));
        waiting.push(std::move(one));
    }
    Json rows = Json::array();
    for (const plan::Rehearsed& row : made.rows) rows.push(to_json(row));
    Json json = Json::object()
                    .set("network", made.network.text())
                    .set("ok", Json::boolean(made.holds()))
                    .set("ways", std::move(ways));
    if (made.waiting.why_not.en.empty()) {
        json.set("waiting", std::move(waiting));
    } else {
        json.set("not_counted", made.waiting.why_not.en);
    }
    return json.set("rows", std::move(rows));
}

std::string reached(const plan::Rehearsed& row) {
    if (row.recipients == 1) return to_string(row.example);
    return std::to_string(row.recipients) + " (" + to_string(row.example) + ", ...)";
}

void print_row(std::ostream& out, const plan::Rehearsed& row) {
    out << (row.is_stuck() ? "  ! " : "  ~ ") << row.route.text() << "  " << row.type.text()
        << " -> " << reached(row) << "\n      " << in_words(row.today) << "\n   => "
        << in_words(row.then) << "\n";
    if (row.is_stuck()) {
        out << "      別の道も答えません。運用者がその接続を直してください / the other way does "
               "not "
               "answer either: the operator mends that connection\n";
    } else if (row.is_against_rule()) {
        out << "      ほかに道がありません / there is no other way\n";
    }
}

void print(std::ostream& out, const Waiting& waiting) {
    for (const store::CountedRows& row : waiting.rows) {
        out << "  " << row.what << ": "
            << (row.rows ? std::to_string(*row.rows) : "数えられません / not counted") << "\n";
    }
    if (waiting.why_not.en.empty()) return;
    out << "  待っているものを数えられません / what waits cannot be counted: " << waiting.why_not.ja
        << " / " << waiting.why_not.en << "\n";
}

void print(std::ostream& out, const Rehearsal& made, const plan::Snapshot& snapshot) {
    out << "演習 / drill     網 " << made.network.text()
        << " が止まったとして。何も送りません / taken to be down; nothing is sent\n"
        << "道 / ways\n";
    std::map<std::string, path::Standing> sorted;
    for (const auto& [via, standing] : made.today.ways) sorted.emplace(via.text(), standing);
    for (const auto& [via, standing] : sorted) {
        const model::ZoneName& network = snapshot.paths.leg_by(model::Via{via}).network;
        out << "  " << via << "  " << (network.empty() ? "-" : network.text()) << "  "
            << path::to_string(standing) << (network == made.network ? "  (drill)" : "") << "\n";
    }
    print(out, made.waiting);
    out << "変わるもの / what changes\n";
    for (const plan::Rehearsed& row : made.rows) {
        if (row.is_touched() || row.is_stuck()) print_row(out, row);
    }
    const auto as = [&](path::Why why) {
        return std::ranges::count_if(made.rows, [why](const plan::Rehearsed& row) {
            return row.is_touched() && row.then.why == why;
        });
    };
    out << "結果 / outcome   別の道 / another way " << as(path::Why::instead) << ", 待つ / waits "
        << as(path::Why::waits) << ", 断る / refused " << as(path::Why::refused)
        << ", 変わらない / not touched "
        << made.count([](const auto& row) { return !row.is_touched(); })
        << ", 別の道も答えない / the other way is silent too "
        << made.count([](const auto& row) { return row.is_stuck(); }) << "\n";
}

}  // namespace

int drill(const Session& session) {
    const auto config = load_config(session);
    if (!config) return config.error();
    const auto network = network_named(session.options.operands().front(), *config);
    if (!network) return session.fail(kUsage, network.error());
    Rehearsal made{.network = *network,
                   .today = probe_all(session, *config),
                   .rows = {},
                   .waiting = waiting_in(*config)};
    made.rows = plan::rehearse(*config->snapshot, *network, made.today, session.world.clock.now());
    if (session.json()) {
        session.print(to_json(made, *config->snapshot));
    } else {
        print(session.out(), made, *config->snapshot);
    }
    return made.holds() ? kOk : kNo;
}

}  // namespace sekisho::cli
