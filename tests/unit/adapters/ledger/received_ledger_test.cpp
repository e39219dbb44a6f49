#include "adapters/ledger/received_ledger.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <thread>

#include "tests/support/temporary_folder.h"

using namespace sekisho;
using ledger::Arrival;
using ledger::Received;
using ledger::ReceivedLedger;

namespace {

Received document(const std::string& id, const std::string& body = "a document") {
    return {.source = "/medical/1319900021",
            .id = id,
            .type = "jp.sekisho.certification.opinion",
            .body = body};
}

// No file of this process grows beyond it, for as long as it lives.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(std::uint64_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit before_{};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(received_ledger)

BOOST_AUTO_TEST_CASE(a_digest_is_sha256_in_lower_case_hex) {
    BOOST_TEST(ledger::sha256_hex("abc") ==
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

BOOST_AUTO_TEST_CASE(each_document_counts_once_and_other_bytes_under_its_name_are_a_conflict) {
    ReceivedLedger ledger;
    BOOST_CHECK(ledger.receive(document("1")) == Arrival::first);
    BOOST_CHECK(ledger.receive(document("1")) == Arrival::repeated);
    BOOST_CHECK(ledger.receive(document("1", "another")) == Arrival::conflict);
    BOOST_TEST(ledger.of_type("").size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_many_threads_were_told_is_taken_is_there_after_a_restart_in_its_order) {
    const tests::TemporaryFolder folder;
    constexpr int kThreads = 8;
    constexpr int kEach = 25;
    std::string before;
    {
        ReceivedLedger ledger(folder / "ledger.jsonl");
        std::atomic<int> first = 0;
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([&ledger, &first, thread] {
                for (int i = 0; i < kEach; ++i) {
                    const auto id = std::to_string(thread) + "-" + std::to_string(i);
                    if (ledger.receive(document(id)) == Arrival::first) ++first;
                }
            });
        }
        threads.clear();
        BOOST_TEST(first == kThreads * kEach);
        before = documents::to_text(ledger.state());
    }
    const ReceivedLedger again(folder / "ledger.jsonl");
    BOOST_TEST(again.of_type("").size() == std::size_t{kThreads * kEach});
    BOOST_TEST(documents::to_text(again.state()) == before);
}

BOOST_AUTO_TEST_CASE(half_a_line_was_never_answered_and_is_dropped) {
    const tests::TemporaryFolder folder;
    const std::string file = folder / "ledger.jsonl";
    {
        ReceivedLedger ledger(file);
        BOOST_CHECK(ledger.receive(document("1")) == Arrival::first);
    }
    std::ofstream(file, std::ios::app) << R"({"source":"/medical/1319900021","id":"2")";
    ReceivedLedger again(file);
    BOOST_TEST(again.of_type("").size() == 1U);
    BOOST_CHECK(again.receive(document("2")) == Arrival::first);
    BOOST_TEST(ReceivedLedger(file).of_type("").size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_written_down_is_not_taken_nor_is_anything_after_it) {
    ReceivedLedger ledger("/no/such/folder/ledger.jsonl");
    BOOST_CHECK(ledger.receive(document("1")) == Arrival::lost);
    BOOST_CHECK(ledger.receive(document("1")) == Arrival::lost);
    BOOST_TEST(ledger.of_type("").empty());
}

BOOST_AUTO_TEST_CASE(after_half_a_line_was_written_nothing_is_taken_until_the_next_start) {
    const tests::TemporaryFolder folder;
    const std::string file = folder / "ledger.jsonl";
    {
        ReceivedLedger ledger(file);
        BOOST_CHECK(ledger.receive(document("1")) == Arrival::first);
        const FileSizeLimit limit(std::filesystem::file_size(file) + 40);
        BOOST_CHECK(ledger.receive(document("2")) == Arrival::lost);
    }
    const auto cut = std::filesystem::file_size(file);
    {
        ReceivedLedger ledger(file);
        BOOST_CHECK(ledger.receive(document("1")) == Arrival::repeated);
        const FileSizeLimit limit(std::filesystem::file_size(file) + 40);
        BOOST_CHECK(ledger.receive(document("2")) == Arrival::lost);
        BOOST_CHECK(ledger.receive(document("3")) == Arrival::lost);
    }
    BOOST_TEST(std::filesystem::file_size(file) >= cut);
    ReceivedLedger again(file);
    BOOST_TEST(again.of_type("").size() == 1U);
    BOOST_CHECK(again.receive(document("2")) == Arrival::first);
}

BOOST_AUTO_TEST_SUITE_END()
