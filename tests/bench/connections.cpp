// Handshakes, idle connections, a large body: what connections cost, beside nginx.
#include <algorithm>
#include <stdexcept>

#include "tests/bench/bench_gateway.h"
#include "tests/bench/measures.h"
#include "tests/bench/process.h"

namespace sekisho::bench {

namespace {

constexpr std::uint64_t kIdleLines = 20'000;
constexpr std::uint64_t kOtherFiles = 1000;
constexpr std::size_t kSmallBytes = 4 * 1024;
constexpr std::size_t kManyLargeBytes = 8 * 1024 * 1024;
constexpr std::size_t kLargeBytes = 31 * 1024 * 1024;

struct IdleFigures {
    double rate_alone = 0;
    double rate_beside = 0;
    double kilobytes_each = 0;
};

template <class Resident>
IdleFigures figures_beside_idle(const Load& load, std::uint64_t lines, Resident resident) {
    IdleFigures figures;
    figures.rate_alone = run(load).rate;
    const auto before = resident();
    const IdleLines idle{load.credentials, load.port, lines, load.request(0)};
    if (idle.open() < lines) {
        throw std::runtime_error("only " + std::to_string(idle.open()) + " idle lines opened");
    }
    figures.kilobytes_each = (static_cast<double>(resident()) - static_cast<double>(before)) /
                             1024 / static_cast<double>(lines);
    figures.rate_beside = run(load).rate;
    return figures;
}

}  // namespace

void measure_handshakes(Report& report, int seconds) {
    BenchGateway gateway{BenchGateway::Recipient::mailbox};
    Load load{.credentials = gateway.clinic(),
              .port = gateway.port(),
              .lines = 32,
              .duration = Seconds{static_cast<double>(seconds)},
              .request = gateway.small_questions(),
              .reconnect = true};
    const LoadResult ours = run(load);
    const NginxPeer nginx{gateway.server_files()};
    load.port = nginx.port();
    report.add({.measure = "full mutual-TLS handshakes, one small GET",
                .value = ours.rate,
                .unit = "/s",
                .peer = "nginx",
                .peer_value = run(load).rate,
                .aim = 1.0,
                .remark = ours.troubles()});
}

void measure_idle(Report& report, int seconds) {
    const auto files = allow_open_files(65'000);
    const auto lines = std::min(kIdleLines, files - kOtherFiles);
    BenchGateway gateway{BenchGateway::Recipient::mailbox};
    Load load{.credentials = gateway.clinic(),
              .port = gateway.port(),
              .lines = 64,
              .duration = Seconds{static_cast<double>(seconds)},
              .request = gateway.small_questions()};
    const auto ours =
        figures_beside_idle(load, lines, [&] { return resident_bytes(gateway.pid()); });
    const NginxPeer nginx{gateway.server_files()};
    load.port = nginx.port();
    const auto theirs = figures_beside_idle(load, lines, [&] { return nginx.resident_bytes(); });
    const auto rates = [](const IdleFigures& figures) {
        return std::to_string(static_cast<int>(figures.rate_beside)) + "/s of " +
               std::to_string(static_cast<int>(figures.rate_alone)) + "/s";
    };
    report.add({.measure = "rate kept beside " + std::to_string(lines) + " idle connections",
                .value = ours.rate_beside / ours.rate_alone,
                .unit = "",
                .peer = "nginx",
                .peer_value = theirs.rate_beside / theirs.rate_alone,
                .aim = 0.9,
                .remark = rates(ours) + " small GETs; nginx " + rates(theirs)});
    report.add({.measure = "memory of an idle connection",
                .value = ours.kilobytes_each,
                .unit = "KB",
                .aim = 60,
                .at_most = true,
                .remark = "nginx " + std::to_string(theirs.kilobytes_each) + " KB"});
}

void measure_large_body(Report& report, int /*seconds*/) {
    BenchGateway gateway{BenchGateway::Recipient::mailbox};
    const auto post = [&](std::size_t bytes) {
        const auto make = gateway.card_load(bytes);
        Load load{.credentials = gateway.insurer(),
                  .port = gateway.public_port(),
                  .lines = 1,
                  .warm_up = Seconds{0},
                  .duration = Seconds{3},
                  .request = make};
        return run(load);
    };
    (void)post(kSmallBytes);  // all fixed buffers are there now
    forget_peak(gateway.pid());
    const auto before = resident_bytes(gateway.pid());
    const LoadResult large = post(kLargeBytes);
    const auto peak = peak_resident_bytes(gateway.pid());
    report.add({.measure = "memory beyond fixed buffers for 32 MB",
                .value = (static_cast<double>(peak) - static_cast<double>(before)) / 1024 / 1024,
                .unit = "MB",
                .aim = 4,
                .at_most = true,
                .remark = std::to_string(large.answered) + " taken; " + large.troubles()});
}

// Many large documents at once, from one insurer: some are told to come again, and the memory stays
// within what was allowed.
void measure_ceiling(Report& report, int seconds) {
    BenchGateway gateway{BenchGateway::Recipient::mailbox};
    Load load{.credentials = gateway.insurer(),
              .port = gateway.public_port(),
              .lines = 1,
              .warm_up = Seconds{0},
              .duration = Seconds{1},
              .request = gateway.card_load(kSmallBytes)};
    (void)run(load);
    forget_peak(gateway.pid());
    const auto before = resident_bytes(gateway.pid());
    load.lines = 16;
    load.duration = Seconds{static_cast<double>(seconds)};
    load.request = gateway.card_load(kManyLargeBytes);
    const LoadResult large = run(load);
    const auto peak = peak_resident_bytes(gateway.pid());
    report.add({.measure = "memory beside 16 senders of 8 MB",
                .value = (static_cast<double>(peak) - static_cast<double>(before)) / 1024 / 1024,
                .unit = "MB",
                .aim = BenchGateway::kDocumentMegabytes,
                .at_most = true,
                .remark = std::to_string(large.answered) + " taken; " + large.troubles()});
}

}  // namespace sekisho::bench
