// The rows of a replicate's result: one number each, the same list for every replicate of a design.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/calendar.hpp"
#include "engine/measures.hpp"
#include "model/segment.hpp"

namespace groundswell {

enum class Grain : std::int8_t { fragment, week, month, quarter, window, to_date };
enum class Source : std::int8_t { program, organic, page };
inline constexpr int kSources = 3;
inline constexpr std::array<std::string_view, kSources> kSourceNames = {"program", "organic", "page"};

struct Row {
    MeasureId measure;
    Grain grain;
    std::int32_t period;  // index into the calendar's table of that grain (to_date: weeks)
    std::int8_t segment;  // -1: not by segment (sums), or all persons outside the company
    std::int8_t source;   // -1: not by source
};

class Layout {
public:
    explicit Layout(const Calendar& calendar);

    std::vector<Row> rows;
    // First row of a measure at a grain and period; the following rows are its segments and sources in order:
    // sums: segment-major, then source; unique and level: all, then the six segments outside the company.
    std::size_t first(MeasureId measure, Grain grain, std::int32_t period) const;

private:
    void add(const Measure& measure, Grain grain, std::int32_t period);
    std::array<std::array<std::vector<std::int64_t>, 6>, 20> first_;  // by measure id, grain, period; -1 where absent
};

}  // namespace groundswell
