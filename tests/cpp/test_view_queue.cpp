#include "engine/view_queue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <span>
#include <tuple>
#include <vector>

namespace groundswell {
namespace {

using Seen = std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>>;

Seen seen(std::span<const View> views) {
    Seen result;
    for (const View& v : views) result.emplace_back(v.minute, v.post, v.tie, v.hash);
    return result;
}

// Everything of a day, slice by slice.
Seen take(ViewQueue& queue, std::int32_t day) {
    Seen all;
    queue.begin_day(day);
    for (std::uint32_t slice = 0; slice < queue.slices(); ++slice)
        for (const auto& view : seen(queue.slice(slice))) all.push_back(view);
    queue.end_day();
    return all;
}

TEST(ViewQueue, OrdersByMinuteThenByPush) {
    ViewQueue queue;
    queue.reset(3, 60);
    queue.push(0, {.tie = 5, .hash = 1, .post = 0, .minute = 600});
    queue.push(0, {.tie = 4, .hash = 2, .post = 0, .minute = 1439});
    queue.push(0, {.tie = 9, .hash = 3, .post = 1, .minute = 600});
    queue.push(0, {.tie = 3, .hash = 4, .post = 1, .minute = 0});
    queue.push(0, {.tie = 1, .hash = 5, .post = 1, .minute = 600});
    const Seen expected = {{0, 1, 3, 4}, {600, 0, 5, 1}, {600, 1, 9, 3}, {600, 1, 1, 5}, {1439, 0, 4, 2}};
    EXPECT_EQ(take(queue, 0), expected);
    EXPECT_TRUE(take(queue, 0).empty());
}

TEST(ViewQueue, ViewsOfTheRunningDayComeInALaterSliceAfterEarlierNumbers) {
    ViewQueue queue;
    queue.reset(3, 30);
    queue.push(4, {.tie = 1, .hash = 0, .post = 0, .minute = 10});
    queue.push(4, {.tie = 2, .hash = 0, .post = 1, .minute = 45});
    queue.push(4, {.tie = 3, .hash = 0, .post = 1, .minute = 50});
    queue.begin_day(4);
    EXPECT_EQ(seen(queue.slice(0)), (Seen{{10, 0, 1, 0}}));
    queue.push(4, {.tie = 4, .hash = 0, .post = 2, .minute = 45});
    queue.push(4, {.tie = 5, .hash = 0, .post = 2, .minute = 1439});
    queue.push(5, {.tie = 6, .hash = 0, .post = 2, .minute = 45});
    queue.push(4, {.tie = 7, .hash = 0, .post = 3, .minute = 40});
    EXPECT_EQ(seen(queue.slice(1)), (Seen{{40, 3, 7, 0}, {45, 1, 2, 0}, {45, 2, 4, 0}, {50, 1, 3, 0}}));
    for (std::uint32_t slice = 2; slice < 47; ++slice) EXPECT_TRUE(queue.slice(slice).empty());
    EXPECT_EQ(seen(queue.slice(47)), (Seen{{1439, 2, 5, 0}}));
    queue.end_day();
    EXPECT_EQ(take(queue, 5), (Seen{{45, 2, 6, 0}}));
}

// Against a map of days, over many turns of the ring; the posts of a day come before it, its acts in its slices.
class NaiveQueue {
public:
    void push(std::int32_t day, const View& view) {
        days_[day].emplace_back(view.minute, view.post, view.tie, view.hash);
    }
    Seen slice(std::int32_t day, std::uint32_t first, std::uint32_t minutes) {
        Seen result;
        for (const auto& view : days_[day])
            if (std::get<0>(view) >= first && std::get<0>(view) < first + minutes) result.push_back(view);
        std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) {
            return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
        });
        return result;
    }

private:
    std::map<std::int32_t, Seen> days_;
};

class QueueOfSlices : public ::testing::TestWithParam<std::uint32_t> {};

TEST_P(QueueOfSlices, IsTheNaiveOneOverManyTurnsOfTheRing) {
    constexpr std::int32_t ahead = 5;
    const std::uint32_t minutes = GetParam();
    std::mt19937 random(minutes);
    ViewQueue queue;
    std::size_t late = 0;
    for (int round = 0; round < 2; ++round) {
        queue.reset(ahead, minutes);  // forgets what the round before left behind
        ASSERT_EQ(queue.slices(), 1440 / minutes);
        NaiveQueue naive;
        std::uint32_t number = 0;
        const auto push = [&](std::int32_t day, std::uint32_t from) {
            const View view{
                .tie = static_cast<std::uint32_t>(random()),
                .hash = static_cast<std::uint32_t>(random()),
                .post = number,
                .minute = from + static_cast<std::uint32_t>(random() % (1440 - from)) / 7 * 7 % (1440 - from)};
            queue.push(day, view);
            naive.push(day, view);
        };
        for (std::int32_t day = 0; day < 40; ++day) {
            for (auto n = random() % 30; n > 0; --n, ++number)
                for (auto k = random() % 4; k > 0; --k)
                    push(day + static_cast<std::int32_t>(random() % (ahead + 1)), 0);
            queue.begin_day(day);
            for (std::uint32_t slice = 0; slice < queue.slices(); ++slice) {
                ASSERT_EQ(seen(queue.slice(slice)), naive.slice(day, slice * minutes, minutes)) << "day " << day;
                if (random() % 20 != 0 && slice > 2) continue;
                for (auto n = random() % 4; n > 0; --n, ++number) {
                    const bool today = slice + 1 < queue.slices() && random() % 3 != 0;
                    late += today ? 1 : 0;
                    push(today ? day : day + 1 + static_cast<std::int32_t>(random() % ahead),
                         today ? (slice + 1) * minutes : 0);
                }
            }
            queue.end_day();
        }
    }
    EXPECT_GT(late, 100u);
}

INSTANTIATE_TEST_SUITE_P(Minutes, QueueOfSlices, ::testing::Values(1u, 3u, 6u, 20u, 60u));

}  // namespace
}  // namespace groundswell
