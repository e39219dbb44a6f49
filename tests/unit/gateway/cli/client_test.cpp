// `send`, `ask`, `inbox` and `fate` as a gateway sees them, and what they tell of its answers.
#include <boost/test/unit_test.hpp>

#include "adapters/documents/json.h"
#include "tests/unit/gateway/cli/cli_world.h"

using namespace sekisho;
using tests::CliWorld;

namespace {

constexpr auto kAccepted = R"({"id":"m1","state":"accepted","deliveries":[
    {"recipient":"insurer:139980","via":"mailbox","state":"queued"}],"receipt":"e30.e30.AA"})";
constexpr auto kRefused =
    R"({"type":"urn:sekisho:problem:insurer-loading","code":"SK-5012","title":"準備中です",
    "status":403,"next":"紙で出してください","errors":[{"file":"a.csv","line":3,"column":7,"field":"006","code":"SK-4006"}]})";
constexpr auto kSend =
    "send /desk/a.csv --type certification.opinion --insurer 139980 --insured 0000000001";

bool holds(const std::string& text, std::string_view words) {
    return text.find(words) != std::string::npos;
}

struct Clinic {
    CliWorld world;
    std::string client = world.a_client("medical:1319900021");
    Clinic() { (void)world.files.write_whole("/desk/a.csv", "opinion", 0644); }
    int run(const std::string& words) { return world.run(words + client); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(client)

BOOST_AUTO_TEST_CASE(a_document_is_sent_in_binary_mode_by_the_party_of_the_certificate) {
    Clinic clinic;
    clinic.world.will_answer(202, kAccepted);
    BOOST_TEST(clinic.run(kSend) == 0);
    BOOST_TEST_REQUIRE(clinic.world.seen.size() == 1U);
    const auto& seen = clinic.world.seen[0];
    BOOST_TEST(seen.method == "POST");
    BOOST_TEST(seen.url == "https://gateway:8443/v1/messages");
    BOOST_TEST(seen.header("ce-source") == "/medical/1319900021");
    BOOST_TEST(seen.header("ce-type") == "jp.sekisho.certification.opinion");
    BOOST_TEST(seen.header("ce-dataschema") == "urn:sekisho:format:ikensho-csv:1.1");
    BOOST_TEST(seen.header("Content-Type") == "text/csv; charset=Shift_JIS");
    BOOST_TEST(seen.header("ce-insured") == "0000000001");
    BOOST_TEST(seen.header("ce-id").size() == 32U);
    BOOST_TEST(seen.header("ce-author") == "");
    BOOST_TEST(seen.body == "opinion");
    BOOST_TEST(holds(clinic.world.out(), "-> insurer:139980 via mailbox: queued"));
    BOOST_TEST(holds(clinic.world.out(), "receipt e30.e30.AA"));
}

BOOST_AUTO_TEST_CASE(the_same_file_for_the_same_person_has_the_same_id) {
    Clinic clinic;
    for (int i = 0; i < 3; ++i) clinic.world.will_answer(200, kAccepted);
    clinic.run(kSend);
    clinic.run(kSend);
    clinic.run(std::string{kSend} + " --recipient insurer:139980");
    const auto id = [&](std::size_t i) { return clinic.world.seen[i].header("ce-id"); };
    BOOST_TEST(id(0) == id(1));
    BOOST_TEST(id(0) != id(2));
}

BOOST_AUTO_TEST_CASE(a_refusal_is_1_and_an_unreachable_gateway_3) {
    Clinic clinic;
    clinic.world.will_answer(403, kRefused);
    BOOST_TEST(clinic.run(kSend) == 1);
    BOOST_TEST(holds(clinic.world.out(), "SK-5012 insurer-loading: 準備中です 紙で出してください"));
    BOOST_TEST(holds(clinic.world.out(), "a.csv:3:7 006 SK-4006"));
    clinic.world.unreachable = true;
    BOOST_TEST(clinic.run(kSend) == 3);
    BOOST_TEST(holds(clinic.world.err(), "cannot be reached (unreachable: refused)"));
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_json_is_no_answer) {
    Clinic clinic;
    clinic.world.will_answer(202, "<html>");
    BOOST_TEST(clinic.run(kSend) == 3);
}

BOOST_AUTO_TEST_CASE(json_prints_one_line_for_each_file) {
    Clinic clinic;
    (void)clinic.world.files.write_whole("/desk/b.csv", "other", 0644);
    clinic.world.will_answer(202, kAccepted);
    clinic.world.will_answer(403, kRefused);
    BOOST_TEST(clinic.run("send /desk/a.csv /desk/b.csv --json --type certification.opinion") == 1);
    std::istringstream lines{clinic.world.out()};
    std::string first, second;
    std::getline(lines, first);
    std::getline(lines, second);
    BOOST_TEST(*documents::parse_json(first)->integer_at("status") == 202);
    BOOST_TEST(*documents::parse_json(second)->string_at("file") == "/desk/b.csv");
    BOOST_TEST(clinic.world.err() == "");
}

BOOST_AUTO_TEST_CASE(many_files_on_a_terminal_show_a_progress_bar) {
    Clinic clinic;
    clinic.world.terminal = true;
    (void)clinic.world.files.write_whole("/desk/b.csv", "other", 0644);
    for (int i = 0; i < 3; ++i) clinic.world.will_answer(202, kAccepted);
    BOOST_TEST(clinic.run("send /desk/a.csv /desk/b.csv --type certification.opinion") == 0);
    BOOST_TEST(holds(clinic.world.err(), "] 1/2 b.csv"));
    BOOST_TEST(clinic.world.err().ends_with("\r\x1b[K"));
    clinic.world.forget();
    BOOST_TEST(clinic.run(kSend) == 0);
    BOOST_TEST(clinic.world.err() == "");
}

BOOST_AUTO_TEST_CASE(wrong_client_options_are_2_and_nothing_is_sent) {
    Clinic clinic;
    BOOST_TEST(clinic.world.run(kSend) == 2);
    BOOST_TEST(clinic.run("send /desk/a.csv /desk/a.csv --id x --type life.record") == 2);
    BOOST_TEST(clinic.run("send /desk/none.csv --type life.record") == 2);
    BOOST_TEST(clinic.run(std::string{kSend} + " --as nobody") == 2);
    BOOST_TEST(clinic.run("fate in+valid") == 2);
    BOOST_TEST(clinic.run("inbox --max 201") == 2);
    BOOST_TEST(clinic.world.seen.empty());
}

BOOST_AUTO_TEST_CASE(a_profile_names_gateway_and_files_beside_itself) {
    Clinic clinic;
    (void)clinic.world.files.write_whole("/desk/clinic.json", R"({"gateway":"https://g:1",
        "cert":"client.pem","key":"client.key","ca":"ca.pem"})",
                                         0644);
    clinic.world.will_answer(202, kAccepted);
    BOOST_TEST(clinic.world.run(std::string{kSend} + " --profile /desk/clinic.json") == 0);
    BOOST_TEST(clinic.world.seen[0].url == "https://g:1/v1/messages");
    (void)clinic.world.files.write_whole("/desk/clinic.json", R"({"gatway":"https://g:1"})", 0644);
    BOOST_TEST(clinic.world.run(std::string{kSend} + " --profile /desk/clinic.json") == 2);
}

BOOST_AUTO_TEST_CASE(what_waits_is_written_down_and_then_acknowledged) {
    Clinic clinic;
    clinic.world.will_answer(200, R"([{"specversion":"1.0","id":"m1","source":"/medical/1319900021",
        "type":"jp.sekisho.certification.opinion","datacontenttype":"text/csv","delivery":"h-1",
        "leaseuntil":"2026-11-21T00:01:00Z","data_base64":"b3Bpbmlvbg=="}])");
    clinic.world.will_answer(204, "");
    BOOST_TEST(clinic.run("inbox --max 5 --wait 3 --ack --out /desk/in") == 0);
    BOOST_TEST(clinic.world.seen[0].url == "https://gateway:8443/v1/inbox?max=5&wait=3");
    BOOST_TEST(clinic.world.seen[1].method == "POST");
    BOOST_TEST(clinic.world.seen[1].url == "https://gateway:8443/v1/inbox/h-1/ack");
    BOOST_TEST(*clinic.world.files.content("/desk/in/medical-1319900021.m1.csv") == "opinion");
    BOOST_TEST(holds(clinic.world.out(), "acknowledged"));
}

