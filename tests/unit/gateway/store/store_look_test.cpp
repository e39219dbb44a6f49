// A look at a database beside its gateway: it makes no file, changes nothing and keeps nobody from
// writing.
#include "gateway/store/store_look.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "gateway/store/gateway_lock.h"
#include "gateway/store/sqlite_store.h"
#include "tests/support/config_files.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using namespace std::chrono_literals;

namespace {

struct Database {
    tests::TemporaryFolder folder;
    std::string path = folder / "sekisho.db";

    std::unique_ptr<store::SqliteStore> open() const {
        return std::move(*store::SqliteStore::open({.path = path}));
    }
    std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator{folder.path()})
            names.push_back(entry.path().filename().string());
        std::ranges::sort(names);
        return names;
    }
    store::Result<store::StoreLook> look() const {
        return store::look_at_store(path, std::chrono::steady_clock::now() + 10s);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_look_at_the_store, Database)

BOOST_AUTO_TEST_CASE(beside_a_running_gateway_sees_what_it_is) {
    const auto running = open();
    const auto before = files();
    const auto seen = look();
    BOOST_TEST_REQUIRE(seen.has_value());
    BOOST_TEST(seen->schema_version == store::known_schema_version());
    BOOST_TEST(seen->writes_ahead);
    BOOST_TEST((seen->pages == store::Pages::sound));
    BOOST_TEST(files() == before, boost::test_tools::per_element());
    BOOST_TEST(store::GatewayLock::is_held(path));
}

BOOST_AUTO_TEST_CASE(of_a_database_at_rest_makes_no_file) {
    open();
    const auto before = files();
    const std::string bytes = tests::read_text(path);
    const auto seen = look();
    BOOST_TEST_REQUIRE(seen.has_value());
    BOOST_TEST(seen->writes_ahead);
    BOOST_TEST(files() == before, boost::test_tools::per_element());
    BOOST_TEST((tests::read_text(path) == bytes));
    BOOST_TEST(!store::GatewayLock::is_held(path));
}

BOOST_AUTO_TEST_CASE(keeps_no_gateway_from_starting) {
    open();
    BOOST_TEST(look().has_value());
    BOOST_TEST(store::SqliteStore::open({.path = path}).has_value());
}

BOOST_AUTO_TEST_CASE(does_not_read_through_what_is_too_large_for_that) {
    open();
    const auto seen = store::look_at_store(path, std::chrono::steady_clock::now() + 10s, 4096);
    BOOST_TEST_REQUIRE(seen.has_value());
    BOOST_TEST((seen->pages == store::Pages::not_finished));
    BOOST_TEST(seen->schema_version == store::known_schema_version());
}

BOOST_AUTO_TEST_CASE(of_a_log_index_without_its_log_makes_no_file) {
    open();
    std::ofstream{path + "-shm"} << std::string(32768, '\0');
    const auto before = files();
    BOOST_TEST(look().has_value());
    BOOST_TEST(files() == before, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_another_programs_file_or_a_damaged_one_says_so) {
    std::ofstream{path} << std::string(8192, 'x');
    BOOST_TEST(!look().has_value());
    std::filesystem::remove(path);
    BOOST_TEST(!look().has_value());
}

BOOST_AUTO_TEST_CASE(counts_rows_and_shows_no_content) {
    const auto running = open();
    const auto counted = store::count_store(path, std::chrono::steady_clock::now() + 10s);
    BOOST_TEST_REQUIRE(counted.has_value());
    BOOST_TEST(counted->front().what == "message");
    BOOST_TEST((counted->front().rows == 0U));
}

BOOST_AUTO_TEST_SUITE_END()
