#include "engine/calendar.hpp"

#include <numeric>
#include <string>

#include "core/errors.hpp"

namespace groundswell {

namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

sys_days parse_date(std::string_view text) {
    const auto number = [&](std::size_t from, std::size_t size) {
        int value = 0;
        for (const char c : text.substr(from, size)) {
            if (c < '0' || c > '9') return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
        const int y = number(0, 4), m = number(5, 2), d = number(8, 2);
        if (y >= 0 && m >= 0 && d >= 0) {
            const year_month_day date{std::chrono::year{y}, std::chrono::month{static_cast<unsigned>(m)},
                                      std::chrono::day{static_cast<unsigned>(d)}};
            if (date.ok()) return date;
        }
    }
    throw InvalidInput("start = '" + std::string(text) + "': must be a calendar date YYYY-MM-DD");
}

double season(const year_month_day& date, const PlatformParams& platform) {
    const auto month = static_cast<unsigned>(date.month());
    if (month == 8) return platform.season_august;
    if (month == 12 && static_cast<unsigned>(date.day()) >= 25) return platform.season_year_end;
    return 1.0;
}

double day_factor(sys_days date, const PlatformParams& platform) {
    const auto weights = platform.weekday_weights.array();
    const double mean_weight = std::accumulate(weights.begin(), weights.end(), 0.0) / 7.0;
    const unsigned weekday = std::chrono::weekday{date}.iso_encoding() - 1;
    return weights[weekday] / mean_weight * season(year_month_day{date}, platform);
}

// Opens a new cell when `key` or the window changes, else extends the last one; returns its index.
struct CellMaker {
    std::vector<Cell>& cells;
    int last_key = -1;

    std::int32_t extend(std::int32_t day, Window window, int key) {
        if (cells.empty() || key != last_key || cells.back().window != window) cells.push_back({day, day, window});
        last_key = key;
        cells.back().end_day = day + 1;
        return static_cast<std::int32_t>(cells.size()) - 1;
    }
};

}  // namespace

Calendar::Calendar(std::string_view start, int warm_up_weeks, int horizon_weeks, int follow_up_weeks,
                   const PlatformsParams& platforms) {
    if (warm_up_weeks < 0 || horizon_weeks < 1 || follow_up_weeks < 0 ||
        warm_up_weeks + horizon_weeks + follow_up_weeks > 1000)
        throw InvalidInput("weeks = " + std::to_string(horizon_weeks) + ", warm_up_weeks = " +
                           std::to_string(warm_up_weeks) + ", follow_up_weeks = " + std::to_string(follow_up_weeks) +
                           ": weeks at least 1, the others at least 0, together at most 1000");
    const sys_days first = parse_date(start) - std::chrono::days{7 * warm_up_weeks};
    const std::int32_t bounds[4] = {0, 7 * warm_up_weeks, 7 * (warm_up_weeks + horizon_weeks),
                                    7 * (warm_up_weeks + horizon_weeks + follow_up_weeks)};
    for (int w = 0; w < 3; ++w) windows.push_back({bounds[w], bounds[w + 1], static_cast<Window>(w)});

    CellMaker week{weeks}, month{months}, quarter{quarters};
    for (std::int32_t day = 0; day < bounds[3]; ++day) {
        const sys_days date = first + std::chrono::days{day};
        const year_month_day ymd{date};
        const auto m = static_cast<int>(static_cast<unsigned>(ymd.month())) - 1;
        const int year = static_cast<int>(ymd.year());
        const Window window = day < bounds[1] ? Window::warm_up : day < bounds[2] ? Window::horizon : Window::follow_up;
        CalendarDay entry{};
        entry.window = window;
        entry.week = week.extend(day, window, day / 7);
        entry.month = month.extend(day, window, year * 12 + m);
        entry.quarter = quarter.extend(day, window, year * 4 + m / 3);
        for (std::size_t p = 0; p < kPlatforms; ++p)
            entry.factor[p] = platforms[p] ? day_factor(date, *platforms[p]) : 0.0;
        if (days.empty() || days.back().week != entry.week || days.back().month != entry.month)
            fragments.push_back({day, day, window, entry.week, entry.month, entry.quarter});
        fragments.back().end_day = day + 1;
        entry.fragment = static_cast<std::int32_t>(fragments.size()) - 1;
        days.push_back(entry);
    }
}

}  // namespace groundswell
