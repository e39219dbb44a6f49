// Over which networks what leaves, as an administrator writes it.
#include <boost/test/unit_test.hpp>

#include "tests/support/config_files.h"

namespace {

using namespace sekisho;
using tests::DemoFolder;

std::string loading(const DemoFolder& folder) {
    const auto loaded = config::load(folder.main_file());
    if (loaded) return "sound";
    std::string text;
    for (const std::string& line : tests::lines_of(loaded.error())) text += line + "\n";
    return text;
}

// The paths file replaced by one that holds these rules.
std::string loading_rules(const std::string& rules) {
    const DemoFolder folder;
    tests::write_file(folder.path("paths.json"), "{ \"paths\": [\n" + rules + "\n] }");
    return loading(folder);
}

bool says(const std::string& text, std::string_view words) {
    BOOST_TEST_MESSAGE(text);
    return text.find(words) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_paths_file)

BOOST_AUTO_TEST_CASE(of_the_demo_gives_the_platform_two_ways) {
    const DemoFolder folder;
    const auto loaded = config::load(folder.main_file());
    BOOST_TEST_REQUIRE(loaded.has_value());
    const plan::Snapshot& snapshot = *loaded->snapshot;
    BOOST_TEST(loaded->probe_every.count() == 10);
    const auto* platform = snapshot.directory.find(*model::parse_party_id("system:platform"));
    BOOST_TEST_REQUIRE(platform->other_ways.size() == 1U);
    BOOST_TEST(snapshot.paths.leg_by(platform->other_ways.front()).network.text() == "eligibility");
    BOOST_TEST(snapshot.paths.leg_by(platform->via).network.text() == "public");
    const auto* rule = snapshot.paths.rule_for(model::TypeId{"certification.opinion"});
    BOOST_TEST_REQUIRE(rule != nullptr);
    BOOST_TEST((rule->when_down == path::WhenDown::other));
}

BOOST_AUTO_TEST_CASE(may_be_absent_and_then_peers_are_probed_where_one_has_two_ways) {
    const DemoFolder folder;
    folder.edit("sekisho.json", "  \"paths\": \"paths.json\",\n", "");
    const auto loaded = config::load(folder.main_file());
    BOOST_TEST_REQUIRE(loaded.has_value());
    BOOST_TEST((loaded->probe_every == model::limits::kProbeEvery));
    BOOST_TEST(loaded->snapshot->paths.rules().empty());
    folder.edit("parties.json", R"(, "other_ways": ["platform-line"])", "");
    const auto single = config::load(folder.main_file());
    BOOST_TEST_REQUIRE(single.has_value());
    BOOST_TEST(single->probe_every.count() == 0);
}

BOOST_AUTO_TEST_CASE(is_told_what_is_wrong_where_it_stands) {
    BOOST_TEST(says(loading_rules(R"({ "networks": ["pubic"], "when_down": "wait" })"),
                    "paths.json:2:16: the network \"pubic\" is no zone of this configuration"));
    BOOST_TEST(says(loading_rules(R"({ "networks": ["public"], "when_down": "hope" })"),
                    "paths.json:2:40: this must be one of wait, other and refuse"));
    BOOST_TEST(says(loading_rules(R"({ "networks": [], "when_down": "wait" })"),
                    "paths.json:2:1: it names no network"));
    BOOST_TEST(says(loading_rules(R"({ "when_down": "wait" })"), "networks"));
    BOOST_TEST(
        says(loading_rules(R"({ "types": ["claim.*"], "networks": ["public"], "when_down": "wait" },
{ "types": ["claim.*"], "networks": ["internet"], "when_down": "wait" })"),
             "paths.json:3:1: a type is an id"));
    BOOST_TEST(says(
        loading_rules(
            R"({ "types": ["certification.opnion"], "networks": ["public"], "when_down": "wait" })"),
        "paths.json:2:13: the catalogue has no information type"));
}

BOOST_AUTO_TEST_CASE(names_networks_that_adapters_have_too) {
    const DemoFolder folder;
    folder.edit("sekisho.json", R"(sekisho_adapter_pmh.so", "network": "public")",
                R"(sekisho_adapter_pmh.so", "network": "publik")");
    BOOST_TEST(says(loading(folder), "the network \"publik\" is no zone of this configuration"));
}

BOOST_AUTO_TEST_CASE(leaves_other_ways_to_those_whom_adapters_serve) {
    const auto with_ways = [](const std::string& ways) {
        const DemoFolder folder;
        folder.edit("parties.json", R"("other_ways": ["platform-line"])",
                    "\"other_ways\": " + ways);
        return loading(folder);
    };
    BOOST_TEST(says(with_ways(R"(["mailbox"])"), "the mailbox is none"));
    BOOST_TEST(says(with_ways(R"(["platform"])"), "each once"));
    BOOST_TEST(says(with_ways(R"(["platform-line", "platform-line"])"), "each once"));
    BOOST_TEST(says(with_ways(R"(["municipal"])"), "must be of one module"));
    BOOST_TEST(says(with_ways(R"(["platfrom-line"])"), "there is no adapter \"platfrom-line\""));
    const DemoFolder folder;
    folder.edit("parties.json", R"("via": "platform", )", R"("via": "mailbox", )");
    BOOST_TEST(says(loading(folder), "further adapters of a party that an adapter serves"));
}

BOOST_AUTO_TEST_CASE(wants_the_network_of_every_adapter_where_it_rules_all_the_rest) {
    const DemoFolder folder;
    folder.edit("sekisho.json", R"(sekisho_adapter_pmh.so", "network": "public")",
                R"(sekisho_adapter_pmh.so")");
    BOOST_TEST(says(loading(folder), "the adapter pmh needs a network too"));
    BOOST_TEST(
        says(loading_rules(R"({ "types": [], "networks": ["public"], "when_down": "wait" })"),
             "it names nothing"));
}

BOOST_AUTO_TEST_CASE(is_on_record_with_the_routes) {
    const auto digest_of = [](const DemoFolder& folder) {
        const auto loaded = config::load(folder.main_file(), [](std::string_view bytes) {
            model::Sha256 sum{};
            for (std::size_t i = 0; i < bytes.size(); ++i) {
                sum[i % sum.size()] = static_cast<std::uint8_t>(
                    sum[i % sum.size()] * 31 + static_cast<unsigned char>(bytes[i]));
            }
            return sum;
        });
        return loaded ? loaded->routes_digest : model::Sha256{};
    };
    const DemoFolder before;
    const DemoFolder after;
    after.edit("paths.json", "\"probe_every_seconds\": 10", "\"probe_every_seconds\": 11");
    BOOST_TEST((digest_of(before) != digest_of(after)));
}

BOOST_AUTO_TEST_SUITE_END()
