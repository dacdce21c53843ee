#include "core/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "thread_limit.hpp"

namespace groundswell {
namespace {

TEST(ParallelFor, TakesEveryIndexOnce) {
    for (const int threads : {1, 2, 7}) {
        for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{5}, std::size_t{1000}}) {
            std::vector<std::atomic<int>> taken(count);
            parallel_for(count, threads, [&](std::size_t i, int) { ++taken[i]; });
            for (const auto& times : taken) EXPECT_EQ(times, 1) << threads << " threads, " << count << " indices";
        }
    }
}

TEST(ParallelFor, ThreadNumbersBelongToOneThreadAtATime) {
    constexpr int threads = 4;
    std::vector<int> own(threads);  // unsynchronized on purpose: the thread sanitizer sees a number handed out twice
    parallel_for(2000, threads, [&](std::size_t, int thread) {
        ASSERT_GE(thread, 0);
        ASSERT_LT(thread, threads);
        ++own[static_cast<std::size_t>(thread)];
    });
    int sum = 0;
    for (const int part : own) sum += part;
    EXPECT_EQ(sum, 2000);
}

TEST(ParallelFor, WritesAreVisibleAfterwards) {
    std::vector<std::size_t> squares(500);
    parallel_for(squares.size(), 3, [&](std::size_t i, int) { squares[i] = i * i; });
    for (std::size_t i = 0; i < squares.size(); ++i) EXPECT_EQ(squares[i], i * i);
}

TEST(ParallelFor, AnExceptionStopsTheOthersAndReachesTheCaller) {
    for (const int threads : {1, 2, 7}) {
        std::atomic<int> begun{0};
        try {
            parallel_for(100'000, threads, [&](std::size_t i, int) {
                ++begun;
                if (i == 20) throw std::runtime_error("index 20");
                // Slow enough that the others cannot take all of them while the throwing thread waits for a core.
                if (i > 20) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            });
            FAIL() << "no exception";
        } catch (const std::runtime_error& error) {
            EXPECT_EQ(std::string(error.what()), "index 20");
        }
        EXPECT_LT(begun, 100'000);
    }
}

TEST(ParallelFor, OfSeveralExceptionsTheFirstIndexWins) {
    for (int round = 0; round < 50; ++round) {
        std::atomic<int> waiting{0};
        try {
            parallel_for(2, 2, [&](std::size_t i, int) {
                ++waiting;
                while (waiting < 2) {  // both have begun before either throws
                }
                throw std::runtime_error(std::to_string(i));
            });
            FAIL() << "no exception";
        } catch (const std::runtime_error& error) {
            EXPECT_EQ(std::string(error.what()), "0");
        }
    }
}

TEST(ParallelFor, CancelStopsTakingIndicesWithoutAnError) {
    for (const int threads : {1, 2, 7}) {
        std::atomic<bool> cancel{false};
        std::atomic<int> done{0};
        parallel_for(
            100'000, threads,
            [&](std::size_t, int) {
                if (++done == 10) cancel = true;
            },
            &cancel);
        EXPECT_GE(done, 10);
        EXPECT_LT(done, 10 + threads);
        parallel_for(
            5, threads, [&](std::size_t, int) { ++done; }, &cancel);
        EXPECT_LT(done, 10 + threads) << "cancelled before it began";
    }
}

TEST(ParallelFor, WhereNoThreadCanBeStartedTheCallingOneTakesEveryIndex) {
    const NoMoreThreads limit;
    if (!NoMoreThreads::works()) GTEST_SKIP() << "starting a thread cannot be made to fail here";
    std::vector<int> taken(100);
    parallel_for(taken.size(), 4, [&](std::size_t i, int thread) {
        EXPECT_EQ(thread, 0);
        ++taken[i];
    });
    EXPECT_EQ(taken, std::vector<int>(100, 1));
    EXPECT_THROW(parallel_for(5, 4, [](std::size_t, int) { throw std::runtime_error("body"); }), std::runtime_error);
}

TEST(ParallelFor, WhereThreadsRunOutThoseStartedTakeEveryIndex) {
    std::once_flag once;
    std::optional<NoMoreThreads> limit;  // from the first index on, while the other threads are still being started
    std::vector<std::atomic<int>> taken(1000);
    parallel_for(taken.size(), 200, [&](std::size_t i, int) {
        std::call_once(once, [&] { limit.emplace(); });
        ++taken[i];
    });
    for (const auto& times : taken) EXPECT_EQ(times, 1);
}

}  // namespace
}  // namespace groundswell
