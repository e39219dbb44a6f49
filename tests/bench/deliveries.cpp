// From accepted to delivered, alone and behind a million, and what a noisy party does to a quiet
// one.
#include <algorithm>
#include <sqlite3.h>
#include <stdexcept>
#include <thread>

#include "tests/bench/bench_gateway.h"
#include "tests/bench/measures.h"

namespace sekisho::bench {

namespace {

constexpr std::size_t kDocumentBytes = 20 * 1024;
constexpr double kRate = 1000;
constexpr double kQuietRate = 50;

class Database {
  public:
    explicit Database(const std::string& path) {
        if (sqlite3_open(path.c_str(), &connection_) != SQLITE_OK) fail();
        sqlite3_busy_timeout(connection_, 5000);
    }
    ~Database() { sqlite3_close(connection_); }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    std::vector<double> column(const char* text) {
        sqlite3_stmt* query = nullptr;
        if (sqlite3_prepare_v2(connection_, text, -1, &query, nullptr) != SQLITE_OK) fail();
        std::vector<double> values;
        while (sqlite3_step(query) == SQLITE_ROW) values.push_back(sqlite3_column_double(query, 0));
        sqlite3_finalize(query);
        return values;
    }

    void execute(const char* text) {
        if (sqlite3_exec(connection_, text, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
    }

  private:
    [[noreturn]] void fail() { throw std::runtime_error(sqlite3_errmsg(connection_)); }

    sqlite3* connection_ = nullptr;
};

// How long each delivery took from its acceptance to its end, in ms, as the store has it: of all,
// and of the hospital's.
constexpr const char* kDelivered =
    "SELECT h.at - m.accepted_at FROM history h JOIN delivery d ON d.id = h.delivery "
    "JOIN message m ON m.id = d.message WHERE h.state = 2";
constexpr const char* kDeliveredOfHospital =
    "SELECT h.at - m.accepted_at FROM history h JOIN delivery d ON d.id = h.delivery "
    "JOIN message m ON m.id = d.message WHERE h.state = 2 AND m.source = 'medical:1319900013'";

Latencies latencies_in(const std::string& database, const char* sql = kDelivered) {
    Latencies latencies{Database{database}.column(sql)};
    std::ranges::sort(latencies.milliseconds);
    return latencies;
}

double delivered_in(const std::string& database) {
    return Database{database}.column("SELECT count(*) FROM delivery WHERE state = 2").front();
}

// Due now and of the lane that is measured; all of one document, or the disk would be full of them.
void queue_a_million(const std::string& database) {
    Database{database}.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) "
        "INSERT INTO delivery(message, recipient, via, route, as_reader, order_key, state, "
        "attempts, turn, next_attempt, lease_until, lease, expires) "
        "SELECT 1, 'system:platform', 'loopback', 'bench', 0, '', 0, 0, i, i, 0, '', "
        "4000000000000 FROM n");
}

}  // namespace

namespace {

void measure_latency_to(BenchGateway::Recipient recipient, const std::string& words, Report& report,
                        int seconds) {
    BenchGateway gateway{recipient};
    const Load load{.credentials = gateway.clinic(),
                    .port = gateway.port(),
                    .lines = 64,
                    .duration = Seconds{static_cast<double>(seconds)},
                    .rate = kRate,
                    .request = gateway.opinions(kDocumentBytes)};
    const LoadResult accepted = run(load);
    std::this_thread::sleep_for(std::chrono::seconds{3});  // what is under way comes to its end
    const Latencies delivered = latencies_in(gateway.database());
    report.add({.measure = "accepted to delivered at 1,000/s, p99" + words,
                .value = delivered.percentile(0.99),
                .unit = "ms",
                .aim = 50,
                .at_most = true,
                .remark = std::to_string(static_cast<int>(accepted.rate)) + "/s accepted, p50 " +
                          std::to_string(delivered.percentile(0.5)) + " ms, " +
                          std::to_string(delivered.milliseconds.size()) +
                          " delivered; answer p99 " +
                          std::to_string(accepted.latencies.percentile(0.99)) + " ms " +
                          accepted.troubles()});
}

// Offers a rate and gives the answers' p99 in ms.
double quiet_p99(const BenchGateway& gateway, int seconds) {
    return run({.credentials = gateway.hospital(),
                .port = gateway.port(),
                .lines = 8,
                .duration = Seconds{static_cast<double>(seconds)},
                .rate = kQuietRate,
                .request = gateway.opinions(kDocumentBytes, BenchGateway::Author::hospital)})
        .latencies.percentile(0.99);
}

// Beside one who never rests, if `is_noisy`: the answers' p99 of a quiet party, and its
// deliveries'.
struct Quiet {
    double answers = 0;
    double deliveries = 0;
};

Quiet quiet_beside(bool is_noisy, BenchGateway::Recipient recipient, int seconds) {
    const BenchGateway gateway{recipient, BenchGateway::Directory::demo,
                               BenchGateway::Shares::ordinary};
    Quiet quiet;
    {
        std::jthread noisy([&] {
            if (!is_noisy) return;
            (void)run({.credentials = gateway.clinic(),
                       .port = gateway.port(),
                       .lines = 256,
                       .duration = Seconds{seconds + 3.0},
                       .request = gateway.opinions(kDocumentBytes)});
        });
        std::this_thread::sleep_for(std::chrono::seconds{1});  // so that it is noisy by then
        quiet.answers = quiet_p99(gateway, seconds);
    }
    quiet.deliveries = latencies_in(gateway.database(), kDeliveredOfHospital).percentile(0.99);
    return quiet;
}

std::string in_words(double alone, double beside) {
    return std::to_string(alone) + " ms alone, " + std::to_string(beside) +
           " ms beside 256 lines that never rest";
}

// What 20 KB documents are accepted at, and delivered at, in a second.
struct Flow {
    double accepted = 0;
    double delivered = 0;
};

Flow flow_of(const BenchGateway& gateway, int seconds) {
    const auto before = delivered_in(gateway.database());
    const LoadResult result = run({.credentials = gateway.clinic(),
                                   .port = gateway.port(),
                                   .lines = 64,
                                   .warm_up = Seconds{0},
                                   .duration = Seconds{static_cast<double>(seconds)},
                                   .request = gateway.opinions(kDocumentBytes)});
    const auto after = delivered_in(gateway.database());
    return {.accepted = result.rate, .delivered = (after - before) / seconds};
}

}  // namespace

// To the simulator over the network as it is; and to the loopback adapter, which is the gateway's
// own share of the way.
void measure_latency(Report& report, int seconds) {
    measure_latency_to(BenchGateway::Recipient::loopback, " (loopback)", report, seconds);
    measure_latency_to(BenchGateway::Recipient::platform, " (simulated platform)", report, seconds);
}

void measure_noise(Report& report, int seconds) {
    const Quiet alone = quiet_beside(false, BenchGateway::Recipient::mailbox, seconds);
    const Quiet beside = quiet_beside(true, BenchGateway::Recipient::mailbox, seconds);
    report.add({.measure = "what a noisy party adds to a quiet one's p99",
                .value = beside.answers - alone.answers,
                .unit = "ms",
                .aim = 100,
                .at_most = true,
                .remark = in_words(alone.answers, beside.answers)});
    const Quiet delivered = quiet_beside(false, BenchGateway::Recipient::loopback, seconds);
    const Quiet behind = quiet_beside(true, BenchGateway::Recipient::loopback, seconds);
    report.add({.measure = "what it adds to the p99 from accepted to delivered",
                .value = behind.deliveries - delivered.deliveries,
                .unit = "ms",
                .aim = 100,
                .at_most = true,
                .remark = in_words(delivered.deliveries, behind.deliveries)});
}

void measure_backlog(Report& report, int seconds) {
    BenchGateway gateway{BenchGateway::Recipient::loopback};
    const Flow empty = flow_of(gateway, seconds);
    gateway.stop();
    queue_a_million(gateway.database());
    gateway.start();
    const Flow behind = flow_of(gateway, seconds);
    report.add({.measure = "accept beside 1,000,000 queued deliveries",
                .value = behind.accepted,
                .unit = "/s",
                .peer = "itself empty",
                .peer_value = empty.accepted,
                .aim = 0.8});
    report.add({.measure = "delivery beside 1,000,000 queued deliveries",
                .value = behind.delivered,
                .unit = "/s",
                .peer = "itself empty",
                .peer_value = empty.delivered,
                .aim = 0.8});
}

}  // namespace sekisho::bench
