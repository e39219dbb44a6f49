#include "gateway/platform/keyring.h"

#include <boost/test/unit_test.hpp>

#include "gateway/platform/pki.h"
#include "tests/support/fake_world.h"

namespace sekisho::platform {

using model::Problem;

namespace {

constexpr const char* kFolder = "/keys";

struct World {
    World() { BOOST_REQUIRE(Keyring::create(files, random, kFolder)); }
    tests::MemoryFiles files;
    tests::SeededRandom random;
};

const model::Person kPerson{.insurer = model::InsurerNumber("139980"),
                            .insured = model::InsuredNumber("0000000001")};

}  // namespace

BOOST_AUTO_TEST_SUITE(keyring)

BOOST_AUTO_TEST_CASE(a_new_set_of_keys_is_complete_and_the_owners_alone) {
    World world;
    for (const char* name : {"body-1.key", "person.key", "receipt-1.pem", "log.pem"}) {
        BOOST_TEST(world.files.mode(std::string("/keys/") + name).value() == 0600U);
    }
    BOOST_TEST(world.files.content("/keys/body-1.key")->size() == 65U);
    BOOST_TEST(world.files.content("/keys/log.pem")->starts_with("-----BEGIN PRIVATE KEY-----"));
}

BOOST_AUTO_TEST_CASE(keys_that_are_there_are_not_replaced) {
    World world;
    const auto before = world.files.content("/keys/body-1.key");
    const auto again = Keyring::create(world.files, world.random, kFolder);
    BOOST_REQUIRE(!again);
    BOOST_TEST((again.error().problem == Problem::internal));
    BOOST_TEST((world.files.content("/keys/body-1.key") == before));
}

BOOST_AUTO_TEST_CASE(a_wrapped_key_is_unwrapped_by_the_loaded_keyring) {
    World world;
    const auto keyring = Keyring::load(world.files, kFolder);
    BOOST_REQUIRE(keyring);
    const SecretKey data_key = SecretKey::make(world.random);
    WrappedKey wrapped = keyring->wrap(world.random, data_key);
    BOOST_TEST(wrapped.wrapping_key == 1U);
    BOOST_TEST(keyring->unwrap(wrapped)->bytes() == data_key.bytes());
    wrapped.bytes.back() = static_cast<char>(wrapped.bytes.back() ^ 1);
    BOOST_TEST(!keyring->unwrap(wrapped));
    BOOST_TEST(!keyring->unwrap({.wrapping_key = 2, .bytes = wrapped.bytes}));
    BOOST_TEST(!keyring->unwrap({.wrapping_key = 1, .bytes = "short"}));
}

BOOST_AUTO_TEST_CASE(the_highest_body_key_wraps_and_all_unwrap) {
    World world;
    const SecretKey data_key = SecretKey::make(world.random);
    const WrappedKey old = Keyring::load(world.files, kFolder)->wrap(world.random, data_key);
    world.files.change("/keys/body-10.key", std::string(64, 'a') + "\n");
    world.files.change("/keys/body-9.key", std::string(64, 'b'));
    const auto keyring = Keyring::load(world.files, kFolder);
    BOOST_REQUIRE(keyring);
    BOOST_TEST(keyring->wrap(world.random, data_key).wrapping_key == 10U);
    BOOST_TEST(keyring->unwrap(old)->bytes() == data_key.bytes());
}

BOOST_AUTO_TEST_CASE(every_log_key_signs_the_newest_first) {
    World world;
    const auto first = LogKey::from_pem(*world.files.content("/keys/log.pem")).value();
    const auto second = LogKey::make();
    const auto tenth = LogKey::make();
    world.files.change("/keys/log-2.pem", second.to_pem());
    world.files.change("/keys/log-10.pem", tenth.to_pem());
    const auto keyring = Keyring::load(world.files, kFolder);
    BOOST_REQUIRE(keyring);
    BOOST_REQUIRE(keyring->log_keys().signing.size() == 3U);
    BOOST_TEST(keyring->log_keys().signing[0].public_key() == tenth.public_key());
    BOOST_TEST(keyring->log_keys().signing[1].public_key() == second.public_key());
    BOOST_TEST(keyring->log_keys().signing[2].public_key() == first.public_key());
}

BOOST_AUTO_TEST_CASE(a_log_key_that_was_taken_away_is_still_known) {
    World world;
    const auto gone = LogKey::make();
    world.files.change("/keys/log-2.pub", public_log_line(gone));
    const auto first = LogKey::from_pem(*world.files.content("/keys/log.pem")).value();
    world.files.change("/keys/log-1.pub", public_log_line(first));
    const auto keyring = Keyring::load(world.files, kFolder);
    BOOST_REQUIRE(keyring);
    BOOST_TEST(keyring->log_keys().signing.size() == 1U);
    BOOST_TEST_REQUIRE(keyring->log_keys().retired.size() == 1U);
    BOOST_TEST(keyring->log_keys().retired[0] == gone.public_key());
    world.files.change("/keys/log-2.pub", "no key");
    BOOST_TEST(!Keyring::load(world.files, kFolder));
}

BOOST_AUTO_TEST_CASE(a_log_key_that_is_none_is_named) {
    World world;
    world.files.change("/keys/log-2.pem", SigningKey::make().to_pem());
    const auto keyring = Keyring::load(world.files, kFolder);
    BOOST_REQUIRE(!keyring);
    BOOST_TEST(keyring.error().detail.en.find("/keys/log-2.pem") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_highest_receipt_key_signs_and_all_are_published) {
    World world;
    world.files.change("/keys/receipt-2.pem", SigningKey::make().to_pem());
    world.files.change("/keys/receipt-10.pem", SigningKey::make().to_pem());
    const auto keyring = Keyring::load(world.files, kFolder);
    BOOST_REQUIRE(keyring);
    BOOST_TEST(keyring->receipt_keys().size() == 3U);
    BOOST_TEST(keyring->receipt_key().kid == "receipt-10");
}

BOOST_AUTO_TEST_CASE(a_person_hash_is_64_digits_stable_and_of_the_whole_pair) {
    World world;
    const auto keyring = Keyring::load(world.files, kFolder);
    const auto again = Keyring::load(world.files, kFolder);
    const model::PersonHash hash = keyring->hash(kPerson);
    BOOST_TEST(hash.text().size() == 64U);
    BOOST_TEST((again->hash(kPerson) == hash));
    BOOST_TEST((keyring->hash({.insurer = model::InsurerNumber("139964"),
                               .insured = kPerson.insured}) != hash));
    BOOST_TEST((Keyring::generate(world.random).hash(kPerson) != hash));
    BOOST_TEST(hash.text().find("0000000001") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_broken_or_missing_key_file_is_named) {
    for (const char* name : {"/keys/body-1.key", "/keys/person.key", "/keys/receipt-1.pem"}) {
        World world;
        world.files.change(name, "not a key");
        const auto broken = Keyring::load(world.files, kFolder);
        BOOST_REQUIRE(!broken);
        BOOST_TEST((broken.error().problem == Problem::internal));
        BOOST_TEST(broken.error().detail.en.find(name) != std::string::npos);
        BOOST_REQUIRE(world.files.remove(name));
        BOOST_TEST(!Keyring::load(world.files, kFolder));
    }
}

BOOST_AUTO_TEST_CASE(a_receipt_key_of_another_curve_is_refused) {
    World world;
    const auto p384 = issue({.common_name = "x", .key = KeyKind::ec_p384}, nullptr);
    BOOST_REQUIRE(p384);
    world.files.change("/keys/receipt-1.pem", p384->key_pem);
    BOOST_TEST(!Keyring::load(world.files, kFolder));
}

BOOST_AUTO_TEST_CASE(names_that_are_almost_key_names_are_left_alone) {
    World world;
    for (const char* name : {"/keys/body-01.key", "/keys/body-.key", "/keys/body-x.key",
                             "/keys/body-1.key.bak", "/keys/body-0.key", "/keys/receipt--1.pem"}) {
        world.files.change(name, "not a key");
    }
    BOOST_TEST(Keyring::load(world.files, kFolder).has_value());
}

BOOST_AUTO_TEST_CASE(a_disk_that_fails_at_any_call_gives_a_refusal) {
    for (std::uint64_t nth = 1; nth <= 6; ++nth) {
        tests::MemoryFiles files;
        tests::SeededRandom random;
        files.fail_call(nth);
        const auto created = Keyring::create(files, random, kFolder);
        BOOST_REQUIRE(!created);
        BOOST_TEST((created.error().problem == Problem::store_unavailable));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
