#include <boost/test/unit_test.hpp>

#include "adapters/documents/json.h"
#include "adapters/pmh/codec.h"
#include "adapters/pmh/pmh_adapter.h"
#include "tests/support/adapters_parcel.h"
#include "tests/support/config_files.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using namespace sekisho::pmh_adapter;
using adapters::Fate;
using documents::Json;
using std::chrono::seconds;

namespace {

Json json_of(std::string_view text) {
    return documents::parse_json(text).value();
}

std::string text_of(const std::optional<Json>& card) {
    return card ? to_text(*card) : "none";
}

constexpr std::string_view kCall = "/insurers/139980/m-1/1";

// What three records came to.
std::expected<CallReply, adapters::Outcome> replied(int status, std::string_view body) {
    return read_reply(kCall, 3, status, body);
}

std::string a_yes(std::string_view accepted, std::string_view failed,
                  std::string_view call = kCall) {
    return R"({"result":"ok","requestId":")" + std::string{call} +
           R"(","receiptNumber":"PMH-R-1","accepted":)" + std::string{accepted} + R"(,"failed":)" +
           std::string{failed} + "}";
}

bool is_tried_again(const std::expected<CallReply, adapters::Outcome>& reply) {
    return !reply && reply.error().fate == Fate::retry;
}

std::string refused_in(const CallReply& reply) {
    std::string text;
    for (const auto& [index, code] : reply.refused)
        text += std::to_string(index) + " " + code + ";";
    return text;
}

const std::string kToken(32, 't');

}  // namespace

BOOST_AUTO_TEST_SUITE(pmh_codec)

BOOST_AUTO_TEST_CASE(each_member_of_a_record_becomes_one_of_pmhs) {
    const auto card = card_of(
        json_of(R"({"insured":"0000000001","history":12,"deleted":false,"lost_on":"2026-12-01",)"
                R"("care_level":"22","certified_from":"2026-11-01","certified_until":"2027-10-31",)"
                R"("burden_ratio":2,"ratio_from":"2026-08-01","ratio_until":"2027-07-31"})"));
    BOOST_TEST(text_of(card) ==
               R"({"insuredNumber":"0000000001","historyKey":"000000012","isDeleted":false,)"
               R"("lostOn":"2026-12-01","careLevel":"22","validFrom":"2026-11-01",)"
               R"("validTo":"2027-10-31","burdenRatio":2,"ratioFrom":"2026-08-01",)"
               R"("ratioTo":"2027-07-31"})");
}

BOOST_AUTO_TEST_CASE(a_history_taken_back_needs_no_values) {
    const auto card = card_of(json_of(R"({"insured":"H000000004","history":1,"deleted":true})"));
    BOOST_TEST(text_of(card) ==
               R"({"insuredNumber":"H000000004","historyKey":"000000001","isDeleted":true})");
}

BOOST_AUTO_TEST_CASE(the_order_of_history_keys_is_that_of_the_histories) {
    const auto key = [](const std::string& history) {
        const auto card = card_of(
            json_of(R"({"insured":"0000000001","deleted":false,"history":)" + history + "}"));
        return std::string{card.value().string_at("historyKey").value_or("")};
    };
    BOOST_TEST(key("9") < key("10"));
    BOOST_TEST(key("999999999") == "999999999");
}

BOOST_AUTO_TEST_CASE(a_member_that_pmh_has_none_for_is_not_left_out_silently) {
    for (const char* record :
         {R"({"insured":"0000000001","history":1,"deleted":false,"address":"x"})",
          R"({"insured":"0000000001","history":1})", R"({"history":1,"deleted":false})",
          R"({"insured":"0000000001","history":0,"deleted":false})",
          R"({"insured":"0000000001","history":1000000000,"deleted":false})",
          R"({"insured":"0000000001","history":"1","deleted":false})", "[]", "1"})
        BOOST_TEST(text_of(card_of(json_of(record))) == "none", record);
}

BOOST_AUTO_TEST_CASE(every_member_that_the_schema_allows_has_its_word) {
    const auto schema =
        json_of(tests::read_text(tests::source_path("config/schema/card-json-1.json")));
    const Json* const record = schema.find("properties")->find("records")->find("items");
    for (const auto& [name, value] : record->find("properties")->members()) {
        Json sample = json_of(R"({"insured":"0000000001","history":1,"deleted":false})");
        if (sample.find(name) == nullptr) sample.set(name, "x");
        BOOST_TEST(card_of(sample).has_value(), name);
    }
}

BOOST_AUTO_TEST_CASE(a_call_names_itself_and_says_of_the_load_what_it_is) {
    const tests::Filing filing{tests::opinion_envelope("m-1")};
    BOOST_TEST(request_id(filing.delivery(), 7) == "/medical/1319900021/m-1/7");
    const LoadHead head{"139980", "full", "2026-11-21T06:00:00+09:00", 1};
    BOOST_TEST(call_text(std::string{kCall}, head, Json::array({Json::object()})) ==
               R"({"requestId":"/insurers/139980/m-1/1","insurerNumber":"139980",)"
               R"("extent":"full","created":"2026-11-21T06:00:00+09:00","records":[{}]})");
}

