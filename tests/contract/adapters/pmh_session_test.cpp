// The PMH adapter against the simulated hub: when it asks for a token, what becomes of a load that
// takes several calls, and that trouble with a token rejects no document.
#include <boost/test/unit_test.hpp>

#include "adapters/documents/samples.h"
#include "adapters/locks/mutex.h"
#include "adapters/pmh/codec.h"
#include "adapters/pmh/pmh_adapter.h"
#include "adapters/pmh/pmh_simulator.h"
#include "adapters/simulation/simulator_server.h"
#include "tests/support/adapters_parcel.h"
#include "tests/support/config_files.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using adapters::Fate;
using documents::Json;
using tests::Filing;

namespace {

// The hub, which answers only the first so many registrations, and tells which came. Threads: any
// number.
class BusyHub final : public adapters::SimulatedPeer {
  public:
    adapters::HttpReply handle(const adapters::HttpCall& call) override {
        if (call.path == pmh_adapter::kCardsPath && !is_answered(call)) return {503, {}, {}};
        return hub_.handle(call);
    }
    adapters::HttpReply business_error() const override { return hub_.business_error(); }
    bool is_login(const adapters::HttpCall& call) const override { return hub_.is_login(call); }

    void answers(int count) {
        const locks::Lock lock(mutex_);
        answers_ = count;
    }
    std::string take_calls() {  // "1 2 3"
        const locks::Lock lock(mutex_);
        return std::exchange(calls_, {});
    }

  private:
    bool is_answered(const adapters::HttpCall& call) {
        const auto json = documents::parse_json(call.body).value();
        const std::string id{json.string_at("requestId").value_or("?")};
        const locks::Lock lock(mutex_);
        calls_ += (calls_.empty() ? "" : " ") + id.substr(id.rfind('/') + 1);
        return answers_-- > 0;
    }

