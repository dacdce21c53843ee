#include "engine/view_queue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <tuple>

namespace groundswell {
namespace {

using Seen = std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>>;

Seen seen(const std::vector<View>& views) {
    Seen result;
    for (const View& v : views) result.emplace_back(v.minute, v.post, v.tie, v.hash);
    return result;
}

TEST(ViewQueue, OrdersByMinuteThenByPush) {
    ViewQueue queue;
    queue.reset(3);
    queue.push(0, {.tie = 5, .hash = 1, .post = 0, .minute = 600});
    queue.push(0, {.tie = 4, .hash = 2, .post = 0, .minute = 1439});
    queue.push(0, {.tie = 9, .hash = 3, .post = 1, .minute = 600});
    queue.push(0, {.tie = 3, .hash = 4, .post = 1, .minute = 0});
    queue.push(0, {.tie = 1, .hash = 5, .post = 1, .minute = 600});
    const Seen expected = {{0, 1, 3, 4}, {600, 0, 5, 1}, {600, 1, 9, 3}, {600, 1, 1, 5}, {1439, 0, 4, 2}};
    EXPECT_EQ(seen(queue.take(0)), expected);
    EXPECT_TRUE(queue.take(0).empty());
}

// Against a map of days, over many turns of the ring.
TEST(ViewQueue, RingIsReused) {
    constexpr std::int32_t ahead = 5;
    std::mt19937 random(1);
    ViewQueue queue;
    for (int round = 0; round < 2; ++round) {
        queue.reset(ahead);  // forgets what the round before left behind
        std::map<std::int32_t, Seen> naive;
        std::uint32_t post = 0;
        for (std::int32_t day = 0; day < 100; ++day) {
            for (auto n = random() % 20; n > 0; --n, ++post) {
                const auto on = day + static_cast<std::int32_t>(random() % (ahead + 1));
                const View view{.tie = static_cast<std::uint32_t>(random()),
                                .hash = static_cast<std::uint32_t>(random()),
                                .post = post,
                                .minute = static_cast<std::uint32_t>(random() % 1440) / 60 * 60};
                queue.push(on, view);
                naive[on].emplace_back(view.minute, view.post, view.tie, view.hash);
            }
            std::stable_sort(naive[day].begin(), naive[day].end(),
                             [](const auto& a, const auto& b) { return std::get<0>(a) < std::get<0>(b); });
            ASSERT_EQ(seen(queue.take(day)), naive[day]) << "day " << day;
        }
    }
}

}  // namespace
}  // namespace groundswell
