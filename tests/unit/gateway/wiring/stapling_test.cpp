// When a zone's authority is asked again about the zone's certificate.
#include "gateway/wiring/stapling.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/fake_world.h"
#include "tests/support/test_jpki.h"

namespace sekisho::tests {

namespace {

using namespace std::chrono_literals;

const std::string kFile = "/gateway.pem";

// Says what it is told to, or that it is away.
class ScriptedResponder final : public admission::OcspTransport {
  public:
    std::expected<std::string, std::string> post(std::string_view, platform::Monotonic) override {
        ++asked;
        if (throws) throw std::runtime_error("out of memory");
        if (answer.empty()) return std::unexpected(std::string{"unreachable"});
        return answer;
    }
    std::string answer{};
    bool throws = false;
    std::size_t asked = 0;
};

platform::CertificateAndKey made(const platform::CertificateRequest& wanted,
                                 const platform::CertificateAndKey* issuer) {
    platform::CertificateRequest request = wanted;
    request.not_before = FakeClock::kStart - 24h;
    request.not_after = FakeClock::kStart + 24h * 30;
    return platform::issue(request, issuer).value();
}

struct World {
    FakeClock clock;
    MemoryFiles files;
    platform::SilentLog log;
    StepExecutor workers;
    StepExecutor askers;
    FakeTimer timer{clock, workers};
    ScriptedResponder* responder = nullptr;
    platform::CertificateAndKey authority = made({.common_name = "CA", .authority = true}, nullptr);
    wiring::Stapling stapling = build();

    wiring::Stapling build() {
        auto scripted = std::make_unique<ScriptedResponder>();
        responder = scripted.get();
        config::ZoneConfig zone;
        zone.name = model::ZoneName{"internet"};
        zone.certificate_file = kFile;
        return {zone,
                {.files = files, .clock = clock, .log = log, .timer = timer, .askers = askers},
                std::move(scripted)};
    }
    // The zone's certificate, new in its file; its authority knows it or is away.
    void renew(std::uint64_t serial, model::Duration good_for = 24h * 7) {
        const auto own = made({.common_name = "gateway", .serial = serial}, &authority);
        files.change(kFile, own.certificate_pem + authority.certificate_pem);
        responder->answer =
            ocsp_answer({.certificate = der_of(certificate_of(own.certificate_pem).get()),
                         .authority = authority.certificate_pem,
                         .signer = authority,
                         .this_update = clock.now(),
                         .next_update = clock.now() + good_for});
    }
    void ask_now() {
        stapling.ask();
        settle();
    }
    void settle() {
        while (workers.run_all() + askers.run_all() > 0) continue;
    }
    void pass(model::Duration time) {
        timer.advance(time);
        settle();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(stapling, World)

BOOST_AUTO_TEST_CASE(asks_again_after_half_of_what_an_answer_is_good_for_and_twelve_hours_at_most) {
    renew(1);
    ask_now();
    BOOST_TEST(responder->asked == 1U);
    BOOST_TEST((timer.next_in() == 12h));
    pass(12h);
    BOOST_TEST(responder->asked == 2U);
    renew(2, 6h);
    ask_now();
    BOOST_TEST((timer.next_in() == 3h));
}

BOOST_AUTO_TEST_CASE(of_a_renewed_certificate_asks_again_in_a_minute_until_there_is_an_answer) {
    renew(1);
    ask_now();
    renew(2);
    const std::string good = std::exchange(responder->answer, {});
    ask_now();
    BOOST_TEST((timer.next_in() == 1min));
    pass(1min);
    BOOST_TEST(responder->asked == 3U);
    responder->answer = good;
    pass(1min);
    BOOST_TEST(responder->asked == 4U);
    BOOST_TEST((timer.next_in() == 12h));
}

BOOST_AUTO_TEST_CASE(has_one_next_question_however_often_it_is_begun) {
    renew(1);
    for (int reload = 0; reload < 5; ++reload) ask_now();
    stapling.ask();
    stapling.ask();  // before the first of these two is answered
    settle();
    BOOST_TEST(timer.pending() == 1U);
    BOOST_TEST(responder->asked == 7U);
}

BOOST_AUTO_TEST_CASE(that_finds_the_askers_busy_asks_in_ten_seconds) {
    renew(1);
    ask_now();
    renew(2);
    askers.refuse(true);
    ask_now();
    BOOST_TEST(timer.pending() == 1U);
    BOOST_TEST((timer.next_in() == 10s));
    askers.refuse(false);
    pass(10s);
    BOOST_TEST(responder->asked == 2U);
    BOOST_TEST((timer.next_in() == 12h));
}

BOOST_AUTO_TEST_CASE(goes_on_in_a_minute_where_a_question_came_to_no_end) {
    renew(1);
    responder->throws = true;
    stapling.ask();
    BOOST_CHECK_THROW(settle(), std::runtime_error);
    BOOST_TEST(timer.pending() == 1U);
    BOOST_TEST((timer.next_in() == 1min));
    responder->throws = false;
    pass(1min);
    BOOST_TEST(responder->asked == 2U);
    BOOST_TEST(timer.pending() == 1U);
    BOOST_TEST((timer.next_in() == 12h));
}

BOOST_AUTO_TEST_CASE(leaves_the_next_to_the_newest_question_where_an_older_one_ends_last) {
    renew(1);
    stapling.ask();  // and is still under way at a reload
    askers.refuse(true);
    stapling.ask();
    settle();
    BOOST_TEST(responder->asked == 1U);
    BOOST_TEST(timer.pending() == 1U);
    BOOST_TEST((timer.next_in() == 10s));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
