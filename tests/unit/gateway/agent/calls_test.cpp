// The agent's calls: what a page gets, what the terminal shows, what the card is sent.
#include "tests/support/config_files.h"
#include "tests/unit/gateway/agent/agent_world.h"

using namespace sekisho;
using agent::Code;
using platform::CardTrouble;
using tests::a_challenge;
using tests::AgentWorld;
using tests::body_of;
using tests::kOtherPage;

namespace {

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string status(AgentWorld& world, const std::string& token = {}) {
    return world.text({.method = "GET", .path = "/status", .token = token});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(calls)

BOOST_AUTO_TEST_CASE(the_status_says_what_lies_on_the_reader_and_whether_the_page_is_paired) {
    AgentWorld world;
    BOOST_TEST(status(world) == "200 {\"paired\":false,\"reader\":\"card\"}");
    BOOST_TEST(status(world, world.token()) == "200 {\"paired\":true,\"reader\":\"card\"}");
    BOOST_TEST(status(world, "x") == "200 {\"paired\":false,\"reader\":\"card\"}");
    world.readers.add("Reader A", nullptr);
    BOOST_TEST(status(world) == "200 {\"paired\":false,\"reader\":\"empty\"}");
    world.readers.listing_fails = CardTrouble::no_service;
    BOOST_TEST(status(world) == "200 {\"paired\":false,\"reader\":\"none\"}");
    BOOST_TEST(world.readers.opened == 0);  // nobody's card was touched
}

BOOST_AUTO_TEST_CASE(the_status_is_of_the_reader_that_was_chosen) {
    AgentWorld world;
    world.readers.add("Reader B", nullptr);
    BOOST_TEST(holds(status(world), "\"card\""));
    world.settings.reader = "Reader B";
    world.open();
    BOOST_TEST(holds(status(world), "\"empty\""));
    world.settings.reader = "Reader C";
    world.open();
    BOOST_TEST(holds(status(world), "\"none\""));
}

BOOST_AUTO_TEST_CASE(a_code_stands_on_the_terminal_and_a_new_one_after_each_guess) {
    AgentWorld world;
    const std::string first = world.code();
    BOOST_TEST(world.text({.path = "/pair", .body = "{\"code\":\"abcdef\"}"}) ==
               "403 {\"code\":\"wrong-code\"}");
    const std::string second = world.code();
    BOOST_TEST(second != first);
    world.token();
    BOOST_TEST(world.code() != second);
    BOOST_TEST(holds(world.terminal.shown, "paired: https://localhost:8443"));
}

BOOST_AUTO_TEST_CASE(too_many_wrong_codes_must_wait_and_show_no_new_one) {
    AgentWorld world;
    const tests::AgentCall wrong{.path = "/pair", .body = "{\"code\":\"x\"}"};
    for (int i = 0; i < 3; ++i) world.answer(wrong);
    const std::string shown = world.terminal.shown;
    BOOST_TEST(world.text(wrong) == "429 {\"code\":\"too-many-codes\",\"seconds\":30}");
    BOOST_TEST(world.terminal.shown == shown);
}

BOOST_AUTO_TEST_CASE(a_body_of_another_shape_costs_no_code) {
    AgentWorld world;
    const std::string code = world.code();
    for (const char* body : {"", "{}", "[]", "{\"code\":1}", "{\"code\":\"1\",\"more\":1}", "{",
                             "{\"code\":\"1\",\"code\":\"2\"}"}) {
        BOOST_TEST(world.text({.path = "/pair", .body = body}) == "400 {\"code\":\"unreadable\"}",
                   body);
    }
    BOOST_TEST(world.code() == code);
}

BOOST_AUTO_TEST_CASE(a_signature_is_shown_for_whom_and_confirmed_by_the_pin) {
    AgentWorld world;
    world.terminal.will_type = {"1234"};
    const std::string answer = world.sign();
    BOOST_TEST(answer.starts_with("200 {\"certificate\":\""), answer);
    const auto json = documents::parse_json(answer.substr(4));
    BOOST_TEST(*documents::from_base64(*json->string_at("certificate")) ==
               world.card.contents().authentication.certificate);
    BOOST_TEST(documents::from_base64(*json->string_at("signature"))->size() == 256U);
    for (const char* part : {"demo.sekisho.example (https://localhost:8443)", "medical:1319900021",
                             "purpose: care", "signed"}) {
        BOOST_TEST(holds(world.terminal.shown, part), part);
    }
    BOOST_TEST_REQUIRE(world.terminal.prompts.size() == 1U);
    BOOST_TEST(holds(world.terminal.prompts[0], "tries left: 3"));
    BOOST_TEST((world.terminal.last_patience.until == world.clock.monotonic() + agent::kPinWait));
    BOOST_TEST(!holds(world.terminal.shown, "1234"));
    BOOST_TEST(!world.card.unlocked());
    BOOST_TEST(world.readers.opened == world.readers.reset);
}

BOOST_AUTO_TEST_CASE(nobody_holds_the_card_while_the_pin_is_typed) {
    AgentWorld world;
    world.terminal.will_type = {"1234"};
    int open = -1;
    world.terminal.while_asked = [&] { open = world.readers.opened - world.readers.reset; };
    world.sign();
    BOOST_TEST(open == 0);
}

BOOST_AUTO_TEST_CASE(an_unpaired_page_gets_no_signature) {
    AgentWorld world;
    const std::string body = body_of(a_challenge());
    BOOST_TEST(world.text({.body = body}) == "401 {\"code\":\"unpaired\"}");
    BOOST_TEST(world.text({.body = body, .token = "guess"}) == "401 {\"code\":\"unpaired\"}");
    tests::AgentCall other{.body = body, .token = world.token()};
    other.headers[1].value = kOtherPage;
    BOOST_TEST(world.text(other) == "401 {\"code\":\"unpaired\"}");
    BOOST_TEST(world.terminal.prompts.empty());
    BOOST_TEST(world.readers.opened == 0);
}

BOOST_AUTO_TEST_CASE(what_is_no_challenge_is_not_signed) {
    AgentWorld world;
    const std::string token = world.token();
    const auto body = [](const std::string& text) {
        return "{\"challenge\":\"" + documents::to_base64url(text) + "\"}";
    };
    const std::string text = text_of(a_challenge());
    for (const std::string& other :
         {std::string{}, std::string{"pay 1,000,000 yen"}, text + "\n", text + "more",
          text.substr(0, text.size() - 1), "\x1b[2J" + text}) {
        BOOST_TEST(world.text({.body = body(other), .token = token}) ==
                       "422 {\"code\":\"not-a-challenge\"}",
                   other);
    }
    BOOST_TEST(world.text({.body = "{\"challenge\":\"!\"}", .token = token}) ==
               "422 {\"code\":\"not-a-challenge\"}");
    BOOST_TEST(world.text({.body = "{}", .token = token}) == "400 {\"code\":\"unreadable\"}");
    BOOST_TEST(world.terminal.prompts.empty());
}

BOOST_AUTO_TEST_CASE(a_challenge_of_another_gateway_than_the_pages_is_not_signed) {
    AgentWorld world;
    BOOST_TEST(world.sign(a_challenge("other.sekisho.example")) ==
               "403 {\"code\":\"other-gateway\"}");
    BOOST_TEST(world.sign(a_challenge("demo.sekisho.example.evil")) ==
               "403 {\"code\":\"other-gateway\"}");
    BOOST_TEST(world.terminal.prompts.empty());
}

BOOST_AUTO_TEST_CASE(a_second_signature_while_one_is_under_way_is_refused_as_busy) {
    AgentWorld world;
    const tests::AgentCall call{.body = body_of(a_challenge()), .token = world.token()};
    const auto first = world.send(call);
    BOOST_TEST(!first->kept.has_value());
    const auto second = world.send(call);
    BOOST_TEST_REQUIRE(second->kept.has_value());
    BOOST_TEST(second->kept->status == 409);
    BOOST_TEST(second->kept->body == "{\"code\":\"busy\"}");
    world.terminal.will_type = {"1234", "1234"};
    world.signer.run_all();
    BOOST_TEST(first->kept->status == 200);
    BOOST_TEST(world.answer(call).status == 200);
}

BOOST_AUTO_TEST_CASE(a_signature_that_finds_no_room_gives_its_place_back) {
    AgentWorld world;
    const tests::AgentCall call{.body = body_of(a_challenge()), .token = world.token()};
    world.signer.refuse(true);
    BOOST_TEST(world.text(call) == "409 {\"code\":\"busy\"}");
    world.signer.refuse(false);
    world.terminal.will_type = {"1234"};
    BOOST_TEST(world.answer(call).status == 200);
}

BOOST_AUTO_TEST_CASE(without_a_pin_the_card_is_sent_nothing) {
    for (const auto& typed : std::initializer_list<std::deque<std::string>>{
             {""}, {}, {"12345", "abc", "12 4"}, {"123", ""}}) {
        AgentWorld world;
        world.terminal.will_type = typed;
        BOOST_TEST(world.sign() == "409 {\"code\":\"cancelled\"}");
        BOOST_TEST(world.readers.sent("verify") == 0U);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_pin_is_asked_for_again) {
    AgentWorld world;
    world.terminal.will_type = {"12345", "1234"};
    BOOST_TEST(world.sign().starts_with("200 "));
    BOOST_TEST(world.terminal.prompts.size() == 2U);
    BOOST_TEST(holds(world.terminal.shown, "a PIN is four digits"));
}

BOOST_AUTO_TEST_CASE(a_wrong_pin_is_sent_once_and_tells_what_is_left) {
    AgentWorld world;
    world.terminal.will_type = {"7391", "1234"};
    BOOST_TEST(world.sign() == "422 {\"code\":\"wrong-pin\",\"tries\":2}");
    BOOST_TEST(world.readers.sent("verify") == 1U);
    BOOST_TEST(world.terminal.prompts.size() == 1U);
    BOOST_TEST(holds(world.terminal.shown, "あと2回"));
    BOOST_TEST(!holds(world.terminal.shown, "7391"));
}

BOOST_AUTO_TEST_CASE(with_one_try_left_no_pin_is_asked_for_unless_told_so) {
    AgentWorld world;
    world.card.set_authentication_tries(1);
    BOOST_TEST(world.sign() == "423 {\"code\":\"few-tries\"}");
    BOOST_TEST(world.terminal.prompts.empty());
    world.settings.last_try = card::LastTry::may_be_used;
    world.open();
    world.terminal.will_type = {"1234"};
    BOOST_TEST(world.sign().starts_with("200 "));
    world.card.set_authentication_tries(0);
    BOOST_TEST(world.sign() == "423 {\"code\":\"locked\"}");
}

BOOST_AUTO_TEST_CASE(a_card_that_is_not_there_or_another_is_told_so) {
    AgentWorld world;
    world.readers.add("Reader A", nullptr);
    BOOST_TEST(world.sign() == "409 {\"code\":\"no-card\"}");
    tests::JpkiContents contents = tests::card_of_nobody();
    contents.token = "JPKIAPGPSETOKEN";
    tests::VirtualJpkiCard smartphone{contents};
    world.readers.add("Reader A", &smartphone);
    BOOST_TEST(world.sign() == "409 {\"code\":\"not-jpki\"}");
    world.readers.add("Reader B", &world.card);
    BOOST_TEST(world.sign() == "409 {\"code\":\"several-cards\"}");
    BOOST_TEST(world.terminal.prompts.empty());
}

BOOST_AUTO_TEST_CASE(the_chosen_reader_is_used_of_several) {
    AgentWorld world;
    tests::VirtualJpkiCard other{tests::card_of_nobody()};
    other.set_authentication_tries(0);
    world.readers.add("Reader B", &other);
    world.settings.reader = "Reader A";
    world.open();
    world.terminal.will_type = {"1234"};
    BOOST_TEST(world.sign().starts_with("200 "));
}

BOOST_AUTO_TEST_CASE(trouble_with_the_reader_is_told_and_the_next_signature_begins_anew) {
    AgentWorld world;
    for (const auto trouble : {CardTrouble::no_service, CardTrouble::removed, CardTrouble::reset,
                               CardTrouble::in_use, CardTrouble::timed_out}) {
        world.readers.opening_fails = trouble;
        BOOST_TEST(world.sign() == "502 {\"code\":\"reader-failed\"}");
    }
    world.readers.listing_fails = CardTrouble::no_service;
    BOOST_TEST(world.sign() == "502 {\"code\":\"reader-failed\"}");
    world.readers.opening_fails.reset();
    world.readers.listing_fails.reset();
    world.terminal.will_type = {"1234"};
    BOOST_TEST(world.sign().starts_with("200 "));
}

BOOST_AUTO_TEST_CASE(a_stop_ends_the_asking_and_what_comes_after) {
    AgentWorld world;
    const std::string token = world.token();
    const tests::AgentCall call{.body = body_of(a_challenge()), .token = token};
    world.terminal.will_type = {"1234"};
    world.terminal.while_asked = [&world] { world.service->stop(); };
    BOOST_TEST(world.text(call) == "409 {\"code\":\"cancelled\"}");
    BOOST_TEST(world.text(call) == "409 {\"code\":\"cancelled\"}");
    BOOST_TEST(world.terminal.prompts.size() == 1U);
    BOOST_TEST(world.readers.sent("verify") == 0U);
}

// What a page that is on the list can be told, it has words for in both languages; and the contract
// names it.
BOOST_AUTO_TEST_CASE(every_code_of_the_calls_is_in_the_contract_and_in_the_pages_words) {
    const std::string contract = tests::read_text(tests::source_path("gateway/counter/README.md"));
    for (int i = static_cast<int>(Code::wrong_host); i <= static_cast<int>(Code::reader_failed);
         ++i) {
        const auto code = static_cast<Code>(i);
        const std::string name{to_string(code)};
        BOOST_TEST(holds(contract, "`" + name + "`"), name);
        if (code < Code::unpaired) continue;  // no page of ours meets these
        for (const char* dictionary : {"ja.js", "en.js"}) {
            const std::string words =
                tests::read_text(tests::source_path("gateway/counter/pages/lang/") + dictionary);
            BOOST_TEST(holds(words, "'problem.agent." + name + ".title'"), name);
            BOOST_TEST(holds(words, "'problem.agent." + name + ".next'"), name);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
