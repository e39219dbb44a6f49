// The eligibility adapter by files, with the simulated connector or with files that a test writes.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <future>
#include <set>
#include <utility>

#include "adapters/documents/base64.h"
#include "adapters/documents/xml.h"
#include "adapters/eligibility/eligibility_adapter.h"
#include "adapters/eligibility/eligibility_simulator.h"
#include "adapters/eligibility/files/file_pairs.h"
#include "adapters/eligibility/files/message.h"
#include "tests/support/adapters_parcel.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using namespace sekisho::eligibility_adapter;
using adapters::AnswerFate;
using adapters::Fate;
using tests::Filing;

namespace {

constexpr std::chrono::milliseconds kShort{300};
const std::string kDocument = "d-medical_1319900021~m-1";

using Names = std::set<std::string>;

struct Connector {
    Connector() {
        for (const char* name : {"req", "res"}) std::filesystem::create_directory(folder / name);
    }

    Names in(const std::string& place) const {
        Names found;
        if (!std::filesystem::exists(folder / place)) return found;
        for (const auto& entry : std::filesystem::directory_iterator(folder / place))
            found.insert(entry.path().filename().string());
        return found;
    }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream{folder / ("res/" + name), std::ios::binary} << text;
    }
    std::unique_ptr<adapters::Adapter> an_adapter() const {
        return make_file_adapter({.folder = folder.path(), .institution = "1310000001"});
    }

    tests::TemporaryFolder folder;
    std::unique_ptr<adapters::Adapter> adapter = an_adapter();
};

std::string response_name(const std::string& id = kDocument) {
    return "OQSdocmuc01res_" + id + ".xml";
}

std::string response(const std::string& id, const std::string& header, const std::string& body) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><XmlMsg><MessageHeader>"
           "<ArbitraryFileIdentifier>" +
           id + "</ArbitraryFileIdentifier>" + header + "</MessageHeader><MessageBody>" + body +
           "</MessageBody></XmlMsg>";
}

std::string taken(const Filing& filing, const std::string& id = kDocument) {
    return response(id, "<SegmentOfResult>1</SegmentOfResult>",
                    "<ReceiptNumber>OQR-1</ReceiptNumber>"
                    "<DocumentSource>/medical/1319900021</DocumentSource>"
                    "<DocumentIdentifier>m-1</DocumentIdentifier><DocumentDigest>" +
                        model::to_hex(filing.delivery().sha256) + "</DocumentDigest>");
}

const std::string kProcessing = response(kDocument, "<SegmentOfResult>2</SegmentOfResult>", "");

}  // namespace

BOOST_FIXTURE_TEST_SUITE(by_files, Connector)

BOOST_AUTO_TEST_CASE(a_document_becomes_a_request_that_says_all_of_it) {
    const Filing filing{tests::opinion_envelope("m-1"), "an opinion"};
    BOOST_CHECK(filing.through(*adapter, kShort).fate == Fate::retry);
    BOOST_TEST(in("req") == Names{"OQSdocmuc01req_" + kDocument + ".xml"},
               boost::test_tools::per_element());
    std::ifstream file(folder / ("req/OQSdocmuc01req_" + kDocument + ".xml"));
    const auto request =
        documents::parse_xml(std::string{std::istreambuf_iterator<char>{file}, {}}).value();
    const auto* header = request.find("MessageHeader");
    BOOST_TEST_REQUIRE((header != nullptr));
    BOOST_TEST(header->text_of("ArbitraryFileIdentifier") == kDocument);
    BOOST_TEST(header->text_of("MedicalInstitutionCode") == "1310000001");
    const auto* document = request.find("MessageBody")->find("Document");
    BOOST_TEST_REQUIRE((document != nullptr));
    BOOST_TEST(documents::from_base64(document->text_of("Content")).value_or("") == "an opinion");
    BOOST_TEST(document->text_of("DocumentDigest") == model::to_hex(filing.delivery().sha256));
}

