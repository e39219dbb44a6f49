// `doctor`: its exit codes, its two forms, and where the bundle goes. What it finds is the room's
// own to test (tests/unit/gateway/doctor, tests/end_to_end/gateway).
#include <boost/test/unit_test.hpp>

#include "tests/support/config_files.h"
#include "tests/unit/gateway/cli/cli_world.h"

using namespace sekisho;
using tests::CliWorld;
using tests::DemoFolder;

namespace {

struct Desk {
    CliWorld world;
    DemoFolder folder;

    Desk() { folder.edit("sekisho.json", R"("workers": 2)", R"("wokers": 2)"); }
    int doctor(const std::string& more = "") {
        return world.run("doctor --config " + folder.main_file() + more);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(doctor, Desk)

BOOST_AUTO_TEST_CASE(of_a_faulty_configuration_says_no_with_its_place) {
    BOOST_TEST(doctor() == 1);
    BOOST_TEST(world.out().find("障害 fault  " + folder.main_file() + ":") != std::string::npos,
               world.out());
    BOOST_TEST(world.err() == "");
}

BOOST_AUTO_TEST_CASE(prints_one_json_object) {
    BOOST_TEST(doctor(" --json") == 1);
    const auto report = documents::parse_json(world.out());
    BOOST_TEST_REQUIRE(report.has_value());
    BOOST_TEST(report->string_at("state").value_or("") == "fault");
    BOOST_TEST(report->find("counts")->integer_at("fault").value_or(0) == 1);
}

BOOST_AUTO_TEST_CASE(of_a_configuration_that_is_not_there_says_no_as_well) {
    BOOST_TEST(world.run("doctor --config /nowhere.json") == 1);
}

BOOST_AUTO_TEST_CASE(writes_the_bundle_for_its_owner_alone) {
    BOOST_TEST(doctor(" --bundle /desk/bundle.zip") == 1);
    BOOST_TEST(world.files.content("/desk/bundle.zip").value_or("").starts_with("PK"));
    BOOST_TEST((world.files.mode("/desk/bundle.zip") == 0600U));
}

BOOST_AUTO_TEST_CASE(that_cannot_write_the_bundle_says_so) {
    BOOST_TEST(doctor(" --bundle /absent/bundle.zip") == 2);
    BOOST_TEST(world.err().starts_with("sekisho: "));
}

BOOST_AUTO_TEST_SUITE_END()
