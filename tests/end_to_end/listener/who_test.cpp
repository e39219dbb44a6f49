// Who gets an alert, who a 403, who an answer.
#include <boost/test/unit_test.hpp>

#include "tests/end_to_end/listener/listener_world.h"

using namespace sekisho;
using namespace sekisho::tests;

namespace {

void is_turned_away(ListenerWorld& world, TlsClient& client, const std::string& code) {
    BOOST_REQUIRE(client.connected());
    client.send(get("/who"));
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 403);
    BOOST_TEST(answer->headers.at("content-type") == "application/problem+json");
    BOOST_TEST(answer->headers.at("connection") == "close");
    BOOST_TEST(answer->body.find(code) != std::string::npos);
    BOOST_TEST(client.ends());
    BOOST_TEST(world.service.served().empty());
}

void meets_an_alert(TlsClient& client, const std::string& alert) {
    client.send(get("/who"));
    BOOST_TEST(!client.read_answer());
    BOOST_TEST(client.ends());
    BOOST_TEST(client.alert() == alert);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(who_may_come_in, ListenerWorld)

BOOST_AUTO_TEST_CASE(a_party_is_known_by_its_certificate) {
    auto client = connect();
    client.send(get("/who"));
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 200);
    BOOST_TEST(answer->body == "medical:1319900021");
}

BOOST_AUTO_TEST_CASE(a_client_without_a_certificate_meets_an_alert) {
    auto client = connect("");
    meets_an_alert(client, "certificate required");
}

BOOST_AUTO_TEST_CASE(a_stranger_meets_an_alert) {
    auto client = connect("self");
    meets_an_alert(client, "unknown CA");
    wait_for([this] { return counters().strangers.load() == 1; });
    BOOST_TEST(service.noted().empty());
}

BOOST_AUTO_TEST_CASE(tls_1_2_is_refused) {
    const auto client =
        TlsClient::connect(port("internet"), {.own = &pki.of("clinic"), .tls12_only = true});
    BOOST_TEST(!client.connected());
    BOOST_TEST(client.alert() == "protocol version");
}

BOOST_AUTO_TEST_CASE(nothing_is_given_to_resume_a_session_with) {
    auto client = connect();
    client.send(get("/who"));
    BOOST_TEST(client.read_answer().has_value());
    BOOST_TEST(!client.got_ticket());
    BOOST_TEST(!client.resumed());
}

BOOST_AUTO_TEST_CASE(a_certificate_of_another_zone_is_told_so) {
    auto client = connect("insurer", "internet");
    is_turned_away(*this, client, "SK-2005");
}

BOOST_AUTO_TEST_CASE(a_party_of_another_zone_is_told_so) {
    auto client = connect("misplaced");
    is_turned_away(*this, client, "SK-2005");
}

BOOST_AUTO_TEST_CASE(a_party_that_nobody_knows_is_told_so) {
    auto client = connect("nobody");
    is_turned_away(*this, client, "SK-2006");
}

BOOST_AUTO_TEST_CASE(an_expired_certificate_is_told_so) {
    auto client = connect("expired");
    is_turned_away(*this, client, "SK-2002");
}

BOOST_AUTO_TEST_CASE(a_weak_key_is_told_so) {
    auto client = connect("weak");
    is_turned_away(*this, client, "SK-2003");
}

BOOST_AUTO_TEST_CASE(a_revoked_certificate_is_told_so) {
    pki.revoke("clinic");
    BOOST_TEST((trust.refresh() == true));
    auto client = connect();
    is_turned_away(*this, client, "SK-2001");
}

BOOST_AUTO_TEST_CASE(a_revocation_reaches_an_open_connection) {
    auto client = connect();
    client.send(get("/who"));
    BOOST_TEST(client.read_answer()->status == 200);
    pki.revoke("clinic");
    BOOST_TEST((trust.refresh() == true));
    client.send(get("/who"));
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 403);
    BOOST_TEST(answer->body.find("SK-2001") != std::string::npos);
    BOOST_TEST(client.ends());
    BOOST_TEST(counters().certificates_refused.load() == 1);
}

BOOST_AUTO_TEST_CASE(a_suspension_reaches_an_open_connection) {
    auto client = connect();
    client.send(get("/who"));
    BOOST_TEST(client.read_answer()->status == 200);
    suspend_clinic();
    client.send(get("/who", "Accept-Language: en\r\n"));
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 403);
    BOOST_TEST(answer->body.find("The party is suspended") != std::string::npos);
    BOOST_TEST(client.ends());
}

BOOST_AUTO_TEST_CASE(a_missing_revocation_list_refuses_everyone_of_the_zone) {
    files.remove(pki.crl_file("internet"));
    BOOST_TEST((trust.refresh() == true));
    auto client = connect();
    is_turned_away(*this, client, "SK-2008");
    auto insurer = connect("insurer", "public");
    insurer.send(get("/who"));
    BOOST_TEST(insurer.read_answer()->status == 200);
}

BOOST_AUTO_TEST_CASE(a_renewed_server_certificate_serves_new_connections) {
    auto before = connect();
    pki.renew_server();
    BOOST_TEST(listener->reload_credentials().has_value());
    auto after = connect();
    BOOST_TEST(after.connected());
    BOOST_TEST(before.server_serial() != after.server_serial());
    before.send(get("/who"));
    BOOST_TEST(before.read_answer()->status == 200);
}

BOOST_AUTO_TEST_CASE(a_broken_server_certificate_leaves_the_old_one) {
    TestPki::write(pki.server_key_file(), "nothing");
    BOOST_TEST(!listener->reload_credentials().has_value());
    BOOST_TEST(connect().connected());
}

BOOST_AUTO_TEST_SUITE_END()
