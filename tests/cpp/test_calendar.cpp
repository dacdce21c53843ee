#include "engine/calendar.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "helpers.hpp"

namespace groundswell {
namespace {

using testing::message_of;

Calendar calendar(const std::string& start, int warm_up, int weeks, int follow_up,
                  const PlatformParams& platform = {}) {
    return Calendar(start, warm_up, weeks, follow_up, {platform});
}

TEST(Calendar, WeekdayFactorsFollowTheDate) {
    const Calendar c = calendar("2025-03-05", 1, 2, 0);  // a Wednesday; day 0 is Wednesday 26 February
    const double mean = (1.1 + 1.15 + 1.15 + 1.1 + .95 + .3 + .25) / 7;
    const double expected[7] = {1.15, 1.1, .95, .3, .25, 1.1, 1.15};  // Wednesday … Tuesday
    for (std::size_t day = 0; day < c.days.size(); ++day)
        EXPECT_DOUBLE_EQ(c.days[day].factor[0], expected[day % 7] / mean) << "day " << day;
}

TEST(Calendar, FactorsOfAWeekHaveMeanOne) {
    const Calendar c = calendar("2025-02-01", 0, 20, 0);
    for (std::size_t from = 0; from + 7 <= c.days.size(); ++from) {
        double sum = 0;
        for (std::size_t day = from; day < from + 7; ++day) sum += c.days[day].factor[0];
        EXPECT_NEAR(sum / 7, 1, 1e-14);
    }
}

TEST(Calendar, SeasonsAreAugustAndTheLastWeekOfTheYear) {
    PlatformParams even;
    even.weekday_weights = {
        .monday = 1, .tuesday = 1, .wednesday = 1, .thursday = 1, .friday = 1, .saturday = 1, .sunday = 1};
    even.season_august = .7;
    even.season_year_end = .4;
    const Calendar c = calendar("2024-07-29", 0, 52, 0, even);  // 29 July is day 0
    EXPECT_EQ(c.days[2].factor[0], 1);                          // 31 July
    EXPECT_EQ(c.days[3].factor[0], .7);                         // 1 August
    EXPECT_EQ(c.days[33].factor[0], .7);                        // 31 August
    EXPECT_EQ(c.days[34].factor[0], 1);                         // 1 September
    EXPECT_EQ(c.days[148].factor[0], 1);                        // 24 December
    EXPECT_EQ(c.days[149].factor[0], .4);                       // 25 December
    EXPECT_EQ(c.days[155].factor[0], .4);                       // 31 December
    EXPECT_EQ(c.days[156].factor[0], 1);                        // 1 January
}

TEST(Calendar, EveryPlatformHasItsOwnFactors) {
    PlatformParams even, sundays;
    even.weekday_weights = {
        .monday = 1, .tuesday = 1, .wednesday = 1, .thursday = 1, .friday = 1, .saturday = 1, .sunday = 1};
    sundays.weekday_weights = {
        .monday = 0, .tuesday = 0, .wednesday = 0, .thursday = 0, .friday = 0, .saturday = 0, .sunday = 3};
    sundays.season_august = .5;
    const Calendar c("2025-07-28", 0, 2, 0, {std::nullopt, even, std::nullopt, sundays});  // a Monday
    for (std::size_t day = 0; day < c.days.size(); ++day) {
        EXPECT_EQ(c.days[day].factor[0], 0) << "off";
        EXPECT_EQ(c.days[day].factor[1], day < 4 ? 1 : .8);
        EXPECT_DOUBLE_EQ(c.days[day].factor[3], day % 7 == 6 ? 3.5 : 0);
    }
}

TEST(Calendar, WindowsFollowEachOther) {
    const Calendar c = calendar("2025-03-03", 2, 5, 3);
    EXPECT_EQ(c.day_count(), 70);
    EXPECT_EQ(c.horizon_begin(), 14);
    EXPECT_EQ(c.horizon_end(), 49);
    for (std::int32_t day = 0; day < 70; ++day) {
        const Window expected = day < 14 ? Window::warm_up : day < 49 ? Window::horizon : Window::follow_up;
        EXPECT_EQ(c.days[static_cast<std::size_t>(day)].window, expected);
    }
    const Calendar bare = calendar("2025-03-03", 0, 1, 0);
    EXPECT_EQ(bare.windows.size(), 3u);
    EXPECT_EQ(bare.windows[0].end_day, 0);
    EXPECT_EQ(bare.windows[2].first_day, bare.windows[2].end_day);
}

// Cells of one kind cover the days in order, without gap or overlap, each inside one window.
void expect_partition(const Calendar& c, const std::vector<Cell>& cells, std::int32_t CalendarDay::*index) {
    std::int32_t next = 0;
    for (std::size_t k = 0; k < cells.size(); ++k) {
        EXPECT_EQ(cells[k].first_day, next);
        EXPECT_LT(cells[k].first_day, cells[k].end_day);
        next = cells[k].end_day;
        for (std::int32_t day = cells[k].first_day; day < cells[k].end_day; ++day) {
            EXPECT_EQ(c.days[static_cast<std::size_t>(day)].*index, static_cast<std::int32_t>(k));
            EXPECT_EQ(c.days[static_cast<std::size_t>(day)].window, cells[k].window);
        }
    }
    EXPECT_EQ(next, c.day_count());
}

TEST(Calendar, CellsAndFragmentsPartitionTheDays) {
    for (const std::string start : {"2025-01-01", "2024-02-29", "2025-12-31", "2023-11-15"}) {
        const Calendar c = calendar(start, 8, 52, 4);
        expect_partition(c, c.weeks, &CalendarDay::week);
        expect_partition(c, c.months, &CalendarDay::month);
        expect_partition(c, c.quarters, &CalendarDay::quarter);
        std::int32_t next = 0;
        for (std::size_t f = 0; f < c.fragments.size(); ++f) {
            const Fragment& fragment = c.fragments[f];
            EXPECT_EQ(fragment.first_day, next);
            next = fragment.end_day;
            for (std::int32_t day = fragment.first_day; day < fragment.end_day; ++day) {
                const CalendarDay& d = c.days[static_cast<std::size_t>(day)];
                EXPECT_EQ(d.fragment, static_cast<std::int32_t>(f));
                EXPECT_EQ(d.week, fragment.week);
                EXPECT_EQ(d.month, fragment.month);
                EXPECT_EQ(d.quarter, fragment.quarter);
                EXPECT_EQ(d.window, fragment.window);
            }
        }
        EXPECT_EQ(next, c.day_count());
        EXPECT_EQ(c.weeks.size(), 64u);
    }
}

TEST(Calendar, MonthsHaveTheLengthsOfTheCalendar) {
    const auto days_of_february = [](const std::string& start) {
        const Calendar c = calendar(start, 0, 10, 0);  // starts on 1 January
        return c.months[1].end_day - c.months[1].first_day;
    };
    EXPECT_EQ(days_of_february("2024-01-01"), 29);
    EXPECT_EQ(days_of_february("2025-01-01"), 28);
    EXPECT_EQ(days_of_february("2000-01-01"), 29);
    EXPECT_EQ(days_of_february("2100-01-01"), 28);
    const Calendar year = calendar("2025-01-01", 0, 52, 0);
    ASSERT_EQ(year.quarters.size(), 4u);
    EXPECT_EQ(year.quarters[0].end_day, 90);
    EXPECT_EQ(year.quarters[1].end_day, 181);
    EXPECT_EQ(year.quarters[2].end_day, 273);
}

TEST(Calendar, RejectsWhatIsNoDate) {
    for (const std::string bad : {"2025-02-29", "2025-13-01", "2025-00-10", "2025-04-31", "2025-4-01", "20250401", "",
                                  "01-04-2025", "2025-04-0x", "2025-04-01 ", "2025/04/01", "-025-04-01"}) {
        const std::string message = message_of([&] { calendar(bad, 0, 1, 0); });
        EXPECT_NE(message.find("start = '" + bad + "'"), std::string::npos) << bad << ": " << message;
    }
    EXPECT_NO_THROW(calendar("2024-02-29", 0, 1, 0));
}

TEST(Calendar, RejectsWeeksOutOfRange) {
    const int bad[][3] = {{-1, 1, 0}, {0, 0, 0}, {0, 1, -1}, {500, 400, 101}};
    for (const auto& w : bad)
        EXPECT_NE(message_of([&] { calendar("2025-01-01", w[0], w[1], w[2]); }).find("warm_up_weeks"),
                  std::string::npos);
    EXPECT_NO_THROW(calendar("2025-01-01", 500, 400, 100));
}

}  // namespace
}  // namespace groundswell
