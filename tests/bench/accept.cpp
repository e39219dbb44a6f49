// Durable accept over kept mutual TLS 1.3, beside nginx that keeps nothing, RabbitMQ and
// PostgreSQL.
#include <stdexcept>

#include "tests/bench/bench_gateway.h"
#include "tests/bench/measures.h"
#include "tests/bench/process.h"

namespace sekisho::bench {

namespace {

constexpr std::size_t kDocumentBytes = 20 * 1024;
constexpr const char* kMeasure = "durable accept of 20 KB";

Load load_of(const Credentials& credentials, std::uint16_t port, int seconds) {
    return {.credentials = credentials,
            .port = port,
            .lines = 64,
            .duration = Seconds{static_cast<double>(seconds)}};
}

}  // namespace

void measure_accept(Report& report, int seconds) {
    BenchGateway gateway{BenchGateway::Recipient::mailbox};
    Load load = load_of(gateway.clinic(), gateway.port(), seconds);
    load.request = gateway.opinions(kDocumentBytes);
    const double busy_before = processor_seconds(gateway.pid());
    const LoadResult accepted = run(load);
    const double busy = processor_seconds(gateway.pid()) - busy_before;
    const double all = accepted.rate * (load.warm_up + load.duration).count();
    std::string remark = std::to_string(static_cast<int>(1e6 * busy / all)) +
                         " us of processor each, p99 " +
                         std::to_string(accepted.latencies.percentile(0.99)) + " ms";
    if (const auto troubles = accepted.troubles(); !troubles.empty()) remark += "; " + troubles;

    {
        const NginxPeer nginx{gateway.server_files()};
        load.port = nginx.port();
        report.add({.measure = kMeasure,
                    .value = accepted.rate,
                    .unit = "/s",
                    .peer = "nginx",
                    .peer_value = run(load).rate,
                    .aim = 0.5,
                    .remark = remark});
    }
    {
        const RabbitPeer rabbit{gateway.server_files()};
        report.add({.measure = kMeasure,
                    .value = accepted.rate,
                    .unit = "/s",
                    .peer = rabbit.version(),
                    .peer_value = rabbit.confirmed_rate(gateway.clinic(), kDocumentBytes, seconds),
                    .aim = 1.5});
    }
    const PostgresPeer postgres;
    report.add({.measure = kMeasure,
                .value = accepted.rate,
                .unit = "/s",
                .peer = "PostgreSQL",
                .peer_value = postgres.insert_rate(kDocumentBytes, seconds),
                .aim = 1.5});
}

}  // namespace sekisho::bench
