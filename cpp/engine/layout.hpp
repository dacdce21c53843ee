// The rows of a replicate's result: one number each, the same list for every replicate of a design.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/calendar.hpp"
#include "engine/measures.hpp"
#include "model/platform.hpp"
#include "model/segment.hpp"

namespace groundswell {

enum class Grain : std::int8_t { fragment, week, month, quarter, window, to_date };
enum class Source : std::int8_t { program, organic, page };
inline constexpr int kSources = 3;
inline constexpr int kHops = 3;  // the last: third and later
inline constexpr std::array<std::string_view, kSources> kSourceNames = {"program", "organic", "page"};

struct Row {
    MeasureId measure;
    Grain grain;
    std::int32_t period;   // index into the calendar's table of that grain (to_date: weeks)
    std::int8_t segment;   // -1: not by segment (sums), or all persons outside the company
    std::int8_t source;    // -1: not by source
    std::int8_t platform;  // -1: all that are on
    std::int8_t hop;       // 1, 2, 3 and later; -1: all
};

class Layout {
public:
    Layout(const Calendar& calendar, const std::vector<Platform>& on);

    std::vector<Row> rows;
    // First row of a measure at a grain and period; the following rows are its segments and sources in order:
    // sums of views: segment-major, then source; then platform, hop, source. Sums of posts: platform, source. Unique
    // and level: all, then the six segments outside the company; then, if there are several, the platforms.
    std::size_t first(MeasureId measure, Grain grain, std::int32_t period) const;

private:
    void add(const Measure& measure, Grain grain, std::int32_t period, const std::vector<Platform>& on);
    std::array<std::array<std::vector<std::int64_t>, 6>, kMeasureIds>
        first_;  // by measure id, grain, period; -1 where absent
};

}  // namespace groundswell
