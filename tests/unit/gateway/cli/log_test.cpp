// `audit verify` on a real database that somebody changed behind the gateway's back.
#include <boost/test/unit_test.hpp>
#include <sqlite3.h>

#include "adapters/documents/json.h"
#include "gateway/audit/leaf.h"
#include "gateway/audit/merkle.h"
#include "gateway/cli/log_check.h"
#include "gateway/store/sqlite_store.h"
#include "tests/support/config_files.h"
#include "tests/unit/gateway/cli/cli_world.h"

using namespace sekisho;

namespace {

constexpr int kLeaves = 2300;  // more than two pages

const model::Instant kThen = *model::parse_rfc3339("2026-11-21T00:00:00Z");

std::string a_leaf(int number) {
    return audit::routes_leaf(kThen, static_cast<std::uint64_t>(number), {});
}

class Log {
  public:
    Log() {
        (void)std::system(("mkdir -p " + folder_.path("state")).c_str());
        auto store = store::SqliteStore::open({.path = path()});
        BOOST_TEST_REQUIRE(store.has_value());
        (void)(*store)->submit(
            [](store::Transaction& transaction) -> model::Result<void> {
                for (int i = 0; i < kLeaves; ++i) (void)transaction.append_leaf(a_leaf(i));
                return {};
            },
            [](const model::Result<void>&) {});
        (*store)->commit_group();
    }

    std::string path() const { return folder_.path("state/sekisho.db"); }

    // A message with its acceptance leaf, as the exchange writes them.
    void accept(const std::string& id) {
        auto store = store::SqliteStore::open({.path = path()});
        BOOST_TEST_REQUIRE(store.has_value());
        store::StoredMessage message{.key = {.source = *model::parse_party_id("medical:1319900021"),
                                             .id = model::MessageId{id}},
                                     .author = *model::parse_party_id("medical:1319900021"),
                                     .type = model::TypeId{"certification.opinion"}};
        const std::string leaf =
            R"({"id":")" + id + R"(","kind":"acceptance","sha256":")" +
            model::to_hex(message.sha256) +
            R"(","source":"/medical/1319900021","type":"certification.opinion"})";
        model::Result<void> outcome;
        (void)(*store)->submit(
            [message, leaf](store::Transaction& transaction) mutable -> model::Result<void> {
                const auto index = transaction.append_leaf(leaf);
                if (!index) return std::unexpected(index.error());
                message.leaf = *index;
                return transaction.insert_message(message, {});
            },
            [&](model::Result<void> done) { outcome = std::move(done); });
        (*store)->commit_group();
        BOOST_TEST_REQUIRE(outcome.has_value());
    }

    void change(const std::string& sql) {
        sqlite3* database = nullptr;
        BOOST_TEST_REQUIRE(sqlite3_open(path().c_str(), &database) == SQLITE_OK);
        BOOST_TEST(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(database);
    }

    int verify(const std::string& more = "") {
        world.forget();
        return world.run("audit verify --config " + folder_.main_file() + more);
    }
    // The first bad index as told; -1: none is told.
    std::int64_t first_bad() {
        BOOST_TEST(verify(" --json") == 1);
        return documents::parse_json(world.out())->integer_at("first_bad").value_or(-1);
    }

    tests::CliWorld world;

  private:
    tests::DemoFolder folder_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(log_verification)

BOOST_AUTO_TEST_CASE(a_log_that_nobody_touched_is_sound) {
    Log log;
    BOOST_TEST(log.verify() == 0);
    BOOST_TEST(log.world.out().find("2300 leaves") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_missing_leaf_is_named) {
    Log log;
    for (const int number : {0, 1, 998, 999, 1000, 1001, 1500, 2298}) {
        const std::string text = std::to_string(number);
        log.change("CREATE TABLE aside AS SELECT * FROM leaf WHERE number = " + text +
                   "; DELETE FROM leaf WHERE number = " + text);
        BOOST_TEST(log.first_bad() == number);
        log.change("INSERT INTO leaf SELECT * FROM aside; DROP TABLE aside");
    }
    BOOST_TEST(log.verify() == 0);
}

BOOST_AUTO_TEST_CASE(an_altered_acceptance_is_named) {
    Log log;
    log.accept("m1");
    BOOST_TEST(log.verify() == 0);
    log.change(
        "UPDATE leaf SET text = CAST(replace(CAST(text AS TEXT), 'opinion', 'survey') AS BLOB) "
        "WHERE number = 2300");
    BOOST_TEST(log.first_bad() == 2300);
}

BOOST_AUTO_TEST_CASE(the_first_of_several_missing_leaves_is_named) {
    Log log;
    log.change("DELETE FROM leaf WHERE number IN (1200, 1201, 1202, 1999, 2000, 7)");
    BOOST_TEST(log.first_bad() == 7);
    log.change("DELETE FROM leaf WHERE number < 1300");
    BOOST_TEST(log.first_bad() == 0);
}

BOOST_AUTO_TEST_CASE(a_cut_tail_and_a_surplus_leaf_are_named) {
    Log log;
    log.change("INSERT INTO leaf(number, text) VALUES(2300, CAST('{}' AS BLOB))");
    BOOST_TEST(log.first_bad() == 2300);
    log.change("DELETE FROM leaf WHERE number >= 2290");
    BOOST_TEST(log.first_bad() == 2290);
}

BOOST_AUTO_TEST_CASE(a_leaf_that_is_not_canonical_is_named) {
    Log log;
    log.change("UPDATE leaf SET text = CAST(' ' || CAST(text AS TEXT) AS BLOB) WHERE number = 42");
    BOOST_TEST(log.first_bad() == 42);
}

BOOST_AUTO_TEST_CASE(an_altered_leaf_is_named) {
    Log log;
    log.change("UPDATE leaf SET text = (SELECT text FROM leaf WHERE number = 5) WHERE number = 6");
    BOOST_TEST(log.first_bad() == 6);
    Log late;
    late.change(
        "UPDATE leaf SET text = (SELECT text FROM leaf WHERE number = 5) WHERE number = 2299");
    BOOST_TEST(late.first_bad() == 2299);
}

BOOST_AUTO_TEST_CASE(leaves_moved_together_with_their_hashes_are_seen) {
    Log log;
    log.change(
        "UPDATE leaf SET number = -1 WHERE number = 10; UPDATE leaf SET number = 10 WHERE number = "
        "11;"
        "UPDATE leaf SET number = 11 WHERE number = -1");
    BOOST_TEST(log.verify() == 1);
    BOOST_TEST(log.world.out().find("the root is not the recorded one") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_acceptance_altered_together_with_its_hash_is_named_by_its_message) {
    Log log;
    log.accept("m1");
    const std::string altered =
        R"({"id":"m1","kind":"acceptance","sha256":"00","source":"/medical/1319900021","type":"x"})";
    log.change("UPDATE leaf SET text = CAST('" + altered + "' AS BLOB), hash = x'" +
               model::to_hex(audit::leaf_hash(altered)) + "' WHERE number = 2300");
    BOOST_TEST(log.first_bad() == 2300);
}

BOOST_AUTO_TEST_CASE(a_store_that_is_not_there_cannot_be_reached) {
    const tests::DemoFolder folder;
    tests::CliWorld world;
    BOOST_TEST(world.run("audit verify --config " + folder.main_file()) == 3);
    BOOST_TEST(world.run("audit verify --config /desk/none.json") == 2);
}

BOOST_AUTO_TEST_SUITE_END()
