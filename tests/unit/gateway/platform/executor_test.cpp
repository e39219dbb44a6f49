#include "gateway/platform/executor.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <latch>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace sekisho::platform {

BOOST_AUTO_TEST_SUITE(queue_executor)

BOOST_AUTO_TEST_CASE(tasks_run_in_the_order_they_were_posted) {
    QueueExecutor executor(8);
    std::string order;
    BOOST_TEST(executor.post([&] { order += "a"; }));
    BOOST_TEST(executor.post([&] { order += "b"; }));
    BOOST_TEST(executor.queued() == 2U);
    BOOST_TEST(executor.run_pending() == 2U);
    BOOST_TEST(order == "ab");
}

BOOST_AUTO_TEST_CASE(a_full_queue_refuses) {
    QueueExecutor executor(1);
    BOOST_TEST(executor.post([] {}));
    BOOST_TEST(!executor.post([] {}));
    executor.run_pending();
    BOOST_TEST(executor.post([] {}));
}

BOOST_AUTO_TEST_CASE(run_pending_leaves_what_its_tasks_post) {
    QueueExecutor executor(8);
    BOOST_TEST(executor.post([&] { (void)executor.post([] {}); }));
    BOOST_TEST(executor.run_pending() == 1U);
    BOOST_TEST(executor.queued() == 1U);
}

BOOST_AUTO_TEST_CASE(a_task_that_throws_ends_in_the_sink_and_the_next_one_runs) {
    std::vector<std::string> faults;
    QueueExecutor executor(8, [&](std::string_view what) { faults.emplace_back(what); });
    int ran = 0;
    BOOST_TEST(executor.post([] { throw std::runtime_error("broken task"); }));
    BOOST_TEST(executor.post([] { throw 7; }));
    BOOST_TEST(executor.post([&] { ++ran; }));
    executor.run_pending();
    BOOST_TEST(ran == 1);
    BOOST_TEST(faults.size() == 2U);
    BOOST_TEST(faults.front() == "broken task");
}

BOOST_AUTO_TEST_CASE(several_threads_drain_the_queue_before_they_stop) {
    constexpr int kTasks = 1000;
    QueueExecutor executor(kTasks);
    std::atomic<int> ran = 0;
    for (int i = 0; i < kTasks; ++i) BOOST_TEST(executor.post([&] { ++ran; }));
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 3; ++i) {
            threads.emplace_back([&](const std::stop_token& stop) { executor.run(stop); });
        }
    }
    BOOST_TEST(ran == kTasks);
}

BOOST_AUTO_TEST_CASE(after_the_last_run_nothing_is_taken_any_more) {
    QueueExecutor executor(8);
    std::latch ran(1);
    {
        std::jthread thread([&](const std::stop_token& stop) { executor.run(stop); });
        BOOST_TEST(executor.post([&] { ran.count_down(); }));
        ran.wait();
    }
    BOOST_TEST(!executor.post([] {}));
}

BOOST_AUTO_TEST_CASE(a_task_posted_while_draining_still_runs) {
    QueueExecutor executor(8);
    bool followed = false;
    BOOST_TEST(executor.post([&] { BOOST_TEST(executor.post([&] { followed = true; })); }));
    std::stop_source stop;
    stop.request_stop();
    executor.run(stop.get_token());
    BOOST_TEST(followed);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
