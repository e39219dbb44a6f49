#include "gateway/audit/checkpoint.h"

#include <boost/test/unit_test.hpp>

#include "adapters/documents/base64.h"

namespace sekisho::audit {

namespace {

// RFC 8410 section 10.3: a published key, so that the note below can be made anew by anyone.
constexpr std::string_view kPem =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
    "-----END PRIVATE KEY-----\n";

Checkpoint some() {
    Frontier tree;
    tree.append(leaf_hash("one"));
    tree.append(leaf_hash("two"));
    return {.origin = "gateway.example", .tree = {.size = 2, .root = tree.root()}};
}

LogVerifier verifier_of(const platform::LogKey& key) {
    return {.name = "gateway.example", .public_key = key.public_key()};
}

// `text` as a note that `key` signs, whatever it says.
std::string signed_text(const std::string& text, const platform::LogKey& key) {
    const std::string note = sign_checkpoint(some(), {key});
    const std::size_t at = note.rfind(' ') + 1;
    const std::string line = documents::from_base64(note.substr(at, note.size() - at - 1)).value();
    return text + "\n" + note.substr(note.find("\n\n") + 2, at - note.find("\n\n") - 2) +
           documents::to_base64(line.substr(0, 4) + key.sign(text)) + "\n";
}

std::string changed(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    BOOST_REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(checkpoint)

BOOST_AUTO_TEST_CASE(a_checkpoint_is_three_lines_a_blank_one_and_a_signature) {
    const auto key = platform::LogKey::make();
    const Checkpoint checkpoint = some();
    const std::string note = sign_checkpoint(checkpoint, {key});
    const std::string root(checkpoint.tree.root.begin(), checkpoint.tree.root.end());
    BOOST_TEST(note.starts_with("gateway.example\n2\n" + documents::to_base64(root) +
                                "\n\n\xE2\x80\x94 gateway.example "));
    BOOST_TEST(note.ends_with('\n'));
    BOOST_TEST((open_checkpoint(note, {verifier_of(key)}).value() == checkpoint));
}

BOOST_AUTO_TEST_CASE(a_verifiers_key_names_its_log_its_id_and_the_key) {
    const auto key = platform::LogKey::from_pem(kPem).value();
    const auto verifier = verifier_of(key);
    const std::string vkey = to_vkey(verifier);
    BOOST_TEST(vkey.starts_with("gateway.example+"));
    BOOST_TEST(documents::to_base64("\x01" + key.public_key()) ==
               vkey.substr(vkey.find('+', 16) + 1));
    BOOST_TEST((parse_vkey(vkey).value() == verifier));
}

BOOST_AUTO_TEST_CASE(a_verifiers_key_that_does_not_fit_its_id_is_none) {
    const std::string vkey = to_vkey(verifier_of(platform::LogKey::make()));
    BOOST_TEST(!parse_vkey(""));
    BOOST_TEST(!parse_vkey("gateway.example"));
    BOOST_TEST(!parse_vkey(changed(vkey, "gateway", "gateaux")));
    BOOST_TEST(!parse_vkey("+" + vkey.substr(vkey.find('+') + 1)));
    BOOST_TEST(!parse_vkey(vkey.substr(0, vkey.find('+', 16) + 1)));  // without its key
    BOOST_TEST(!parse_vkey(vkey + "A"));
    BOOST_TEST(!parse_vkey(changed(vkey, "+A", "+B")));  // another type of key
}

BOOST_AUTO_TEST_CASE(during_a_rotation_the_old_and_the_new_key_both_open_it) {
    const auto old_key = platform::LogKey::make();
    const auto new_key = platform::LogKey::make();
    const std::string note = sign_checkpoint(some(), {new_key, old_key});
    BOOST_TEST(open_checkpoint(note, {verifier_of(old_key)}).has_value());
    BOOST_TEST(open_checkpoint(note, {verifier_of(new_key)}).has_value());
    BOOST_TEST(!open_checkpoint(note, {verifier_of(platform::LogKey::make())}).has_value());
}

BOOST_AUTO_TEST_CASE(a_checkpoint_that_was_changed_does_not_open) {
    const auto key = platform::LogKey::make();
    const auto verifier = verifier_of(key);
    const std::string note = sign_checkpoint(some(), {key});
    BOOST_TEST(!open_checkpoint(changed(note, "\n2\n", "\n3\n"), {verifier}));
    BOOST_TEST(
        !open_checkpoint(changed(note, "gateway.example\n", "gateway.exampel\n"), {verifier}));
    BOOST_TEST(!open_checkpoint(changed(note, "\n\n", "\nmore\n\n"), {verifier}));
    BOOST_TEST(!open_checkpoint(note.substr(0, note.size() - 1), {verifier}));
    BOOST_TEST(!open_checkpoint(note.substr(0, note.find("\n\n") + 2), {verifier}));
    BOOST_TEST(!open_checkpoint("", {verifier}));
}

BOOST_AUTO_TEST_CASE(what_is_signed_but_is_no_checkpoint_of_this_log_does_not_open) {
    const auto key = platform::LogKey::make();
    const auto verifier = verifier_of(key);
    const std::string root = documents::to_base64(std::string(32, 'r'));
    BOOST_TEST(open_checkpoint(signed_text("gateway.example\n2\n" + root + "\n", key), {verifier})
                   .has_value());
    for (const std::string& text : std::vector<std::string>{
             "other.example\n2\n" + root + "\n", "gateway.example\n02\n" + root + "\n",
             "gateway.example\n-2\n" + root + "\n", "gateway.example\n\n" + root + "\n",
             "gateway.example\n2\n" + root + "\nmore\n", "gateway.example\n2\nAAAA\n",
             std::string("gateway.example\n2\n!\n"), std::string("gateway.example\n2\n"),
             "gateway.example\n99999999999999999999\n" + root + "\n"}) {
        BOOST_TEST(!open_checkpoint(signed_text(text, key), {verifier}).has_value(), text);
    }
    Checkpoint other = some();
    other.origin = "other.example";
    BOOST_TEST(!open_checkpoint(sign_checkpoint(other, {key}), {verifier}));
}

BOOST_AUTO_TEST_CASE(keys_of_a_file_are_a_line_each_and_all_of_them) {
    const auto one = verifier_of(platform::LogKey::make());
    const auto other = verifier_of(platform::LogKey::make());
    const std::string lines = to_vkey(one) + "\n" + to_vkey(other) + "\n";
    BOOST_TEST((parse_vkeys(lines) == std::vector{one, other}));
    BOOST_TEST((parse_vkeys(to_vkey(one)) == std::vector{one}));
    BOOST_TEST(parse_vkeys("").empty());
    BOOST_TEST(parse_vkeys(lines + "no key\n").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::audit
