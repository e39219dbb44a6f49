// Every failure says in both languages what happened and what to do, and none says a PIN.
#include "gateway/card/failure.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "tests/unit/gateway/card/card_desk.h"

using namespace sekisho;
using card::Trouble;
using platform::CardTrouble;
using tests::CardDesk;

namespace {

constexpr Trouble kAll[] = {Trouble::other_card,      Trouble::resident_card, Trouble::smartphone,
                            Trouble::unknown_token,   Trouble::truncated,     Trouble::odd_status,
                            Trouble::odd_certificate, Trouble::wrong_pin,     Trouble::blocked,
                            Trouble::last_try,        Trouble::ended};
constexpr CardTrouble kAllOfReaders[] = {CardTrouble::no_service, CardTrouble::no_reader,
                                         CardTrouble::no_card,    CardTrouble::removed,
                                         CardTrouble::reset,      CardTrouble::in_use,
                                         CardTrouble::timed_out,  CardTrouble::unresponsive,
                                         CardTrouble::other_kind, CardTrouble::reader_fault};

}  // namespace

BOOST_AUTO_TEST_SUITE(failure)

BOOST_AUTO_TEST_CASE(each_has_a_name_and_a_sentence_in_both_languages) {
    std::set<std::string_view> names;
    for (const Trouble trouble : kAll) {
        const model::Text text = card::sentence_of({.trouble = trouble});
        BOOST_TEST(text.ja.size() > 30U);
        BOOST_TEST(text.en.size() > 30U);
        names.insert(card::to_string(trouble));
    }
    BOOST_TEST(names.size() == std::size(kAll));
    BOOST_TEST(!names.contains(""));
}

BOOST_AUTO_TEST_CASE(each_of_the_reader_has_its_own_sentence) {
    std::set<std::string> sentences;
    std::set<std::string_view> names;
    for (const CardTrouble trouble : kAllOfReaders) {
        const card::Failure failure{.trouble = Trouble::reader, .line = {.trouble = trouble}};
        sentences.insert(card::sentence_of(failure).en);
        names.insert(platform::to_string(trouble));
    }
    BOOST_TEST(sentences.size() == std::size(kAllOfReaders));
    BOOST_TEST(names.size() == std::size(kAllOfReaders));
}

BOOST_AUTO_TEST_CASE(the_step_and_the_status_words_stand_at_its_end) {
    const auto text = card::sentence_of(
        {.trouble = Trouble::odd_status, .step = "select the certificate", .status = 0x6A82});
    BOOST_TEST(text.en.ends_with("(select the certificate: 6A82)"));
    BOOST_TEST(text.ja.ends_with("(select the certificate: 6A82)"));
    const auto wrong = card::sentence_of({.trouble = Trouble::wrong_pin, .tries_left = 2});
    BOOST_TEST(wrong.ja.find("あと2回") != std::string::npos);
    BOOST_TEST(wrong.en.find("after 2 more") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(no_failure_of_a_signature_says_the_pin) {
    for (const char* step : {"select", "read", "tries", "verify", "sign"}) {
        for (const auto& answer :
             {CardDesk::lost(CardTrouble::removed), CardDesk::lost(CardTrouble::reader_fault),
              tests::FakeReaders::Transmitted{tests::bytes({0x6F, 0x00})},
              tests::FakeReaders::Transmitted{tests::bytes({0x63, 0xC1})},
              tests::FakeReaders::Transmitted{std::string{"7391"}},
              tests::FakeReaders::Transmitted{std::string{}}}) {
            CardDesk desk;
            desk.strike(step, answer);
            const auto signature = desk.sign("7391");
            BOOST_TEST_REQUIRE(!signature.has_value());
            const auto text = card::sentence_of(signature.error());
            BOOST_TEST((text.ja + text.en).find("7391") == std::string::npos);
            const std::string kept = signature.error().step + signature.error().line.detail;
            BOOST_TEST(kept.find("7391") == std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
