#include "gateway/platform/timer_queue.h"

#include <boost/test/unit_test.hpp>
#include <latch>
#include <string>
#include <thread>

#include "gateway/platform/system.h"
#include "tests/support/fake_world.h"

namespace sekisho::platform {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(timer_queue)

BOOST_AUTO_TEST_CASE(timers_fire_when_due_in_the_order_of_their_time) {
    tests::FakeClock clock;
    tests::InlineExecutor executor;
    TimerQueue timers(clock, executor);
    std::string order;
    timers.after(20ms, [&] { order += "late"; });
    timers.after(10ms, [&] { order += "early "; });
    timers.fire_due();
    BOOST_TEST(order.empty());
    clock.advance(10ms);
    timers.fire_due();
    BOOST_TEST(order == "early ");
    clock.advance(10ms);
    timers.fire_due();
    BOOST_TEST(order == "early late");
}

BOOST_AUTO_TEST_CASE(a_cancelled_timer_stays_silent_and_cancelling_again_is_harmless) {
    tests::FakeClock clock;
    tests::InlineExecutor executor;
    TimerQueue timers(clock, executor);
    bool fired = false;
    const auto id = timers.after(1ms, [&] { fired = true; });
    timers.cancel(id);
    timers.cancel(id);
    timers.cancel(4711);
    clock.advance(1h);
    timers.fire_due();
    BOOST_TEST(!fired);
}

BOOST_AUTO_TEST_CASE(a_task_the_executor_refuses_is_tried_again) {
    tests::FakeClock clock;
    tests::InlineExecutor executor;
    TimerQueue timers(clock, executor);
    int fired = 0;
    timers.after(1ms, [&] { ++fired; });
    clock.advance(1ms);
    executor.refuse(true);
    timers.fire_due();
    BOOST_TEST(fired == 0);
    executor.refuse(false);
    clock.advance(1s);
    timers.fire_due();
    clock.advance(1s);
    timers.fire_due();
    BOOST_TEST(fired == 1);
}

BOOST_AUTO_TEST_CASE(a_timer_may_set_the_next_one) {
    tests::FakeClock clock;
    tests::InlineExecutor executor;
    TimerQueue timers(clock, executor);
    int fired = 0;
    timers.after(1ms, [&] { timers.after(1ms, [&] { ++fired; }); });
    clock.advance(1ms);
    timers.fire_due();
    clock.advance(1ms);
    timers.fire_due();
    BOOST_TEST(fired == 1);
}

BOOST_AUTO_TEST_CASE(its_thread_fires_by_the_real_clock_and_stops_when_asked) {
    const SystemClock clock;
    tests::InlineExecutor executor;
    TimerQueue timers(clock, executor);
    std::latch fired(2);
    std::jthread thread([&](const std::stop_token& stop) { timers.run(stop); });
    timers.after(1h, [] {});
    timers.after(0ms, [&] { fired.count_down(); });
    timers.after(1ms, [&] { fired.count_down(); });
    fired.wait();
    BOOST_TEST(thread.request_stop());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(fake_timer)

BOOST_AUTO_TEST_CASE(advancing_stops_at_each_timer_on_the_way) {
    tests::FakeClock clock;
    tests::InlineExecutor executor;
    tests::FakeTimer timers(clock, executor);
    std::string seen;
    const model::Instant start = clock.now();
    timers.after(5ms, [&] {
        seen += std::to_string((clock.now() - start).count()) + " ";
        timers.after(5ms, [&] { seen += std::to_string((clock.now() - start).count()); });
    });
    timers.advance(20ms);
    BOOST_TEST(seen == "5 10");
    BOOST_TEST((clock.now() - start).count() == 20);
    BOOST_TEST(timers.pending() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
