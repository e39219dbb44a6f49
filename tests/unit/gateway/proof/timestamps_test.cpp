// Timestamps by `openssl ts`, as an authority would give them.
#include "gateway/proof/timestamps.h"

#include <boost/test/unit_test.hpp>

#include "adapters/http/curl_library.h"
#include "gateway/platform/system.h"
#include "tests/support/demo/demo_gateway.h"
#include "tests/support/demo/time_authority.h"
#include "tests/support/fake_world.h"
#include "tests/unit/gateway/proof/log_world.h"

namespace sekisho::proof {

using model::Problem;
using tests::TimeAuthority;

namespace {

const TimeAuthority& authority() {
    static const TimeAuthority made;
    return made;
}

struct Stamped : LogWorld {
    Timestamps timestamps(AskAuthority ask, const std::string& anchors = authority().anchors()) {
        return {
            {.log = log, .files = files, .random = random, .clock = clock, .ask = std::move(ask)},
            "/stamped",
            anchors};
    }
    static AskAuthority asking(const TimeAuthority& whom) {
        return [&whom](std::string_view query) { return whom.answer(std::string{query}); };
    }
    std::string refusal(Timestamps&& stamping) {
        const auto taken = stamping.take();
        BOOST_TEST(!files.exists("/stamped/000000000003.tsr"));
        return taken ? "taken" : taken.error().detail.en;
    }
    // "3 5": the sizes that hold; of one that does not also why.
    std::string check(store::Store& about) {
        const auto view = about.view();
        StoredRows rows{**view};
        const std::string folder = "/stamped";
        const std::string anchors = authority().anchors();
        std::string text;
        const auto checked = check_timestamps(
            {.files = files, .folder = folder, .anchors = anchors}, rows, {verifier()});
        BOOST_TEST_REQUIRE(checked.has_value());
        for (const auto& one : *checked) {
            text += (text.empty() ? "" : " ") + std::to_string(one.size);
            if (!one.time) text += ": " + one.time.error().detail.en;
        }
        return text;
    }

