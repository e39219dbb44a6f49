// The card commands: exit codes, what is asked of whom, and where a PIN never shows.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "adapters/documents/base64.h"
#include "adapters/documents/json.h"
#include "tests/unit/gateway/cli/cli_world.h"

using namespace sekisho;
using platform::CardTrouble;
using platform::TerminalTrouble;
using tests::CliWorld;

namespace {

const tests::JpkiContents& contents() {
    static const tests::JpkiContents made = tests::make_jpki_contents(tests::FakeClock::kStart);
    return made;
}

// "challenge" in base64url.
constexpr const char* kSign = "card sign --challenge Y2hhbGxlbmdl ";

struct Desk {
    tests::VirtualJpkiCard card{contents()};
    CliWorld world;

    Desk() { world.readers.add("Reader A", &card); }

    int run(const std::string& words) {
        world.forget();
        return world.run(words);
    }
    bool says(std::string_view words) const {
        return (world.out() + world.err()).find(words) != std::string::npos;
    }
    documents::Json json() const { return documents::parse_json(world.out()).value(); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(card)

BOOST_AUTO_TEST_CASE(status_tells_readers_cards_and_tries_without_spending_one) {
    Desk desk;
    desk.world.readers.add("Reader B", nullptr);
    BOOST_TEST(desk.run("card status") == 0);
    BOOST_TEST(desk.says("Reader A\n  マイナンバーカード / my-number-card"));
    BOOST_TEST(desk.says("tries left for the PIN: 3"));
    BOOST_TEST(desk.says("Reader B\n  カードなし / no card"));
    BOOST_TEST(desk.run("card status --json") == 0);
    BOOST_TEST(desk.world.out() ==
               "{\"readers\":[{\"reader\":\"Reader A\",\"card\":true,\"token\":\"my-number-card\","
               "\"tries_left\":3},{\"reader\":\"Reader B\",\"card\":false}]}\n");
    BOOST_TEST(desk.world.readers.sent("verify") == 0U);
    BOOST_TEST(desk.world.readers.opened == desk.world.readers.reset);
}

BOOST_AUTO_TEST_CASE(status_is_1_where_no_card_could_sign) {
    CliWorld world;
    world.readers.add("Reader A", nullptr);
    BOOST_TEST(world.run("card status") == 1);
    Desk blocked;
    blocked.card.set_authentication_tries(0);
    BOOST_TEST(blocked.run("card status") == 1);
    BOOST_TEST(blocked.says("tries left for the PIN: 0"));
    Desk used;
    used.world.readers.opening_fails = CardTrouble::in_use;
    BOOST_TEST(used.run("card status --json") == 1);
    BOOST_TEST(used.says("\"problem\":\"in_use\""));
    BOOST_TEST(used.run("card status") == 1);
    BOOST_TEST(used.says("another program uses the card"));
}

BOOST_AUTO_TEST_CASE(without_a_service_or_a_reader_it_is_3_and_says_who_does_what) {
    for (const char* words : {"card status", "card read", "card sign --challenge Y2hhbGxlbmdl"}) {
        CliWorld world;
        BOOST_TEST(world.run(words) == 3);
        BOOST_TEST(world.err().find("connect it and begin again") != std::string::npos);
        world.forget();
        world.readers.listing_fails = CardTrouble::no_service;
        BOOST_TEST(world.run(words) == 3);
        BOOST_TEST(world.err().find("pcscd") != std::string::npos);
        BOOST_TEST(world.err().find("この端末の管理者") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(several_readers_need_a_name_unless_one_has_the_only_card) {
    Desk desk;
    desk.world.readers.add("Reader B", nullptr);
    BOOST_TEST(desk.run("card read") == 0);
    tests::VirtualJpkiCard other{contents()};
    desk.world.readers.add("Reader B", &other);
    BOOST_TEST(desk.run("card read") == 2);
    BOOST_TEST(desk.says("\"Reader A\", \"Reader B\""));
    BOOST_TEST(desk.says("--reader"));
    BOOST_TEST(desk.world.run_words({"card", "read", "--reader", "Reader B"}) == 0);
    BOOST_TEST(desk.world.run_words({"card", "status", "--reader", "Reader B"}) == 0);
    desk.world.forget();
    BOOST_TEST(desk.world.run_words({"card", "read", "--reader", "Reader C"}) == 2);
    BOOST_TEST(desk.says("no card reader of that name; there are: \"Reader A\""));
}

BOOST_AUTO_TEST_CASE(read_gives_the_certificate_and_no_verdict) {
    Desk desk;
    BOOST_TEST(desk.run("card read") == 0);
    const std::string pem = desk.world.out();
    BOOST_TEST(pem == simulation::pem_of_certificate(contents().authentication.certificate));
    BOOST_TEST(desk.says("JPKI for user authentication"));
    BOOST_TEST(desk.says("2026-11-20T00:00:00"));
    BOOST_TEST(desk.says("was not checked"));
    BOOST_TEST(desk.run("card read --out /desk/card.pem") == 0);
    BOOST_TEST(desk.world.files.content("/desk/card.pem").value() == pem);
    BOOST_TEST(desk.world.files.mode("/desk/card.pem").value() == 0600U);
    BOOST_TEST(desk.run("card read --json") == 0);
    BOOST_TEST(documents::from_base64(*desk.json().string_at("certificate")).value() ==
               contents().authentication.certificate);
    BOOST_TEST(desk.world.readers.sent("verify") == 0U);
    BOOST_TEST(desk.run("card read --out /nowhere/card.pem") == 2);
}

BOOST_AUTO_TEST_CASE(sign_gives_the_evidence_of_an_admission) {
    Desk desk;
    (void)desk.world.files.write_whole(
        "/desk/challenge.json",
        R"({"id":"c-1","challenge":"Y2hhbGxlbmdl","expires":"2026-11-21T00:05:00Z"})", 0600);
    desk.world.person.will_type = {"1234"};
    BOOST_TEST(desk.run("card sign --challenge-file /desk/challenge.json --json") == 0);
    const documents::Json evidence = desk.json();
    BOOST_TEST(*evidence.string_at("method") == "card");
    BOOST_TEST(*evidence.string_at("challenge") == "c-1");
    BOOST_TEST(documents::from_base64(*evidence.string_at("certificate")).value() ==
               contents().authentication.certificate);
    BOOST_TEST(documents::from_base64(*evidence.string_at("signature")).value().size() == 256U);
    BOOST_TEST(desk.world.readers.sent("verify") == 1U);
    BOOST_TEST(!desk.card.unlocked());
    desk.world.person.will_type = {"1234"};
    BOOST_TEST(desk.run(kSign) == 0);
    BOOST_TEST(desk.says("署名 / signature"));
    desk.world.person.will_type = {"1234"};
    BOOST_TEST(desk.run(std::string{kSign} + "--id c-2 --json") == 0);
    BOOST_TEST(*desk.json().string_at("challenge") == "c-2");
}

BOOST_AUTO_TEST_CASE(nothing_holds_the_card_while_a_person_types) {
    Desk desk;
    desk.world.person.will_type = {"1234"};
    BOOST_TEST(desk.run(kSign) == 0);
    BOOST_TEST(desk.world.readers.opened == 2);  // one before the question, one behind it
    BOOST_TEST(desk.world.readers.reset == 2);
    BOOST_TEST_REQUIRE(desk.world.person.prompts.size() == 1U);
    BOOST_TEST(desk.world.person.prompts[0].find("tries left: 3") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_pin_comes_from_a_descriptor_where_one_is_named) {
    Desk desk;
    desk.world.person.will_type = {"1234"};
    BOOST_TEST(desk.run(std::string{kSign} + "--pin-fd 7") == 0);
    BOOST_TEST(desk.world.person.prompts.empty());
    BOOST_TEST((desk.world.person.descriptors == std::vector<int>{7}));
    for (const char* wrong : {"--pin-fd x", "--pin-fd -1", "--pin-fd 99999999999"}) {
        BOOST_TEST(desk.run(std::string{kSign} + wrong) == 2);
    }
    BOOST_TEST(desk.run(std::string{kSign} + "--pin 1234") == 2);
}

BOOST_AUTO_TEST_CASE(what_is_no_pin_is_not_sent) {
    for (const char* typed : {"", "123", "12345", "abcd", "１２３４"}) {
        Desk desk;
        desk.world.person.will_type = {typed};
        BOOST_TEST(desk.run(kSign) == 2);
        BOOST_TEST(desk.says("four digits; nothing was sent"));
        BOOST_TEST(desk.world.readers.sent("verify") == 0U);
    }
    for (const auto trouble : {TerminalTrouble::no_terminal, TerminalTrouble::interrupted,
                               TerminalTrouble::unreadable, TerminalTrouble::too_long}) {
        Desk desk;
        desk.world.person.otherwise = trouble;
        BOOST_TEST(desk.run(kSign) == 2);
        BOOST_TEST(desk.world.readers.sent("verify") == 0U);
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_pin_is_1_is_sent_once_and_stands_nowhere) {
    for (const char* form : {"", "--json"}) {
        Desk desk;
        desk.world.person.will_type = {"7391"};
        BOOST_TEST(desk.run(std::string{kSign} + form) == 1);
        BOOST_TEST(desk.says("あと2回"));
        BOOST_TEST(!desk.says("7391"));
        BOOST_TEST(desk.world.readers.sent("verify") == 1U);
        BOOST_TEST(desk.card.authentication_tries() == 2);
    }
}

BOOST_AUTO_TEST_CASE(with_one_try_left_nobody_is_asked_unless_told_so) {
    Desk desk;
    desk.card.set_authentication_tries(1);
    desk.world.person.will_type = {"1234"};
    BOOST_TEST(desk.run(kSign) == 1);
    BOOST_TEST(desk.says("--even-if-one-try-is-left"));
    BOOST_TEST(desk.world.person.prompts.empty());
    BOOST_TEST(desk.run(std::string{kSign} + "--even-if-one-try-is-left") == 0);
    desk.card.set_authentication_tries(0);
    BOOST_TEST(desk.run(std::string{kSign} + "--even-if-one-try-is-left") == 1);
    BOOST_TEST(desk.says("municipality's counter"));
    BOOST_TEST(desk.world.person.prompts.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_asked_is_3_and_what_is_no_such_card_is_1) {
    for (const auto trouble : {CardTrouble::removed, CardTrouble::timed_out, CardTrouble::in_use,
                               CardTrouble::no_card, CardTrouble::reset}) {
        Desk desk;
        desk.world.readers.opening_fails = trouble;
        BOOST_TEST(desk.run("card read") == 3);
        BOOST_TEST(desk.run(kSign) == 3);
    }
    Desk desk;
    desk.world.readers.opening_fails = CardTrouble::other_kind;
    BOOST_TEST(desk.run("card read") == 1);
    tests::JpkiContents phone = contents();
    phone.token = "JPKIAPGPSETOKEN";
    tests::VirtualJpkiCard smartphone{phone};
    Desk other;
    other.world.readers.add("Reader A", &smartphone);
    BOOST_TEST(other.run("card read") == 1);
    BOOST_TEST(other.run(kSign) == 1);
    BOOST_TEST(other.world.person.prompts.empty());
    BOOST_TEST(other.run("card status") == 1);
    BOOST_TEST(other.says("スマートフォン / smartphone"));
}

BOOST_AUTO_TEST_CASE(a_challenge_is_given_once_and_whole) {
    Desk desk;
    desk.world.person.will_type = {"1234"};
    (void)desk.world.files.write_whole("/desk/c.json", R"({"id":"c-1"})", 0600);
    for (const char* words :
         {"card sign", "card sign --challenge Y2g --challenge-file /desk/c.json",
          "card sign --challenge ====", "card sign --challenge=", "card sign --challenge Y2g=",
          "card sign --challenge-file /desk/none.json",
          "card sign --challenge-file /desk/c.json"}) {
        BOOST_TEST(desk.run(words) == 2);
    }
    BOOST_TEST(desk.run("card sign --challenge " + std::string(6000, 'A')) == 2);
    BOOST_TEST(desk.world.readers.opened == 0);
}

BOOST_AUTO_TEST_CASE(the_agent_is_told_whom_to_serve_and_keeps_the_last_try_unless_told_so) {
    CliWorld world;
    const std::string pages = "card agent --pages demo.sekisho.example=https://localhost:8443";
    BOOST_TEST(world.run(pages) == 0);
    BOOST_TEST_REQUIRE(world.agent.has_value());
    BOOST_TEST(world.agent->address.origin() == "https://127.0.0.1:8449");
    BOOST_TEST(world.agent->pages.front().gateway == "demo.sekisho.example");
    BOOST_TEST(world.agent->folder == "/home/agent");
    BOOST_TEST((world.agent->last_try == sekisho::card::LastTry::kept));
    BOOST_TEST(world.run(pages + " --listen [::1]:9000 --folder /desk --even-if-one-try-is-left") ==
               0);
    BOOST_TEST(world.agent->address.origin() == "https://[::1]:9000");
    BOOST_TEST(world.agent->folder == "/desk");
    BOOST_TEST((world.agent->last_try == sekisho::card::LastTry::may_be_used));
}

BOOST_AUTO_TEST_CASE(the_agent_does_not_start_where_others_could_reach_it_or_for_no_page) {
    CliWorld world;
    const std::string pages = " --pages demo.sekisho.example=https://localhost:8443";
    BOOST_TEST(world.run("card agent") == 2);
    BOOST_TEST(world.run("card agent --pages https://localhost:8443") == 2);
    BOOST_TEST(world.run("card agent --listen 0.0.0.0:8449" + pages) == 2);
    world.agent_folder.clear();
    BOOST_TEST(world.run("card agent" + pages) == 2);
    BOOST_TEST(!world.agent.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
