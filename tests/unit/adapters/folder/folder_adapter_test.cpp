#include "adapters/folder/folder_adapter.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>

#include "tests/support/adapters_parcel.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using adapters::Fate;
using tests::Filing;

namespace {

struct Drop {
    tests::TemporaryFolder folder;
    folder_adapter::FolderAdapter adapter{folder_adapter::Settings{folder.path()}};

    std::set<std::string> names() const {
        std::set<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
            found.insert(entry.path().filename().string());
        return found;
    }
    std::string content(const std::string& name) const {
        std::ifstream stream(folder / name, std::ios::binary);
        return {std::istreambuf_iterator<char>{stream}, {}};
    }
};

const std::set<std::string> kOne{"medical_1319900021-m-1.csv",
                                 "medical_1319900021-m-1.csv+event.json"};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(dropping_into_a_folder, Drop)

BOOST_AUTO_TEST_CASE(a_document_becomes_one_file_with_its_attributes_beside_it) {
    const Filing filing{tests::opinion_envelope("m-1"), "an opinion"};
    BOOST_CHECK(filing.through(adapter).fate == Fate::delivered);
    BOOST_TEST(names() == kOne, boost::test_tools::per_element());
    BOOST_TEST(content("medical_1319900021-m-1.csv") == "an opinion");
    const auto event =
        documents::parse_json(content("medical_1319900021-m-1.csv+event.json")).value();
    BOOST_TEST(event.string_at("id").value_or("") == "m-1");
    BOOST_TEST(event.string_at("source").value_or("") == "/medical/1319900021");
    BOOST_TEST(event.string_at("type").value_or("") == "jp.sekisho.certification.opinion");
    BOOST_TEST(event.string_at("sha256").value_or("") == model::to_hex(filing.delivery().sha256));
}

BOOST_AUTO_TEST_CASE(the_same_message_again_is_the_same_file) {
    const Filing filing{tests::opinion_envelope("m-1")};
    BOOST_CHECK(filing.through(adapter).fate == Fate::delivered);
    BOOST_CHECK(filing.through(adapter).fate == Fate::delivered);
    BOOST_TEST(names() == kOne, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(other_content_under_the_same_name_is_rejected_and_changes_nothing) {
    BOOST_CHECK(Filing(tests::opinion_envelope("m-1"), "first").through(adapter).fate ==
                Fate::delivered);
    for (const char* other : {"other", "firs", "first and more"})
        BOOST_CHECK(Filing(tests::opinion_envelope("m-1"), other).through(adapter).fate ==
                    Fate::rejected);
    BOOST_TEST(content("medical_1319900021-m-1.csv") == "first");
    BOOST_TEST(names() == kOne, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_document_that_breaks_off_leaves_nothing) {
    const Filing filing{tests::opinion_envelope("m-1")};
    tests::BrokenSource source;
    const auto outcome = adapter.deliver(filing.delivery(), source, adapters::Deadline::max());
    BOOST_CHECK(outcome.fate == Fate::retry);
    BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_CASE(a_document_shorter_than_said_leaves_nothing) {
    const Filing filing{tests::opinion_envelope("m-1"), "whole"};
    adapters::StringSource source{"who"};
    const auto outcome = adapter.deliver(filing.delivery(), source, adapters::Deadline::max());
    BOOST_CHECK(outcome.fate == Fate::retry);
    BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_CASE(a_deadline_that_has_passed_leaves_nothing) {
    const Filing filing{tests::opinion_envelope("m-1")};
    BOOST_CHECK(filing.through(adapter, std::chrono::milliseconds{-1}).fate == Fate::retry);
    BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_CASE(a_crash_between_the_two_renames_is_made_good_by_the_next_attempt) {
    {
        std::ofstream(folder / "medical_1319900021-m-1.csv+event.json") << "{}";
    }
    BOOST_CHECK(Filing{tests::opinion_envelope("m-1")}.through(adapter).fate == Fate::delivered);
    BOOST_TEST(content("medical_1319900021-m-1.csv+event.json").size() > 2);
}

BOOST_AUTO_TEST_CASE(a_missing_folder_is_retried_and_reported_by_the_probe) {
    folder_adapter::FolderAdapter lost{folder_adapter::Settings{folder / "not-there"}};
    BOOST_CHECK(Filing{tests::opinion_envelope("m-1")}.through(lost).fate == Fate::retry);
    BOOST_TEST(!lost.probe(adapters::Deadline::max()).reachable);
    BOOST_TEST(adapter.probe(adapters::Deadline::max()).reachable);
}

BOOST_AUTO_TEST_CASE(many_at_once_with_one_name_make_one_file) {
    const Filing filing{tests::opinion_envelope("m-1")};
    std::vector<std::thread> threads;
    std::array<Fate, 8> fates{};
    for (Fate& fate : fates) threads.emplace_back([&] { fate = filing.through(adapter).fate; });
    for (std::thread& thread : threads) thread.join();
    for (const Fate fate : fates) BOOST_CHECK(fate == Fate::delivered);
    BOOST_TEST(names() == kOne, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_source_whose_name_is_no_file_name_is_refused) {
    model::Envelope envelope = tests::opinion_envelope("m-1");
    envelope.source.number = "../../etc";
    BOOST_TEST(folder_adapter::file_name_of(envelope).value_or("") == "medical_.._.._etc-m-1.csv");
    envelope.source.number = "a\nb";
    BOOST_TEST(!folder_adapter::file_name_of(envelope));
}

BOOST_AUTO_TEST_CASE(a_folder_answers_no_questions) {
    BOOST_CHECK(tests::asked(adapter).fate == adapters::AnswerFate::rejected);
    BOOST_TEST(!adapter.capabilities().answers);
}

BOOST_AUTO_TEST_CASE(the_folder_is_the_one_setting_and_is_required) {
    const auto parse = [](std::string_view text) {
        return folder_adapter::Settings::parse(documents::parse_json(text).value());
    };
    BOOST_TEST(parse(R"({"folder": "/srv/out"})").value().folder == "/srv/out");
    BOOST_REQUIRE(!parse("{}"));
    BOOST_CHECK(parse("{}").error().problem == model::Problem::attribute_missing);
    BOOST_TEST(!parse(R"({"folder": ""})"));
    BOOST_TEST(!parse(R"({"folder": "/a", "sync": false})"));
}

BOOST_AUTO_TEST_SUITE_END()
