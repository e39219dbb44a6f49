#include "adapters/portal/log_check.h"

#include <boost/test/unit_test.hpp>

#include "gateway/listener/shown_access.h"
#include "tests/unit/adapters/portal/some_log.h"

using namespace sekisho;
using namespace sekisho::portal_adapter;
using documents::Json;
using tests::SomeLog;

namespace {

std::string changed(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    BOOST_REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

// What is wrong with an entry in which this was changed.
std::string trouble_after(std::string_view from, std::string_view to) {
    SomeLog log(7);
    const auto checkpoint = open_checkpoint(log.note(), log.vkey()).value();
    const auto access = documents::parse_json(changed(to_text(log.access(3)), from, to)).value();
    return trouble_with(access, checkpoint);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(log_check)

BOOST_AUTO_TEST_CASE(what_the_gateway_shows_of_an_access_is_what_the_window_compares) {
    BOOST_TEST((kShown == listener::kShownOfAccess));
}

// RFC 6962 section 2.1: SHA-256 over one zero byte.
BOOST_AUTO_TEST_CASE(the_hash_of_an_empty_leaf_is_the_known_one) {
    BOOST_TEST(documents::to_base64(leaf_hash("")) ==
               "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=");
}

BOOST_AUTO_TEST_CASE(each_leaf_of_the_gateways_trees_leads_to_their_root) {
    for (std::uint64_t size = 1; size <= 40; ++size) {
        SomeLog log(size);
        for (std::uint64_t index = 0; index < size; ++index)
            BOOST_TEST((root_of(log.leaf(index), index, size, log.path(index)) == log.root()));
    }
}

BOOST_AUTO_TEST_CASE(a_leaf_at_another_place_or_by_another_path_does_not) {
    SomeLog log(11);
    const auto path = log.path(4);
    BOOST_TEST((root_of(log.leaf(4), 4, 11, path) == log.root()));
    for (std::uint64_t index = 0; index < 11; ++index) {
        if (index != 4) BOOST_TEST((root_of(log.leaf(4), index, 11, path) != log.root()));
    }
    BOOST_TEST((root_of(log.leaf(5), 4, 11, path) != log.root()));
    BOOST_TEST(!root_of(log.leaf(4), 11, 11, path));
    BOOST_TEST(!root_of(log.leaf(4), 4, 0, {}));
    auto longer = path;
    longer.push_back(path.front());
    BOOST_TEST(!root_of(log.leaf(4), 4, 11, longer));
    auto shorter = path;
    shorter.pop_back();
    BOOST_TEST(!root_of(log.leaf(4), 4, 11, shorter));
}

BOOST_AUTO_TEST_CASE(a_checkpoint_is_opened_by_a_key_of_its_log) {
    const SomeLog log(3);
    const auto checkpoint = open_checkpoint(log.note(), log.vkey());
    BOOST_REQUIRE(checkpoint);
    BOOST_TEST(checkpoint->origin == "gateway.example");
    BOOST_TEST(checkpoint->size == 3U);
    BOOST_TEST((checkpoint->root == log.root()));
    const SomeLog other(1);
    BOOST_TEST(open_checkpoint(log.note(), other.vkey() + "\n" + log.vkey() + "\n").has_value());
}

BOOST_AUTO_TEST_CASE(a_checkpoint_that_another_signed_is_none) {
    const SomeLog log(3);
    const SomeLog other(3);
    BOOST_TEST(!open_checkpoint(log.note(), other.vkey()));
    BOOST_TEST(!open_checkpoint(log.note(), ""));
    BOOST_TEST(!open_checkpoint(log.note(), log.vkey("another.example")));
    BOOST_TEST(!open_checkpoint(log.note("another.example"), log.vkey()));
    BOOST_TEST(!open_checkpoint(changed(log.note(), "\n3\n", "\n4\n"), log.vkey()));
    BOOST_TEST(!open_checkpoint(
        changed(log.note(), documents::to_base64(log.root()), std::string(43, 'A') + "="),
        log.vkey()));
}

BOOST_AUTO_TEST_CASE(what_is_no_checkpoint_is_none) {
    const SomeLog log(3);
    const std::string note = log.note();
    for (const std::string& text :
         {std::string{}, std::string{"\n\n"}, note.substr(0, note.find("\n\n")),
          note.substr(0, note.find("\n\n") + 2), changed(note, "\n3\n", "\n-3\n"),
          changed(note, "\n3\n", "\n03\n"), changed(note, "\n3\n", "\n3x\n"),
          changed(note, "\n3\n", "\n\n"), changed(note, "\n\n", "\nmore\n\n"),
          note.substr(0, note.size() - 10)})
        BOOST_TEST(!open_checkpoint(text, log.vkey()), text);
    for (const std::string& vkey :
         {std::string{"gateway.example"}, std::string{"gateway.example+00000000+"},
          std::string{"++"}, "+" + log.vkey()})
        BOOST_TEST(!open_checkpoint(note, vkey), vkey);
}

BOOST_AUTO_TEST_CASE(an_entry_is_proven_by_its_leaf_its_place_and_its_path) {
    for (const std::uint64_t size : {1U, 2U, 7U, 64U}) {
        SomeLog log(size);
        const auto checkpoint = open_checkpoint(log.note(), log.vkey()).value();
        for (std::uint64_t index = 0; index < size; ++index)
            BOOST_TEST(trouble_with(log.access(index), checkpoint) == "");
    }
}

BOOST_AUTO_TEST_CASE(what_does_not_follow_from_the_log_is_named) {
    BOOST_TEST(trouble_after(R"("index":3)", R"("index":2)") == "a leaf that is not in the log");
    BOOST_TEST(trouble_after(R"("size":7)", R"("size":6)") == "a proof for another checkpoint");
    BOOST_TEST(trouble_after(R"("index":3)", R"("index":-3)") == "a proof that cannot be read");
    BOOST_TEST(trouble_after(R"("hashes":[")", R"("hashes":["A)") == "a proof that cannot be read");
    BOOST_TEST(trouble_after(R"("leaf":)", R"("loaf":)") == "no leaf or no proof");
    BOOST_TEST(trouble_after(R"("proof":)", R"("poof":)") == "no leaf or no proof");
    BOOST_TEST(trouble_after(R"("leaf":"{\"at\":\"2026)", R"("leaf":"{\"at\":\"2027)") ==
               "another leaf's hash");
}

BOOST_AUTO_TEST_CASE(what_is_shown_must_be_what_the_leaf_says) {
    const std::string_view words = "what is shown is not what the leaf says";
    BOOST_TEST(trouble_after(R"("party":"office 3")", R"("party":"office 4")") == words);
    BOOST_TEST(trouble_after(R"("party":"office 3",)", "") == words);
    BOOST_TEST(trouble_after(R"({"at":)", R"({"role":"nurse","at":)") == words);
}

BOOST_AUTO_TEST_SUITE_END()
