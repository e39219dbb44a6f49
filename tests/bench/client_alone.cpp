#include "tests/bench/client_alone.h"

#include <atomic>
#include <sys/resource.h>
#include <thread>
#include <vector>

#include "adapters/http/http_client.h"

namespace sekisho::bench {

namespace {

using SteadyClock = std::chrono::steady_clock;

double own_processor_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace

AloneResult client_alone(const Credentials& credentials, const std::string& url,
                         const std::string& body, std::size_t lines, Seconds duration) {
    http::HttpClient client{{.certificate_file = credentials.certificate_file,
                             .key_file = credentials.key_file,
                             .trust_file = credentials.trust_file,
                             .connections_max = lines}};
    std::atomic<std::uint64_t> answered{0};
    const double before = own_processor_seconds();
    const auto end =
        SteadyClock::now() + std::chrono::duration_cast<SteadyClock::duration>(duration);
    {
        std::vector<std::jthread> askers;
        askers.reserve(lines);
        for (std::size_t i = 0; i < lines; ++i) {
            askers.emplace_back([&] {
                while (SteadyClock::now() < end) {
                    const auto reply = client.send(
                        {.method = "POST",
                         .url = url,
                         .headers = {{.name = "Content-Type", .value = "application/json"}},
                         .body = body},
                        end + std::chrono::seconds{10});
                    if (reply && reply->status == 200) ++answered;
                }
            });
        }
    }
    const auto count = static_cast<double>(answered.load());
    return {.rate = count / duration.count(),
            .processor_seconds_each = (own_processor_seconds() - before) / count};
}

}  // namespace sekisho::bench
