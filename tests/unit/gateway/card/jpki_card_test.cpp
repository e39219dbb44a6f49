// The session with a card: what is asked in which order, what is refused before it is sent, and how
// everything ends.
#include "gateway/card/jpki_card.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "tests/unit/gateway/card/card_desk.h"

using namespace sekisho;
using card::Trouble;
using platform::CardTrouble;
using tests::bytes;
using tests::CardDesk;
using tests::CardFault;

namespace {

bool verifies(const std::string& certificate, const std::string& text,
              const std::string& signature) {
    const auto* cursor = reinterpret_cast<const unsigned char*>(certificate.data());
    X509* parsed = d2i_X509(nullptr, &cursor, static_cast<long>(certificate.size()));
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    const bool held =
        EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, X509_get0_pubkey(parsed)) ==
            1 &&
        EVP_DigestVerify(context, reinterpret_cast<const unsigned char*>(signature.data()),
                         signature.size(), reinterpret_cast<const unsigned char*>(text.data()),
                         text.size()) == 1;
    EVP_MD_CTX_free(context);
    X509_free(parsed);
    return held;
}

// Every session that was opened reset its card, and nothing is unlocked any more.
void ends_well(const CardDesk& desk) {
    BOOST_TEST(desk.readers.opened == desk.readers.reset);
    BOOST_TEST(!desk.card.unlocked());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(jpki_card)

BOOST_AUTO_TEST_CASE(tells_what_it_is_and_how_many_tries_are_left) {
    CardDesk desk;
    {
        auto card = desk.open();
        BOOST_TEST_REQUIRE(card.has_value());
        BOOST_TEST((card->token() == card::Token::my_number_card));
        BOOST_TEST(card->tries_left().value() == 3);
        BOOST_TEST(desk.readers.sent("verify") == 0U);
    }
    ends_well(desk);
}

BOOST_AUTO_TEST_CASE(gives_its_certificate_without_a_pin) {
    CardDesk desk;
    const auto der = desk.open()->certificate();
    BOOST_TEST_REQUIRE(der.has_value());
    BOOST_TEST((*der == desk.card.contents().authentication.certificate));
    BOOST_TEST(desk.readers.sent("verify") == 0U);
    ends_well(desk);
}

BOOST_AUTO_TEST_CASE(signs_what_the_certificate_verifies) {
    CardDesk desk;
    const auto signature = desk.sign();
    BOOST_TEST_REQUIRE(signature.has_value());
    BOOST_TEST(signature->size() == 256U);
    const std::string& certificate = desk.card.contents().authentication.certificate;
    BOOST_TEST(verifies(certificate, "challenge", *signature));
    BOOST_TEST(!verifies(certificate, "another", *signature));
    BOOST_TEST(desk.readers.sent("verify") == 1U);
    ends_well(desk);
}

BOOST_AUTO_TEST_CASE(asks_for_the_tries_before_it_sends_a_pin) {
    CardDesk desk;
    BOOST_TEST(desk.sign().has_value());
    const auto at = [&desk](std::string_view step) {
        return std::ranges::find_if(desk.readers.commands, [step](const std::string& command) {
            return tests::step_of(command) == step;
        });
    };
    BOOST_TEST((at("tries") < at("verify")));
    BOOST_TEST((at("verify") < at("sign")));
}

BOOST_AUTO_TEST_CASE(a_wrong_pin_is_sent_once_and_tells_what_is_left) {
    CardDesk desk;
    const auto signature = desk.sign("9876");
    BOOST_TEST_REQUIRE(!signature.has_value());
    BOOST_TEST((signature.error().trouble == Trouble::wrong_pin));
    BOOST_TEST(signature.error().tries_left == 2);
    BOOST_TEST(signature.error().status == 0x63C2);
    BOOST_TEST(desk.readers.sent("verify") == 1U);
    BOOST_TEST(desk.readers.sent("sign") == 0U);
    BOOST_TEST(desk.card.authentication_tries() == 2);
    ends_well(desk);
}

BOOST_AUTO_TEST_CASE(with_one_try_left_no_pin_is_sent_unless_told_so) {
    CardDesk desk;
    desk.card.set_authentication_tries(1);
    const auto kept = desk.sign("1234");
    BOOST_TEST((kept.error().trouble == Trouble::last_try));
    BOOST_TEST(desk.readers.sent("verify") == 0U);
    BOOST_TEST(desk.sign("1234", card::LastTry::may_be_used).has_value());
    BOOST_TEST(desk.card.authentication_tries() == 3);
    ends_well(desk);
}

BOOST_AUTO_TEST_CASE(the_last_wrong_try_blocks_and_a_blocked_pin_is_never_sent) {
    CardDesk desk;
    desk.card.set_authentication_tries(1);
    const auto blocking = desk.sign("9876", card::LastTry::may_be_used);
    BOOST_TEST((blocking.error().trouble == Trouble::blocked));
    BOOST_TEST(desk.readers.sent("verify") == 1U);
    const auto blocked = desk.sign("1234", card::LastTry::may_be_used);
    BOOST_TEST((blocked.error().trouble == Trouble::blocked));
    BOOST_TEST(desk.readers.sent("verify") == 1U);
    ends_well(desk);
}

BOOST_AUTO_TEST_CASE(a_verify_whose_answer_is_lost_or_odd_is_not_repeated) {
    for (const auto& answer :
         {CardDesk::lost(CardTrouble::removed), CardDesk::lost(CardTrouble::timed_out),
          CardDesk::lost(CardTrouble::reset), tests::FakeReaders::Transmitted{bytes({0x6F, 0x00})},
          tests::FakeReaders::Transmitted{bytes({0x69, 0x83})},
          tests::FakeReaders::Transmitted{bytes({0x90})},
          tests::FakeReaders::Transmitted{std::string{}}}) {
        CardDesk desk;
        desk.strike("verify", answer);
        BOOST_TEST(!desk.sign().has_value());
        BOOST_TEST(desk.readers.sent("verify") == 1U);
        BOOST_TEST(desk.readers.sent("sign") == 0U);
        ends_well(desk);
    }
}

BOOST_AUTO_TEST_CASE(a_failure_ends_the_session_and_the_next_begins_anew) {
    CardDesk desk;
    desk.strike("sign", CardDesk::lost(CardTrouble::reset));
    auto card = desk.open();
    BOOST_TEST_REQUIRE(card.has_value());
    const auto lost = card->sign(desk.digest, tests::pin_of("1234"), card::LastTry::kept);
    BOOST_TEST((lost.error().trouble == Trouble::reader));
    BOOST_TEST((lost.error().line.trouble == CardTrouble::reset));
    BOOST_TEST(desk.readers.reset == 1);  // at once, while the object is still there
    const std::size_t asked = desk.readers.commands.size();
    BOOST_TEST((card->tries_left().error().trouble == Trouble::ended));
    BOOST_TEST((card->certificate().error().trouble == Trouble::ended));
    BOOST_TEST(
        (card->sign(desk.digest, tests::pin_of("1234"), card::LastTry::kept).error().trouble ==
         Trouble::ended));
    BOOST_TEST(desk.readers.commands.size() == asked);
    BOOST_TEST(desk.sign().has_value());  // a new session verifies again
    BOOST_TEST(desk.readers.sent("verify") == 2U);
    ends_well(desk);
}

BOOST_AUTO_TEST_CASE(a_truncated_answer_at_any_step_is_told_and_ends_the_session) {
    for (const char* step : {"select", "tries", "verify", "sign"}) {
        CardDesk desk;
        desk.spoil(step, CardFault::truncated);
        const auto signature = desk.sign();
        BOOST_TEST_CONTEXT(step) {
            BOOST_TEST_REQUIRE(!signature.has_value());
            BOOST_TEST((signature.error().trouble == Trouble::truncated));
            ends_well(desk);
        }
    }
    CardDesk desk;
    auto card = desk.open();
    desk.spoil("read", CardFault::truncated);
    BOOST_TEST((card->certificate().error().trouble == Trouble::truncated));
    ends_well(desk);
}

BOOST_AUTO_TEST_CASE(status_words_out_of_the_ordinary_are_kept) {
    for (const char* step : {"select", "read", "tries", "verify", "sign"}) {
        CardDesk desk;
        desk.spoil(step, CardFault::odd_status);
        const auto signature = desk.sign();
        BOOST_TEST_CONTEXT(step) {
            BOOST_TEST_REQUIRE(!signature.has_value());
            BOOST_TEST((signature.error().trouble == Trouble::odd_status));
            BOOST_TEST(signature.error().status == 0x6F00);
            ends_well(desk);
        }
    }
}

BOOST_AUTO_TEST_CASE(tries_told_as_success_are_out_of_the_ordinary) {
    CardDesk desk;
    desk.strike("tries", bytes({0x90, 0x00}));
    BOOST_TEST((desk.sign().error().trouble == Trouble::odd_status));
    BOOST_TEST(desk.readers.sent("verify") == 0U);
}

BOOST_AUTO_TEST_CASE(a_certificate_out_of_bounds_is_not_read) {
    for (const std::string& head :
         {bytes({0x30, 0x82, 0xFF, 0xFF}), bytes({0x30, 0x80, 0x00, 0x00}),
          bytes({0x00, 0x00, 0x00, 0x00})}) {
        CardDesk desk;
        desk.strike("read", head + bytes({0x90, 0x00}), 2);  // the first reads the token's name
        BOOST_TEST((desk.open()->certificate().error().trouble == Trouble::odd_certificate));
        BOOST_TEST(desk.readers.sent("read") == 2U);
        ends_well(desk);
    }
}

BOOST_AUTO_TEST_CASE(a_certificate_shorter_than_it_says_is_truncated) {
    CardDesk desk;
    desk.strike("read", bytes({0x30, 0x82, 0x1F, 0x00, 0x90, 0x00}), 2);
    BOOST_TEST(!desk.open()->certificate().has_value());
    ends_well(desk);
}

BOOST_AUTO_TEST_CASE(a_signature_of_another_length_is_none) {
    for (const std::size_t size : {0U, 128U, 255U}) {
        CardDesk desk;
        desk.strike("sign", std::string(size, '\x5A') + bytes({0x90, 0x00}));
        BOOST_TEST((desk.sign().error().trouble == Trouble::truncated));
        ends_well(desk);
    }
}

BOOST_AUTO_TEST_CASE(only_a_my_number_card_gives_certificates_and_signatures) {
    struct Row {
        const char* name;
        card::Token token;
        Trouble trouble;
    };
    for (const Row& row :
         {Row{"JPKIAPICCTOKEN", card::Token::resident_card, Trouble::resident_card},
          Row{"JPKIAPGPSETOKEN", card::Token::smartphone, Trouble::smartphone},
          Row{"SOMETHING", card::Token::unknown, Trouble::unknown_token}}) {
        tests::JpkiContents contents = tests::card_of_nobody();
        contents.token = row.name;
        tests::VirtualJpkiCard other{contents};
        CardDesk desk;
        desk.readers.add("reader", &other);
        auto card = desk.open();
        BOOST_TEST_REQUIRE(card.has_value());
        BOOST_TEST((card->token() == row.token));
        BOOST_TEST((card->certificate().error().trouble == row.trouble));
        BOOST_TEST((desk.sign().error().trouble == row.trouble));
        BOOST_TEST(desk.readers.sent("verify") == 0U);
    }
}

BOOST_AUTO_TEST_CASE(a_card_without_the_application_is_another_card) {
    CardDesk desk;
    desk.strike("select", bytes({0x6A, 0x82}));
    const auto card = desk.open();
    BOOST_TEST((card.error().trouble == Trouble::other_card));
    ends_well(desk);
}

BOOST_AUTO_TEST_CASE(a_reader_that_cannot_be_opened_says_why) {
    CardDesk desk;
    for (const CardTrouble trouble :
         {CardTrouble::no_service, CardTrouble::in_use, CardTrouble::timed_out}) {
        desk.readers.opening_fails = trouble;
        BOOST_TEST((desk.open().error().line.trouble == trouble));
    }
    BOOST_TEST(desk.readers.opened == 0);
}

BOOST_AUTO_TEST_CASE(only_the_files_of_the_authentication_are_touched) {
    CardDesk desk;
    BOOST_TEST(desk.sign().has_value());
    BOOST_TEST(desk.open()->certificate().has_value());
    for (const std::string& command : desk.readers.commands) {
        if (tests::step_of(command) != "select" || command.size() != 7) continue;
        const auto file = static_cast<unsigned char>(command[6]);
        BOOST_TEST((file == 0x06 || file == 0x0A || file == 0x17 || file == 0x18));
        BOOST_TEST(command[5] == '\0');
    }
    const auto selects = std::ranges::count_if(desk.readers.commands, [](const std::string& text) {
        return tests::step_of(text) == "select" && text.size() != 7;
    });
    BOOST_TEST(selects == desk.readers.opened);  // the JPKI application, and no other
}

BOOST_AUTO_TEST_SUITE_END()
