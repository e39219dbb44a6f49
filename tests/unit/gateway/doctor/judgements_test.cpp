// What a value means, without a machine.
#include "gateway/doctor/judgements.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "gateway/doctor/bounds.h"
#include "tests/unit/gateway/doctor/names.h"

using namespace sekisho;
using namespace sekisho::doctor;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

const model::Instant kNow = *model::parse_rfc3339("2026-11-21T00:00:00Z");

State days_left(model::Duration left) {
    return judge_expiry({.from = kNow - days{100}, .until = kNow + left}, kNow).state;
}

State list_left(model::Duration left) {
    return judge_list({.this_update = kNow - days{1}, .next_update = kNow + left}, kNow).state;
}

bool says_what_is_next(const Verdict& verdict) {
    return !verdict.next.ja.empty() && !verdict.next.en.empty();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_certificate)

BOOST_AUTO_TEST_CASE(warns_a_month_and_is_a_fault_a_week_before_its_end) {
    BOOST_TEST(days_left(days{31}) == State::good);
    BOOST_TEST(days_left(kExpirySoon) == State::good);
    BOOST_TEST(days_left(kExpirySoon - 1s) == State::warning);
    BOOST_TEST(days_left(kExpiryNear) == State::warning);
    BOOST_TEST(days_left(kExpiryNear - 1s) == State::fault);
    BOOST_TEST(days_left(0s) == State::fault);
    BOOST_TEST(days_left(-days{1}) == State::fault);
}

BOOST_AUTO_TEST_CASE(that_has_not_begun_is_a_fault) {
    const auto verdict = judge_expiry({.from = kNow + 1h, .until = kNow + days{365}}, kNow);
    BOOST_TEST(verdict.state == State::fault);
    BOOST_TEST(verdict.what.en == "it is not valid yet (from 2026-11-21T01:00:00Z)");
}

BOOST_AUTO_TEST_CASE(says_who_does_what_unless_it_is_good) {
    BOOST_TEST(says_what_is_next(judge_expiry({.from = kNow - 1h, .until = kNow + days{3}}, kNow)));
    BOOST_TEST(
        !says_what_is_next(judge_expiry({.from = kNow - 1h, .until = kNow + days{300}}, kNow)));
}

BOOST_AUTO_TEST_CASE(tells_the_days_that_are_left_also_while_it_is_good) {
    const auto verdict = judge_expiry({.from = kNow - 1h, .until = kNow + days{300}}, kNow);
    BOOST_TEST(verdict.what.en == "valid until 2027-09-17T00:00:00Z (300 days)");
    BOOST_TEST(verdict.what.ja == "2027-09-17T00:00:00Z まで有効(あと 300 日)");
}

