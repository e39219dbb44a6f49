// What an operator sees: metrics, health, logs; and that nothing personal is in them.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/documents/json.h"
#include "gateway/ops/expiries.h"
#include "gateway/ops/health.h"
#include "gateway/ops/json_log.h"
#include "gateway/ops/metrics.h"
#include "tests/support/exchange/exchange_world.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::tests {

namespace {

std::string metrics_of(ExchangeWorld& world, const identity::ExpiryBook& expiries = {}) {
    return ops::render_metrics({.counters = world.counters,
                                .memory = world.memory,
                                .store = world.store,
                                .lanes = *world.lanes,
                                .snapshots = world.snapshots,
                                .zones =
                                    [] {
                                        return std::vector<ops::ZoneSample>{
                                            {.zone = "internet", .connections_open = 3}};
                                    },
                                .expiries = expiries,
                                .clock = world.clock});
}

bool has_line(const std::string& text, const std::string& line) {
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(an_operator)

BOOST_AUTO_TEST_CASE(reads_how_many_opinions_are_awaited_and_how_near_their_day_is) {
    ExchangeWorld world;
    int number = 0;
    for (const char* applied_on : {"2026-10-20", "2026-10-22", "2026-10-28", "2026-11-20"}) {
        const std::string written = "000" + std::to_string(++number);
        BOOST_TEST(world
                       .submit_and_settle(world.a_request_event(
                           "rq-" + written, {.request_number = written, .applied_on = applied_on}))
                       .has_value());
    }
    const std::string text = metrics_of(world);
    BOOST_TEST(has_line(text, "sekisho_opinions_awaited{due=\"overdue\"} 1"), text);
    BOOST_TEST(has_line(text, "sekisho_opinions_awaited{due=\"within_7_days\"} 2"), text);
    BOOST_TEST(has_line(text, "sekisho_opinions_awaited{due=\"later\"} 1"), text);
}

BOOST_AUTO_TEST_CASE(reads_how_many_parties_have_to_renew_their_certificates_and_which) {
    ExchangeWorld world;
    identity::ExpiryBook book;
    const model::ZoneName internet{"internet"};
    std::vector<model::Party> known;
    const auto comes = [&](std::string_view id, std::chrono::days left) {
        known.push_back(
            {.id = party(id), .certificates = {{.zone = internet, .san_uri = "urn:x"}}});
        book.note({.party = party(id), .zone = internet, .until = kNow + left}, kNow);
    };
    comes(kClinic, std::chrono::days{3});
    comes(kHelpers, std::chrono::days{20});
    comes(kDayCare, std::chrono::days{200});
    comes(kReviewer, std::chrono::days{3});
    known.pop_back();  // whom the directory had until a moment ago
    auto snapshot = *world.snapshots.current()->snapshot;
    snapshot.directory = model::Directory{known};
    world.snapshots.replace(std::make_shared<const plan::Snapshot>(snapshot));
    const std::string text = metrics_of(world, book);
    BOOST_TEST(
        has_line(text, R"(sekisho_party_certificates{zone="internet",ends="within_7_days"} 1)"),
        text);
    BOOST_TEST(has_line(text, R"(sekisho_party_certificates{zone="internet",ends="later"} 1)"),
               text);
    const auto page = documents::parse_json(
        ops::render_expiries(book, {.directory = snapshot.directory, .now = kNow}));
    BOOST_TEST_REQUIRE(page->find("parties")->items().size() == 2U);
    BOOST_TEST(*page->find("parties")->items()[0].string_at("party") == "medical:1319900021");
}

BOOST_AUTO_TEST_CASE(reads_which_ways_out_answer) {
    ExchangeWorld world;
    for (unsigned i = 0; i < model::limits::kProbesSilent; ++i) {
        (void)world.legs.note(model::Via{"platform"}, false);
    }
    (void)world.legs.note(model::Via{"municipal"}, true);
    const std::string text = metrics_of(world);
    BOOST_TEST(has_line(text, R"(sekisho_leg_answers{via="platform",network=""} 0)"), text);
    BOOST_TEST(has_line(text, R"(sekisho_leg_answers{via="municipal",network=""} 1)"), text);
    BOOST_TEST(text.find(R"(sekisho_leg_answers{via="line")") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(reads_what_documents_hold_of_the_memory) {
    ExchangeWorld world;
    {
        const auto all = world.holding_all_memory();
        (void)world.submit_and_settle(world.an_opinion_event("op-1"));
        BOOST_TEST(has_line(metrics_of(world), "sekisho_document_memory_bytes 67108864"));
    }
    const std::string text = metrics_of(world);
    BOOST_TEST(has_line(text, "sekisho_document_memory_bytes 0"));
    BOOST_TEST(has_line(text, "sekisho_document_memory_max_bytes 67108864"));
    BOOST_TEST(has_line(text, "sekisho_document_memory_refused_total 1"));
}

BOOST_AUTO_TEST_CASE(reads_what_was_accepted_refused_and_delivered) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    (void)world.ask_and_settle(world.a_progress_question("q-1", "0000000003"));
    const std::string text = metrics_of(world);
    BOOST_TEST(has_line(text, R"(sekisho_messages_total{outcome="accepted"} 1)"));
    BOOST_TEST(has_line(text, R"(sekisho_messages_total{outcome="replayed"} 1)"));
    BOOST_TEST(has_line(text, R"(sekisho_refusals_total{problem="no-consent"} 1)"));
    BOOST_TEST(has_line(text, R"(sekisho_deliveries_total{outcome="delivered"} 1)"));
    BOOST_TEST(has_line(text, R"(sekisho_queue_deliveries{via="mailbox",state="queued"} 1)"));
    BOOST_TEST(has_line(text, R"(sekisho_connections_open{zone="internet"} 3)"));
}

BOOST_AUTO_TEST_CASE(reads_no_insured_number_in_metrics_or_leaves) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    (void)world.ask_and_settle(world.a_progress_question("q-1", "0000000001"));
    BOOST_TEST(metrics_of(world).find("0000000001") == std::string::npos);
    for (const auto& leaf : world.leaves()) {
        BOOST_TEST(leaf.find("0000000001") == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(sees_a_gateway_ready_only_when_it_says_so) {
    ExchangeWorld world;
    ops::Health health{world.store};
    BOOST_TEST(health.alive().status == 200);
    BOOST_TEST(health.ready().status == 503);
    health.set_ready(true);
    BOOST_TEST(health.ready().status == 200);
    health.set_ready(false);
    BOOST_TEST(health.ready().body.find("draining") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(reads_one_json_object_a_line) {
    const TemporaryFolder folder;
    const FakeClock clock{kNow};
    const std::string path = (std::filesystem::path{folder.path()} / "gateway.log").string();
    {
        ops::JsonLog log{clock, path};
        log.write(platform::LogLevel::info, "delivery", {{"id", "op-1"}, {"detail", "a \"b\"\n"}});
        log.write(platform::LogLevel::error, "store", {});
    }
    std::ifstream in{path};
    std::string line;
    BOOST_TEST_REQUIRE(static_cast<bool>(std::getline(in, line)));
    const auto first = documents::parse_json(line);
    BOOST_TEST_REQUIRE(first.has_value());
    BOOST_TEST(*first->string_at("event") == "delivery");
    BOOST_TEST(*first->string_at("detail") == "a \"b\"\n");
    BOOST_TEST(static_cast<bool>(std::getline(in, line)));
    BOOST_TEST(!static_cast<bool>(std::getline(in, line)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
