#include "engine/viewer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <deque>
#include <map>
#include <random>
#include <tuple>
#include <vector>

namespace groundswell {
namespace {

TEST(WeekCount, CountsSevenDaysLikeADeque) {
    std::mt19937 random(7);
    for (int history = 0; history < 200; ++history) {
        WeekCount week;
        std::deque<std::pair<int, int>> naive;  // day, impressions up to 15
        int day = 0;
        for (int step = 0; step < 60; ++step) {
            const int gaps[] = {0, 1, 1, 1, 2, 3, 6, 7, 8, 30};
            day += gaps[random() % std::size(gaps)];
            while (!naive.empty() && naive.front().first <= day - 7) naive.pop_front();
            if (naive.empty() || naive.back().first != day) naive.emplace_back(day, 0);
            std::uint32_t expected = 0;
            for (const auto& [on, count] : naive) expected += static_cast<std::uint32_t>(count);
            ASSERT_EQ(week.upto(static_cast<std::uint16_t>(day)), expected) << "day " << day;
            for (auto n = random() % 6; n > 0; --n) {
                week.count();
                naive.back().second = std::min(naive.back().second + 1, 15);
            }
        }
    }
}

TEST(WeekCount, ADayCountsAtMostFifteen) {
    WeekCount week;
    for (std::uint16_t day = 100; day < 107; ++day) {
        EXPECT_EQ(week.upto(day), 15u * (day - 100u));
        for (int n = 0; n < 40; ++n) week.count();
    }
    EXPECT_EQ(week.upto(106), 105u);
    EXPECT_EQ(week.upto(107), 90u);
    EXPECT_EQ(week.upto(112), 15u);
    EXPECT_EQ(week.upto(113), 0u);
}

// The engine's use of item memories, and the same with a map that never forgets but knows the days.
struct NaiveMemory {
    int copy_day = 0, attended_day = 0, copies = 0;
    float repeats = 0;
};

struct Memories {
    static constexpr double kMemoryDays = 14;
    std::vector<Viewer> viewers{std::vector<Viewer>(4)};
    ItemOverflow overflow;
    std::map<std::pair<std::uint32_t, std::uint16_t>, NaiveMemory> naive;

    // What is remembered of (viewer, item) on a day: copies and repeats, by the engine and by the map.
    void expect_same(std::uint32_t v, std::uint16_t item, int day) {
        const ItemMemory* memory = find_memory(viewers[v], item, overflow);
        const auto it = naive.find({v, item});
        const NaiveMemory known = it == naive.end() ? NaiveMemory{} : it->second;
        const int copies = memory != nullptr && day - memory->copy_day <= kMemoryDays ? memory->copies : 0;
        const float repeats = memory != nullptr && day - memory->attended_day <= kMemoryDays ? memory->repeats : 0;
        ASSERT_EQ(copies, day - known.copy_day <= kMemoryDays ? known.copies : 0);
        ASSERT_EQ(repeats, day - known.attended_day <= kMemoryDays ? known.repeats : 0);
    }