BOOST_AUTO_TEST_CASE(a_document_is_delivered_once_its_response_says_so) {
    const Filing filing{tests::opinion_envelope("m-1")};
    auto outcome = std::async(std::launch::async, [&] { return filing.through(*adapter); });
    for (int i = 0; i < 10'000 && in("req").empty(); ++i) std::this_thread::yield();
    write(response_name(), taken(filing));
    const auto ended = outcome.get();
    BOOST_CHECK_MESSAGE(ended.fate == Fate::delivered, ended.detail);
    for (const char* place : {"req", "res", "asked", "aside"}) BOOST_TEST(in(place).empty(), place);
}

BOOST_AUTO_TEST_CASE(a_response_that_came_between_two_attempts_counts_also_after_a_restart) {
    const Filing filing{tests::opinion_envelope("m-1")};
    BOOST_CHECK(filing.through(*adapter, kShort).fate == Fate::retry);
    write(response_name(), taken(filing));
    adapter = an_adapter();
    BOOST_CHECK(tests::asked(*adapter, kShort).fate == AnswerFate::rejected);  // something else
    BOOST_CHECK(filing.through(*adapter, kShort).fate == Fate::delivered);
}

BOOST_AUTO_TEST_CASE(processing_is_no_response_yet) {
    const Filing filing{tests::opinion_envelope("m-1")};
    write(response_name(), kProcessing);
    std::filesystem::create_directory(folder / "asked");
    const std::ofstream asked{folder / ("asked/" + kDocument)};
    BOOST_CHECK(filing.through(*adapter, kShort).fate == Fate::retry);
    BOOST_TEST(in("res").empty());
    write(response_name(), taken(filing));
    BOOST_CHECK(filing.through(*adapter, kShort).fate == Fate::delivered);
}

BOOST_AUTO_TEST_CASE(an_abnormal_response_rejects_by_its_code_or_says_later) {
    const Filing filing{tests::opinion_envelope("m-1")};
    const auto ending = [&](const std::string& code) {
        (void)filing.through(*adapter, std::chrono::milliseconds{1});
        write(response_name(),
              response(kDocument,
                       "<SegmentOfResult>3</SegmentOfResult><ErrorCode>" + code + "</ErrorCode>",
                       ""));
        return filing.through(*adapter, kShort);
    };
    const auto rejected = ending("OQ-1009");
    BOOST_CHECK(rejected.fate == Fate::rejected);
    BOOST_TEST(rejected.peer_code == "OQ-1009");
    BOOST_CHECK(ending("OQ-9001").fate == Fate::retry);
    BOOST_CHECK(ending("no code at all").fate == Fate::retry);
}

BOOST_AUTO_TEST_CASE(a_response_about_another_document_delivers_nothing) {
    const Filing filing{tests::opinion_envelope("m-1")};
    (void)filing.through(*adapter, std::chrono::milliseconds{1});
    write(response_name(), taken(filing, "d-medical_1319900021~m-2"));
    const auto outcome = filing.through(*adapter, kShort);
    BOOST_CHECK(outcome.fate == Fate::retry);
    BOOST_TEST(outcome.detail ==
               "a response that cannot be read was set aside (it is about another file)");
    BOOST_TEST(in("aside") == Names{response_name()}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_half_written_response_is_waited_for) {
    FilePairs pairs(folder.path());
    const FileName request{.service = Service::document, .id = kDocument};
    const std::string whole = taken(Filing{tests::opinion_envelope("m-1")});
    write(response_name(), whole.substr(0, whole.size() / 2));
    std::promise<void> half_seen;
    const auto read = [&, seen = false](std::string_view text) mutable {
        auto answer = read_response(request, text);
        if (!answer && answer.error().lack == Lack::unfinished && !std::exchange(seen, true))
            half_seen.set_value();
        return answer;
    };
    auto answer = std::async(std::launch::async, [&] {
        return pairs.exchange(request, "<m/>", read,
                              std::chrono::steady_clock::now() + std::chrono::seconds{30});
    });
    half_seen.get_future().wait();
    std::ofstream{folder / ("res/" + response_name()), std::ios::binary | std::ios::app}
        << whole.substr(whole.size() / 2);
    BOOST_TEST(answer.get().value().starts_with(R"({"receiptNumber":"OQR-1")"));
}

BOOST_AUTO_TEST_CASE(what_a_program_that_ended_in_the_middle_left_is_removed) {
    for (const char* place : {"asked", "aside"}) std::filesystem::create_directory(folder / place);
    for (const char* name :
         {"req/OQSsiquc01req_q-1-0.xml", "req/.OQSdocmuc01req_d-x.xml.a1b2c3",
          "aside/OQSmediuc01res_q-1-1.xml", "aside/OQSdocmuc01res_d-x.xml", "asked/.d-x.a1b2c3"})
        std::ofstream{folder / name} << "x";
    (void)Filing{tests::opinion_envelope("m-1")}.through(*adapter, kShort);
    BOOST_TEST((in("req") == Names{"OQSdocmuc01req_" + kDocument + ".xml"}));
    BOOST_TEST((in("aside") == Names{"OQSdocmuc01res_d-x.xml"}));
    BOOST_TEST((in("asked") == Names{kDocument}));
}

BOOST_AUTO_TEST_CASE(a_document_that_was_given_up_is_asked_for_no_longer) {
    (void)Filing{tests::opinion_envelope("m-1")}.through(*adapter, kShort);
    const auto long_ago = std::filesystem::file_time_type::clock::now() -
                          model::limits::kDeliveryLifeDefault - std::chrono::hours{1};
    std::filesystem::last_write_time(folder / ("asked/" + kDocument), long_ago);
    (void)Filing{tests::opinion_envelope("m-2")}.through(*adapter, kShort);
    BOOST_TEST((in("req") == Names{"OQSdocmuc01req_d-medical_1319900021~m-2.xml"}));
    BOOST_TEST((in("asked") == Names{"d-medical_1319900021~m-2"}));
}

BOOST_AUTO_TEST_CASE(a_link_is_no_response) {
    const Filing filing{tests::opinion_envelope("m-1")};
    std::ofstream{folder / "elsewhere.xml"} << taken(filing);
    std::filesystem::create_symlink(folder / "elsewhere.xml", folder / ("res/" + response_name()));
    BOOST_CHECK(filing.through(*adapter, kShort).fate == Fate::retry);
}

BOOST_AUTO_TEST_CASE(a_response_that_stays_unreadable_is_set_aside_and_the_next_one_counts) {
    const Filing filing{tests::opinion_envelope("m-1")};
    const std::string whole = taken(filing);
    for (const std::string& text :
         {whole.substr(0, whole.size() / 2), std::string{"<XmlMsg></Other>"}, std::string{},
          "<!DOCTYPE XmlMsg [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + whole}) {
        (void)filing.through(*adapter, std::chrono::milliseconds{1});
        write(response_name(), text);
        BOOST_CHECK(filing.through(*adapter, kShort).fate == Fate::retry);
        BOOST_TEST(in("aside") == Names{response_name()}, boost::test_tools::per_element());
        BOOST_TEST(in("res").empty());
    }
    BOOST_TEST(adapter->probe({}).detail == "writable; 1 responses lie aside");
    write(response_name(), whole);
    BOOST_CHECK(filing.through(*adapter, kShort).fate == Fate::delivered);
}

BOOST_AUTO_TEST_CASE(a_response_without_a_request_or_one_more_is_set_aside) {
    const Filing filing{tests::opinion_envelope("m-1")};
    (void)filing.through(*adapter, std::chrono::milliseconds{1});
    write(response_name(), taken(filing));
    BOOST_CHECK(filing.through(*adapter, kShort).fate == Fate::delivered);
    write(response_name(), taken(filing));
    write(response_name("d-medical_1319900021~never"), taken(filing));
    (void)Filing{tests::opinion_envelope("m-2")}.through(*adapter, kShort);
    BOOST_TEST(in("res").empty());
    BOOST_TEST(
        (in("aside") == Names{response_name(), response_name("d-medical_1319900021~never")}));
}

BOOST_AUTO_TEST_CASE(what_is_said_about_a_person_too_late_is_deleted) {
    const auto answer = adapter->ask(tests::an_authorised_card_question(),
                                     std::chrono::steady_clock::now() + kShort);
    BOOST_CHECK(answer.fate == AnswerFate::timeout);
    BOOST_TEST(in("req").empty());
    write("OQSsiquc01res_q-1-0.xml", "late");
    write("someone-elses.txt", "not ours");
    (void)Filing{tests::opinion_envelope("m-1")}.through(*adapter, kShort);
    BOOST_TEST(in("res") == Names{"someone-elses.txt"}, boost::test_tools::per_element());
    BOOST_TEST(in("aside").empty());
}

BOOST_AUTO_TEST_CASE(questions_and_documents_are_answered_by_a_connector) {
    EligibilitySimulator peer({.connector = folder.path()});
    const auto card = tests::an_authorised_card_question();
    const auto ask = [&] {
        return adapter->ask(card, std::chrono::steady_clock::now() + std::chrono::seconds{10});
    };
    BOOST_TEST(ask().body == "{}");
    auto row = documents::parse_json(card->subject).value();
    row.set("insurer", "139980").set("insured", "0000000001");
    auto cards = documents::Json::array();
    cards.push(std::move(row));
    const auto put =
        peer.handle({.method = "POST",
                     .path = "/sim/cards",
                     .body = to_text(documents::Json::object().set("cards", std::move(cards)))});
    BOOST_TEST(put.status == 204);
    BOOST_TEST(ask().body == R"({"insurer":"139980","insured":"0000000001"})");
    const auto medical = adapter->ask(tests::an_authorised_medical_question("medical.query"),
                                      std::chrono::steady_clock::now() + std::chrono::seconds{10});
    BOOST_CHECK_MESSAGE(medical.fate == AnswerFate::answered, medical.detail);
    BOOST_TEST(medical.body.starts_with(R"([{"insurer":"139980")"), medical.body);
    const auto outcome = Filing{tests::opinion_envelope("m-1")}.through(*adapter);
    BOOST_CHECK_MESSAGE(outcome.fate == Fate::delivered, outcome.detail);
}

BOOST_AUTO_TEST_CASE(many_threads_have_a_pair_each) {
    const EligibilitySimulator peer({.connector = folder.path()});
    constexpr int kThreads = 8;
    std::vector<std::future<adapters::Outcome>> outcomes;
    outcomes.reserve(kThreads);
    for (int i = 0; i < kThreads; ++i) {
        outcomes.push_back(std::async(std::launch::async, [&, i] {
            return Filing{tests::opinion_envelope("m-" + std::to_string(i))}.through(*adapter);
        }));
    }
    for (auto& outcome : outcomes) BOOST_CHECK(outcome.get().fate == Fate::delivered);
    BOOST_TEST(in("asked").empty());
}

BOOST_AUTO_TEST_CASE(it_is_not_well_without_the_connectors_folders) {
    BOOST_TEST(adapter->probe({}).detail == "writable");
    std::filesystem::remove(folder / "res");
    BOOST_TEST(!adapter->probe({}).reachable);
    std::filesystem::remove(folder / "req");
    BOOST_CHECK(Filing{tests::opinion_envelope("m-1")}.through(*adapter, kShort).fate ==
                Fate::retry);
}

BOOST_AUTO_TEST_CASE(what_it_cannot_carry_is_rejected_in_words) {
    const Filing large{tests::opinion_envelope("m-1"),
                       std::string(6 * model::limits::kMebibyte + 1, 'x')};
    BOOST_CHECK(large.through(*adapter, kShort).fate == Fate::rejected);
    const Filing named{tests::opinion_envelope(std::string(128, 'x') + std::string(120, 'y'))};
    BOOST_CHECK(named.through(*adapter, kShort).fate == Fate::rejected);
}

BOOST_AUTO_TEST_CASE(its_settings_name_a_folder_and_an_institution) {
    const auto reading = [](const std::string& text) {
        const auto settings = Settings::parse(documents::parse_json(text).value());
        return settings ? std::string{"read"} : settings.error().detail.en;
    };
    BOOST_TEST(reading(R"({"folder":"/srv/oqs","institution":"1310000001"})") == "read");
    for (const char* text : {R"({"folder":"srv","institution":"1310000001"})",
                             R"({"folder":"/srv","institution":"131"})", R"({"folder":"/srv"})",
                             R"({"folder":"/srv","institution":"1310000001","url":"https://a"})"})
        BOOST_TEST(reading(text) != "read", text);
}

BOOST_AUTO_TEST_SUITE_END()
