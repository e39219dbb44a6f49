// Calls that come back, calls that do not, and the last act in either case.
#include "gateway/platform/call_thread.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <semaphore>
#include <signal.h>

namespace sekisho::platform {

namespace {

using namespace std::chrono_literals;

Monotonic within(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

// Shared with a thread that may be left behind.
struct Scene {
    std::binary_semaphore gate{0};
    std::binary_semaphore over{0};
    std::atomic<int> calls{0};
    std::atomic<bool> last_act{false};
};

Task last_act_of(const std::shared_ptr<Scene>& scene) {
    return [scene] {
        scene->last_act = true;
        scene->over.release();
    };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(call_thread)

BOOST_AUTO_TEST_CASE(calls_run_one_after_another_and_the_last_act_behind_them) {
    const auto scene = std::make_shared<Scene>();
    {
        CallThread thread{last_act_of(scene), 10s};
        for (int i = 0; i < 3; ++i) {
            BOOST_TEST(thread.run([scene] { ++scene->calls; }, within(10s)));
        }
        BOOST_TEST(scene->calls == 3);
        BOOST_TEST(!scene->last_act);
    }
    BOOST_TEST(scene->last_act);
}

BOOST_AUTO_TEST_CASE(a_call_that_does_not_come_back_is_given_up_and_no_other_is_taken) {
    const auto scene = std::make_shared<Scene>();
    {
        CallThread thread{last_act_of(scene), 10s};
        BOOST_TEST(!thread.run([scene] { scene->gate.acquire(); }, within(1ms)));
        BOOST_TEST(!thread.run([scene] { ++scene->calls; }, within(10s)));
    }
    BOOST_TEST(scene->calls == 0);
    BOOST_TEST(!scene->last_act);
    scene->gate.release();  // the call comes back, long after its caller has gone
    BOOST_TEST(scene->over.try_acquire_for(10s));
    BOOST_TEST(scene->last_act);
}

BOOST_AUTO_TEST_CASE(calls_take_no_signals_and_their_caller_does_as_before) {
    const auto is_open_to = [](int number) {
        sigset_t held;
        ::pthread_sigmask(SIG_BLOCK, nullptr, &held);
        return ::sigismember(&held, number) == 0;
    };
    const auto seen = std::make_shared<std::atomic<int>>(0);
    CallThread thread{[] {}, 10s};
    BOOST_TEST(thread.run(
        [seen, is_open_to] {
            for (const int number : {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP}) {
                if (is_open_to(number)) ++*seen;
            }
        },
        within(10s)));
    BOOST_TEST(*seen == 0);
    BOOST_TEST(is_open_to(SIGTERM));
}

BOOST_AUTO_TEST_CASE(a_last_act_that_takes_too_long_is_left_behind) {
    const auto scene = std::make_shared<Scene>();
    {
        const CallThread thread{[scene] {
                                    scene->gate.acquire();
                                    scene->last_act = true;
                                    scene->over.release();
                                },
                                1ms};
    }
    BOOST_TEST(!scene->last_act);
    scene->gate.release();
    BOOST_TEST(scene->over.try_acquire_for(10s));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
