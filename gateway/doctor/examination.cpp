#include "gateway/doctor/examination.h"

#include <array>
#include <iterator>

#include "gateway/doctor/areas.h"
#include "gateway/doctor/bounds.h"
#include "gateway/doctor/configuration.h"
#include "gateway/doctor/in_time.h"
#include "gateway/doctor/judgements.h"

namespace sekisho::doctor {

namespace {

using Loaded = std::expected<config::Config, config::ConfigErrors>;

constexpr auto kPerPeer = kProbe + kProbeOverdue;
constexpr auto kPerCard = std::chrono::minutes{1};  // PC/SC has deadlines of its own

constexpr std::array<AreaRow, 9> kAreas{
    {{.area = Area::certificates, .examine = examine_certificates, .within = kAreaDeadline},
     {.area = Area::revocation, .examine = examine_revocation, .within = kAreaDeadline},
     {.area = Area::clock,
      .examine = examine_clock,
      .within = kAreaDeadline,
      .per_peer = kPeerClock},
     {.area = Area::ports, .examine = examine_ports, .within = kAreaDeadline},
     {.area = Area::tunnel, .examine = examine_tunnel, .within = kAreaDeadline},
     {.area = Area::cards, .examine = examine_cards, .within = kPerCard},
     {.area = Area::store, .examine = examine_store, .within = kAreaDeadline},
     {.area = Area::disk, .examine = examine_disk, .within = kAreaDeadline},
     {.area = Area::adapters,
      .examine = examine_adapters,
      .within = kAreaDeadline,
      .per_peer = kPerPeer}}};

Verdict not_looked_at() {
    return unknown("sekisho check", {.ja = "先に、運用者が設定の誤りを直してください",
                                     .en = "the operator mends the configuration first"});
}

}  // namespace

std::span<const AreaRow> areas() {
    return kAreas;
}

Findings examine_area(const AreaRow& row, const Premises& premises) {
    const auto peers = static_cast<int>(premises.config->adapters.size());
    auto found = in_time<Findings>([examine = row.examine, premises] { return examine(premises); },
                                   row.within + row.per_peer * peers);
    if (found) return std::move(*found);
    return {{.area = row.area,
             .subject = std::string{to_string(row.area)},
             .verdict = unknown("the look at it did not come back",
                                {.ja = "この機械の管理者がディスクとネットワークを調べてください",
                                 .en = "the administrator of this machine looks at its disks and "
                                       "its network"})}};
}

Examined examine(const std::string& config_file, const Machine& machine) {
    auto loaded =
        in_time<Loaded>([config_file] { return config::load(config_file); }, kAreaDeadline);
    if (!loaded) {
        loaded = std::unexpected(
            config::ConfigErrors{.errors = {{.file = config_file,
                                             .text = {.ja = "時間内に読めませんでした",
                                                      .en = "it could not be read in time"}}}});
    }
    Examined examined{.findings = findings_of(*loaded, config_file)};
    if (!*loaded) {
        for (const AreaRow& row : kAreas) {
            examined.findings.push_back({.area = row.area,
                                         .subject = std::string{to_string(row.area)},
                                         .verdict = not_looked_at()});
        }
        return examined;
    }
    examined.config = std::make_shared<const config::Config>(std::move(**loaded));
    const Premises premises{.machine = machine, .config = examined.config};
    for (const AreaRow& row : kAreas) {
        Findings found = examine_area(row, premises);
        std::ranges::move(found, std::back_inserter(examined.findings));
    }
    return examined;
}

}  // namespace sekisho::doctor