BOOST_AUTO_TEST_CASE(a_yes_names_its_call_and_counts_every_record) {
    const auto all = replied(200, a_yes("3", "[]"));
    BOOST_REQUIRE(all);
    BOOST_TEST(all->receipt == "PMH-R-1");
    BOOST_TEST(all->refused.empty());
    const auto some = replied(200, a_yes("1", R"([{"index":2,"code":"PMH-4041"},)"
                                              R"({"index":0,"code":"PMH-4091"}])"));
    BOOST_REQUIRE(some);
    BOOST_TEST(refused_in(*some) == "0 PMH-4091;2 PMH-4041;");
}

BOOST_AUTO_TEST_CASE(a_yes_that_does_not_add_up_says_nothing) {
    const std::string one = R"({"index":0,"code":"PMH-4041"})";
    for (const std::string& body :
         {a_yes("3", "[]", "/insurers/139980/m-1/2"), a_yes("2", "[]"), a_yes("4", "[]"),
          a_yes("3", "[" + one + "]"), a_yes("1", "[" + one + "," + one + "]"),
          a_yes("2", R"([{"index":3,"code":"PMH-4041"}])"),
          a_yes("2", R"([{"index":-1,"code":"PMH-4041"}])"),
          a_yes("2", R"([{"index":0,"code":"架空 太郎"}])"), a_yes("2", R"([{"index":0}])"),
          a_yes("2", "[0]"), a_yes("3", "null"), a_yes("-1", "[" + one + "]"), a_yes("\"3\"", "[]"),
          std::string{R"({"result":"ok"})"}})
        BOOST_CHECK_MESSAGE(is_tried_again(replied(200, body)), body);
    const std::string unnumbered =
        R"({"result":"ok","requestId":"/insurers/139980/m-1/1","accepted":3,"failed":[]})";
    BOOST_CHECK(is_tried_again(replied(200, unnumbered)));
}

BOOST_AUTO_TEST_CASE(an_error_refuses_the_whole_call_unless_it_says_later) {
    const auto refused = replied(200, R"({"result":"error","code":"PMH-4001"})");
    BOOST_REQUIRE(refused);
    BOOST_TEST(refused->receipt.empty());
    BOOST_TEST(refused_in(*refused) == "0 PMH-4001;1 PMH-4001;2 PMH-4001;");
    const auto later = replied(200, R"({"result":"error","code":"PMH-9001"})");
    BOOST_CHECK(is_tried_again(later));
    BOOST_TEST(later.error().peer_code == "PMH-9001");
    BOOST_CHECK(is_tried_again(replied(200, R"({"result":"error","code":"0000000001"})")));
}

BOOST_AUTO_TEST_CASE(a_record_that_may_come_later_has_its_call_tried_again) {
    const auto later = replied(200, a_yes("2", R"([{"index":1,"code":"PMH-9002"}])"));
    BOOST_CHECK(is_tried_again(later));
    BOOST_TEST(later.error().peer_code == "PMH-9002");
}

BOOST_AUTO_TEST_CASE(a_status_is_final_or_tried_again) {
    for (const int status : {400, 413, 415, 422})
        BOOST_TEST(refused_in(replied(status, "").value()).starts_with("0 HTTP 4"));
    for (const int status : {201, 204, 301, 401, 403, 404, 409, 429, 500, 503})
        BOOST_CHECK_MESSAGE(is_tried_again(replied(status, a_yes("3", "[]"))), status);
    for (const char* body : {"", "ok", "{}", "[]"})
        BOOST_CHECK_MESSAGE(is_tried_again(replied(200, body)), body);
}

BOOST_AUTO_TEST_CASE(a_token_is_taken_with_its_life) {
    const auto token = read_token(200, token_text({kToken, seconds{3600}}));
    BOOST_REQUIRE(token);
    BOOST_TEST(token->text == kToken);
    BOOST_CHECK(token->life == seconds{3600});
    for (const std::string& text : {std::string{"short"}, kToken + "\r\nX: y"})
        BOOST_TEST(!read_token(200, token_text({text, seconds{3600}})));
    BOOST_TEST(!read_token(200, R"({"accessToken":")" + kToken + R"(","expiresIn":60})"));
}

BOOST_AUTO_TEST_CASE(trouble_with_a_token_never_rejects_a_document) {
    for (const int status : {400, 401, 403}) BOOST_TEST(read_token(status, "").error().refused);
    for (const int status : {404, 422, 500, 503})
        BOOST_TEST(!read_token(status, "").error().refused);
    BOOST_TEST(!read_token(200, "{}").error().refused);
    for (const int status : {200, 401, 422, 503})
        BOOST_CHECK(read_token(status, "").error().outcome.fate == Fate::retry);
}

BOOST_AUTO_TEST_CASE(settings_want_a_client_and_a_readable_secret) {
    const tests::TemporaryFolder folder;
    const auto parsed = [&](const std::string& secret_file) {
        return Settings::parse(Json::object()
                                   .set("url", "http://127.0.0.1:1")
                                   .set("plain_http", Json::boolean(true))
                                   .set("client", "sekisho")
                                   .set("secret_file", secret_file))
            .has_value();
    };
    BOOST_TEST(!parsed(folder / "none"));
    tests::write_file(folder / "secret", "a secret\n");
    BOOST_TEST(parsed(folder / "secret"));
}

BOOST_AUTO_TEST_SUITE_END()