BOOST_AUTO_TEST_CASE(an_empty_inbox_is_0_and_a_lost_lease_1) {
    Clinic clinic;
    clinic.world.will_answer(200, "[]");
    BOOST_TEST(clinic.run("inbox") == 0);
    clinic.world.will_answer(200, R"([{"id":"m1","source":"/medical/1319900021","delivery":"h"}])");
    clinic.world.will_answer(409, kRefused);
    BOOST_TEST(clinic.run("inbox --ack") == 1);
}

BOOST_AUTO_TEST_CASE(an_id_that_leads_out_of_the_folder_is_not_written) {
    Clinic clinic;
    clinic.world.will_answer(
        200, R"([{"id":"../../x","source":"/medical/1319900021","delivery":"h","data":"x"}])");
    BOOST_TEST(clinic.run("inbox --ack --out /desk/in") == 2);
    BOOST_TEST(clinic.world.seen.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_fate_shows_each_delivery_and_its_history) {
    Clinic clinic;
    clinic.world.will_answer(
        200, R"({"id":"m1","type":"certification.opinion","state":"accepted","deliveries":[
        {"recipient":"system:platform","via":"platform","state":"delivered","history":[
        {"at":"2026-11-21T00:00:01Z","state":"delivered","detail":"taken"}]}]})");
    BOOST_TEST(clinic.run("fate m1 --source medical:1319900021") == 0);
    BOOST_TEST(clinic.world.seen[0].url ==
               "https://gateway:8443/v1/messages/m1?source=/medical/1319900021");
    BOOST_TEST(holds(clinic.world.out(), "2026-11-21T00:00:01Z  delivered  taken"));
    clinic.world.will_answer(404, kRefused);
    BOOST_TEST(clinic.run("fate m2") == 1);
}

