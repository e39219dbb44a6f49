// One fixed workload, and trouble at each of its calls in turn: a call that fails once, a disk that
// fails or is full from then on, the power that goes, the process that is killed. Then the power
// goes for everything that was not synced.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/crash/store/store_run.h"

namespace sekisho::store {

namespace {

using tests::DiskFault;
using tests::PowerDisk;

constexpr std::uint64_t kSeed = 20261121;  // of the workload
constexpr std::size_t kGroups = 2;

struct Trouble {
    const char* name;
    int code;  // 0: no fault but the end itself
    DiskFault::Lasting lasting;
    PowerDisk::End end;

    friend std::ostream& operator<<(std::ostream& stream, const Trouble& trouble) {
        return stream << trouble.name;
    }
};

constexpr std::array kTroubles{
    Trouble{"fails once", SQLITE_IOERR, DiskFault::Lasting::once, PowerDisk::End::power},
    Trouble{"fails once, restart", SQLITE_IOERR, DiskFault::Lasting::once, PowerDisk::End::process},
    Trouble{"fails from then on", SQLITE_IOERR, DiskFault::Lasting::on, PowerDisk::End::power},
    Trouble{"full once", SQLITE_FULL, DiskFault::Lasting::once, PowerDisk::End::power},
    Trouble{"full from then on", SQLITE_FULL, DiskFault::Lasting::on, PowerDisk::End::power},
    Trouble{"the power goes", 0, DiskFault::Lasting::once, PowerDisk::End::power},
    Trouble{"killed", 0, DiskFault::Lasting::once, PowerDisk::End::process}};

Life life_with(const Trouble& trouble, std::uint64_t call) {
    Life life{.end = trouble.end, .loss = tests::Loss::all, .groups = kGroups};
    if (trouble.code == 0) {
        life.ends_at = call;
    } else {
        life.fault = DiskFault{.at = call, .code = trouble.code, .lasting = trouble.lasting};
    }
    return life;
}

// The calls of the first life when nothing happens to it.
std::uint64_t calls_of_a_life() {
    StoreRun run{kSeed};
    run.live({.groups = kGroups});
    return run.calls();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(every_call)

BOOST_DATA_TEST_CASE(trouble_at_any_call_loses_nothing_acknowledged,
                     boost::unit_test::data::make(kTroubles), trouble) {
    const std::uint64_t calls = calls_of_a_life();
    BOOST_TEST(calls > 50U);
    for (std::uint64_t call = 1; call <= calls; ++call) {
        StoreRun run{kSeed};
        run.live(life_with(trouble, call));
        const CrashReport report = run.finish();
        if (report.complaints.empty()) continue;
        BOOST_FAIL(trouble.name << " at call " << call << " of " << calls << ": "
                                << report.complaints.front());
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::store
