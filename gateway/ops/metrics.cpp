#include "gateway/ops/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <utility>

namespace sekisho::ops {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<std::pair<std::string, std::string>>;

class Families {
  public:
    void begin(std::string name, std::string help, MetricType type) {
        families_.push_back({std::move(name), std::move(help), type, {}});
    }

    void add(const Labels& labels, double value) {
        ClientMetric metric;
        for (const auto& [name, text] : labels) metric.label.push_back({name, text});
        if (families_.back().type == MetricType::Counter) {
            metric.counter.value = value;
        } else {
            metric.gauge.value = value;
        }
        families_.back().metric.push_back(std::move(metric));
    }

    std::string to_text() const { return prometheus::TextSerializer{}.Serialize(families_); }

  private:
    std::vector<MetricFamily> families_;
};

double value_of(const exchange::Counters::Count& count) {
    return static_cast<double>(count.load(std::memory_order_relaxed));
}

void add_messages(Families& families, const exchange::Counters& counters) {
    families.begin("sekisho_messages_total", "Messages by what became of them at the door",
                   MetricType::Counter);
    families.add({{"outcome", "accepted"}}, value_of(counters.accepted));
    families.add({{"outcome", "replayed"}}, value_of(counters.replayed));
    families.begin("sekisho_queries_total", "Questions answered", MetricType::Counter);
    families.add({}, value_of(counters.queries));
    families.begin("sekisho_refusals_total", "Refusals by problem", MetricType::Counter);
    const auto catalogue = model::problem_catalogue();
    for (std::size_t place = 0; place < catalogue.size(); ++place) {
        const double count = value_of(counters.refused[place]);
        if (count > 0) families.add({{"problem", std::string{catalogue[place].name}}}, count);
    }
}

void add_deliveries(Families& families, const exchange::Counters& counters) {
    families.begin("sekisho_deliveries_total", "Deliveries by outcome", MetricType::Counter);
    families.add({{"outcome", "delivered"}}, value_of(counters.delivered));
    families.add({{"outcome", "rejected"}}, value_of(counters.rejected));
    families.add({{"outcome", "withdrawn"}}, value_of(counters.withdrawn));
    families.add({{"outcome", "expired"}}, value_of(counters.expired));
    families.add({{"outcome", "dead"}}, value_of(counters.dead));
    families.begin("sekisho_delivery_retries_total", "Deliveries put back to be tried again",
                   MetricType::Counter);
    families.add({}, value_of(counters.retried));
    families.begin("sekisho_delivery_moves_total",
                   "Deliveries that another way took, because their own did not answer",
                   MetricType::Counter);
    families.add({}, value_of(counters.moved));
    families.begin("sekisho_collected_total", "Events handed out from mailboxes",
                   MetricType::Counter);
    families.add({}, value_of(counters.collected));
}

void add_lanes(Families& families, const exchange::Lanes& lanes) {
    families.begin("sekisho_lane_in_flight", "Deliveries under way", MetricType::Gauge);
    for (const auto& lane : lanes.views()) {
        families.add({{"via", lane.via.text()}}, static_cast<double>(lane.in_flight));
    }
    families.begin("sekisho_lane_breaker_open", "1 while the lane rests after failures",
                   MetricType::Gauge);
    for (const auto& lane : lanes.views()) {
        families.add({{"via", lane.via.text()}}, lane.breaker_open ? 1 : 0);
    }
    families.begin("sekisho_leg_answers", "1 while the peer at the end of this way answers probes",
                   MetricType::Gauge);
    for (const auto& lane : lanes.views()) {
        if (lane.standing == path::Standing::unknown) continue;
        families.add({{"via", lane.via.text()}, {"network", lane.network.text()}},
                     lane.standing == path::Standing::answers ? 1 : 0);
    }
}

void add_store(Families& families, store::Store& store) {
    const auto health = store.health();
    families.begin("sekisho_store_accepting", "1 while the store takes writes", MetricType::Gauge);
    families.add({}, health.accepting ? 1 : 0);
    families.begin("sekisho_store_waiting", "Items waiting for the writer", MetricType::Gauge);
    families.add({}, static_cast<double>(health.waiting));
    families.begin("sekisho_store_groups_total", "Transactions committed", MetricType::Counter);
    families.add({}, static_cast<double>(health.groups));
    families.begin("sekisho_store_items_total", "Items committed", MetricType::Counter);
    families.add({}, static_cast<double>(health.items));
    auto view = store.view();
    if (!view) return;
    if (const auto depths = (*view)->queue_depths()) {
        families.begin("sekisho_queue_deliveries", "Unsettled and dead deliveries",
                       MetricType::Gauge);
        for (const auto& depth : *depths) {
            const std::string via = depth.via.text();
            families.add({{"via", via}, {"state", "queued"}}, static_cast<double>(depth.queued));
            families.add({{"via", via}, {"state", "leased"}}, static_cast<double>(depth.leased));
            families.add({{"via", via}, {"state", "dead"}}, static_cast<double>(depth.dead));
        }
    }
    if (const auto head = (*view)->tree_head()) {
        families.begin("sekisho_log_leaves", "Leaves of the audit log", MetricType::Gauge);
        families.add({}, static_cast<double>(head->size));
    }
}

// What insurers have asked for (主治医意見書), by how near the last day for the decision is.
void add_awaited(Families& families, store::Store& store, model::Instant now) {
    auto view = store.view();
    if (!view) return;
    const auto awaited = (*view)->awaited();
    if (!awaited) return;
    std::uint64_t overdue = 0;
    std::uint64_t soon = 0;
    std::uint64_t later = 0;
    for (const store::AwaitedCount& row : *awaited) {
        const bool past = row.due + std::chrono::days{1} <= now;
        const bool near = row.due <= now + model::limits::kCertificationSoon;
        (past ? overdue : near ? soon : later) += row.count;
    }
    families.begin("sekisho_opinions_awaited",
                   "Opinions that insurers have asked for and still wait for", MetricType::Gauge);
    families.add({{"due", "overdue"}}, static_cast<double>(overdue));
    families.add({{"due", "within_7_days"}}, static_cast<double>(soon));
    families.add({{"due", "later"}}, static_cast<double>(later));
}

// Of those who have come since the start and may come now, by when what they show ends.
void add_expiries(Families& families, const MetricSources& sources) {
    families.begin("sekisho_party_certificates",
                   "Parties by the end of the certificates that they came with last",
                   MetricType::Gauge);
    const auto world = sources.snapshots.current();
    const identity::ExpiryBook::Present present{.directory = world->snapshot->directory,
                                                .now = sources.clock.now()};
    for (const auto& [zone, counts] : sources.expiries.counts(present)) {
        const auto add = [&, of = zone.text()](const char* ends, std::uint64_t count) {
            families.add({{"zone", of}, {"ends", ends}}, static_cast<double>(count));
        };
        add("within_7_days", counts.week);
        add("within_30_days", counts.month);
        add("later", counts.later);
    }
}

void add_memory(Families& families, const platform::MemoryAllowance& memory) {
    families.begin("sekisho_document_memory_bytes", "Memory reserved for documents held whole",
                   MetricType::Gauge);
    families.add({}, static_cast<double>(memory.used()));
    families.begin("sekisho_document_memory_max_bytes", "Of so much in all", MetricType::Gauge);
    families.add({}, static_cast<double>(memory.bytes_max()));
    families.begin("sekisho_document_memory_refused_total",
                   "Reservations refused because others held the memory", MetricType::Counter);
    families.add({}, static_cast<double>(memory.refused()));
}

void add_zones(Families& families, const std::vector<ZoneSample>& zones) {
    const auto family = [&](const char* name, const char* help, MetricType type,
                            std::uint64_t ZoneSample::* member) {
        families.begin(name, help, type);
        for (const ZoneSample& zone : zones) {
            families.add({{"zone", zone.zone}}, static_cast<double>(zone.*member));
        }
    };
    family("sekisho_connections_open", "Open connections", MetricType::Gauge,
           &ZoneSample::connections_open);
    family("sekisho_connections_total", "Connections accepted", MetricType::Counter,
           &ZoneSample::connections_accepted);
    family("sekisho_handshakes_total", "Handshakes completed", MetricType::Counter,
           &ZoneSample::handshakes_completed);
    family("sekisho_handshakes_refused_total", "Handshakes refused by an alert",
           MetricType::Counter, &ZoneSample::handshakes_refused);
    family("sekisho_strangers_total", "Handshakes refused because the chain ends in no anchor",
           MetricType::Counter, &ZoneSample::strangers);
    family("sekisho_certificates_refused_total", "Requests answered by a 403 for their certificate",
           MetricType::Counter, &ZoneSample::certificates_refused);
    family("sekisho_ways_refused_total",
           "Requests refused because they came past the tunnel, or by another party's",
           MetricType::Counter, &ZoneSample::ways_refused);
    family("sekisho_requests_total", "Requests read", MetricType::Counter, &ZoneSample::requests);
    family("sekisho_over_budget_total", "Requests over their party's budget", MetricType::Counter,
           &ZoneSample::over_budget);
    family("sekisho_turns_missed_total", "Requests shed because their turn did not come in time",
           MetricType::Counter, &ZoneSample::turns_missed);
}

}  // namespace

std::string render_metrics(const MetricSources& sources) {
    Families families;
    add_messages(families, sources.counters);
    add_deliveries(families, sources.counters);
    add_lanes(families, sources.lanes);
    add_store(families, sources.store);
    add_awaited(families, sources.store, sources.clock.now());
    add_expiries(families, sources);
    add_memory(families, sources.memory);
    add_zones(families, sources.zones());
    families.begin("sekisho_routes_revision", "Revision of the route table in force",
                   MetricType::Gauge);
    families.add({}, static_cast<double>(sources.snapshots.current()->snapshot->revision));
    return families.to_text();
}

}  // namespace sekisho::ops