BOOST_AUTO_TEST_CASE(a_question_goes_without_a_body_and_its_data_is_shown) {
    Clinic clinic;
    clinic.world.will_answer(200, R"({"id":"q","data":{"items":[]}})");
    BOOST_TEST(clinic.run("ask --type certification.progress --insurer 139980 --insured 0000000001 "
                          "--actor s1 --role physician") == 0);
    BOOST_TEST(clinic.world.seen[0].url == "https://gateway:8443/v1/queries");
    BOOST_TEST(clinic.world.seen[0].header("ce-type") == "jp.sekisho.query.certification.progress");
    BOOST_TEST(clinic.world.seen[0].body == "");
    BOOST_TEST(holds(clinic.world.out(), "\"items\""));
}

BOOST_AUTO_TEST_CASE(a_consent_is_recorded_withdrawn_and_listed) {
    Clinic clinic;
    clinic.world.will_answer(201, R"({"id":"c1","receipt":"e30.e30.AA"})");
    BOOST_TEST(clinic.run("consent record --insurer 139980 --insured 0000000001 --given * "
                          "--refused life,housing --occasion renewal --explanation 2026-04 "
                          "--idempotency-key visit-1") == 0);
    const auto& seen = clinic.world.seen[0];
    BOOST_TEST(seen.method == "POST");
    BOOST_TEST(seen.url == "https://gateway:8443/v1/consents");
    BOOST_TEST(seen.header("Idempotency-Key") == "visit-1");
    const auto body = documents::parse_json(seen.body);
    BOOST_TEST_REQUIRE(body.has_value());
    BOOST_TEST(*body->string_at("insured") == "0000000001");
    BOOST_TEST(body->find("given")->items()[0].text() == "*");
    BOOST_TEST(body->find("refused")->items()[1].text() == "housing");
    BOOST_TEST(body->find("given_at") != nullptr);
    clinic.world.will_answer(201, R"({"id":"c1","receipt":"e30.e30.AA"})");
    BOOST_TEST(clinic.run("consent withdraw c1") == 0);
    BOOST_TEST(clinic.world.seen[1].method == "DELETE");
    BOOST_TEST(clinic.world.seen[1].url == "https://gateway:8443/v1/consents/c1");
    clinic.world.will_answer(403, kRefused);
    BOOST_TEST(clinic.run("consent list --insurer 139980 --insured 0000000001") == 1);
    BOOST_TEST(clinic.world.seen[2].url == "https://gateway:8443/v1/consents/search");
    BOOST_TEST(holds(clinic.world.out(), "SK-5012"));
}