    pmh_adapter::PmhSimulator hub_;
    locks::Mutex mutex_;
    int answers_ SEKISHO_GUARDED_BY(mutex_) = 1'000;
    std::string calls_ SEKISHO_GUARDED_BY(mutex_);
};

Filing a_load(const std::string& id, int persons, const std::string& care_level = "22") {
    documents::LoadSample sample;
    sample.insured.clear();
    for (int person = 0; person < persons; ++person)
        sample.insured.push_back(std::to_string(1'000'000'000 + person));
    return Filing{tests::a_card_load().with_id(id).with_format("card-json:1"),
                  documents::a_card_json(sample, care_level)};
}

struct Insurer {
    tests::TemporaryFolder folder;
    BusyHub hub;
    simulation::SimulatorServer server{hub, {}};
    std::unique_ptr<adapters::Adapter> adapter;

    Insurer() {
        set_secret("pmh-demo");
        BOOST_REQUIRE(server.start());
        adapter = pmh_adapter::make_adapter(
            pmh_adapter::Settings::parse(Json::object()
                                             .set("url", server.url())
                                             .set("plain_http", Json::boolean(true))
                                             .set("client", "sekisho")
                                             .set("secret_file", folder / "secret"))
                .value());
    }

    void set_secret(const std::string& secret) const {
        tests::write_file(folder / "secret", secret + "\n");
    }
    adapters::Outcome sent(const std::string& id, int persons = 1) const {
        return a_load(id, persons).through(*adapter);
    }
    adapters::HttpReply told(const std::string& method, const std::string& path,
                             const std::string& body = {}) {
        return hub.handle({.method = method, .path = path, .body = body});
    }
    void says_of_links(const std::string& path, const std::vector<std::string>& insured) {
        Json links = Json::array();
        for (const std::string& number : insured)
            links.push(Json::object().set("insurer", "139980").set("insured", number));
        const auto reply =
            told("POST", path, to_text(Json::object().set("links", std::move(links))));
        BOOST_REQUIRE(reply.status == 204);
    }
    std::int64_t counted(const std::string& path, std::string_view what) {
        return documents::parse_json(told("GET", path).body)->integer_at(what).value_or(-1);
    }
    std::int64_t cards() { return counted("/sim/cards", "cards"); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(pmh_session)

BOOST_FIXTURE_TEST_CASE(one_token_serves_many_loads, Insurer) {
    for (const char* id : {"m-1", "m-2", "m-3"}) BOOST_CHECK(sent(id).fate == Fate::delivered);
    BOOST_TEST(counted("/sim/state", "granted") == 1);
}

BOOST_FIXTURE_TEST_CASE(a_token_no_longer_taken_is_dropped_and_another_asked_for, Insurer) {
    BOOST_CHECK(sent("m-1").fate == Fate::delivered);
    (void)told("POST", "/sim/expire-tokens");
    BOOST_CHECK(sent("m-2").fate == Fate::retry);
    BOOST_CHECK(sent("m-2").fate == Fate::delivered);
    BOOST_TEST(counted("/sim/state", "granted") == 2);
}

BOOST_FIXTURE_TEST_CASE(a_refused_secret_rejects_nothing_and_is_not_hammered, Insurer) {
    set_secret("wrong");
    for (int i = 0; i < 10; ++i) {
        const auto outcome = sent("m-1");
        BOOST_CHECK(outcome.fate == Fate::retry);
        BOOST_TEST(outcome.detail.starts_with("login: "), outcome.detail);
    }
    BOOST_TEST(counted("/sim/state", "loginCalls") == 1);
    set_secret("pmh-demo");
    BOOST_CHECK(sent("m-1").fate == Fate::delivered);
}

BOOST_FIXTURE_TEST_CASE(a_secret_that_cannot_be_read_is_told_and_tried_again, Insurer) {
    std::filesystem::remove(folder / "secret");
    BOOST_TEST(sent("m-1").detail == "login: the secret file cannot be read");
    set_secret("pmh-demo");
    BOOST_CHECK(sent("m-1").fate == Fate::delivered);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(pmh_loads)

BOOST_FIXTURE_TEST_CASE(a_load_of_many_persons_goes_in_several_calls, Insurer) {
    const auto outcome = sent("m-1", 1'200);
    BOOST_CHECK_MESSAGE(outcome.fate == Fate::delivered, outcome.detail);
    BOOST_TEST(outcome.detail.starts_with("1200 records, receipt PMH-R-"));
    BOOST_TEST(hub.take_calls() == "1 2 3");
    BOOST_TEST(cards() == 1'200);
}

BOOST_FIXTURE_TEST_CASE(a_load_that_broke_off_goes_on_behind_what_is_done, Insurer) {
    hub.answers(2);
    const auto broken_off = sent("m-1", 1'200);
    BOOST_CHECK(broken_off.fate == Fate::retry);
    BOOST_TEST(broken_off.detail ==
               "HTTP 503; 1000 of 1200 records are answered, the rest goes on behind them");
    BOOST_TEST(hub.take_calls() == "1 2 3");
    hub.answers(1);
    const auto outcome = sent("m-1", 1'200);
    BOOST_CHECK_MESSAGE(outcome.fate == Fate::delivered, outcome.detail);
    BOOST_TEST(outcome.detail.starts_with("1200 records"));
    BOOST_TEST(hub.take_calls() == "3");
    BOOST_TEST(cards() == 1'200);
}

BOOST_FIXTURE_TEST_CASE(other_bytes_under_the_same_id_begin_from_the_front, Insurer) {
    hub.answers(1);
    BOOST_CHECK(sent("m-1", 1'200).fate == Fate::retry);
    (void)hub.take_calls();
    hub.answers(3);
    BOOST_CHECK(a_load("m-1", 1'200, "23").through(*adapter).fate == Fate::rejected);
    BOOST_TEST(hub.take_calls() == "1 2 3");
}

BOOST_FIXTURE_TEST_CASE(a_load_sent_whole_is_forgotten_and_the_same_again_is_no_error, Insurer) {
    BOOST_CHECK(sent("m-1", 600).fate == Fate::delivered);
    BOOST_CHECK(sent("m-1", 600).fate == Fate::delivered);
    BOOST_TEST(hub.take_calls() == "1 2 1 2");
    BOOST_TEST(cards() == 600);
}

BOOST_FIXTURE_TEST_CASE(who_is_not_linked_is_told_when_all_calls_were_made, Insurer) {
    says_of_links("/sim/unlink", {"1000000000", "1000000501"});
    hub.answers(1);
    BOOST_CHECK(sent("m-1", 1'200).fate == Fate::retry);
    hub.answers(2);
    const auto outcome = sent("m-1", 1'200);
    BOOST_CHECK(outcome.fate == Fate::rejected);
    BOOST_TEST(outcome.peer_code == "PMH-4041");
    BOOST_TEST(outcome.detail.find("PMH refused 2 of 1200 records (1, 502; PMH-4041), it has the "
                                   "others. The sender links") != std::string::npos,
               outcome.detail);
    BOOST_TEST(outcome.detail.find("1000000000") == std::string::npos);
    BOOST_TEST(cards() == 1'198);
    says_of_links("/sim/links", {"1000000000", "1000000501"});
    hub.answers(3);
    BOOST_CHECK(sent("m-2", 1'200).fate == Fate::delivered);
    BOOST_TEST(cards() == 1'200);
}

BOOST_FIXTURE_TEST_CASE(what_is_no_card_is_rejected_without_a_call, Insurer) {
    const auto outcome = Filing{tests::opinion_envelope("m-1")}.through(*adapter);
    BOOST_CHECK(outcome.fate == Fate::rejected);
    BOOST_TEST(outcome.detail.find("運用者") != std::string::npos);
    BOOST_TEST(hub.take_calls().empty());
    BOOST_TEST(counted("/sim/state", "loginCalls") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
