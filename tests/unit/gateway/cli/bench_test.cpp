// `bench --this-host`: a real store for a moment, and nothing of it afterwards.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "adapters/documents/json.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/gateway/cli/cli_world.h"

using namespace sekisho;
using tests::CliWorld;

BOOST_AUTO_TEST_SUITE(bench)

BOOST_AUTO_TEST_CASE(counts_what_the_disk_took_and_leaves_nothing_behind) {
    const tests::TemporaryFolder folder;
    CliWorld world;
    (void)world.run("bench --this-host --documents 200 --json --folder " + folder.path());
    const auto told = documents::parse_json(world.out());
    BOOST_TEST_REQUIRE(told.has_value());
    BOOST_TEST(told->integer_at("documents").value_or(0) == 200);
    BOOST_TEST(told->integer_at("documents_per_second").value_or(0) > 0);
    BOOST_TEST(told->integer_at("peak_of_the_nation").value_or(0) == 3000);
    BOOST_TEST(std::filesystem::is_empty(folder.path()));
}

BOOST_AUTO_TEST_CASE(says_so_where_no_store_can_be) {
    const tests::TemporaryFolder folder;
    CliWorld world;
    std::ofstream{folder / "file"} << "in the way";
    BOOST_TEST(world.run("bench --this-host --documents 10 --folder " + (folder / "file")) ==
               cli::kCannotReach);
    BOOST_TEST(!world.err().empty());
}

BOOST_AUTO_TEST_CASE(wants_to_be_told_what_to_measure) {
    CliWorld world;
    BOOST_TEST(world.run("bench") == cli::kUsage);
    BOOST_TEST(world.run("bench --this-host --documents 0") == cli::kUsage);
    BOOST_TEST(world.run("bench --this-host --documents many") == cli::kUsage);
}

BOOST_AUTO_TEST_SUITE_END()
