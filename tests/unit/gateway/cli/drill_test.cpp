// `drill`: a network taken to be down, against the demo's configuration.
#include <boost/test/unit_test.hpp>

#include "adapters/documents/json.h"
#include "tests/support/config_files.h"
#include "tests/support/exchange/exchange_world.h"
#include "tests/unit/gateway/cli/cli_world.h"

using namespace sekisho;
using tests::CliWorld;

namespace {

struct Drill {
    tests::DemoFolder folder;
    CliWorld world;

    int of(const std::string& network, const std::string& more = "") {
        world.forget();
        return world.run("drill " + network + " --config " + folder.main_file() + more);
    }
    // The adapters of these names answer, the others do not.
    void answered_by(const std::vector<std::string>& names) {
        world.open_adapter = [names](const config::AdapterConfig& adapter) {
            auto peer = std::make_unique<tests::ScriptedPeer>();
            peer->reachable = std::ranges::find(names, adapter.name) != names.end();
            return model::Result<std::unique_ptr<adapters::Adapter>>{std::move(peer)};
        };
    }
    bool says(std::string_view words) const { return world.out().find(words) != std::string::npos; }
};

const std::vector<std::string> kAll{"platform", "platform-line", "municipal",   "careplan",
                                    "portal",   "eligibility",   "emr-sharing", "pmh"};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_drill)

BOOST_AUTO_TEST_CASE(tells_what_goes_another_way_and_what_waits) {
    Drill drill;
    drill.answered_by(kAll);
    BOOST_TEST(drill.of("public") == 0, drill.world.out());
    BOOST_TEST(drill.says("platform-line  eligibility  answers\n"));
    BOOST_TEST(drill.says("platform  public  answers  (drill)"));
    BOOST_TEST(drill.says("opinion-from-writer  certification.opinion -> system:platform"));
    BOOST_TEST(drill.says("=> platform-line over eligibility: 第一の道が答えないため"));
    BOOST_TEST(drill.says("there is no other way"));
}

BOOST_AUTO_TEST_CASE(is_no_where_the_other_way_does_not_answer) {
    Drill drill;
    drill.answered_by({"platform"});
    BOOST_TEST(drill.of("public") == 1);
    BOOST_TEST(drill.says("platform-line  eligibility  silent\n"));
    BOOST_TEST(drill.says("  ! opinion-from-writer  certification.opinion -> system:platform"));
    BOOST_TEST(drill.says("the operator mends that connection"));
}

BOOST_AUTO_TEST_CASE(tells_what_would_be_refused) {
    Drill drill;
    drill.answered_by(kAll);
    BOOST_TEST(drill.of("eligibility") == 0, drill.world.out());
    BOOST_TEST(drill.says("eligibility over eligibility: 答えない間は受け付けない"));
}

BOOST_AUTO_TEST_CASE(is_read_by_programs) {
    Drill drill;
    drill.answered_by(kAll);
    BOOST_TEST(drill.of("public", " --json") == 0);
    const auto json = *documents::parse_json(drill.world.out());
    BOOST_TEST(*json.boolean_at("ok"));
    BOOST_TEST(*json.string_at("network") == "public");
    BOOST_TEST(json.find("ways")->items().size() == kAll.size());
    const auto& rows = json.find("rows")->items();
    BOOST_TEST(std::ranges::any_of(rows, [](const documents::Json& row) {
        return row.find("then")->string_at("why") == "instead" && *row.boolean_at("touched");
    }));
}

BOOST_AUTO_TEST_CASE(says_so_where_what_waits_cannot_be_counted) {
    Drill drill;
    drill.answered_by(kAll);
    (void)drill.of("public");
    BOOST_TEST(!drill.says("what waits cannot be counted"));  // nothing ran there yet
    const auto config = config::load(drill.folder.main_file());
    BOOST_TEST_REQUIRE(config.has_value());
    std::filesystem::create_directories(std::filesystem::path{config->store.path}.parent_path());
    tests::write_file(config->store.path, std::string(4096, 'x'));
    (void)drill.of("public");
    BOOST_TEST(drill.says("what waits cannot be counted"), drill.world.out());
    (void)drill.of("public", " --json");
    const auto json = *documents::parse_json(drill.world.out());
    BOOST_TEST(json.find("waiting") == nullptr);
    BOOST_TEST(json.string_at("not_counted").has_value());
}

BOOST_AUTO_TEST_CASE(of_a_network_that_nobody_knows_is_a_usage_error_that_names_those_there_are) {
    Drill drill;
    BOOST_TEST(drill.of("pubic") == 2);
    BOOST_TEST(drill.world.err().find("there are internet, eligibility, public") !=
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
