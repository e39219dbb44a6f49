// plan() with a nation's directory and routes; its snapshot's memory; a reload under load.
#include <chrono>
#include <malloc.h>
#include <stdexcept>
#include <thread>
#include <unistd.h>

#include "gateway/config/config.h"
#include "tests/bench/bench_gateway.h"
#include "tests/bench/measures.h"
#include "tests/bench/nation.h"
#include "tests/bench/process.h"

namespace sekisho::bench {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

config::Config load_or_throw(const std::string& file) {
    auto loaded = config::load(file);
    if (!loaded) throw std::runtime_error(config::to_text(loaded.error().errors.front()));
    return std::move(*loaded);
}

double megabytes(std::uint64_t bytes) {
    return static_cast<double>(bytes) / 1024 / 1024;
}

void time_plan(Report& report, const plan::Snapshot& snapshot, int seconds) {
    const auto now =
        std::chrono::time_point_cast<model::Duration>(std::chrono::system_clock::now());
    const auto envelopes = loads_of_the_nation(kInsurers, now);
    std::uint64_t planned = 0;
    std::uint64_t permitted = 0;
    const auto begin = Clock::now();
    while (seconds_since(begin) < seconds) {
        for (const auto& envelope : envelopes) {
            if (plan::plan(snapshot, envelope, {}, now).decision.permitted()) ++permitted;
        }
        planned += envelopes.size();
    }
    const double each = seconds_since(begin) / static_cast<double>(planned) * 1e6;
    if (permitted != planned) {
        throw std::runtime_error("plan() refuses what it should let pass: " +
                                 to_string(plan::plan(snapshot, envelopes.front(), {}, now)));
    }
    report.add({.measure = "plan() among 210,000 offices, 10,000 routes",
                .value = each,
                .unit = "us",
                .aim = 2,
                .at_most = true});
}

}  // namespace

void measure_plan(Report& report, int seconds) {
    const tests::DemoGateway demo;
    write_nation(demo.folder());
    ::malloc_trim(0);
    const auto before = resident_bytes(::getpid());
    const auto begin = Clock::now();
    const auto config = load_or_throw(demo.config_file());
    const double loading = seconds_since(begin);
    ::malloc_trim(0);
    report.add({.measure = "snapshot of the nation in memory",
                .value = megabytes(resident_bytes(::getpid())) - megabytes(before),
                .unit = "MB",
                .aim = 300,
                .at_most = true});
    report.add({.measure = "reading the nation's configuration",
                .value = loading,
                .unit = "s",
                .aim = 2,
                .at_most = true});
    time_plan(report, *config.snapshot, seconds);
}

void measure_reload(Report& report, int seconds) {
    BenchGateway gateway{BenchGateway::Recipient::mailbox, BenchGateway::Directory::nation};
    const auto reloaded = [&] {
        return text_of(gateway.demo().file("logs/gateway.log")).find("\"reloaded\"") !=
               std::string::npos;
    };
    double took = 0;
    std::jthread operator_([&](const std::stop_token& stop) {
        std::this_thread::sleep_for(std::chrono::seconds{2});
        const auto begin = Clock::now();
        gateway.demo().signal_gateway(SIGHUP);
        while (!reloaded() && !stop.stop_requested()) tests::pause_briefly();
        took = seconds_since(begin);
    });
    const LoadResult result = run({.credentials = gateway.clinic(),
                                   .port = gateway.port(),
                                   .lines = 16,
                                   .duration = Seconds{seconds + 5.0},
                                   .rate = 100,
                                   .request = gateway.opinions(4096)});
    operator_.request_stop();
    operator_.join();
    const auto troubles = result.troubles();
    report.add({.measure = "reload of the nation under load, signal to log",
                .value = took,
                .unit = "s",
                .aim = 2,
                .at_most = true,
                .remark = (troubles.empty() ? "no request dropped" : troubles) + "; p99 " +
                          std::to_string(result.latencies.percentile(0.99)) + " ms, longest " +
                          std::to_string(result.latencies.percentile(1)) + " ms"});
}

}  // namespace sekisho::bench
