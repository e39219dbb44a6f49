// `bench --this-host`: what this machine takes in, beside what the nation is expected to send.
#include <algorithm>
#include <iomanip>

#include "gateway/cli/commands.h"
#include "gateway/cli/this_host.h"

namespace sekisho::cli {

namespace {

using documents::Json;

// An estimate of all documents of the platform in the busiest second: claims and results of the
// 10th, care plans, opinions. The gateway's design is measured against it.
constexpr double kNationsPeak = 3000;
constexpr std::size_t kDocumentsDefault = 20'000;
constexpr std::size_t kDocumentsMax = 10'000'000;

double milliseconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

}  // namespace

int bench(const Session& session) {
    if (!session.options.has("--this-host")) {
        return session.fail(kUsage,
                            {.ja = "--this-host が必要です", .en = "--this-host is needed"});
    }
    const auto wanted = session.options.has("--documents") ? session.options.number("--documents")
                                                           : kDocumentsDefault;
    if (!wanted || *wanted == 0 || *wanted > kDocumentsMax) {
        return session.fail(kUsage, {.ja = "--documents は 1 から 10000000 までの数です",
                                     .en = "--documents is a number from 1 to 10000000"});
    }
    const auto figures =
        try_this_host({.folder = session.options.text("--folder", "."), .documents = *wanted},
                      session.world.clock, session.world.random);
    if (!figures) return session.fail(kCannotReach, figures.error());

    const double seconds = std::max(milliseconds(figures->elapsed) / 1000, 1e-6);
    const double rate = static_cast<double>(figures->documents) / seconds;
    const auto whole = [](double value) { return Json::number(static_cast<std::int64_t>(value)); };
    if (session.json()) {
        session.print(Json::object()
                          .set("documents", whole(static_cast<double>(figures->documents)))
                          .set("documents_per_second", whole(rate))
                          .set("p99_microseconds", whole(milliseconds(figures->p99) * 1000))
                          .set("peak_of_the_nation", whole(kNationsPeak)));
    } else {
        session.out() << std::fixed << std::setprecision(0) << figures->documents
                      << " documents of 20 KB taken in durably, " << rate << " a second; "
                      << std::setprecision(1) << "99 of 100 within " << milliseconds(figures->p99)
                      << " ms\nThe nation's peak is estimated at " << std::setprecision(0)
                      << kNationsPeak << " a second: this host bears " << std::setprecision(2)
                      << rate / kNationsPeak << " of it (without TLS, formats and deliveries)\n";
    }
    return rate >= kNationsPeak ? kOk : kNo;
}

}  // namespace sekisho::cli
