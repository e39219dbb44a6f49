// A real database with a log, and the command line beside it.
#pragma once

#include <boost/test/unit_test.hpp>
#include <sqlite3.h>

#include "adapters/documents/json.h"
#include "gateway/audit/leaf.h"
#include "gateway/store/sqlite_store.h"
#include "tests/support/config_files.h"
#include "tests/unit/gateway/cli/cli_world.h"

namespace sekisho::tests {

inline constexpr int kLeaves = 2300;  // more than two pages

inline const model::Instant kThen = *model::parse_rfc3339("2026-11-21T00:00:00Z");

inline std::string a_leaf(int number) {
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
            R"({"author":"medical:1319900021","deliveries":[],"id":")" + id +
            R"(","kind":"acceptance","routes":0,"sha256":")" + model::to_hex(message.sha256) +
            R"(","size":0,"source":"/medical/1319900021","type":"certification.opinion"})";
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

    std::string config_file() const { return folder_.main_file(); }
    std::string keys_folder() const { return folder_.path("keys"); }

    CliWorld world;

  private:
    DemoFolder folder_;
};

}  // namespace sekisho::tests
