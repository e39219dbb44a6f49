// The desk at which cards are admitted, as the configuration's files are replaced under it.
#include "gateway/wiring/card_desk.h"

#include <boost/test/unit_test.hpp>

#include "adapters/documents/base64.h"
#include "tests/support/fake_world.h"
#include "tests/support/test_jpki.h"

namespace sekisho::tests {

using admission::CardFault;
using admission::CheckedStatus;

namespace {

const TestJpki& this_generation() {
    static const TestJpki made{FakeClock::kStart};
    return made;
}
const TestJpki& next_generation() {
    static const TestJpki made{FakeClock::kStart};
    return made;
}

const std::string kAuthority = "/ca.pem";
const std::string kList = "/cards.crl";

struct Desk {
    Desk() { files.change(kAuthority, this_generation().authority_pem()); }

    static config::AdmissionConfig admitting(std::vector<std::string> lists = {}) {
        using Method = config::CardStatusConfig::Method;
        const Method method = lists.empty() ? Method::none : Method::crl;
        return {.authorities = {{.file = kAuthority,
                                 .policies = {std::string{admission::kUserAuthenticationPolicy}}}},
                .status = {.method = method, .crl_files = std::move(lists)}};
    }
    model::Result<std::unique_ptr<wiring::CardDesk>> build(const config::AdmissionConfig& config) {
        return wiring::CardDesk::build(
            config, "test.sekisho.example",
            {.files = files, .clock = clock, .random = random, .timer = timer, .askers = executor});
    }
    admission::CardEvidence evidence(wiring::CardDesk& desk, const TestJpki& generation) {
        const auto offer = desk.challenges().issue(presenter, model::Purpose{"admission"});
        return {.challenge_id = offer->id,
                .certificate = generation.card(),
                .signature = generation.sign(*documents::from_base64url(offer->challenge))};
    }
    std::expected<CheckedStatus, CardFault> verify(wiring::CardDesk& desk,
                                                   const admission::CardEvidence& shown) {
        std::expected<CheckedStatus, CardFault> judged = CheckedStatus::not_checked;
        desk.cards().verify(shown, presenter, clock.monotonic() + std::chrono::seconds{5},
                            [&judged](const auto& verdict) {
                                if (verdict) judged = verdict->status;
                                if (!verdict) judged = std::unexpected(verdict.error().fault);
                            });
        return judged;
    }

    FakeClock clock;
    SeededRandom random;
    InlineExecutor executor;
    FakeTimer timer{clock, executor};
    MemoryFiles files;
    admission::Presenter presenter{.party = *model::parse_party_id("medical:1319900021"),
                                   .certificate = {1}};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(card_desk, Desk)

BOOST_AUTO_TEST_CASE(a_replaced_authority_counts_from_the_reload_and_challenges_stay) {
    const auto desk = build(admitting());
    BOOST_TEST_REQUIRE(desk.has_value());
    BOOST_TEST(verify(**desk, evidence(**desk, this_generation())).has_value());
    const auto of_old = evidence(**desk, this_generation());
    const auto of_new = evidence(**desk, next_generation());
    files.change(kAuthority, next_generation().authority_pem());
    auto means = (*desk)->read(admitting());
    BOOST_TEST_REQUIRE(means.has_value());
    (*desk)->take(std::move(*means));
    BOOST_TEST((verify(**desk, of_old) == std::unexpected(CardFault::forged)));
    BOOST_TEST((verify(**desk, of_new) == CheckedStatus::not_checked));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_trusted_is_not_taken_and_named) {
    const auto desk = build(admitting());
    BOOST_TEST_REQUIRE(desk.has_value());
    files.change(kAuthority, "nonsense");
    const auto means = (*desk)->read(admitting());
    BOOST_TEST_REQUIRE(!means.has_value());
    BOOST_TEST(means.error().detail.en.find(kAuthority) != std::string::npos);
    BOOST_TEST(verify(**desk, evidence(**desk, this_generation())).has_value());
}

BOOST_AUTO_TEST_CASE(another_way_of_asking_counts_from_the_reload) {
    const auto desk = build(admitting());
    BOOST_TEST_REQUIRE(desk.has_value());
    files.change(kList, this_generation().revocation_list({.revoked = {kCardSerial}}));
    auto means = (*desk)->read(admitting({kList}));
    BOOST_TEST_REQUIRE(means.has_value());
    (*desk)->take(std::move(*means));
    BOOST_TEST((verify(**desk, evidence(**desk, this_generation())) ==
                std::unexpected(CardFault::revoked)));
    files.change(kList, this_generation().revocation_list({}));
    BOOST_TEST((*desk)->refresh().changed);
    BOOST_TEST((verify(**desk, evidence(**desk, this_generation())) == CheckedStatus::good));
}

BOOST_AUTO_TEST_CASE(a_file_without_a_list_is_named_at_the_start_and_when_it_changes) {
    const auto refused = build(admitting({kList}));
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().detail.en.find(kList) != std::string::npos);
    BOOST_TEST(refused.error().detail.ja.find(kList) != std::string::npos);
    files.change(kList, this_generation().revocation_list({}));
    const auto desk = build(admitting({kList}));
    BOOST_TEST_REQUIRE(desk.has_value());
    BOOST_TEST(!(*desk)->refresh().changed);
    files.change(kList, "half a li");
    const auto refreshed = (*desk)->refresh();
    BOOST_TEST(refreshed.changed);
    BOOST_TEST((refreshed.silent_files == std::vector<std::string>{kList}));
    BOOST_TEST((verify(**desk, evidence(**desk, this_generation())) ==
                std::unexpected(CardFault::status_unknown)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
