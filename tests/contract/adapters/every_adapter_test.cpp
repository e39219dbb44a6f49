// What every adapter owes the gateway, whatever stands behind it.
#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <thread>
#include <vector>

#include "adapters/simulation/simulator_server.h"
#include "tests/contract/adapters/subjects.h"
#include "tests/support/adapters_parcel.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using adapters::Fate;
using documents::Json;
using tests::Filing;
using tests::Subject;

namespace {

// An adapter with all that it needs to deliver.
struct Standing {
    explicit Standing(const Subject& subject) : peer(tests::make_peer(subject)) {
        auto settings = Json::object();
        if (peer) {
            server =
                std::make_unique<simulation::SimulatorServer>(*peer, simulation::ServerOptions{});
            BOOST_REQUIRE(server->start());
            settings = tests::plain_settings(server->url());
        } else if (subject.name == "folder") {
            settings.set("folder", folder.path());
        }
        adapter = tests::make_adapter(subject, settings);
    }

    tests::TemporaryFolder folder;
    std::unique_ptr<adapters::SimulatedPeer> peer;
    std::unique_ptr<simulation::SimulatorServer> server;
    std::unique_ptr<adapters::Adapter> adapter;
};

std::array<Fate, 12> delivered_by_threads(const Subject& subject, adapters::Adapter& adapter) {
    std::array<Fate, 12> fates{};
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < fates.size(); ++i) {
        threads.emplace_back([&subject, &adapter, &fates, i] {
            const Filing filing = tests::a_filing(subject, "m-" + std::to_string(i));
            fates[i] = filing.through(adapter).fate;
        });
    }
    for (std::thread& thread : threads) thread.join();
    return fates;
}

const auto kSubjects = boost::unit_test::data::make(tests::all_subjects());
const auto kDelivering = boost::unit_test::data::make(tests::delivering_subjects());
const auto kCarrying =
    boost::unit_test::data::make(tests::carrying_any_bytes(tests::delivering_subjects()));

}  // namespace

BOOST_AUTO_TEST_SUITE(every_adapter)

BOOST_DATA_TEST_CASE(it_knows_its_name_and_its_limit, kSubjects, subject) {
    const Standing standing(subject);
    const auto own = standing.adapter->capabilities();
    BOOST_TEST(own.name == subject.name);
    BOOST_TEST(!own.version.empty());
    BOOST_TEST((own.delivers || own.answers));
    BOOST_TEST((own.body_bytes_max > 0U) == own.delivers);
}

BOOST_DATA_TEST_CASE(it_delivers_and_the_same_again_is_delivered, kDelivering, subject) {
    const Standing standing(subject);
    const Filing filing = tests::a_filing(subject, "m-1", tests::Content::large);
    for (int i = 0; i < 3; ++i) {
        const auto outcome = filing.through(*standing.adapter);
        BOOST_CHECK_MESSAGE(outcome.fate == Fate::delivered, outcome.detail);
    }
}

BOOST_DATA_TEST_CASE(an_empty_document_is_a_document, kCarrying, subject) {
    const Standing standing(subject);
    BOOST_CHECK(Filing(tests::opinion_envelope("m-1"), "").through(*standing.adapter).fate ==
                Fate::delivered);
}

BOOST_DATA_TEST_CASE(after_its_deadline_nothing_is_delivered, kDelivering, subject) {
    const Standing standing(subject);
    const Filing filing = tests::a_filing(subject, "m-1");
    BOOST_CHECK(filing.through(*standing.adapter, std::chrono::milliseconds{-1}).fate ==
                Fate::retry);
}

BOOST_DATA_TEST_CASE(a_document_that_breaks_off_is_not_delivered, kDelivering, subject) {
    const Standing standing(subject);
    const Filing filing = tests::a_filing(subject, "m-1");
    tests::BrokenSource source;
    const auto outcome = standing.adapter->deliver(
        filing.delivery(), source, std::chrono::steady_clock::now() + std::chrono::seconds{10});
    BOOST_CHECK(outcome.fate == Fate::retry);
    BOOST_CHECK(filing.through(*standing.adapter).fate == Fate::delivered);
}

BOOST_DATA_TEST_CASE(many_threads_may_deliver_at_once, kDelivering, subject) {
    const Standing standing(subject);
    for (const Fate fate : delivered_by_threads(subject, *standing.adapter))
        BOOST_CHECK(fate == Fate::delivered);
}

// A route that leads there is wrong; no later attempt mends it.
BOOST_DATA_TEST_CASE(what_takes_no_documents_says_so_at_once, kSubjects, subject) {
    const Standing standing(subject);
    if (standing.adapter->capabilities().delivers) return;
    const auto outcome = Filing{tests::opinion_envelope("m-1")}.through(*standing.adapter);
    BOOST_CHECK(outcome.fate == Fate::rejected);
    BOOST_TEST(outcome.detail.find("。 / ") != std::string::npos, outcome.detail);
}

BOOST_DATA_TEST_CASE(the_probe_finds_a_peer_that_is_there, kSubjects, subject) {
    const Standing standing(subject);
    const auto health =
        standing.adapter->probe(std::chrono::steady_clock::now() + std::chrono::seconds{5});
    BOOST_CHECK_MESSAGE(health.reachable, health.detail);
}

BOOST_DATA_TEST_CASE(a_question_is_answered_only_by_an_adapter_that_says_it_answers, kSubjects,
                     subject) {
    const Standing standing(subject);
    const auto answer = tests::asked(subject, *standing.adapter);
    const bool answered = answer.fate == adapters::AnswerFate::answered;
    BOOST_TEST(answered == standing.adapter->capabilities().answers);
    if (answered) BOOST_TEST(documents::parse_json(answer.body).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
