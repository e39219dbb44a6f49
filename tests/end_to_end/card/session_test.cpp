// Our session against the real pcscd: it has the card for itself, leaves nothing unlocked, and
// survives whatever a reader, a card or the service does.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <signal.h>

#include "gateway/platform/certificate_text.h"
#include "gateway/platform/crypto.h"
#include "tests/end_to_end/card/card_world.h"

using namespace sekisho;
using card::Trouble;
using platform::CardTrouble;
using tests::CardWorld;
using tests::RawHandle;
using namespace std::chrono_literals;

namespace {

CardTrouble trouble_of(const card::Answer<std::string>& answer) {
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST_REQUIRE((answer.error().trouble == Trouble::reader),
                       card::sentence_of(answer.error()).en);
    return answer.error().line.trouble;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_session_with_a_card, CardWorld)

BOOST_AUTO_TEST_CASE(signs_what_openssl_verifies_with_the_cards_certificate) {
    insert();
    const auto signature = sign("challenge");
    BOOST_TEST_REQUIRE(signature.has_value());
    const auto certificate = open()->certificate();
    BOOST_TEST_REQUIRE(certificate.has_value());
    const std::string pem = platform::certificate_text(*certificate)->pem;
    BOOST_TEST(verifies(pem, "challenge", *signature));
    BOOST_TEST(!verifies(pem, "another", *signature));
}

BOOST_AUTO_TEST_CASE(leaves_nothing_unlocked_for_another_handle) {
    insert();
    {
        // Without our discipline: whoever comes second signs without a PIN.
        const RawHandle first{reader()};
        BOOST_TEST(first.verify_pin("1234"));
        const RawHandle second{reader()};
        BOOST_TEST(second.can_sign());
    }
    BOOST_TEST(sign("challenge").has_value());
    const RawHandle after{reader()};
    BOOST_TEST(!after.can_sign());
}

BOOST_AUTO_TEST_CASE(leaves_nothing_unlocked_when_it_fails_behind_the_pin) {
    insert({"--fault", "odd-status@sign:once"});
    BOOST_TEST((sign("challenge").error().trouble == Trouble::odd_status));
    BOOST_TEST(!RawHandle{reader()}.can_sign());
}

BOOST_AUTO_TEST_CASE(has_the_card_for_itself_and_waits_for_nobody) {
    insert();
    {
        const auto card = open();
        BOOST_TEST_REQUIRE(card.has_value());
        const RawHandle other{reader()};
        BOOST_TEST(static_cast<std::uint32_t>(other.connected()) ==
                   static_cast<std::uint32_t>(SCARD_E_SHARING_VIOLATION));
        const auto list = readers.list();
        BOOST_TEST_REQUIRE(list.has_value());
        BOOST_TEST((*list)[0].in_use);
    }
    {
        const RawHandle other{reader()};
        BOOST_TEST((open().error().line.trouble == CardTrouble::in_use));
    }
    BOOST_TEST(open().has_value());
}

BOOST_AUTO_TEST_CASE(notices_a_card_that_is_taken_off_under_way) {
    for (const char* step : {"select", "verify", "sign"}) {
        insert({"--fault", std::string{"removed@"} + step});
        BOOST_TEST((trouble_of(sign("challenge")) == CardTrouble::removed));
        BOOST_TEST(tests::eventually([this] { return !has_card(); }));
    }
    insert();
    BOOST_TEST(sign("challenge").has_value());
}

BOOST_AUTO_TEST_CASE(begins_anew_when_the_service_was_started_again) {
    insert();
    auto card = open();
    BOOST_TEST_REQUIRE(card.has_value());
    stop_service();
    const auto lost = card->certificate();
    BOOST_TEST((trouble_of(lost) == CardTrouble::no_service));
    BOOST_TEST((trouble_of(sign("challenge")) == CardTrouble::no_service));
    start_service();
    BOOST_TEST_REQUIRE(tests::eventually([this] { return has_card(); }));
    BOOST_TEST((card->certificate().error().trouble == Trouble::ended));
    BOOST_TEST(sign("challenge").has_value());
}

BOOST_AUTO_TEST_CASE(tells_two_readers_apart) {
    insert();
    insert({"--token", "JPKIAPGPSETOKEN"}, Slot::second);
    const auto list = readers.list();
    BOOST_TEST_REQUIRE(list.has_value());
    BOOST_TEST(list->size() == 2U);
    BOOST_TEST((open(Slot::first)->token() == card::Token::my_number_card));
    BOOST_TEST((open(Slot::second)->token() == card::Token::smartphone));
    take_off(Slot::second);
    const auto none = open(Slot::second);
    BOOST_TEST_REQUIRE(!none.has_value());
    BOOST_TEST((none.error().line.trouble == CardTrouble::no_card));
    BOOST_TEST(
        (card::JpkiCard::open(readers, "Nowhere").error().line.trouble == CardTrouble::no_reader));
}

BOOST_AUTO_TEST_CASE(gives_up_a_card_that_never_answers) {
    insert({"--fault", "silent@sign"});
    platform::PcscReaders impatient{{.call = 500ms, .session = 10s}};
    auto card = card::JpkiCard::open(impatient, reader());
    BOOST_TEST_REQUIRE(card.has_value());
    const auto signature =
        card->sign(platform::sha256("x"), tests::pin_of("1234"), card::LastTry::kept);
    BOOST_TEST((trouble_of(signature) == CardTrouble::timed_out));
    BOOST_TEST(
        (card::JpkiCard::open(impatient, reader()).error().line.trouble == CardTrouble::in_use));
    take_off();
    insert();
    BOOST_TEST(sign("challenge").has_value());
}

BOOST_AUTO_TEST_CASE(waits_for_a_slow_card_and_for_no_more_than_a_session) {
    insert({"--fault", "slow@read", "--slow", "300"});
    BOOST_TEST(open()->certificate().has_value());
    platform::PcscReaders impatient{{.call = 10s, .session = 700ms}};
    auto card = card::JpkiCard::open(impatient, reader());
    BOOST_TEST_REQUIRE(card.has_value());
    BOOST_TEST((trouble_of(card->certificate()) == CardTrouble::timed_out));
}

BOOST_AUTO_TEST_CASE(tells_an_answer_cut_short) {
    insert({"--fault", "truncated@read"});
    auto card = open();
    BOOST_TEST_REQUIRE(card.has_value());
    BOOST_TEST((card->token() == card::Token::my_number_card));  // only its blanks are missing
    BOOST_TEST((card->certificate().error().trouble == Trouble::truncated));
}

BOOST_AUTO_TEST_SUITE_END()
