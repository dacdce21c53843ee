#include "engine/layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <tuple>
#include <vector>

#include "core/errors.hpp"
#include "engine/calendar.hpp"

namespace groundswell {
namespace {

const Measure& measure_of(MeasureId id) {
    for (const Measure& m : measures())
        if (m.id == id) return m;
    throw InternalError("no such measure");
}

Calendar some_calendar(int warm_up = 3, int follow_up = 2) {
    return Calendar("2025-01-20", warm_up, 12, follow_up, PlatformsParams{PlatformParams{}});
}

const std::vector<Platform> kOne = {Platform::facebook};
const std::vector<Platform> kThree = {Platform::linkedin, Platform::instagram, Platform::x};

TEST(Layout, RowsAreUnique) {
    const Calendar calendar = some_calendar();
    for (const auto& on : {kOne, kThree}) {
        const Layout layout(calendar, on);
        std::set<std::tuple<MeasureId, Grain, std::int32_t, int, int, int, int>> seen;
        for (const Row& r : layout.rows)
            EXPECT_TRUE(seen.emplace(r.measure, r.grain, r.period, r.segment, r.source, r.platform, r.hop).second);
    }
}

// Where a row is after the first of its measure, grain and period, from what its columns say.
std::size_t offset_of(const Row& row, const Measure& measure, const std::vector<Platform>& on) {
    const auto at = [&] { return std::find(on.begin(), on.end(), static_cast<Platform>(row.platform)) - on.begin(); };
    std::ptrdiff_t offset = 0;
    if (measure.kind() != MeasureKind::sum) {
        EXPECT_EQ(row.source, -1);
        EXPECT_EQ(row.hop, -1);
        EXPECT_NE(row.segment, 0) << "employees are not in the reach";
        offset = row.segment < 0 ? 0 : row.segment;
        if (row.platform >= 0) offset = (measure.by_segment() ? 7 : 1) + at();
    } else if (measure.by_segment()) {  // views
        EXPECT_EQ(row.segment >= 0, row.platform < 0);
        EXPECT_EQ(row.segment >= 0, row.hop < 0);
        offset = row.segment >= 0 ? row.segment * 3 + row.source : 21 + at() * 9 + (row.hop - 1) * 3 + row.source;
    } else if (measure.by_source()) {  // posts
        EXPECT_EQ(row.segment, -1);
        EXPECT_EQ(row.hop, -1);
        offset = at() * 3 + row.source;
    }
    return static_cast<std::size_t>(offset);
}

TEST(Layout, FirstIsRightForEveryRow) {
    const Calendar calendar = some_calendar();
    for (const auto& on : {kOne, kThree}) {
        const Layout layout(calendar, on);
        for (std::size_t row = 0; row < layout.rows.size(); ++row) {
            const Row& r = layout.rows[row];
            ASSERT_EQ(row, layout.first(r.measure, r.grain, r.period) + offset_of(r, measure_of(r.measure), on));
        }
    }
}

TEST(Layout, EveryMeasureHasItsRows) {
    const Calendar calendar = some_calendar();
    const std::size_t cells = calendar.weeks.size() + calendar.months.size() + calendar.quarters.size() + 3;
    const std::size_t weeks_from_horizon = calendar.weeks.size() - 3;
    for (const auto& on : {kOne, kThree}) {
        const Layout layout(calendar, on);
        for (const Measure& m : measures()) {
            std::size_t rows = 0;
            for (const Row& r : layout.rows) rows += r.measure == m.id ? 1 : 0;
            const std::size_t several = m.by_platform() && on.size() > 1 ? on.size() : 0;
            std::size_t expected = cells * ((m.by_segment() ? 7 : 1) + several);
            if (m.kind() == MeasureKind::unique && m.by_segment()) expected += weeks_from_horizon * (7 + several);
            if (m.kind() == MeasureKind::sum)
                expected = calendar.fragments.size() *
                           (m.by_source() ? (m.by_segment() ? 21 : 0) + on.size() * (m.by_hop() ? 9 : 3) : 1);
            EXPECT_EQ(rows, expected) << m.name;
        }
    }
}

TEST(Layout, PlatformsThatAreOffHaveNoRows) {
    const Calendar calendar = some_calendar();
    std::set<int> seen;
    for (const Row& r : Layout(calendar, kThree).rows) seen.insert(r.platform);
    EXPECT_EQ(seen, (std::set<int>{-1, 0, 2, 3}));
}

TEST(Layout, NothingToDateInTheWarmUp) {
    const Calendar calendar = some_calendar();
    const Layout layout(calendar, kThree);
    std::set<std::int32_t> weeks;
    for (const Row& r : layout.rows) {
        if (r.grain != Grain::to_date) continue;
        EXPECT_NE(calendar.weeks[static_cast<std::size_t>(r.period)].window, Window::warm_up);
        EXPECT_TRUE(r.measure == MeasureId::unique_reach || r.measure == MeasureId::unique_reach_with_page);
        weeks.insert(r.period);
    }
    EXPECT_EQ(weeks.size(), 14u);
    EXPECT_EQ(*weeks.begin(), 3);
    EXPECT_THROW(static_cast<void>(layout.first(MeasureId::unique_reach, Grain::to_date, 2)), InternalError);
}

TEST(Layout, AnEmptyWindowHasNoRows) {
    const Calendar calendar = some_calendar(0, 0);
    const Layout layout(calendar, kThree);
    for (const Row& r : layout.rows)
        EXPECT_TRUE(r.grain != Grain::window || r.period == 1) << "measure " << static_cast<int>(r.measure);
}

TEST(Measures, IdsRiseWithoutGaps) {
    std::int32_t id = 0;
    std::set<std::string_view> names;
    for (const Measure& m : measures()) {
        EXPECT_EQ(static_cast<std::int32_t>(m.id), ++id);
        EXPECT_TRUE(names.insert(m.name).second);
        for (const std::string_view words : {m.unit, m.population, m.rests_on, m.definition})
            EXPECT_FALSE(words.empty()) << m.name;
    }
    EXPECT_EQ(id, static_cast<std::int32_t>(kMeasureIds) - 1);
}

TEST(Measures, EachHasOneSlotAmongThoseOfItsShape) {
    constexpr std::size_t kSlots = kMeasuresOf<Shape::views>.size() + kMeasuresOf<Shape::posts>.size() +
                                   kMeasuresOf<Shape::amount>.size() + kMeasuresOf<Shape::people>.size() +
                                   kMeasuresOf<Shape::authors>.size() + kMeasuresOf<Shape::employees>.size() +
                                   kMeasuresOf<Shape::segment_levels>.size() + kMeasuresOf<Shape::level>.size();
    EXPECT_EQ(kSlots, measures().size());
    constexpr Slot<Shape::views> kClicks = MeasureId::clicks;
    EXPECT_EQ(kMeasuresOf<Shape::views>[kClicks.index], MeasureId::clicks);
    EXPECT_TRUE(kClicks == MeasureId::clicks);
    EXPECT_FALSE(kClicks == MeasureId::mutes);
}

TEST(Measures, WhatIsByHopIsByEverythingElse) {
    for (const Measure& m : measures()) {
        EXPECT_EQ(m.by_hop(), m.kind() == MeasureKind::sum && m.by_segment()) << m.name;
        EXPECT_TRUE(!m.by_hop() || (m.by_platform() && m.by_source())) << m.name;
        EXPECT_TRUE(!m.by_platform() || m.kind() != MeasureKind::level) << m.name;
    }
}

}  // namespace
}  // namespace groundswell
