// A question that is permitted, beside the platform asked directly and beside nginx that passes it
// on; and what is known of a person among a thousand and among seven million.
#include <chrono>
#include <random>
#include <sqlite3.h>
#include <stdexcept>

#include "adapters/simulation/ports_file.h"
#include "gateway/store/sqlite_store.h"
#include "tests/bench/bench_gateway.h"
#include "tests/bench/client_alone.h"
#include "tests/bench/measures.h"
#include "tests/bench/process.h"

namespace sekisho::bench {

namespace {

constexpr double kAskedPerSecond = 200;
constexpr std::size_t kLines = 32;
constexpr const char* kQuestion =
    R"({"type":"certification.progress","insurer":"139980","insured":"0000000001"})";

// As the platform's adapter asks.
std::string direct_question(std::uint64_t) {
    const std::string body = kQuestion;
    return "POST /platform/v1/queries HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
           "application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

Load load_of(const Credentials& credentials, std::uint16_t port, int seconds) {
    return {.credentials = credentials,
            .port = port,
            .lines = kLines,
            .duration = Seconds{static_cast<double>(seconds)}};
}

LoadResult run_well(const Load& load) {
    LoadResult result = run(load);
    if (result.answered == 0)
        throw std::runtime_error("nothing was answered: " + result.troubles());
    return result;
}

void add_latency(Report& report, Load through, Load direct) {
    through.rate = direct.rate = kAskedPerSecond;
    const double asked = run_well(through).latencies.percentile(0.5);
    const double plain = run_well(direct).latencies.percentile(0.5);
    report.add({.measure = "a permitted question, added at the median",
                .value = asked - plain,
                .unit = "ms",
                .aim = 1,
                .at_most = true,
                .remark = "through the gateway " + std::to_string(asked) + " ms, directly " +
                          std::to_string(plain) + " ms, 200/s"});
}

std::string in_microseconds(double seconds) {
    return std::to_string(static_cast<int>(1e6 * seconds)) + " us";
}

// What each took of the processors, and how far the outgoing client comes without a gateway.
std::string remark_on(const LoadResult& asked, double gateway_seconds, const AloneResult& alone) {
    const double share = gateway_seconds / static_cast<double>(asked.answered);
    std::string remark = in_microseconds(share) +
                         " of processor each; the outgoing client alone, without a gateway: " +
                         std::to_string(static_cast<int>(alone.rate)) + "/s, " +
                         in_microseconds(alone.processor_seconds_each) + " each";
    if (const auto troubles = asked.troubles(); !troubles.empty()) remark += "; " + troubles;
    return remark;
}

void add_rate(Report& report, const BenchGateway& gateway, const Load& through, const Load& proxied,
              const AloneResult& alone) {
    const double before = processor_seconds(gateway.pid());
    const LoadResult asked = run_well(through);
    const double busy = processor_seconds(gateway.pid()) - before;
    // The warming up is asked about, too.
    const double share = busy * through.duration / (through.warm_up + through.duration);
    report.add({.measure = "permitted questions",
                .value = asked.rate,
                .unit = "/s",
                .peer = "nginx, passing on",
                .peer_value = run_well(proxied).rate,
                .aim = 0.7,
                .remark = remark_on(asked, share, alone)});
}

}  // namespace

void measure_questions(Report& report, int seconds) {
    BenchGateway gateway{BenchGateway::Recipient::mailbox};
    const auto platform =
        simulation::read_port(gateway.demo().file("ports.json"), "platform").value_or(0);
    Load through = load_of(gateway.care_manager(), gateway.port(), seconds);
    through.request = gateway.progress_questions();
    Load direct = load_of(gateway.itself(), platform, seconds);
    direct.request = direct_question;
    add_latency(report, through, direct);
    const NginxPeer nginx{gateway.server_files(),
                          NginxPeer::Backend{.port = platform, .credentials = gateway.itself()}};
    Load proxied = load_of(gateway.care_manager(), nginx.port(), seconds);
    proxied.request = direct_question;
    const AloneResult alone = client_alone(
        gateway.itself(), "https://127.0.0.1:" + std::to_string(platform) + "/platform/v1/queries",
        kQuestion, kLines, through.duration);
    add_rate(report, gateway, through, proxied, alone);
}

namespace {

using SteadyClock = std::chrono::steady_clock;

std::string person_text(std::uint64_t number) {
    const std::string digits = std::to_string(number);
    return std::string(64 - digits.size(), '0') + digits;
}

// So many persons, each with one consent and one registration.
void fill(const std::string& path, std::uint64_t persons) {
    sqlite3* database = nullptr;
    const std::string numbers =
        "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM "
        "number WHERE n + 1 < " +
        std::to_string(persons) + ") ";
    const std::string sql =
        "PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000; BEGIN; "
        "INSERT INTO consent(id, person, comprehensive, given, refused, given_at, sealed_record) " +
        numbers +
        "SELECT 'c' || n, printf('%064d', n), 1, '', '', 0, zeroblob(300) FROM number; "
        "INSERT INTO registration(id, person, party, assurance) " +
        numbers +
        "SELECT 'r' || n, printf('%064d', n), 'medical:1319900013', 'card' FROM number; COMMIT;";
    char* trouble = nullptr;
    const bool opened = sqlite3_open(path.c_str(), &database) == SQLITE_OK;
    const bool filled =
        opened && sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &trouble) == SQLITE_OK;
    const std::string words = trouble == nullptr ? "" : trouble;
    sqlite3_free(trouble);
    sqlite3_close(database);
    if (!filled) throw std::runtime_error("the store cannot be filled: " + words);
}

// Microseconds that the facts of one person take, of persons in no order.
double look_up(const std::string& path, std::uint64_t persons, int seconds) {
    const auto store = store::SqliteStore::open({.path = path, .readers = 1, .read_only = true});
    if (!store) throw std::runtime_error(store.error().detail.en);
    auto view = (*store)->view();
    if (!view) throw std::runtime_error(view.error().detail.en);
    std::mt19937_64 chance{7};
    std::uint64_t found = 0;
    std::uint64_t asked = 0;
    const auto begin = SteadyClock::now();
    const auto passed = [&] {
        return std::chrono::duration<double>(SteadyClock::now() - begin).count();
    };
    while (passed() < seconds) {
        const model::PersonHash person{person_text(chance() % persons)};
        const auto facts = (*view)->facts(person);
        if (facts && facts->consents.size() == 1 && facts->registrations.size() == 1) ++found;
        ++asked;
    }
    const double each = passed() / static_cast<double>(asked) * 1e6;
    if (found != asked) throw std::runtime_error("a person's facts were not found");
    return each;
}

}  // namespace

void measure_persons(Report& report, int seconds) {
    constexpr std::uint64_t kFew = 1'000;
    constexpr std::uint64_t kNation = 7'000'000;
    const tests::TemporaryFolder folder;
    const auto measure = [&](std::uint64_t persons) {
        const std::string path = folder / (std::to_string(persons) + ".db");
        if (const auto made = store::SqliteStore::open({.path = path}); !made) {
            throw std::runtime_error(made.error().detail.en);
        }
        fill(path, persons);
        return look_up(path, persons, seconds);
    };
    const double few = measure(kFew);
    report.add({.measure = "consents and registrations of one person among 7,000,000",
                .value = measure(kNation),
                .unit = "us",
                .peer = "among 1,000",
                .peer_value = few,
                .aim = 2,
                .at_most = true,
                .remark = "the ratio is of the depth of the indexes and of the pages that no cache "
                          "holds"});
}

}  // namespace sekisho::bench
