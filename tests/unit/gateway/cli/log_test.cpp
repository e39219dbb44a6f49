// `audit verify` on a real database that somebody changed behind the gateway's back.
#include "gateway/audit/merkle.h"
#include "gateway/cli/log_check.h"
#include "tests/unit/gateway/cli/cli_log.h"

using namespace sekisho;
using tests::Log;

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

BOOST_AUTO_TEST_CASE(a_hash_above_the_leaves_that_was_changed_or_taken_away_is_seen) {
    for (const std::string change : {"UPDATE subtree SET hash = zeroblob(32) WHERE number = 5",
                                     "DELETE FROM subtree WHERE number = 7"}) {
        Log log;
        log.change(change);
        BOOST_TEST(log.verify() == 1);
        BOOST_TEST(log.world.out().find("the hashes above them") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_store_that_is_not_there_cannot_be_reached) {
    const tests::DemoFolder folder;
    tests::CliWorld world;
    BOOST_TEST(world.run("audit verify --config " + folder.main_file()) == 3);
    BOOST_TEST(world.run("audit verify --config /desk/none.json") == 2);
}

BOOST_AUTO_TEST_SUITE_END()