BOOST_AUTO_TEST_CASE(is_renewed_by_whom_it_belongs_to_within_the_same_days) {
    const auto judged = [](Renewal renewal, model::Duration left) {
        return judge_expiry({.from = kNow - 1h, .until = kNow + left}, kNow, renewal);
    };
    std::set<std::string> nexts;
    for (const Renewal renewal :
         {Renewal::in_its_file, Renewal::of_ike, Renewal::ike_authority, Renewal::of_ike_peer}) {
        BOOST_TEST(judged(renewal, kExpirySoon).state == State::good);
        BOOST_TEST(judged(renewal, kExpiryNear).state == State::warning);
        BOOST_TEST(judged(renewal, days{1}).state == State::fault);
        BOOST_TEST(says_what_is_next(judged(renewal, days{1})));
        nexts.insert(judged(renewal, days{1}).next.en);
    }
    BOOST_TEST(nexts.size() == 4U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_revocation_list)

BOOST_AUTO_TEST_CASE(warns_on_its_last_day_and_is_a_fault_behind_its_end) {
    BOOST_TEST(list_left(25h) == State::good);
    BOOST_TEST(list_left(23h) == State::warning);
    BOOST_TEST(list_left(0s) == State::fault);
    BOOST_TEST(list_left(-1s) == State::fault);
}

BOOST_AUTO_TEST_CASE(that_has_no_end_or_is_of_tomorrow_is_a_fault) {
    BOOST_TEST(judge_list({.this_update = kNow - 1h}, kNow).state == State::fault);
    BOOST_TEST(judge_list({.this_update = kNow + 1h, .next_update = kNow + days{2}}, kNow).state ==
               State::fault);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_secret)

BOOST_AUTO_TEST_CASE(of_the_keyring_grows_old_and_says_so_ahead) {
    const auto aged = [](std::chrono::days days) { return judge_key_age(kNow - days, kNow); };
    BOOST_TEST(aged(std::chrono::days{600}).state == State::good);
    BOOST_TEST(aged(std::chrono::days{671}).state == State::note);
    BOOST_TEST(aged(std::chrono::days{671}).what.en.find("too old in 59 days") !=
               std::string::npos);
    BOOST_TEST(aged(std::chrono::days{730}).state == State::warning);
    BOOST_TEST(aged(std::chrono::days{730}).next.en.find("sekisho keys rotate") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(of_the_keyring_is_as_old_as_its_file_which_may_be_younger_than_the_key) {
    const auto verdict = judge_key_age(kNow - std::chrono::days{1}, kNow);
    BOOST_TEST(verdict.what.en.starts_with("written at "), verdict.what.en);
}

BOOST_AUTO_TEST_CASE(of_the_keyring_from_the_future_has_no_age) {
    const auto verdict = judge_key_age(kNow + std::chrono::seconds{1}, kNow);
    BOOST_TEST(verdict.state == State::unknown);
    BOOST_TEST(verdict.what.en.find("which is to come") != std::string::npos, verdict.what.en);
}

BOOST_AUTO_TEST_CASE(of_the_keyring_is_its_owners_alone) {
    BOOST_TEST(judge_mode(0100600, Secret::keyring).state == State::good);
    BOOST_TEST(judge_mode(0100400, Secret::keyring).state == State::good);
    BOOST_TEST(judge_mode(0100640, Secret::keyring).state == State::fault);
    BOOST_TEST(judge_mode(0100604, Secret::keyring).state == State::fault);
}

BOOST_AUTO_TEST_CASE(of_tls_may_be_its_groups_with_a_warning) {
    BOOST_TEST(judge_mode(0600, Secret::key).state == State::good);
    BOOST_TEST(judge_mode(0640, Secret::key).state == State::warning);
    BOOST_TEST(judge_mode(0644, Secret::key).state == State::fault);
    BOOST_TEST(judge_mode(0644, Secret::key).what.en ==
               "it is open to others than its owner (0644)");
}

BOOST_AUTO_TEST_CASE(of_a_peer_warns_where_everybody_reads_it) {
    BOOST_TEST(judge_mode(0640, Secret::password).state == State::good);
    BOOST_TEST(judge_mode(0644, Secret::password).state == State::warning);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_clock)

BOOST_AUTO_TEST_CASE(off_by_a_minute_warns_and_by_what_is_refused_is_a_fault) {
    BOOST_TEST(judge_skew(0s).state == State::good);
    BOOST_TEST(judge_skew(60s).state == State::good);
    BOOST_TEST(judge_skew(61s).state == State::warning);
    BOOST_TEST(judge_skew(-61s).state == State::warning);
    BOOST_TEST(judge_skew(model::limits::kClockSkewMax).state == State::warning);
    BOOST_TEST(judge_skew(model::limits::kClockSkewMax + 1s).state == State::fault);
    BOOST_TEST(judge_skew(-100s).what.en == "this machine's clock is 100 s behind the peer's");
}

BOOST_AUTO_TEST_CASE(that_nobody_keeps_right_warns_and_one_that_cannot_be_asked_is_unknown) {
    BOOST_TEST(judge_keeping(ClockKeeping::synchronised).state == State::good);
    BOOST_TEST(judge_keeping(ClockKeeping::adrift).state == State::warning);
    BOOST_TEST(judge_keeping(ClockKeeping::unreadable).state == State::unknown);
}

BOOST_AUTO_TEST_CASE(of_a_peer_is_read_from_its_date) {
    BOOST_TEST((parse_http_date("Sat, 21 Nov 2026 00:00:00 GMT") == kNow));
    for (const char* wrong : {"", "2026-11-21T00:00:00Z", "Sat, 21 Nov 2026 00:00:00 JST",
                              "Sat, 31 Nov 2026 00:00:00 GMT", "Sat, 21 Foo 2026 00:00:00 GMT",
                              "Sat, 21 Nov 2026 24:00:00 GMT", "Saturday, 21-Nov-26 00:00:00 GMT",
                              "Sat, -1 Nov 2026 00:00:00 GMT", "Sat, 21 Nov 2026 00:00:0x GMT"}) {
        BOOST_TEST(!parse_http_date(wrong), wrong);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_machine)

BOOST_AUTO_TEST_CASE(with_little_room_warns_and_with_too_little_is_a_fault) {
    const auto left = [](std::uint64_t bytes, std::uint64_t inodes) {
        return judge_room({.bytes_free = bytes,
                           .bytes = 100 * kRoomWarning,
                           .inodes_free = inodes,
                           .inodes = 10'000'000})
            .state;
    };
    BOOST_TEST(left(kRoomWarning, 1'000'000) == State::good);
    BOOST_TEST(left(kRoomWarning - 1, 1'000'000) == State::warning);
    BOOST_TEST(left(kRoomFault - 1, 1'000'000) == State::fault);
    BOOST_TEST(left(kRoomWarning, kInodesWarning - 1) == State::warning);
    BOOST_TEST(left(kRoomWarning, kInodesFault - 1) == State::fault);
}

BOOST_AUTO_TEST_CASE(whose_file_system_counts_no_inodes_lacks_none) {
    BOOST_TEST(judge_room({.bytes_free = kRoomWarning, .bytes = kRoomWarning}).state ==
               State::good);
}

BOOST_AUTO_TEST_CASE(whose_disk_takes_long_to_sync_warns) {
    BOOST_TEST(judge_sync(20ms).state == State::good);
    BOOST_TEST(judge_sync(kSyncSlow + 1us).state == State::warning);
}

BOOST_AUTO_TEST_CASE(that_keeps_the_store_in_memory_warns) {
    BOOST_TEST(judge_file_system(0xEF53).state == State::good);
    BOOST_TEST(judge_file_system(0x01021994).state == State::warning);
}

BOOST_AUTO_TEST_CASE(whose_port_another_has_is_at_fault_and_one_that_is_free_is_not) {
    BOOST_TEST(judge_listening(Listening::ours, {}).state == State::good);
    BOOST_TEST(judge_listening(Listening::free, {}).state == State::good);
    BOOST_TEST(judge_listening(Listening::ours_outdated, {}).state == State::warning);
    for (const Listening bad :
         {Listening::another, Listening::silent, Listening::free_but_runs, Listening::unbindable}) {
        BOOST_TEST(judge_listening(bad, "why").state == State::fault);
        BOOST_TEST(says_what_is_next(judge_listening(bad, "why")));
    }
    BOOST_TEST(judge_listening(Listening::unbindable, "Permission denied")
                   .what.en.ends_with("Permission denied"));
}

BOOST_AUTO_TEST_CASE(with_a_card_whose_last_try_is_left_warns) {
    BOOST_TEST(judge_tries(3).state == State::good);
    BOOST_TEST(judge_tries(2).state == State::good);
    BOOST_TEST(judge_tries(1).state == State::warning);
    BOOST_TEST(judge_tries(0).state == State::warning);
}

BOOST_AUTO_TEST_SUITE_END()
