// SqliteStore on a disk that fails: nothing acknowledged is lost, and after a failed fsync nothing
// more is promised.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <set>

#include "gateway/audit/merkle.h"
#include "tests/contract/store/store_world.h"
#include "tests/support/disk/faulty_vfs.h"

namespace sekisho::store {

namespace {

using model::Problem;
using tests::FaultyVfs;

constexpr int kGroups = 6;

Work accepting(const std::string& id, const std::string& bytes) {
    return [id, bytes](Transaction& transaction) -> Result<void> {
        if (auto done = transaction.insert_message(message(id), body(bytes)); !done) return done;
        if (auto leaf = transaction.append_leaf("leaf of " + id); !leaf) return forget(leaf);
        return forget(transaction.insert_delivery(delivery(id)));
    };
}

// Groups of three until one fails or all are done; the ids that were acknowledged.
std::set<std::string> accept_groups(Store& store) {
    std::set<std::string> acknowledged;
    for (int group = 0; group < kGroups && store.health().accepting; ++group) {
        for (int item = 0; item < 3; ++item) {
            const std::string id = std::to_string(group) + "-" + std::to_string(item);
            BOOST_REQUIRE(store.submit(
                accepting(id, std::string(9000, 'b')),
                [&acknowledged, id](const Result<void>& result) {
                    if (result) {
                        acknowledged.insert(id);
                    } else {
                        BOOST_TEST((result.error().problem == Problem::store_unavailable));
                    }
                }));
        }
        store.commit_group();
    }
    return acknowledged;
}

// Opens what is on the disk as it is, with a disk that works, and looks for everything
// acknowledged.
void check_all_there(const SqliteOptions& options, const std::set<std::string>& acknowledged) {
    auto store = SqliteStore::open({.path = options.path});
    BOOST_REQUIRE_MESSAGE(store, (store ? std::string() : store.error().detail.en));
    const auto view = look(**store);
    for (const auto& id : acknowledged) {
        BOOST_TEST(view->message(key(id)).value().has_value());
        BOOST_TEST(view->body(key(id)).value().has_value());
        BOOST_TEST(view->deliveries(key(id)).value().size() == 1U);
    }
    audit::Frontier frontier;
    const auto leaves = view->leaves(0, 1000);
    for (const auto& leaf : leaves.value()) frontier.append(audit::leaf_hash(leaf));
    BOOST_TEST(
        (view->tree_head().value() == TreeHead{.size = frontier.size(), .root = frontier.root()}));
    BOOST_TEST(frontier.size() >= acknowledged.size());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store_faults)

BOOST_AUTO_TEST_CASE(after_a_failed_fsync_of_a_commit_the_store_stops_for_good_and_says_so) {
    FaultyVfs disk("faulty-commit");
    SqliteFixture fixture(disk.name());
    Store& store = fixture.store();
    commit(store, accepting("m-1", "x"));
    disk.fail_sync(1);
    const auto result = carry_out(store, accepting("m-2", "x"));
    BOOST_REQUIRE(!result);
    BOOST_TEST((result.error().problem == Problem::store_unavailable));
    disk.heal();
    const StoreHealth health = store.health();
    BOOST_TEST(!health.accepting);
    BOOST_TEST(!health.reason.empty());
    BOOST_TEST(!store.submit(accepting("m-3", "x"), [](const Result<void>&) {}));
    BOOST_TEST(look(store)->message(key("m-1")).value().has_value());
    fixture.close();
    check_all_there(fixture.options(), {"m-1"});
}

BOOST_AUTO_TEST_CASE(what_was_waiting_when_the_store_stopped_is_refused) {
    FaultyVfs disk("faulty-waiting");
    SqliteFixture fixture(disk.name());
    Store& store = fixture.store();
    disk.fail_sync(1);
    int refused = 0;
    const auto count = [&](const Result<void>& result) { refused += result ? 0 : 1; };
    for (int i = 0; i < 300; ++i) {  // more than one group
        BOOST_REQUIRE(store.submit(accepting(std::to_string(i), "x"), count));
    }
    while (store.commit_group() > 0) {
    }
    BOOST_TEST(refused == 300);
}

BOOST_AUTO_TEST_CASE(a_fsync_that_fails_at_any_call_loses_nothing_acknowledged) {
    FaultyVfs disk("faulty-sync");
    for (std::int64_t nth = 1;; ++nth) {
        const tests::TemporaryFolder folder;
        const SqliteOptions options{.path = folder / "sekisho.db", .vfs = disk.name()};
        disk.heal();
        disk.fail_sync(nth);
        std::set<std::string> acknowledged;
        auto store = SqliteStore::open(options);
        if (store) {
            acknowledged = accept_groups(**store);
            BOOST_TEST((*store)->health().accepting == !disk.has_failed());
            store->reset();
        }
        const bool failed = disk.has_failed();
        disk.heal();
        check_all_there(options, acknowledged);
        if (!failed) {
            BOOST_TEST(acknowledged.size() == 3U * kGroups);
            break;
        }
    }
}

BOOST_AUTO_TEST_CASE(a_write_that_fails_at_any_call_loses_nothing_acknowledged) {
    FaultyVfs disk("faulty-write");
    for (std::int64_t nth = 1;; nth += 3) {
        const tests::TemporaryFolder folder;
        const SqliteOptions options{.path = folder / "sekisho.db", .vfs = disk.name()};
        disk.heal();
        disk.fail_write(nth);
        std::set<std::string> acknowledged;
        auto store = SqliteStore::open(options);
        if (store) {
            acknowledged = accept_groups(**store);
            store->reset();
        }
        const bool failed = disk.has_failed();
        disk.heal();
        check_all_there(options, acknowledged);
        if (!failed) break;
    }
}

BOOST_AUTO_TEST_CASE(a_full_disk_fails_its_group_and_the_store_goes_on_when_there_is_room) {
    FaultyVfs disk("faulty-full");
    SqliteFixture fixture(disk.name());
    Store& store = fixture.store();
    commit(store, accepting("m-1", "x"));
    disk.fill_disk(true);
    std::vector<Result<void>> results;
    for (const char* id : {"m-2", "m-3"}) {
        BOOST_REQUIRE(store.submit(accepting(id, std::string(9000, 'b')), [&](Result<void> result) {
            results.push_back(std::move(result));
        }));
    }
    store.commit_group();
    BOOST_REQUIRE(results.size() == 2U);
    for (const auto& result : results) {
        BOOST_REQUIRE(!result);
        BOOST_TEST((result.error().problem == Problem::store_unavailable));
        BOOST_TEST(result.error().retry_after.has_value());
    }
    BOOST_TEST(store.health().accepting);
    BOOST_TEST(store.health().groups == 1U);
    disk.heal();
    BOOST_TEST(carry_out(store, accepting("m-2", "x")).has_value());
    BOOST_TEST(look(store)->tree_head().value().size == 2U);
    BOOST_TEST(!look(store)->message(key("m-3")).value());
    fixture.close();
    check_all_there(fixture.options(), {"m-1", "m-2"});
}

BOOST_AUTO_TEST_CASE(a_failed_fsync_of_a_checkpoint_stops_the_store_but_not_what_was_acknowledged) {
    FaultyVfs disk("faulty-checkpoint");
    SqliteFixture fixture(disk.name());
    Store& store = fixture.store();
    disk.fail_database_sync(1);
    int acknowledged = 0;
    for (int i = 0; i < 150 && store.health().accepting; ++i) {
        const auto result =
            carry_out(store, accepting(std::to_string(i), std::string(400'000, 'b')));
        if (result) ++acknowledged;
    }
    BOOST_TEST(disk.has_failed());
    BOOST_TEST(acknowledged > 10);
    BOOST_TEST(acknowledged < 150);
    BOOST_TEST(!store.health().accepting);
    BOOST_TEST(look(store)->tree_head().value().size == static_cast<std::uint64_t>(acknowledged));
}

BOOST_AUTO_TEST_CASE(a_log_left_behind_is_synced_before_anything_is_built_upon_it) {
    SqliteFixture fixture;
    commit(fixture.store(), accepting("m-1", "x"));
    const tests::TemporaryFolder killed;  // the files as a killed process leaves them
    for (const char* file : {"sekisho.db", "sekisho.db-wal"}) {
        std::filesystem::copy_file(fixture.folder / file, killed / file);
    }
    FaultyVfs disk("faulty-left-log");
    const SqliteOptions options{.path = killed / "sekisho.db", .vfs = disk.name()};
    disk.fail_sync(1);
    BOOST_TEST(!SqliteStore::open(options));
    BOOST_TEST(disk.has_failed());
    disk.heal();
    check_all_there(options, {"m-1"});
}

BOOST_AUTO_TEST_CASE(a_checkpoint_keeps_the_write_ahead_log_small) {
    SqliteFixture fixture;
    for (int i = 0; i < 250; ++i) {
        commit(fixture.store(), accepting(std::to_string(i), std::string(400'000, 'b')));
    }
    const auto wal = std::filesystem::file_size(fixture.options().path + "-wal");
    BOOST_TEST(wal < 60'000'000U);
}

BOOST_AUTO_TEST_CASE(a_page_that_cannot_be_read_fails_its_group_and_the_store_goes_on) {
    std::atomic<bool> unreadable{false};
    const tests::WatchedVfs disk("faulty-read", [&](const tests::WatchedCall& call) {
        const bool page = call.kind == tests::DiskCall::read && call.is_database();
        return unreadable && page ? SQLITE_IOERR_READ : SQLITE_OK;
    });
    SqliteFixture fixture(disk.name());
    for (int i = 0; i < 40; ++i) commit(fixture.store(), accepting(std::to_string(i), "x"));
    fixture.reopen();  // nothing of it is in memory now
    unreadable = true;
    const auto result = carry_out(fixture.store(), accepting("m-1", "x"));
    BOOST_REQUIRE(!result);
    BOOST_TEST((result.error().problem == Problem::store_unavailable));
    unreadable = false;
    BOOST_TEST(fixture.store().health().accepting);
    BOOST_TEST(carry_out(fixture.store(), accepting("m-1", "x")).has_value());
    fixture.close();
    check_all_there(fixture.options(), {"0", "39", "m-1"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::store