    http::CurlLibrary curl;
    platform::SystemClock clock;  // openssl ts has this machine's
    platform::SystemRandom random;
    tests::MemoryFiles files;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(timestamps, Stamped)

BOOST_AUTO_TEST_CASE(a_head_is_stamped_once_and_kept_with_what_it_is_about) {
    append(3);
    Timestamps stamping = timestamps(asking(authority()));
    const auto taken = stamping.take();
    BOOST_TEST_REQUIRE((taken.has_value() && taken->has_value()));
    BOOST_TEST((**taken).size == 3U);
    BOOST_TEST(opened((**taken).note).tree.size == 3U);
    BOOST_TEST(!stamping.take().value().has_value());
    BOOST_TEST_REQUIRE(stamping.latest().has_value());
    BOOST_TEST((stamping.latest()->time == (**taken).time));
    append(5);
    BOOST_TEST(stamping.take().value()->size == 5U);
    BOOST_TEST(timestamps(asking(authority())).latest()->size == 5U);  // another, after a restart
    BOOST_TEST(check(store) == "3 5");
}

BOOST_AUTO_TEST_CASE(an_empty_log_has_none) {
    Timestamps stamping = timestamps(asking(authority()));
    BOOST_TEST(!stamping.take().value().has_value());
    BOOST_TEST(!stamping.latest().has_value());
    BOOST_TEST(check(store).empty());
}

BOOST_AUTO_TEST_CASE(openssl_verifies_what_is_kept) {
    append(3);
    BOOST_TEST_REQUIRE(timestamps(asking(authority())).take().value().has_value());
    const tests::TemporaryFolder folder;
    for (const char* name : {"note", "tsr"}) {
        const std::string from = std::string{"/stamped/000000000003."} + name;
        std::ofstream{folder / name, std::ios::binary} << files.read(from, 1U << 20U).value();
    }
    const auto said =
        tests::run_program({"/usr/bin/openssl", "ts", "-verify", "-in", folder / "tsr", "-data",
                            folder / "note", "-CAfile", authority().anchors_file()});
    BOOST_TEST(said.exit_code == 0, said.output);
    BOOST_TEST(said.output.find("Verification: OK") != std::string::npos, said.output);
}

BOOST_AUTO_TEST_CASE(a_response_that_does_not_hold_is_not_kept) {
    append(3);
    const TimeAuthority stranger;
    BOOST_TEST(refusal(timestamps(asking(stranger))).starts_with("timestamp: "));
    const auto other_query = audit::timestamp_request("another note", random);
    BOOST_TEST(refusal(timestamps([&](std::string_view) {
                   return authority().answer(other_query.der);
               })).starts_with("timestamp: "));
    BOOST_TEST(refusal(timestamps([](std::string_view query) {
                   return authority().answer(std::string{query}) + "x";
               })) == "timestamp: the response is no DER of one");
    BOOST_TEST(refusal(timestamps(asking(authority()), "no PEM")) ==
               "timestamp: no anchor can be read");
    BOOST_TEST(refusal(timestamps([](std::string_view) {
                   return std::expected<std::string, std::string>{std::unexpected("timeout")};
               })) == "the time-stamping authority does not answer (timeout)");
}

BOOST_AUTO_TEST_CASE(an_answer_to_an_earlier_question_is_not_taken_again) {
    append(3);
    std::string first;
    BOOST_TEST_REQUIRE(timestamps([&](std::string_view query) {
                           return first = authority().answer(std::string{query});
                       })
                           .take()
                           .value()
                           .has_value());
    BOOST_TEST(files.remove("/stamped/000000000003.tsr").has_value());
    BOOST_TEST(
        refusal(timestamps([&](std::string_view) { return first; })).starts_with("timestamp: "));
}

BOOST_AUTO_TEST_CASE(a_time_far_from_this_clock_is_not_kept) {
    append(3);
    const tests::FakeClock wrong{model::Instant{std::chrono::hours{24 * 365 * 50}}};
    Timestamps stamping{
        {.log = log, .files = files, .random = random, .clock = wrong, .ask = asking(authority())},
        "/stamped",
        authority().anchors()};
    BOOST_TEST((stamping.take().error().problem == Problem::clock_skew));
}

BOOST_AUTO_TEST_CASE(what_was_changed_afterwards_is_found) {
    append(3);
    BOOST_TEST_REQUIRE(timestamps(asking(authority())).take().value().has_value());
    const std::string note = files.read("/stamped/000000000003.note", 1U << 20U).value();
    BOOST_TEST(files.write_whole("/stamped/000000000003.note", note + " ", 0644).has_value());
    BOOST_TEST(check(store).starts_with("3: timestamp: "));
    BOOST_TEST(files.write_whole("/stamped/000000000003.note", note, 0644).has_value());
    BOOST_TEST(check(store) == "3");
}

BOOST_AUTO_TEST_CASE(another_log_than_was_stamped_is_found) {
    append(3);
    BOOST_TEST_REQUIRE(timestamps(asking(authority())).take().value().has_value());
    LogWorld rewritten;
    const bool queued = rewritten.store.submit(
        [](store::Transaction& transaction) -> model::Result<void> {
            for (int i = 0; i < 3; ++i) {
                const auto index = transaction.append_leaf(R"({"kind":"rewritten"})");
                if (!index) return std::unexpected(index.error());
            }
            return {};
        },
        [](const model::Result<void>&) {});
    BOOST_TEST_REQUIRE(queued);
    rewritten.store.commit_group();
    const std::string another = "timestamp 3 is about another log than stands now";
    BOOST_TEST(check(rewritten.store) == "3: " + another);
    LogWorld shorter;
    BOOST_TEST(check(shorter.store) == "3: " + another);
    for (LogWorld* world : {&rewritten, &shorter}) {
        Timestamps stamping{{.log = world->log,
                             .files = files,
                             .random = random,
                             .clock = clock,
                             .ask = asking(authority())},
                            "/stamped",
                            authority().anchors()};
        const auto taken = stamping.take();
        BOOST_TEST_REQUIRE(!taken.has_value());
        BOOST_TEST(taken.error().detail.en == another);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::proof
