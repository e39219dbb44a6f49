// What SqliteStore promises beyond the common contract: opening, crashes, locks, readers, versions,
// tampering.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <sqlite3.h>
#include <sys/stat.h>

#include "gateway/store/sqlite_reads.h"
#include "gateway/store/sqlite_schema.h"
#include "tests/contract/store/store_world.h"

namespace sekisho::store {

namespace {

// What makes databases of versions 3 and 2 out of one of the present version.
constexpr std::string_view kUndoesVersion8 =
    "DROP INDEX registration_person; CREATE INDEX registration_person ON registration(person); "
    "DROP INDEX consent_person; CREATE INDEX consent_person ON consent(person, given_at); ";
constexpr std::string_view kUndoesVersion4 =
    "DROP INDEX registration_person; DROP INDEX consent_person; "
    "CREATE INDEX registration_person ON registration(person); "
    "CREATE INDEX consent_person ON consent(person, given_at); DROP TABLE awaited; ALTER TABLE "
    "delivery DROP COLUMN released; DROP TABLE end_word; DROP "
    "TABLE access; ALTER "
    "TABLE message DROP COLUMN admission; "
    "ALTER TABLE consent DROP COLUMN municipal; "
    "ALTER TABLE registration DROP COLUMN sealed_record; DROP TABLE subtree; ";
constexpr std::string_view kUndoesVersion3 =
    "DROP VIEW whole_delivery; DROP INDEX delivery_fresh; DROP INDEX "
    "delivery_retried; "
    "ALTER TABLE delivery DROP COLUMN turn; "
    "CREATE INDEX delivery_queued ON delivery(via, next_attempt) WHERE state = 0; "
    "CREATE VIEW whole_delivery AS SELECT 1; ";

// Another program with the file open.
void by_another_hand(const std::string& path, const std::string& sql) {
    sqlite3* connection = nullptr;
    BOOST_REQUIRE(sqlite3_open(path.c_str(), &connection) == SQLITE_OK);
    const int code = sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr);
    BOOST_TEST(code == SQLITE_OK, sqlite3_errmsg(connection));
    sqlite3_close(connection);
}

void add_leaf(Store& store, const std::string& leaf) {
    commit(store, [&](Transaction& t) { return forget(t.append_leaf(leaf)); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sqlite_store)

BOOST_AUTO_TEST_CASE(what_was_committed_is_there_after_a_restart) {
    SqliteFixture fixture;
    accept(fixture.store(), "m-1");
    add_leaf(fixture.store(), "leaf");
    const TreeHead head = look(fixture.store())->tree_head().value();
    fixture.reopen();
    BOOST_TEST((look(fixture.store())->message(key("m-1")).value() == message("m-1")));
    BOOST_TEST((look(fixture.store())->tree_head().value() == head));
    add_leaf(fixture.store(), "next leaf");
    BOOST_TEST(look(fixture.store())->tree_head().value().size == 2U);
    fixture.reopen();
    BOOST_TEST(look(fixture.store())->tree_head().value().size == 2U);
}

BOOST_AUTO_TEST_CASE(what_was_committed_is_in_the_files_of_a_store_that_never_closed) {
    SqliteFixture fixture;
    for (int i = 0; i < 20; ++i) {
        accept(fixture.store(), "m-" + std::to_string(i));
        add_leaf(fixture.store(), "leaf " + std::to_string(i));
    }
    const tests::TemporaryFolder crashed;  // the files as a killed process leaves them
    for (const char* file : {"sekisho.db", "sekisho.db-wal"}) {
        std::filesystem::copy_file(fixture.folder / file, crashed / file);
    }
    auto store = SqliteStore::open({.path = crashed / "sekisho.db"});
    BOOST_REQUIRE_MESSAGE(store, (store ? std::string() : store.error().detail.en));
    for (int i = 0; i < 20; ++i) {
        BOOST_TEST(look(**store)->message(key("m-" + std::to_string(i))).value().has_value());
    }
    BOOST_TEST(look(**store)->tree_head().value().size == 20U);
    BOOST_TEST((*store)->health().accepting);
}

BOOST_AUTO_TEST_CASE(a_second_gateway_on_the_same_file_is_refused) {
    SqliteFixture fixture;
    const auto second = SqliteStore::open(fixture.options());
    BOOST_REQUIRE(!second);
    BOOST_TEST((second.error().problem == model::Problem::store_unavailable));
    BOOST_TEST(second.error().detail.en.find("another sekisho") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_reader_beside_a_running_gateway_sees_what_is_committed_and_writes_nothing) {
    SqliteFixture fixture;
    accept(fixture.store(), "m-1");
    SqliteOptions options = fixture.options();
    options.read_only = true;
    auto reader = SqliteStore::open(options);
    BOOST_REQUIRE_MESSAGE(reader, (reader ? std::string() : reader.error().detail.en));
    accept(fixture.store(), "m-2");
    BOOST_TEST(look(**reader)->message(key("m-1")).value().has_value());
    BOOST_TEST(look(**reader)->message(key("m-2")).value().has_value());
    BOOST_TEST(!(*reader)->submit([](Transaction&) -> Result<void> { return {}; },
                                  [](const Result<void>&) {}));
    BOOST_TEST(!(*reader)->health().accepting);
    BOOST_TEST((*reader)->commit_group() == 0U);
    reader->reset();
    accept(fixture.store(), "m-3");
}

BOOST_AUTO_TEST_CASE(a_stopped_gateways_database_can_be_read_too) {
    SqliteFixture fixture;
    accept(fixture.store(), "m-1");
    fixture.close();
    SqliteOptions options = fixture.options();
    options.read_only = true;
    auto reader = SqliteStore::open(options);
    BOOST_REQUIRE(reader);
    BOOST_TEST(look(**reader)->message(key("m-1")).value().has_value());
    reader->reset();
    fixture.reopen();
}

BOOST_AUTO_TEST_CASE(a_reader_does_not_make_a_database_that_is_not_there) {
    const tests::TemporaryFolder folder;
    BOOST_TEST(!SqliteStore::open({.path = folder / "none.db", .read_only = true}));
    BOOST_TEST(!std::filesystem::exists(folder / "none.db"));
}

BOOST_AUTO_TEST_CASE(an_absent_folder_is_a_refusal) {
    const tests::TemporaryFolder folder;
    const auto store = SqliteStore::open({.path = folder / "none/sekisho.db"});
    BOOST_REQUIRE(!store);
    BOOST_TEST((store.error().problem == model::Problem::store_unavailable));
}

BOOST_AUTO_TEST_CASE(the_files_are_the_owners_alone) {
    SqliteFixture fixture;
    accept(fixture.store(), "m-1");
    for (const char* suffix : {"", "-wal", "-shm", ".lock"}) {
        struct stat status{};
        BOOST_REQUIRE(::stat((fixture.options().path + suffix).c_str(), &status) == 0);
        BOOST_TEST((status.st_mode & 0777U) == 0600U);
    }
}

BOOST_AUTO_TEST_CASE(a_database_of_a_later_version_is_refused_and_left_alone) {
    SqliteFixture fixture;
    fixture.close();
    by_another_hand(fixture.options().path, "PRAGMA user_version = 99");
    const auto store = SqliteStore::open(fixture.options());
    BOOST_REQUIRE(!store);
    BOOST_TEST(store.error().detail.en.find("version 99") != std::string::npos);
    SqliteOptions options = fixture.options();
    options.read_only = true;
    BOOST_TEST(!SqliteStore::open(options));
    by_another_hand(fixture.options().path,
                    "PRAGMA user_version = " + std::to_string(schema_version()));
    fixture.reopen();
}

BOOST_AUTO_TEST_CASE(a_database_of_the_first_version_is_brought_up_with_what_it_holds) {
    SqliteFixture fixture;
    add_leaf(fixture.store(), "one");
    add_leaf(fixture.store(), "two");
    accept(fixture.store(), "m-1");
    const auto hashes = look(fixture.store())->tree_hashes(0, 0, 9).value();
    fixture.close();
    by_another_hand(fixture.options().path,
                    std::string{kUndoesVersion4} + std::string{kUndoesVersion3} +
                        "DROP TABLE series; DROP INDEX delivery_dead_ordered; "
                        "ALTER TABLE leaf DROP COLUMN hash; PRAGMA user_version = 1");
    fixture.reopen();
    BOOST_TEST((look(fixture.store())->tree_hashes(0, 0, 9).value() == hashes));
    BOOST_TEST(lease(fixture.store(), lease_request({"a"})).size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_queued_in_a_database_of_the_second_version_has_its_turn_by_its_time) {
    SqliteFixture fixture;
    accept(fixture.store(), "m-1");
    fixture.close();
    by_another_hand(
        fixture.options().path,
        std::string{kUndoesVersion4} + std::string{kUndoesVersion3} + "PRAGMA user_version = 2");
    fixture.reopen();
    const auto taken = lease(fixture.store(), lease_request({"a"}));
    BOOST_REQUIRE(taken.size() == 1U);
    BOOST_TEST((taken.front().turn == kNow));
}

BOOST_AUTO_TEST_CASE(a_log_of_the_third_version_gets_the_rows_above_its_leaves) {
    SqliteFixture fixture;
    commit(fixture.store(), [](Transaction& transaction) -> Result<void> {
        for (int i = 0; i < 600; ++i) {
            const auto number = transaction.append_leaf(std::to_string(i));
            if (!number) return forget(number);
        }
        return {};
    });
    const auto rows = look(fixture.store())->tree_hashes(1, 0, 9).value();
    BOOST_TEST(rows.size() == 2U);
    fixture.close();
    by_another_hand(fixture.options().path,
                    std::string{kUndoesVersion4} + "PRAGMA user_version = 3");
    fixture.reopen();
    BOOST_TEST((look(fixture.store())->tree_hashes(1, 0, 9).value() == rows));
}

BOOST_AUTO_TEST_CASE(a_consent_of_the_fourth_version_stays_and_nobody_is_said_to_have_asked) {
    SqliteFixture fixture;
    commit(fixture.store(), [](Transaction& transaction) {
        return transaction.put_consent(
            {.person = model::PersonHash("ab12"),
             .consent = {.comprehensive = true, .given_at = kNow, .municipal = true, .id = "c"}});
    });
    fixture.close();
    const std::string undoes{kUndoesVersion4};
    by_another_hand(fixture.options().path, undoes.substr(0, undoes.find("DROP TABLE subtree")) +
                                                "PRAGMA user_version = 4");
    fixture.reopen();
    const auto facts = look(fixture.store())->facts(model::PersonHash("ab12")).value();
    BOOST_TEST_REQUIRE(facts.consents.size() == 1U);
    BOOST_TEST(facts.consents[0].comprehensive);
    BOOST_TEST(!facts.consents[0].municipal);
}

BOOST_AUTO_TEST_CASE(an_end_of_the_fifth_version_stays_until_the_insurer_says_more) {
    SqliteFixture fixture;
    fixture.close();
    by_another_hand(fixture.options().path,
                    "DROP TABLE awaited; ALTER TABLE delivery DROP COLUMN released; "
                    "DROP TABLE end_word; CREATE TABLE person_end(person TEXT PRIMARY KEY, at "
                    "INTEGER NOT NULL) STRICT, "
                    "WITHOUT ROWID; INSERT INTO person_end VALUES('ab12', 1000); "
                    "PRAGMA user_version = 5");
    fixture.reopen();
    const model::PersonHash person("ab12");
    BOOST_TEST((look(fixture.store())->facts(person).value().ended ==
                model::Instant{std::chrono::milliseconds{1000}}));
    commit(fixture.store(), [&](Transaction& transaction) {
        return forget(transaction.put_end(person, {.history = 1, .said = kNow}));
    });
    BOOST_TEST(!look(fixture.store())->facts(person).value().ended);
}

BOOST_AUTO_TEST_CASE(a_message_of_the_sixth_version_stays_and_waits_for_nothing) {
    SqliteFixture fixture;
    accept(fixture.store(), "m-1");
    fixture.close();
    by_another_hand(fixture.options().path, "DROP TABLE awaited; PRAGMA user_version = 6");
    fixture.reopen();
    BOOST_TEST((look(fixture.store())->message(key("m-1")).value() == message("m-1")));
    BOOST_TEST(!look(fixture.store())->awaited_by(key("m-1")).value());
    const AwaitedDocument awaited{
        .request = key("m-1"),
        .document = {.owner = clinic(), .type = model::TypeId("t"), .key_hash = {1}},
        .due = kNow};
    commit(fixture.store(),
           [&](Transaction& transaction) { return transaction.insert_awaited(awaited); });
    fixture.close();
    fixture.reopen();
    BOOST_TEST((look(fixture.store())->awaited_by(key("m-1")).value() == awaited));
}

// The plan of a query, in SQLite's words.
std::string plan_of(const std::string& path, std::string_view sql) {
    sqlite3* connection = nullptr;
    BOOST_REQUIRE(sqlite3_open(path.c_str(), &connection) == SQLITE_OK);
    sqlite3_stmt* statement = nullptr;
    const std::string explained = "EXPLAIN QUERY PLAN " + std::string{sql};
    BOOST_REQUIRE(sqlite3_prepare_v2(connection, explained.c_str(), -1, &statement, nullptr) ==
                  SQLITE_OK);
    std::string plan;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        plan += reinterpret_cast<const char*>(sqlite3_column_text(statement, 3));
        plan += "\n";
    }
    sqlite3_finalize(statement);
    sqlite3_close(connection);
    return plan;
}

BOOST_AUTO_TEST_CASE(what_is_known_of_a_person_of_the_seventh_version_stays_and_needs_no_rows) {
    SqliteFixture fixture;
    const model::PersonHash person("ab12");
    const model::Consent consent{.comprehensive = true, .given_at = kNow, .id = "c"};
    const model::Registration registration{.party = clinic(), .assurance = "card", .id = "r"};
    commit(fixture.store(), [&](Transaction& transaction) -> Result<void> {
        auto done = transaction.put_consent({.person = person, .consent = consent});
        if (!done) return done;
        return transaction.put_registration({.person = person, .registration = registration});
    });
    fixture.close();
    by_another_hand(fixture.options().path,
                    std::string{kUndoesVersion8} + "PRAGMA user_version = 7");
    fixture.reopen();
    const auto facts = look(fixture.store())->facts(person).value();
    BOOST_TEST_REQUIRE(facts.consents.size() == 1U);
    BOOST_TEST_REQUIRE(facts.registrations.size() == 1U);
    BOOST_TEST((facts.registrations[0] == registration));
    BOOST_TEST((facts.consents[0] == consent));
    fixture.close();
    for (const auto sql : {kRegistrationsOfPerson, kConsentsOfPerson}) {
        const std::string plan = plan_of(fixture.options().path, sql);
        BOOST_TEST(plan.find("COVERING INDEX") != std::string::npos, plan);
        BOOST_TEST(plan.find("B-TREE") == std::string::npos, plan);
    }
    fixture.reopen();
}

BOOST_AUTO_TEST_CASE(another_programs_database_and_a_file_that_is_none_are_refused) {
    const tests::TemporaryFolder folder;
    by_another_hand(folder / "other.db", "CREATE TABLE other(x)");
    BOOST_TEST(!SqliteStore::open({.path = folder / "other.db"}));
    std::ofstream(folder / "text.db") << std::string(5000, 'x');
    BOOST_TEST(!SqliteStore::open({.path = folder / "text.db"}));
}

BOOST_AUTO_TEST_CASE(a_log_that_was_cut_altered_or_set_back_is_seen_at_open) {
    for (const char* tampering :
         {"DELETE FROM leaf WHERE number = 4", "DELETE FROM leaf WHERE number = 2",
          "UPDATE leaf SET text = CAST('other' AS BLOB) WHERE number = 0",
          "UPDATE tree SET size = 4", "UPDATE tree SET root = zeroblob(32)",
          "UPDATE tree SET frontier = zeroblob(8)", "DELETE FROM tree", "DELETE FROM leaf",
          "INSERT INTO leaf VALUES(5, CAST('more' AS BLOB), x'')",
          "UPDATE leaf SET number = -1 WHERE number = 0"}) {
        SqliteFixture fixture;
        for (int i = 0; i < 5; ++i) add_leaf(fixture.store(), "leaf " + std::to_string(i));
        fixture.close();
        by_another_hand(fixture.options().path, tampering);
        const auto store = SqliteStore::open(fixture.options());
        BOOST_TEST(!store, tampering);
        // Whoever verifies the log must still be able to look at it.
        SqliteOptions options = fixture.options();
        options.read_only = true;
        BOOST_TEST(SqliteStore::open(options).has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_hole_in_the_log_ends_the_list_of_leaves_at_its_place) {
    SqliteFixture fixture;
    for (int i = 0; i < 5; ++i) add_leaf(fixture.store(), "leaf " + std::to_string(i));
    fixture.close();
    by_another_hand(fixture.options().path, "DELETE FROM leaf WHERE number = 2");
    SqliteOptions options = fixture.options();
    options.read_only = true;
    auto reader = SqliteStore::open(options);
    BOOST_REQUIRE(reader);
    BOOST_TEST(look(**reader)->leaves(0, 10).value().size() == 2U);
    BOOST_TEST(look(**reader)->leaves(2, 10).value().empty());
    BOOST_TEST(look(**reader)->leaves(3, 10).value().size() == 2U);
}

BOOST_AUTO_TEST_CASE(more_views_than_kept_readers_are_lent) {
    SqliteFixture fixture;
    accept(fixture.store(), "m-1");
    for (int round = 0; round < 2; ++round) {
        std::vector<std::unique_ptr<View>> views;
        views.reserve(12);
        for (int i = 0; i < 12; ++i) views.push_back(look(fixture.store()));
        for (const auto& view : views) {
            BOOST_TEST(view->message(key("m-1")).value().has_value());
        }
    }
}

BOOST_AUTO_TEST_CASE(a_value_that_cannot_be_is_told_and_not_given_out) {
    for (const char* change :
         {"UPDATE delivery SET state = 99", "UPDATE delivery SET recipient = 'nobody'"}) {
        SqliteFixture fixture;
        accept(fixture.store(), "m-1");
        fixture.close();
        by_another_hand(fixture.options().path, change);
        fixture.reopen();
        const auto deliveries = look(fixture.store())->deliveries(key("m-1"));
        BOOST_REQUIRE(!deliveries);
        BOOST_TEST((deliveries.error().problem == model::Problem::internal));
        BOOST_TEST(!deliveries.error().detail.en.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_view_that_cannot_be_opened_takes_no_place_for_good) {
    SqliteFixture fixture;
    accept(fixture.store(), "m-1");
    const std::string path = fixture.options().path;
    std::filesystem::rename(path, path + ".away");
    for (int i = 0; i < 100; ++i) BOOST_TEST(!fixture.store().view());
    std::filesystem::rename(path + ".away", path);
    BOOST_TEST(look(fixture.store())->message(key("m-1")).value().has_value());
}

BOOST_AUTO_TEST_CASE(while_another_program_writes_a_group_is_refused_and_the_next_is_taken) {
    SqliteFixture fixture;
    sqlite3* other = nullptr;
    BOOST_REQUIRE(sqlite3_open(fixture.options().path.c_str(), &other) == SQLITE_OK);
    BOOST_REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    const auto work = [](Transaction& t) { return forget(t.append_leaf("leaf")); };
    const auto refused = carry_out(fixture.store(), work);
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().problem == model::Problem::store_unavailable));
    BOOST_TEST(fixture.store().health().accepting);
    sqlite3_close(other);
    BOOST_TEST(carry_out(fixture.store(), work).has_value());
    BOOST_TEST(look(fixture.store())->tree_head().value().size == 1U);
}

BOOST_AUTO_TEST_CASE(a_damaged_database_with_a_log_left_behind_is_refused) {
    SqliteFixture fixture;
    for (int i = 0; i < 40; ++i) accept(fixture.store(), "m-" + std::to_string(i));
    fixture.reopen();
    accept(fixture.store(), "m-last");
    const tests::TemporaryFolder killed;  // the files as a killed process leaves them
    for (const char* file : {"sekisho.db", "sekisho.db-wal"}) {
        std::filesystem::copy_file(fixture.folder / file, killed / file);
    }
    const auto size = std::filesystem::file_size(killed / "sekisho.db");
    std::fstream damaged{killed / "sekisho.db", std::ios::in | std::ios::out | std::ios::binary};
    for (std::uint64_t at = 8192; at < size; at += 8192) {
        damaged.seekp(static_cast<std::streamoff>(at));
        damaged << std::string(64, '\x7f');
    }
    damaged.close();
    const auto store = SqliteStore::open({.path = killed / "sekisho.db"});
    BOOST_REQUIRE(!store);
    BOOST_TEST((store.error().problem == model::Problem::store_unavailable));
    BOOST_TEST(store.error().detail.en.find("backup") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::store
