// The care plan adapter's session against the simulated system: when it logs in, when it asks for a
// new token, and that trouble with either rejects no document.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "adapters/careplan/careplan_adapter.h"
#include "adapters/simulation/peers.h"
#include "adapters/simulation/simulator_server.h"
#include "tests/support/adapters_parcel.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using adapters::Fate;
using documents::Json;
using tests::Filing;

namespace {

struct Account {
    tests::TemporaryFolder folder;
    std::unique_ptr<adapters::SimulatedPeer> peer = simulation::make_peer("careplan", {});
    simulation::SimulatorServer server{*peer, {}};
    std::unique_ptr<adapters::Adapter> adapter;

    Account() {
        set_password("careplan-demo");
        BOOST_REQUIRE(server.start());
        adapter = careplan_adapter::make_adapter(
            careplan_adapter::Settings::parse(Json::object()
                                                  .set("url", server.url())
                                                  .set("plain_http", Json::boolean(true))
                                                  .set("user", "sekisho")
                                                  .set("password_file", folder / "password"))
                .value());
    }

    void set_password(const std::string& password) const {
        std::ofstream(folder / "password", std::ios::trunc) << password << "\n";
    }
    adapters::Outcome sent(const std::string& id) const {
        return Filing{tests::opinion_envelope(id)}.through(*adapter);
    }
    adapters::HttpReply told(const std::string& method, const std::string& path,
                             const std::string& body = {}) const {
        return peer->handle({.method = method, .path = path, .body = body});
    }
    void refuses_by(int status) const {
        const std::string body = R"({"status":)" + std::to_string(status) + "}";
        BOOST_REQUIRE(told("POST", "/sim/refuse-logins", body).status == 204);
    }
    std::int64_t counted(std::string_view what) const {
        return documents::parse_json(told("GET", "/sim/state").body)->integer_at(what).value_or(-1);
    }
};

// How the system may say no to a login or a refresh.
const auto kRefusals = boost::unit_test::data::make({200, 400, 401, 403});

}  // namespace

BOOST_AUTO_TEST_SUITE(careplan_session)

BOOST_FIXTURE_TEST_CASE(one_login_serves_many_units, Account) {
    for (const char* id : {"u-1", "u-2", "u-3"}) BOOST_CHECK(sent(id).fate == Fate::delivered);
    BOOST_TEST(counted("logins") == 1);
    BOOST_TEST(counted("granted") == 1);
}

BOOST_FIXTURE_TEST_CASE(a_token_no_longer_taken_is_dropped_and_refreshed, Account) {
    BOOST_CHECK(sent("u-1").fate == Fate::delivered);
    (void)told("POST", "/sim/expire-tokens");
    BOOST_CHECK(sent("u-2").fate == Fate::retry);
    BOOST_CHECK(sent("u-2").fate == Fate::delivered);
    BOOST_TEST(counted("logins") == 1);
    BOOST_TEST(counted("granted") == 2);
}

BOOST_DATA_TEST_CASE_F(Account, a_refused_refresh_is_followed_by_a_login, kRefusals, status) {
    BOOST_CHECK(sent("u-1").fate == Fate::delivered);
    refuses_by(status);
    (void)told("POST", "/sim/end-sessions");
    BOOST_CHECK(sent("u-2").fate == Fate::retry);
    const auto outcome = sent("u-2");
    BOOST_CHECK_MESSAGE(outcome.fate == Fate::delivered, outcome.detail);
    BOOST_TEST(counted("logins") == 2);
}

BOOST_DATA_TEST_CASE_F(Account, a_refused_login_rejects_nothing_and_is_not_hammered, kRefusals,
                       status) {
    refuses_by(status);
    set_password("wrong");
    for (int i = 0; i < 10; ++i) {
        const auto outcome = sent("u-1");
        BOOST_CHECK(outcome.fate == Fate::retry);
        BOOST_TEST(outcome.detail.starts_with("login: "), outcome.detail);
    }
    BOOST_TEST(counted("loginCalls") == 1);
    set_password("careplan-demo");  // one wrong password has not locked the account
    BOOST_CHECK(sent("u-1").fate == Fate::delivered);
    BOOST_TEST(counted("documents") == 1);
}

BOOST_FIXTURE_TEST_CASE(a_password_that_cannot_be_read_is_told_and_tried_again, Account) {
    std::filesystem::remove(folder / "password");
    BOOST_TEST(sent("u-1").detail == "login: the password file cannot be read");
    set_password("careplan-demo");
    BOOST_CHECK(sent("u-1").fate == Fate::delivered);
}

BOOST_AUTO_TEST_SUITE_END()
