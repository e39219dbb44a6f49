// kill -9 at each named point, before and after, and at any moment, from seeds. The gateway kills
// itself there (interposed/), under load; it is started again on what it left, and killed again.
#include <array>
#include <boost/test/unit_test.hpp>
#include <memory>

#include "tests/crash/control_page.h"
#include "tests/crash/senders.h"
#include "tests/support/campaign.h"
#include "tests/support/chance.h"

namespace sekisho::tests {

namespace {

// Each point before and after, and one kill at any moment.
constexpr std::uint64_t kKinds = 2 * kPoints + 1;
constexpr std::uint64_t kSeedsOfAFolder = 25;  // then the log is verified and all begins anew
constexpr std::array kNames{"any moment", "write", "fsync",           "commit",
                            "receipt",    "send",  "acknowledgement", "settle"};

struct Kill {
    Point point = Point::none;
    Moment moment = Moment::before;
    std::int64_t nth = 1;
};

Kill kill_of(std::uint64_t seed) {
    Chance chance{seed};
    const std::uint64_t kind = seed % kKinds;
    return {.point = static_cast<Point>((kind + 1) / 2),
            .moment = kind % 2 == 1 ? Moment::before : Moment::after,
            .nth = static_cast<std::int64_t>(1 + chance.below(60))};
}

std::string name_of(const Kill& kill) {
    std::string point = kNames.at(static_cast<std::size_t>(kill.point));
    if (kill.point == Point::none) return point;
    return (kill.moment == Moment::before ? "before " : "after ") + point + " " +
           std::to_string(kill.nth);
}

// A gateway that is killed again and again, and what it promised meanwhile.
class Victim {
  public:
    Victim() { gateway_.set_environment(page_.environment()); }

    void suffer(const Kill& kill, std::uint64_t seed) {
        gateway_.start();
        Senders senders{gateway_, "seed-" + std::to_string(seed)};
        if (kill.point == Point::none) {
            BOOST_TEST_REQUIRE(senders.wait_for(static_cast<std::size_t>(kill.nth)));
            gateway_.kill_gateway();
        } else {
            page_.kill_at(kill.point, kill.moment, kill.nth);
            BOOST_REQUIRE_MESSAGE(eventually([&] { return gateway_.has_ended(); }),
                                  "it never came to " << name_of(kill));
            page_.disarm();
        }
        senders.stop();
        sent_.merge(senders.sent());
    }

    std::size_t check() {
        page_.let_leases_run_out();
        gateway_.start();
        check_promises(gateway_, sent_);
        return count_acknowledged(sent_);
    }

  private:
    ControlPage page_;
    DemoGateway gateway_;
    SentById sent_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(seeds)

BOOST_AUTO_TEST_CASE(no_kill_at_a_named_point_loses_or_doubles_what_was_acknowledged) {
    const CampaignOptions asked = asked_for({.count = kKinds});
    Campaign campaign{asked};
    std::size_t acknowledged = 0;
    std::size_t kills = 0;
    std::unique_ptr<Victim> victim;
    while (const auto seed = campaign.next()) {
        if (!victim) victim = std::make_unique<Victim>();
        const Kill kill = kill_of(*seed);
        BOOST_TEST_CONTEXT("seed " << *seed << ", " << name_of(kill)
                                   << "; again: " << replay_command("crash", *seed)) {
            victim->suffer(kill, *seed);
        }
        ++kills;
        const std::uint64_t next = *seed + 1;
        if (next % kSeedsOfAFolder == 0 || next == asked.from + asked.count) {
            acknowledged += victim->check();
            victim.reset();
        }
        campaign.done(*seed);
    }
    BOOST_TEST_MESSAGE(kills << " kills, " << acknowledged << " acknowledged");
    BOOST_TEST(acknowledged > kills);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
