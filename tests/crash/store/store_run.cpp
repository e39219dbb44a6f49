#include "tests/crash/store/store_run.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "gateway/store/group_writer.h"

namespace sekisho::store {

namespace {

namespace fs = std::filesystem;
using tests::DiskFault;
using tests::Loss;
using tests::PowerDisk;

constexpr std::size_t kLives = 4;
constexpr std::uint64_t kCallsOfALife = 260;  // about; some end later than their last group
constexpr int kLogPagesMax = 60;              // so that most lives make a checkpoint

// In memory where the machine has a folder for that: a real disk's fsync would be most of the time.
std::string make_root() {
    const bool in_memory = fs::is_directory("/dev/shm");
    std::string name =
        (in_memory ? std::string{"/dev/shm"} : std::string{SEKISHO_BINARY_DIR}) + "/crash-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    return name;
}

bool is_of_the_disk(const Result<void>& result) {
    return !result && result.error().problem == model::Problem::store_unavailable;
}

}  // namespace

StoreRun::StoreRun(std::uint64_t seed) : chance_(seed), root_(make_root()) {
    fs::create_directory(folder());
}

StoreRun::~StoreRun() {
    disk_.end_now(PowerDisk::End::process);
    store_.reset();
    std::error_code ignored;
    fs::remove_all(root_, ignored);
}

void StoreRun::complain(const std::string& sentence) {
    note("!! " + sentence);
    report_.complaints.push_back(sentence);
}

Life StoreRun::any_life() {
    Life life{.groups = 4 + chance_.below(14)};
    const std::uint64_t trouble = chance_.below(10);
    if (trouble < 2) life.sync_fails_before_group = 1 + chance_.below(life.groups);
    if (trouble >= 2 && trouble < 5) {
        constexpr std::array kCodes{SQLITE_IOERR, SQLITE_FULL};
        life.fault = DiskFault{
            .at = 1 + chance_.below(kCallsOfALife),
            .code = kCodes[chance_.below(kCodes.size())],
            .lasting = chance_.of(0.5) ? DiskFault::Lasting::once : DiskFault::Lasting::on};
    }
    if (chance_.of(0.7)) life.ends_at = 1 + chance_.below(kCallsOfALife);
    if (chance_.of(0.35)) life.end = PowerDisk::End::process;
    if (chance_.of(0.4)) life.loss = Loss::all;
    life.closes = chance_.of(0.2);
    return life;
}

void StoreRun::live(const Life& life) {
    const std::uint64_t begun = disk_.calls();
    if (life.ends_at != 0) disk_.end_at(begun + life.ends_at, life.end);
    if (life.fault) {
        DiskFault fault = *life.fault;
        fault.at += begun;
        disk_.fail(fault);
    }
    if (open()) {
        for (std::size_t i = 1; i <= life.groups && !disk_.has_ended(); ++i) {
            if (i == life.sync_fails_before_group) disk_.fail_next_sync();
            if (!carry_out(workload_.next_group())) break;
        }
    } else if (disk_.has_ended()) {
        ++report_.figures.ended_at_open;
    }
    end(life);
}

bool StoreRun::open() {
    auto opened = SqliteStore::open({.path = folder() + "/sekisho.db",
                                     .vfs = disk_.name(),
                                     .readers = 1,
                                     .log_pages_max = kLogPagesMax});
    if (opened) {
        store_ = std::move(*opened);
        disk_.synced_folder();
        if (disk_.has_failed_to_sync()) complain("opened although a sync failed");
        compare();
        return true;
    }
    note("does not open: " + opened.error().detail.en);
    if (!disk_.has_met_trouble()) complain("does not open: " + opened.error().detail.en);
    return false;
}

// The store against what was acknowledged, with or without the group that was under way.
void StoreRun::compare() {
    const Picture is = picture_of(*store_, workload_.questions());
    const std::string without = difference(is, picture_of(expected_, workload_.questions()));
    if (!under_way_.empty() && without.empty()) ++report_.figures.vanished;
    if (!under_way_.empty() && !without.empty()) {
        (void)ask(expected_, under_way_);
        ++report_.figures.survived;
        note("the group under way is there");
        const std::string with = difference(is, picture_of(expected_, workload_.questions()));
        if (!with.empty()) {
            complain("neither as acknowledged (" + without + ") nor with the group under way (" +
                     with + ")");
        }
    } else if (!without.empty()) {
        complain("not as acknowledged: " + without);
    }
    under_way_.clear();
}

// False: this life accepts nothing more.
bool StoreRun::carry_out(Group group) {
    std::string names;
    for (const Operation& operation : group) names += " " + operation.name + ";";
    note("group:" + names);
    const bool had_failed_to_sync = disk_.has_failed_to_sync();
    if (!under_way_.empty()) compare();  // it was undone, or is there: now, not later
    under_way_ = std::move(group);
    const auto results = ask(*store_, under_way_);
    check(results, had_failed_to_sync);
    const bool accepting = store_->health().accepting;
    if (disk_.has_failed_to_sync() && accepting) complain("goes on after a failed sync");
    return accepting;
}

void StoreRun::check(const std::vector<Result<void>>& results, bool had_failed_to_sync) {
    if (std::ranges::any_of(results, is_of_the_disk)) {
        ++report_.figures.failed;
        note("  failed");
        if (!std::ranges::all_of(results, is_of_the_disk)) complain("a group failed in part");
        return;
    }
    if (had_failed_to_sync) complain("acknowledged after a failed sync");
    const auto expected = ask(expected_, under_way_);
    for (std::size_t i = 0; i < results.size(); ++i) {
        ++(results[i] ? report_.figures.acknowledged : report_.figures.refused);
        const bool same = results[i].has_value() == expected[i].has_value() &&
                          (results[i] || results[i].error().problem == expected[i].error().problem);
        if (!same) complain(under_way_[i].name + " was answered otherwise than by MemoryStore");
    }
    workload_.acknowledged();
    under_way_.clear();
}

std::vector<Result<void>> StoreRun::ask(Store& store, const Group& group) {
    std::vector<Result<void>> results(group.size(), std::unexpected(unavailable("", "not taken")));
    for (std::size_t i = 0; i < group.size(); ++i) {
        const bool taken = store.submit(
            [&group, i](Transaction& transaction) { return group[i].work(transaction); },
            [&results, i](Result<void> given) { results[i] = std::move(given); });
        if (!taken) break;
    }
    store.commit_group();
    return results;
}

void StoreRun::end(const Life& life) {
    const bool by_power = life.end == PowerDisk::End::power;
    note(std::string{by_power ? "power cut" : "killed"} + " at call " +
         std::to_string(disk_.calls()));
    ++(by_power ? report_.figures.cuts : report_.figures.exits);
    report_.figures.syncs_failed += disk_.has_failed_to_sync() ? 1U : 0U;
    if (life.closes) store_.reset();
    disk_.end_now(life.end);
    store_.reset();
    const std::string before = folder();
    ++lives_;
    fs::create_directory(folder());
    if (by_power) {
        disk_.come_back_from_cut(folder(), life.loss, chance_.below(UINT32_MAX));
    } else {
        disk_.come_back_from_exit(before, folder());
    }
    fs::remove_all(before);
    workload_.restarted();
}

CrashReport StoreRun::finish() {
    live({.loss = Loss::all, .groups = 1});
    (void)open();
    return std::move(report_);
}

CrashReport run_of(std::uint64_t seed) {
    StoreRun run{seed};
    for (std::size_t i = 0; i < kLives; ++i) run.live(run.any_life());
    return run.finish();
}

}  // namespace sekisho::store