    void show(std::uint32_t v, std::uint16_t item, int day, bool verbatim, bool attended) {
        const auto today = static_cast<std::uint16_t>(day);
        NaiveMemory& known = naive[{v, item}];
        ItemMemory* memory = find_memory(viewers[v], item, overflow);
        if (memory == nullptr) memory = make_memory(viewers[v], item, today, kMemoryDays, overflow);
        if (verbatim) {
            known.copies = day - known.copy_day <= kMemoryDays ? std::min(known.copies + 1, 255) : 1;
            memory->copies = static_cast<std::uint8_t>(known.copies);
            known.copy_day = memory->copy_day = today;
        }
        if (attended) {
            known.repeats = (day - known.attended_day <= kMemoryDays ? known.repeats : 0.0f) + 1.0f;
            memory->repeats = known.repeats;
            known.attended_day = memory->attended_day = today;
        }
    }
};

TEST(ItemMemory, RemembersLikeAMapUnderRandomUse) {
    std::mt19937 random(3);
    for (int history = 0; history < 20; ++history) {
        Memories m;
        std::size_t most = 0;
        for (int day = 0; day < 400; ++day) {
            for (auto n = random() % 4; n > 0; --n) {
                const auto v = static_cast<std::uint32_t>(random() % m.viewers.size());
                const auto item = static_cast<std::uint16_t>(static_cast<unsigned>(day) / 20 + random() % 8);
                ASSERT_NO_FATAL_FAILURE(m.expect_same(v, item, day));
                const auto how = random() % 3;
                m.show(v, item, day, how != 0, how != 1);
            }
            most = std::max(most, m.overflow.size());
            if (day % 10 != 0) continue;
            for (const auto& [key, known] : m.naive) ASSERT_NO_FATAL_FAILURE(m.expect_same(key.first, key.second, day));
        }
        EXPECT_GT(most, 0u) << "the overflow was never used";
        EXPECT_LT(most, 64u) << "forgotten places are not reused";
    }
}

TEST(ItemMemory, ForgottenPlacesAreReusedAndTheThirdItemOverflows) {
    Memories m;
    for (std::uint16_t item = 10; item <= 11; ++item) m.show(0, item, 1, true, true);
    EXPECT_EQ(m.overflow.size(), 0u);
    EXPECT_EQ(m.viewers[0].lines, 0);
    m.show(0, 12, 15, true, true);  // day 15: the others are 14 days old, still remembered
    EXPECT_EQ(m.overflow.size(), 1u);
    EXPECT_EQ(m.viewers[0].lines, 1);
    for (std::uint16_t item = 13; item <= 14; ++item)
        m.show(0, item, 16, true, true);  // 15 days: forgotten, places are free
    for (std::uint16_t item = 20; item <= 23; ++item) m.show(0, item, 16, true, true);
    EXPECT_EQ(m.viewers[0].lines, 1) << "two in the viewer, five in the line";
    for (std::uint16_t item = 10; item <= 23; ++item) m.expect_same(0, item, 16);
}

TEST(ItemMemory, LinesDoubleWhenFullAndKeepWhatTheyHold) {
    Memories m;
    for (std::uint16_t item = 0; item < 200; ++item) m.show(1, item, 3, true, true);
    EXPECT_GE(m.viewers[1].lines, 32);
    EXPECT_EQ(std::popcount(m.viewers[1].lines), 1);
    for (std::uint16_t item = 0; item < 210; ++item) m.expect_same(1, item, 3);
    m.overflow.clear();
    EXPECT_EQ(m.overflow.size(), 0u);
}

TEST(ItemMemory, LinesGivenBackAreTakenAgain) {
    Memories m;
    for (std::uint16_t item = 0; item < 8; ++item) m.show(0, item, 3, true, true);  // one line, then two
    EXPECT_EQ(m.viewers[0].lines, 2);
    const std::size_t taken = m.overflow.size();
    for (std::uint16_t item = 0; item < 3; ++item) m.show(1, item, 3, true, true);
    EXPECT_EQ(m.overflow.size(), taken);
    for (std::uint16_t item = 0; item < 8; ++item) m.expect_same(0, item, 3);
    for (std::uint16_t item = 0; item < 8; ++item) m.expect_same(1, item, 3);
}

TEST(ItemMemory, OneOfTheTwoDaysKeepsAMemoryAlive) {
    Memories m;
    for (std::uint16_t item = 1; item <= 7; ++item) m.show(2, item, 1, true, true);
    m.show(2, 7, 20, false, true);  // only attended: its copies are forgotten, its repeats are not
    for (std::uint16_t item = 31; item <= 36; ++item) m.show(2, item, 34, true, true);
    EXPECT_EQ(m.viewers[2].lines, 1) << "six of the seven are forgotten";
    m.expect_same(2, 7, 34);
}

}  // namespace
}  // namespace groundswell
