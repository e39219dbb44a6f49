// The examination as a whole, and the areas that a test can play: adapters and cards.
#include "gateway/doctor/examination.h"

#include <boost/test/unit_test.hpp>
#include <semaphore>
#include <stdexcept>

#include "gateway/doctor/areas.h"
#include "gateway/doctor/report.h"
#include "tests/support/card/fake_readers.h"
#include "tests/support/config_files.h"
#include "tests/support/fake_world.h"
#include "tests/unit/gateway/doctor/names.h"

using namespace sekisho;
using namespace sekisho::doctor;
using namespace std::chrono_literals;

namespace {

class PlayedAdapter final : public adapters::Adapter {
  public:
    explicit PlayedAdapter(bool reachable) : reachable_(reachable) {}
    adapters::Capabilities capabilities() const override {
        return {.name = "played", .version = "1"};
    }
    adapters::Outcome deliver(const adapters::Delivery&, adapters::ByteSource&,
                              adapters::Deadline) override {
        return {};
    }
    adapters::Answer ask(const model::Authorized<model::Envelope>&, adapters::Deadline) override {
        return {};
    }
    adapters::Health probe(adapters::Deadline) override {
        return {.reachable = reachable_, .detail = "refused by 佐藤"};
    }

  private:
    const bool reachable_;
};

OpenAdapter that_is(bool reachable) {
    return [reachable](
               const config::AdapterConfig&) -> model::Result<std::unique_ptr<adapters::Adapter>> {
        return std::make_unique<PlayedAdapter>(reachable);
    };
}

Premises with_an_adapter(OpenAdapter open) {
    config::Config config;
    config.adapters.push_back({.name = "platform"});
    return {.machine = {.open_adapter = std::move(open)},
            .config = std::make_shared<const config::Config>(std::move(config))};
}

Premises with_readers(const std::shared_ptr<tests::FakeReaders>& readers) {
    return {.machine = {.card_readers = readers},
            .config = std::make_shared<const config::Config>()};
}

const AreaRow kNeverBack{.area = Area::store,
                         .examine = [](const Premises&) -> Findings {
                             static std::binary_semaphore never{0};
                             never.acquire();
                             return {};
                         },
                         .within = 20ms};
const AreaRow kThrows{
    .area = Area::disk,
    .examine = [](const Premises&) -> Findings { throw std::runtime_error("no memory"); },
    .within = 5s};

}  // namespace

BOOST_AUTO_TEST_SUITE(an_examination)

BOOST_AUTO_TEST_CASE(that_does_not_come_back_from_an_area_does_not_know_it) {
    const Premises premises{.config = std::make_shared<const config::Config>()};
    const auto findings = examine_area(kNeverBack, premises);
    BOOST_TEST_REQUIRE(findings.size() == 1U);
    BOOST_TEST(findings[0].area == Area::store);
    BOOST_TEST(findings[0].verdict.state == State::unknown);
}

BOOST_AUTO_TEST_CASE(whose_area_throws_does_not_know_it) {
    const Premises premises{.config = std::make_shared<const config::Config>()};
    const auto findings = examine_area(kThrows, premises);
    BOOST_TEST_REQUIRE(findings.size() == 1U);
    BOOST_TEST(findings[0].verdict.state == State::unknown);
}

BOOST_AUTO_TEST_CASE(of_a_configuration_with_errors_tells_each_and_looks_at_nothing_else) {
    const tests::DemoFolder demo;
    demo.edit("sekisho.json", R"("workers": 2)", R"("wokers": 2)");
    const auto examined = examine(demo.main_file(), {});
    BOOST_TEST(!examined.config);
    BOOST_TEST(examined.findings.front().subject.find("sekisho.json:") != std::string::npos);
    const Counts counts = count(examined.findings);
    BOOST_TEST(counts[static_cast<std::size_t>(State::fault)] == 1U);
    BOOST_TEST(counts[static_cast<std::size_t>(State::unknown)] == areas().size());
}

BOOST_AUTO_TEST_CASE(goes_through_every_area_once) {
    std::vector<Area> seen;
    for (const AreaRow& row : areas()) seen.push_back(row.area);
    BOOST_TEST(seen.size() == 9U);
    BOOST_TEST((seen.front() == Area::certificates && seen.back() == Area::adapters));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_adapter)

BOOST_AUTO_TEST_CASE(whose_peer_answers_is_good_and_whose_does_not_is_a_fault) {
    BOOST_TEST(examine_adapters(with_an_adapter(that_is(true))).at(0).verdict.state == State::good);
    const auto dead = examine_adapters(with_an_adapter(that_is(false))).at(0);
    BOOST_TEST(dead.subject == "platform");
    BOOST_TEST(dead.verdict.state == State::fault);
    BOOST_TEST(dead.verdict.what.en == "the peer does not answer: refused by ?");
}

