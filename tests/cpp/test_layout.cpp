#include "engine/layout.hpp"

#include <gtest/gtest.h>

#include <set>
#include <tuple>

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
    return Calendar("2025-01-20", warm_up, 12, follow_up, PlatformParams{});
}

TEST(Layout, RowsAreUnique) {
    const Calendar calendar = some_calendar();
    const Layout layout(calendar);
    std::set<std::tuple<MeasureId, Grain, std::int32_t, int, int>> seen;
    for (const Row& r : layout.rows)
        EXPECT_TRUE(seen.emplace(r.measure, r.grain, r.period, r.segment, r.source).second);
}

TEST(Layout, FirstIsRightForEveryRow) {
    const Calendar calendar = some_calendar();
    const Layout layout(calendar);
    for (std::size_t row = 0; row < layout.rows.size(); ++row) {
        const Row& r = layout.rows[row];
        const Measure& m = measure_of(r.measure);
        const std::size_t first = layout.first(r.measure, r.grain, r.period);
        std::size_t offset = 0;
        if (m.kind == MeasureKind::sum) {
            const int sources = m.by_source ? kSources : 1;
            EXPECT_EQ(r.segment >= 0, m.by_segment);
            EXPECT_EQ(r.source >= 0, m.by_source);
            offset = static_cast<std::size_t>((m.by_segment ? r.segment : 0) * sources + (m.by_source ? r.source : 0));
        } else {
            EXPECT_EQ(r.source, -1);
            EXPECT_NE(r.segment, 0) << "employees are not in the reach";
            offset = r.segment < 0 ? 0 : static_cast<std::size_t>(r.segment);
        }
        EXPECT_EQ(row, first + offset);
    }
}

TEST(Layout, EveryMeasureHasItsRows) {
    const Calendar calendar = some_calendar();
    const Layout layout(calendar);
    const std::size_t cells = calendar.weeks.size() + calendar.months.size() + calendar.quarters.size() + 3;
    const std::size_t weeks_from_horizon = calendar.weeks.size() - 3;
    for (const Measure& m : measures()) {
        std::size_t rows = 0;
        for (const Row& r : layout.rows) rows += r.measure == m.id ? 1 : 0;
        std::size_t expected = cells * (m.by_segment ? 7 : 1);
        if (m.kind == MeasureKind::sum)
            expected = calendar.fragments.size() * (m.by_segment ? kSegments : 1) * (m.by_source ? kSources : 1);
        if (m.kind == MeasureKind::unique && m.by_segment) expected += weeks_from_horizon * 7;
        EXPECT_EQ(rows, expected) << m.name;
    }
}

TEST(Layout, NothingToDateInTheWarmUp) {
    const Calendar calendar = some_calendar();
    const Layout layout(calendar);
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
    const Layout layout(calendar);
    for (const Row& r : layout.rows)
        EXPECT_TRUE(r.grain != Grain::window || r.period == 1) << "measure " << static_cast<int>(r.measure);
}

TEST(Measures, IdsAreOneToNineteenInOrder) {
    std::int32_t id = 0;
    std::set<std::string_view> names;
    for (const Measure& m : measures()) {
        EXPECT_EQ(static_cast<std::int32_t>(m.id), ++id);
        EXPECT_TRUE(names.insert(m.name).second);
        EXPECT_FALSE(m.definition.empty());
    }
    EXPECT_EQ(id, 19);
}

}  // namespace
}  // namespace groundswell
