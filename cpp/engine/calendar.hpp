// The days of a run and the cells they are reported in. Day 0 is the first day of the warm-up. Spec: docs/MODEL.md 1.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/platform.hpp"

namespace groundswell {

enum class Window : std::uint8_t { warm_up, horizon, follow_up };

// Days [first_day, end_day) inside one window.
struct Cell {
    std::int32_t first_day, end_day;
    Window window;
};

// A stretch of days inside one week, one calendar month and one window: additive measures are kept by fragment.
struct Fragment {
    std::int32_t first_day, end_day;
    Window window;
    std::int32_t week, month, quarter;  // indices into Calendar's tables
};

struct CalendarDay {
    std::array<double, kPlatforms> factor;  // weekday x season, mean 1 over the week
    std::int32_t fragment, week, month, quarter;
    Window window;
};

class Calendar {
public:
    // Throws InvalidInput unless the date is YYYY-MM-DD and the weeks are in range.
    Calendar(std::string_view start, int warm_up_weeks, int weeks, int follow_up_weeks,
             const PlatformsParams& platforms);

    std::int32_t day_count() const { return static_cast<std::int32_t>(days.size()); }
    std::int32_t horizon_begin() const { return windows[1].first_day; }
    std::int32_t horizon_end() const { return windows[1].end_day; }

    std::vector<CalendarDay> days;
    std::vector<Fragment> fragments;
    std::vector<Cell> weeks, months, quarters,
        windows;  // windows: warm-up (may be empty), horizon, follow-up (may be empty)
};

}  // namespace groundswell