BOOST_AUTO_TEST_CASE(an_admission_is_asked_for_by_card_and_by_paper) {
    Clinic clinic;
    (void)clinic.world.files.write_whole("/desk/evidence.json", R"({"method":"card"})", 0644);
    for (int i = 0; i < 3; ++i) clinic.world.will_answer(201, R"({"id":"x"})");
    BOOST_TEST(clinic.run("admit challenge") == 0);
    BOOST_TEST(clinic.run("admit card /desk/evidence.json") == 0);
    BOOST_TEST(clinic.run("admit document --kind shikaku-kakuninsho --insurer 139980 "
                          "--insured 0000000001 --actor staff-1") == 0);
    BOOST_TEST(clinic.world.seen[0].url == "https://gateway:8443/v1/admissions/challenge");
    BOOST_TEST(clinic.world.seen[1].body == R"({"method":"card"})");
    BOOST_TEST(holds(clinic.world.seen[2].body, R"("kind":"shikaku-kakuninsho")"));
    BOOST_TEST(clinic.run("admit card /desk/none.json") == 2);
    BOOST_TEST(clinic.run("admit document --kind shikaku-kakuninsho") == 2);
    clinic.world.unreachable = true;
    BOOST_TEST(clinic.run("access list --insurer 139980 --insured 0000000001") == 3);
}

BOOST_AUTO_TEST_CASE(who_stands_there_for_the_person_is_said_with_the_right_to_it) {
    Clinic clinic;
    (void)clinic.world.files.write_whole("/desk/evidence.json", R"({"method":"card"})", 0644);
    const std::string person = " --insurer 139980 --insured 0000000001";
    const std::string by = " --representative 子 --basis 委任状";
    const std::vector<std::string> calls{
        "consent record --given * --occasion renewal --explanation 2026-04" + person,
        "admit document --kind shikaku-kakuninsho --actor staff-1" + person,
        "admit card /desk/evidence.json"};
    for (const std::string& call : calls) {
        clinic.world.will_answer(201, R"({"id":"x"})");
        BOOST_TEST(clinic.run(call + by) == 0);
        BOOST_TEST(holds(clinic.world.seen.back().body,
                         R"("representative":{"relation":"子","basis":"委任状"})"));
        BOOST_TEST(clinic.run(call + " --representative 子") == 2);
        BOOST_TEST(clinic.run(call + " --basis 委任状") == 2);
    }
    BOOST_TEST(clinic.world.seen.size() == calls.size());
}

BOOST_AUTO_TEST_CASE(what_a_card_signs_for_can_be_said) {
    Clinic clinic;
    for (int i = 0; i < 2; ++i) clinic.world.will_answer(201, R"({"id":"x"})");
    BOOST_TEST(clinic.run("admit challenge") == 0);
    BOOST_TEST(clinic.run("admit challenge --purpose medical") == 0);
    BOOST_TEST(clinic.world.seen[0].body == "{}");
    BOOST_TEST(clinic.world.seen[1].body == R"({"purpose":"medical"})");
}

BOOST_AUTO_TEST_CASE(what_is_no_evidence_is_not_sent) {
    Clinic clinic;
    (void)clinic.world.files.write_whole("/desk/evidence.json", "[]", 0644);
    BOOST_TEST(clinic.run("admit card /desk/evidence.json") == 2);
    BOOST_TEST(clinic.world.seen.empty());
}

BOOST_AUTO_TEST_SUITE_END()
