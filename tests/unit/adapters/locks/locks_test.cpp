#include <boost/test/unit_test.hpp>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "adapters/locks/condition.h"

using namespace sekisho::locks;

namespace {

constexpr int kThreads = 4;
constexpr int kRounds = 20'000;

struct Figure {
    Mutex mutex{};
    int value SEKISHO_GUARDED_BY(mutex) = 0;

    int read() SEKISHO_EXCLUDES(mutex) {
        const Lock lock{mutex};
        return value;
    }
    // From a thread of its own.
    void set_elsewhere(int to) SEKISHO_REQUIRES(mutex) {
        const Unlock unlocked{mutex};
        std::jthread{[this, to] {
            const Lock lock{mutex};
            value = to;
        }}.join();
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(locks)

BOOST_AUTO_TEST_CASE(no_two_threads_hold_a_mutex) {
    Figure figure;
    {
        std::vector<std::jthread> threads;
        threads.reserve(kThreads);
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back([&figure] {
                for (int round = 0; round < kRounds; ++round) {
                    const Lock lock{figure.mutex};
                    ++figure.value;
                }
            });
        }
    }
    BOOST_TEST(figure.read() == kThreads * kRounds);
}

BOOST_AUTO_TEST_CASE(another_thread_gets_in_while_a_mutex_is_given_back) {
    Figure figure;
    const Lock lock{figure.mutex};
    figure.set_elsewhere(7);
    BOOST_TEST(figure.value == 7);
}

BOOST_AUTO_TEST_CASE(readers_hold_a_shared_mutex_together_and_a_writer_alone) {
    SharedMutex mutex;
    int value = 1;
    {
        const SharedLock lock{mutex};
        std::jthread{[&] {
            const SharedLock beside{mutex};
            BOOST_TEST(value == 1);
        }}.join();
    }
    std::vector<std::jthread> writers;
    writers.reserve(kThreads);
    for (int i = 0; i < kThreads; ++i) {
        writers.emplace_back([&] {
            for (int round = 0; round < kRounds; ++round) {
                const Lock lock{mutex};
                ++value;
            }
        });
    }
    writers.clear();
    const SharedLock lock{mutex};
    BOOST_TEST(value == 1 + kThreads * kRounds);
}

BOOST_AUTO_TEST_CASE(a_wait_ends_when_its_condition_comes_to_hold) {
    Figure figure;
    Condition changed;
    const std::jthread other{[&] {
        {
            const Lock lock{figure.mutex};
            figure.value = 1;
        }
        changed.notify_all();
    }};
    const Lock lock{figure.mutex};
    BOOST_TEST(changed.wait_for(figure.mutex, std::chrono::minutes{1},
                                [&]()
                                    SEKISHO_REQUIRES(figure.mutex) { return figure.value == 1; }));
}

BOOST_AUTO_TEST_CASE(a_wait_ends_in_vain_when_its_time_is_over) {
    Mutex mutex;
    Condition changed;
    const Lock lock{mutex};
    const auto never = [] { return false; };
    BOOST_TEST(!changed.wait_for(mutex, std::chrono::milliseconds{1}, never));
    BOOST_TEST(!changed.wait_until(mutex, std::chrono::steady_clock::time_point{}, never));
}

BOOST_AUTO_TEST_CASE(a_wait_ends_in_vain_when_a_stop_is_requested) {
    Mutex mutex;
    StoppableCondition changed;
    bool held = true;
    std::jthread waiter{[&](const std::stop_token& stop) {
        const Lock lock{mutex};
        held = changed.wait(mutex, stop, [] { return false; });
    }};
    waiter.request_stop();
    waiter.join();
    BOOST_TEST(!held);
}

BOOST_AUTO_TEST_CASE(a_condition_that_throws_leaves_the_mutex_held_and_given_back_once) {
    Figure figure;
    Condition changed;
    const auto wait = [&] {
        const Lock lock{figure.mutex};
        changed.wait_for(figure.mutex, std::chrono::minutes{1},
                         []() -> bool { throw std::runtime_error{"cannot be looked at"}; });
    };
    BOOST_CHECK_THROW(wait(), std::runtime_error);
    BOOST_TEST(figure.read() == 0);  // not held any more
}

BOOST_AUTO_TEST_SUITE_END()