BOOST_AUTO_TEST_CASE(that_cannot_be_loaded_is_a_fault_in_the_loaders_words) {
    const auto finding =
        examine_adapters(with_an_adapter([](const config::AdapterConfig&)
                                             -> model::Result<std::unique_ptr<adapters::Adapter>> {
            return model::refuse(model::Problem::internal, {.ja = "読めません", .en = "no module"});
        })).at(0);
    BOOST_TEST(finding.verdict.state == State::fault);
    BOOST_TEST(finding.verdict.what.en == "it cannot be loaded as configured: no module");
}

BOOST_AUTO_TEST_CASE(that_nobody_may_load_is_unknown) {
    BOOST_TEST(examine_adapters(with_an_adapter({})).at(0).verdict.state == State::unknown);
}

BOOST_AUTO_TEST_CASE(is_not_needed_where_everyone_collects) {
    const Premises premises{.config = std::make_shared<const config::Config>()};
    BOOST_TEST(examine_adapters(premises).at(0).verdict.state == State::good);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_card_reader)

BOOST_AUTO_TEST_CASE(is_not_missed_on_a_server) {
    const auto readers = std::make_shared<tests::FakeReaders>();
    BOOST_TEST(examine_cards(with_readers(readers)).at(0).verdict.state == State::note);
    readers->listing_fails = platform::CardTrouble::no_service;
    BOOST_TEST(examine_cards(with_readers(readers)).at(0).verdict.state == State::note);
    readers->listing_fails = platform::CardTrouble::timed_out;
    BOOST_TEST(examine_cards(with_readers(readers)).at(0).verdict.state == State::unknown);
}

BOOST_AUTO_TEST_CASE(tells_the_tries_that_are_left_and_spends_none) {
    const auto contents = tests::make_jpki_contents(tests::FakeClock::kStart);
    tests::VirtualJpkiCard card{contents};
    const auto readers = std::make_shared<tests::FakeReaders>();
    readers->add("Reader A", &card);
    readers->add("Reader B", nullptr);
    auto findings = examine_cards(with_readers(readers));
    BOOST_TEST_REQUIRE(findings.size() == 2U);
    BOOST_TEST(findings[0].subject == "Reader A");
    BOOST_TEST(findings[0].verdict.state == State::good);
    BOOST_TEST(findings[1].verdict.state == State::good);
    card.set_authentication_tries(1);
    findings = examine_cards(with_readers(readers));
    BOOST_TEST(findings[0].verdict.state == State::warning);
    BOOST_TEST(card.authentication_tries() == 1);
    BOOST_TEST(readers->reset == readers->opened);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_report)

BOOST_AUTO_TEST_CASE(has_one_line_for_what_is_good_and_two_for_the_rest_and_counts) {
    const Findings findings{
        {.area = Area::disk,
         .subject = "/var",
         .verdict = {.state = State::good, .what = {.ja = "空き", .en = "room"}}},
        {.area = Area::disk,
         .subject = "/log",
         .verdict = {.state = State::warning,
                     .what = {.ja = "少ない", .en = "little"},
                     .next = {.ja = "作る", .en = "make some"}}}};
    BOOST_TEST(to_text(findings) ==
               "ディスクの空き / disk\n"
               "  良好 good  /var: 空き / room\n"
               "  注意 warning  /log: 少ない / little\n"
               "      → 作る / make some\n"
               "\n"
               "良好 / good: 1, 参考 / note: 0, 注意 / warning: 1, 障害 / fault: 0, "
               "不明 / unknown: 0\n");
    BOOST_TEST(documents::to_text(to_json(findings)) ==
               R"({"findings":[{"area":"disk","subject":"/var","state":"good",)"
               R"("what":{"ja":"空き","en":"room"},"next":{"ja":"","en":""}},)"
               R"({"area":"disk","subject":"/log","state":"warning",)"
               R"("what":{"ja":"少ない","en":"little"},"next":{"ja":"作る","en":"make some"}}],)"
               R"("counts":{"good":1,"note":0,"warning":1,"fault":0,"unknown":0},)"
               R"("state":"warning"})");
}

BOOST_AUTO_TEST_CASE(is_sound_with_notes_and_not_with_what_is_unknown) {
    const auto of = [](State state) {
        return Findings{{.area = Area::disk, .verdict = {.state = state}}};
    };
    BOOST_TEST(is_sound(of(State::good)));
    BOOST_TEST(is_sound(of(State::note)));
    BOOST_TEST(!is_sound(of(State::warning)));
    BOOST_TEST(!is_sound(of(State::fault)));
    BOOST_TEST(!is_sound(of(State::unknown)));
}

BOOST_AUTO_TEST_SUITE_END()
