#include <boost/test/unit_test.hpp>
#include <fstream>

#include "adapters/careplan/careplan_adapter.h"
#include "adapters/careplan/codec.h"
#include "tests/support/adapters_parcel.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using namespace sekisho::careplan_adapter;
using adapters::Fate;
using std::chrono::seconds;

namespace {

const std::string kAccess(32, 'a');
const std::string kRefresh(32, 'r');

std::string a_grant(const std::string& access, int life) {
    return tokens_text({access, seconds{life}, kRefresh, seconds{28'800}});
}

// A unit for these offices, on its way to the care plan system.
struct Unit {
    explicit Unit(const std::vector<std::string>& offices,
                  std::string_view to = "system:careplan") {
        auto envelope = tests::opinion_envelope("m-1");
        for (const std::string& office : offices)
            envelope.recipients.push_back(*model::parse_party_id(office));
        filing = std::make_unique<tests::Filing>(envelope);
        recipient = *model::parse_party_id(to);
    }
    adapters::Delivery delivery() const {
        auto made = filing->delivery();
        made.recipient = recipient;
        return made;
    }

    std::unique_ptr<tests::Filing> filing;
    model::PartyId recipient;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(careplan_codec)

BOOST_AUTO_TEST_CASE(a_grant_gives_both_tokens_and_their_lives) {
    const auto tokens = read_tokens(200, a_grant(kAccess, 3600));
    BOOST_REQUIRE(tokens);
    BOOST_TEST(tokens->access == kAccess);
    BOOST_TEST(tokens->refresh == kRefresh);
    BOOST_CHECK(tokens->access_life == std::chrono::hours{1});
    BOOST_CHECK(tokens->refresh_life == std::chrono::hours{8});
}

BOOST_AUTO_TEST_CASE(a_token_that_could_carry_a_header_of_its_own_is_not_used) {
    for (const std::string& token :
         {std::string{"short"}, kAccess + "\r\nX: y", kAccess + " ", std::string(4097, 'a')})
        BOOST_TEST(!read_tokens(200, a_grant(token, 3600)));
    for (const int life : {0, -1, 700'000}) BOOST_TEST(!read_tokens(200, a_grant(kAccess, life)));
}

BOOST_AUTO_TEST_CASE(a_login_in_trouble_never_rejects_a_document) {
    const std::string wrong = R"({"result":"error","errorCode":"KC-2001"})";
    BOOST_TEST(read_tokens(200, wrong).error().outcome.peer_code == "KC-2001");
    for (const auto& refused : {read_tokens(200, wrong), read_tokens(400, ""), read_tokens(401, ""),
                                read_tokens(403, "")}) {
        BOOST_REQUIRE(!refused);
        BOOST_TEST(refused.error().refused);
        BOOST_CHECK(refused.error().outcome.fate == Fate::retry);
    }
    for (const auto& trouble :
         {read_tokens(200, R"({"result":"error","errorCode":"KC-9001"})"), read_tokens(200, "{}"),
          read_tokens(404, ""), read_tokens(422, ""), read_tokens(503, "")}) {
        BOOST_REQUIRE(!trouble);
        BOOST_TEST(!trouble.error().refused);
        BOOST_CHECK(trouble.error().outcome.fate == Fate::retry);
    }
}

BOOST_AUTO_TEST_CASE(a_call_is_for_one_office) {
    const Unit one({"care-office:1379900028"});
    BOOST_TEST(to_string(**office_of(one.delivery())) == "care-office:1379900028");
    const Unit none({});
    BOOST_TEST(!office_of(none.delivery()).value().has_value());
    const Unit several({"care-office:1379900028", "care-office:1379900036"});
    const auto refused = office_of(several.delivery());
    BOOST_REQUIRE(!refused);
    BOOST_CHECK(refused.error().fate == Fate::rejected);
    const Unit each({"care-office:1379900028", "care-office:1379900036"}, "care-office:1379900036");
    BOOST_TEST(to_string(**office_of(each.delivery())) == "care-office:1379900036");
}

BOOST_AUTO_TEST_CASE(the_headers_name_that_office_alone_and_the_token) {
    const std::vector<adapters::HttpHeader> event{
        {"ce-id", "m-1"}, {"ce-recipient", "care-office:1379900028,care-office:1379900036"}};
    auto headers = event;
    address(headers, model::parse_party_id("care-office:1379900036"), kAccess);
    BOOST_TEST(find_header(headers, "ce-id").value_or("") == "m-1");
    BOOST_TEST(find_header(headers, "ce-recipient").value_or("") == "care-office:1379900036");
    BOOST_TEST(find_header(headers, "Authorization").value_or("") == "Bearer " + kAccess);
    BOOST_TEST(headers.size() == 3U);
    headers = event;
    address(headers, std::nullopt, kAccess);
    BOOST_TEST(!find_header(headers, "ce-recipient"));
}

BOOST_AUTO_TEST_CASE(a_unit_is_delivered_by_a_receipt_number_and_rejected_by_a_code) {
    const Unit unit({});
    const auto answered = [&](int status, std::string_view body) {
        return read_unit_reply(unit.delivery(), status, body);
    };
    const std::string members = R"("result":"ok","receiptNumber":"KCR-1")";
    BOOST_CHECK(answered(200, tests::naming(unit.delivery(), members)).fate == Fate::delivered);
    BOOST_CHECK(answered(200, "{" + members + "}").fate == Fate::retry);
    const auto refused = answered(200, R"({"result":"error","errorCode":"KC-1001"})");
    BOOST_CHECK(refused.fate == Fate::rejected);
    BOOST_TEST(refused.peer_code == "KC-1001");
    BOOST_CHECK(answered(200, R"({"result":"error","errorCode":"KC-9001"})").fate == Fate::retry);
    for (const int status : {401, 403, 404, 500, 503})
        BOOST_CHECK_MESSAGE(answered(status, "").fate == Fate::retry, status);
    for (const char* body : {"", "{}", R"({"result":"ok"})"})
        BOOST_CHECK_MESSAGE(answered(200, body).fate == Fate::retry, body);
}

BOOST_AUTO_TEST_CASE(settings_want_a_user_and_a_readable_password) {
    const tests::TemporaryFolder folder;
    const auto parsed = [&](const std::string& password_file) {
        return Settings::parse(documents::Json::object()
                                   .set("url", "http://127.0.0.1:1")
                                   .set("plain_http", documents::Json::boolean(true))
                                   .set("user", "sekisho")
                                   .set("password_file", password_file));
    };
    BOOST_TEST(!parsed(folder / "none"));
    std::ofstream(folder / "empty") << "\n";
    BOOST_TEST(!parsed(folder / "empty"));
    std::ofstream(folder / "lines") << "one\ntwo\n";
    BOOST_TEST(!parsed(folder / "lines"));
    std::ofstream(folder / "good") << "a password\n";
    BOOST_TEST(parsed(folder / "good").has_value());
    BOOST_TEST(peer::read_secret(folder / "good").value_or("") == "a password");
}

BOOST_AUTO_TEST_SUITE_END()
