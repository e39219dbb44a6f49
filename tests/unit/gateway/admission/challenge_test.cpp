// The text that a card signs, and the book of the challenges that are out.
#include <boost/test/unit_test.hpp>

#include "adapters/documents/base64.h"
#include "gateway/platform/crypto.h"
#include "tests/unit/gateway/admission/admission_world.h"

using namespace sekisho;
using namespace std::chrono_literals;
using admission::CardFault;
using admission::ChallengeBook;
using model::Problem;
using tests::kClinic;

namespace {

const model::Purpose kCare{"care"};

struct Counter {
    tests::FakeClock clock;
    tests::SeededRandom random;
    ChallengeBook book{"test.sekisho.example", clock, random, {.per_party = 3, .in_all = 5}};

    std::string issued(const admission::Presenter& presenter = kClinic) {
        const auto offer = book.issue(presenter, kCare);
        BOOST_REQUIRE(offer);
        return offer->id;
    }
    std::optional<Problem> refusal(const admission::Presenter& presenter = kClinic) {
        const auto offer = book.issue(presenter, kCare);
        return offer ? std::nullopt : std::optional{offer.error().problem};
    }
    std::optional<CardFault> fault(const std::string& id,
                                   const admission::Presenter& presenter = kClinic) {
        const auto taken = book.take(id, presenter);
        return taken ? std::nullopt : std::optional{taken.error()};
    }
};

// The example that a vendor can compute: nonce 00 01 02 … 1f, client certificate's digest 01 00 …
admission::Challenge the_example() {
    admission::Challenge challenge{.instance = "demo.sekisho.example",
                                   .party = kClinic.party,
                                   .purpose = kCare,
                                   .issued = tests::kToday,
                                   .expires = tests::kToday + 5min,
                                   .client = kClinic.certificate};
    for (std::uint8_t i = 0; i < 32; ++i) challenge.nonce.at(i) = i;
    return challenge;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(challenge_text)

BOOST_AUTO_TEST_CASE(is_eight_lines_that_anybody_can_make_again) {
    BOOST_TEST(text_of(the_example()) ==
               "sekisho-card-challenge/1\n"
               "instance=demo.sekisho.example\n"
               "party=medical:1319900021\n"
               "purpose=care\n"
               "issued=2026-11-21T00:00:00Z\n"
               "expires=2026-11-21T00:05:00Z\n"
               "nonce=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n"
               "client=AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
}

// The digest as sha256sum gives it; what a card's DigestInfo holds.
BOOST_AUTO_TEST_CASE(has_the_digest_that_another_program_computes) {
    BOOST_TEST(model::to_hex(platform::sha256(text_of(the_example()))) ==
               "ea79f2db5ffe668dc4be39e8381c7854b47e2c0b5796c408d8f49ff67a6acca9");
}

BOOST_AUTO_TEST_CASE(is_read_as_what_was_written) {
    BOOST_TEST((admission::read_challenge(text_of(the_example())) == the_example()));
}

// Each way to write it a little otherwise; a card signs the one form only.
BOOST_AUTO_TEST_CASE(written_in_any_other_way_is_none) {
    const std::string text = text_of(the_example());
    const auto with = [&text](const std::string& from, const std::string& to) {
        std::string other = text;
        other.replace(other.find(from), from.size(), to);
        return other;
    };
    for (const std::string& other : {std::string{},
                                     text + "\n",
                                     text.substr(0, text.size() - 1),
                                     "\n" + text,
                                     with("/1\n", "/2\n"),
                                     with("/1\n", "/1 \n"),
                                     with("instance=", "Instance="),
                                     with("demo.sekisho.example", ""),
                                     with("demo.", "demo "),
                                     with("demo.", "\x1b[2J"),
                                     with("demo.", "\x7f"),
                                     with("medical:", "bank:"),
                                     with("care", "CARE"),
                                     with("purpose=care\n", ""),
                                     with("purpose=care\n", "purpose=care\r\n"),
                                     with("00:00:00Z", "09:00:00+09:00"),
                                     with("00:05:00Z", "00:05:00.000Z"),
                                     with("00:05:00Z", "soon"),
                                     with("Hh8\n", "Hh9\n"),
                                     with("Hh8\n", "Hg\n"),
                                     with("client=", "client=="),
                                     with("demo.", std::string(300, 'a'))}) {
        BOOST_TEST(!admission::read_challenge(other).has_value(), other);
    }
}

BOOST_AUTO_TEST_CASE(changes_with_everything_that_it_binds) {
    const std::string text = text_of(the_example());
    const auto differs = [&text](const std::function<void(admission::Challenge&)>& change) {
        admission::Challenge other = the_example();
        change(other);
        return text_of(other) != text;
    };
    BOOST_TEST(differs([](auto& c) { c.instance = "other.sekisho.example"; }));
    BOOST_TEST(differs([](auto& c) { c.party.number = "1319900013"; }));
    BOOST_TEST(differs([](auto& c) { c.purpose = model::Purpose{"certification"}; }));
    BOOST_TEST(differs([](auto& c) { c.issued += 1s; }));
    BOOST_TEST(differs([](auto& c) { c.expires += 1s; }));
    BOOST_TEST(differs([](auto& c) { c.nonce[31] ^= 1U; }));
    BOOST_TEST(differs([](auto& c) { c.client[31] ^= 1U; }));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(challenge_book, Counter)

BOOST_AUTO_TEST_CASE(gives_an_id_the_text_and_its_end) {
    const auto offer = book.issue(kClinic, kCare);
    BOOST_REQUIRE(offer);
    BOOST_TEST(offer->id.size() == 22U);
    BOOST_TEST((offer->expires == clock.now() + 5min));
    const auto text = documents::from_base64url(offer->challenge);
    BOOST_REQUIRE(text);
    const auto taken = book.take(offer->id, kClinic);
    BOOST_REQUIRE(taken);
    BOOST_TEST(text_of(*taken) == *text);
    BOOST_TEST(taken->instance == "test.sekisho.example");
    BOOST_TEST((taken->party == kClinic.party));
    BOOST_TEST((taken->client == kClinic.certificate));
}

BOOST_AUTO_TEST_CASE(never_gives_the_same_twice) {
    const auto first = book.issue(kClinic, kCare);
    const auto second = book.issue(kClinic, kCare);
    BOOST_TEST(first->id != second->id);
    BOOST_TEST(first->challenge != second->challenge);
}

BOOST_AUTO_TEST_CASE(a_replayed_challenge_is_used_already) {
    const std::string id = issued();
    BOOST_TEST(!fault(id));
    BOOST_TEST((fault(id) == CardFault::challenge_used));
}

BOOST_AUTO_TEST_CASE(a_late_challenge_is_told_so_and_in_time_forgotten) {
    const std::string id = issued();
    const std::string other = issued();
    clock.advance(5min - 1ms);
    BOOST_TEST(!fault(other));
    clock.advance(1ms);
    BOOST_TEST((fault(id) == CardFault::challenge_late));
    clock.advance(5min);
    BOOST_TEST((fault(id) == CardFault::challenge_unknown));
    BOOST_TEST(book.size() == 0U);
}

BOOST_AUTO_TEST_CASE(what_never_was_is_unknown) {
    BOOST_TEST((fault("") == CardFault::challenge_unknown));
    BOOST_TEST((fault("AAAAAAAAAAAAAAAAAAAAAA") == CardFault::challenge_unknown));
}

BOOST_AUTO_TEST_CASE(anothers_challenge_is_foreign_and_stays_theirs) {
    const std::string id = issued();
    const auto other_party = tests::presenter("medical:1319900013", 1);
    const auto other_certificate = tests::presenter("medical:1319900021", 2);
    BOOST_TEST((fault(id, other_party) == CardFault::challenge_foreign));
    BOOST_TEST((fault(id, other_certificate) == CardFault::challenge_foreign));
    BOOST_TEST(!fault(id));
    // Nor does a stranger learn that it was used, or that it is late.
    BOOST_TEST((fault(id, other_party) == CardFault::challenge_foreign));
    const std::string late = issued();
    clock.advance(6min);
    BOOST_TEST((fault(late, other_party) == CardFault::challenge_foreign));
}

BOOST_AUTO_TEST_CASE(the_wall_clock_set_back_prolongs_nothing) {
    const std::string id = issued();
    clock.advance(5min);
    clock.set_wall(tests::kToday - 1h);
    BOOST_TEST((fault(id) == CardFault::challenge_late));
}

BOOST_AUTO_TEST_CASE(a_partys_flood_is_refused_and_pushes_nothing_out) {
    const auto hospital = tests::presenter("medical:1319900013", 3);
    const std::string theirs = issued(hospital);
    const std::string first = issued();
    clock.advance(2min);
    issued();
    issued();
    const auto refused = book.issue(kClinic, kCare);
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().problem == Problem::over_budget));
    BOOST_TEST((refused.error().retry_after == 180s));
    BOOST_TEST(!fault(theirs, hospital));
    BOOST_TEST(!fault(first));
}

BOOST_AUTO_TEST_CASE(another_certificate_of_the_party_has_no_share_of_its_own) {
    issued();
    issued();
    issued();
    BOOST_TEST((refusal(tests::presenter("medical:1319900021", 9)) == Problem::over_budget));
}

BOOST_AUTO_TEST_CASE(spent_ones_make_room_for_their_party) {
    const std::string first = issued();
    issued();
    issued();
    BOOST_TEST(!fault(first));
    BOOST_TEST(!refusal());
    BOOST_TEST(book.size() == 3U);
    BOOST_TEST((fault(first) == CardFault::challenge_unknown));
    clock.advance(5min);
    BOOST_TEST(!refusal());
    BOOST_TEST(book.size() == 3U);
}

BOOST_AUTO_TEST_CASE(all_together_are_bounded_too) {
    const auto hospital = tests::presenter("medical:1319900013", 3);
    const std::string first = issued();
    for (int i = 0; i < 2; ++i) issued();
    for (int i = 0; i < 2; ++i) issued(hospital);
    BOOST_TEST((refusal(hospital) == Problem::overloaded));
    BOOST_TEST(book.size() == 5U);
    BOOST_TEST(!fault(first));
    BOOST_TEST(!refusal(hospital));
    BOOST_TEST(book.size() == 5U);
}

BOOST_AUTO_TEST_CASE(spent_ones_make_room_behind_an_open_one) {
    const auto hospital = tests::presenter("medical:1319900013", 3);
    const std::string oldest = issued();
    for (int i = 0; i < 2; ++i) BOOST_TEST(!fault(issued()));
    for (int i = 0; i < 2; ++i) BOOST_TEST(!fault(issued(hospital), hospital));
    BOOST_TEST(book.size() == 5U);
    for (int i = 0; i < 3; ++i) BOOST_TEST(!refusal(hospital));
    BOOST_TEST(book.size() == 5U);
    BOOST_TEST(!fault(oldest));
}

BOOST_AUTO_TEST_CASE(ended_ones_fall_out_by_themselves) {
    for (int round = 0; round < 4; ++round) {
        issued();
        clock.advance(10min);
    }
    BOOST_TEST(book.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_purpose_that_could_be_another_line_is_refused) {
    for (const char* purpose : {"", "care\nclient=x", "Care", "a b", "介護"}) {
        const auto offer = book.issue(kClinic, model::Purpose{purpose});
        BOOST_REQUIRE(!offer);
        BOOST_TEST((offer.error().problem == Problem::attribute_invalid));
    }
    BOOST_TEST(!book.issue(kClinic, model::Purpose{std::string(65, 'a')}));
    BOOST_TEST(book.issue(kClinic, model::Purpose{std::string(64, 'a')}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
