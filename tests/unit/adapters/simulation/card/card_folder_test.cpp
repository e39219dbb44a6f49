// Where a virtual card's certificates come from.
#include "adapters/simulation/card/card_folder.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "tests/support/fake_world.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using simulation::FoundCard;

namespace {

const auto kNow = tests::FakeClock::kStart;

struct Folder {
    tests::TemporaryFolder folder;

    void copy(const std::string& from, const std::string& to) const {
        std::filesystem::copy_file(folder / from, folder / to);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(card_folder, Folder)

BOOST_AUTO_TEST_CASE(a_card_is_the_same_one_when_it_is_looked_for_again) {
    const FoundCard first = simulation::card_of_folder(folder / "card", kNow);
    const FoundCard second = simulation::card_of_folder(folder / "card", kNow);
    BOOST_TEST_REQUIRE(first.has_value());
    BOOST_TEST_REQUIRE(second.has_value());
    BOOST_TEST(first->authentication.certificate == second->authentication.certificate);
    BOOST_TEST(first->signature.certificate == second->signature.certificate);
    BOOST_TEST(sign_raw(first->authentication, "x") == sign_raw(second->authentication, "x"));
}

BOOST_AUTO_TEST_CASE(a_card_of_a_pki_shows_who_one_is_by_its_certificate_there) {
    const FoundCard card = simulation::card_of_folder(folder.path(), kNow);
    BOOST_TEST_REQUIRE(card.has_value());
    copy("authentication.pem", "card-1.pem");
    copy("authentication.key", "card-1.key");
    copy("authentication-ca.pem", "jpki-auth-ca.pem");
    const FoundCard same = simulation::card_of_pki(folder.path(), "card-1", kNow);
    BOOST_TEST_REQUIRE(same.has_value());
    BOOST_TEST(same->authentication.certificate == card->authentication.certificate);
    BOOST_TEST(same->authentication_authority == card->authentication_authority);
    BOOST_TEST(same->signature.certificate != card->signature.certificate);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_missing_or_no_certificate_is_named) {
    const FoundCard missing = simulation::card_of_pki(folder.path(), "card-1", kNow);
    BOOST_TEST_REQUIRE(!missing.has_value());
    BOOST_TEST(missing.error().find("/card-1.") != std::string::npos, missing.error());
    std::ofstream{folder / "card-1.pem"} << "nothing";
    std::ofstream{folder / "card-1.key"} << "nothing";
    const FoundCard odd = simulation::card_of_pki(folder.path(), "card-1", kNow);
    BOOST_TEST(!odd.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
