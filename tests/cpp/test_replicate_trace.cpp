// What every post and every candidate view of a replicate shows: the rules of the feed, told again from the events.
#include "engine/replicate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "helpers.hpp"

namespace groundswell {
namespace {

using testing::busy_params;
using testing::design;
using testing::program;
using testing::run;
using testing::total;

struct Traced : ::testing::Test {
    World world = testing::small_world();
    Trace trace;
    std::vector<double> values;
    Design traced_design = design(program());

    void play(const YearParams& params, const Program& p = program()) {
        trace = {};
        traced_design = design(p, params);
        values = run(world, traced_design, 0, &trace);
    }
    const TracePost& post(const TraceView& v) const { return trace.posts[v.post]; }
    Strength strength_of(std::uint32_t author, std::uint32_t viewer) const {
        for (std::uint64_t at = world.row_begin[author]; at < world.row_begin[author + 1]; ++at)
            if (tie_person(world.ties[at]) == viewer) return tie_strength(world.ties[at]);
        throw InternalError("a view without a tie");
    }
    static bool verbatim(const TracePost& p) {
        return p.process == static_cast<std::uint32_t>(Process::program) && !p.own_words;
    }
};

TEST_F(Traced, AMuteActsFromTheNextDay) {
    YearParams params = busy_params();
    params.linkedin.mute = .05;
    play(params);
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> muted_on;  // author, viewer
    std::size_t same_day = 0, later = 0, mutes = 0;
    for (const TraceView& v : trace.views) {
        const auto pair = std::pair{post(v).author, v.viewer};
        const auto it = muted_on.find(pair);
        const bool refused = it != muted_on.end() && it->second < v.minute / 1440;
        ASSERT_EQ(v.refusal == Refusal::muted, refused);
        same_day += it != muted_on.end() && !refused ? 1 : 0;
        later += refused ? 1 : 0;
        if (!v.muted) continue;
        ++mutes;
        ASSERT_TRUE(muted_on.emplace(pair, v.minute / 1440).second) << "muted twice";
    }
    EXPECT_GT(same_day, 0u);
    EXPECT_GT(later, 100u);
    EXPECT_EQ(total(traced_design, values, MeasureId::mutes), static_cast<double>(mutes));
}

TEST_F(Traced, ViewsComeInOrderAndInTime) {
    play(busy_params());
    std::tuple<std::uint32_t, std::uint32_t> last{};
    for (const TraceView& v : trace.views) {
        const std::tuple now{v.minute, v.post};
        ASSERT_LE(last, now);
        last = now;
        const std::uint32_t posted = post(v).day * 1440 + post(v).minute;
        ASSERT_GE(v.minute, posted);
        ASSERT_LE(v.minute, posted + 14 * 1440);
        ASSERT_TRUE(post(v).company);
    }
}

TEST_F(Traced, WeekAndCopiesAreThoseOfTheHistory) {
    YearParams params = busy_params();
    params.linkedin.constants.person_rate = 4;
    params.feed.viewer_limit = 200;
    params.feed.memory_days = 5;
    params.content.items_per_week = .5;  // few items: many copies
    play(params, program(30, 20));
    std::map<std::uint32_t, std::map<std::uint32_t, std::uint32_t>> shown;  // viewer, day
    std::map<std::pair<std::uint32_t, std::uint64_t>, std::pair<std::uint32_t, std::uint32_t>>
        copies;  // count, last day
    std::uint32_t busiest = 0, most_copies = 0, refused = 0;
    for (const TraceView& v : trace.views) {
        if (v.refusal == Refusal::muted) continue;
        const std::uint32_t day = v.minute / 1440;
        std::uint32_t week = 0;
        for (std::uint32_t back = 0; back < 7 && back <= day; ++back)
            week += std::min(shown[v.viewer][day - back], 15u);
        ASSERT_EQ(v.week_impressions, week);
        auto& [count, on] = copies[{v.viewer, post(v).item}];
        const std::uint32_t seen = verbatim(post(v)) && day - on <= 5 ? count : 0;
        ASSERT_EQ(v.copies, seen);
        refused += v.refusal == Refusal::limit_or_copies ? 1 : 0;
        if (v.refusal != Refusal::none) continue;
        busiest = std::max(busiest, ++shown[v.viewer][day]);
        most_copies = std::max(most_copies, seen);
        if (verbatim(post(v))) {
            count = seen + 1;
            on = day;
        }
    }
    EXPECT_GT(busiest, 15u) << "the cap of a day was never reached";
    EXPECT_GT(most_copies, 2u);
    EXPECT_GT(refused, 100u);
}

TEST_F(Traced, SumsAreThoseOfTheEvents) {
    play(busy_params());
    std::map<std::tuple<MeasureId, std::int32_t, int, int>, double> expected;
    const auto fragment_of = [&](std::uint32_t day) { return traced_design.calendar.days[day].fragment; };
    const auto source_of = [&](const TracePost& p) {
        return p.process == static_cast<std::uint32_t>(Process::page)      ? 2
               : p.process == static_cast<std::uint32_t>(Process::program) ? 0
                                                                           : 1;
    };
    for (const TracePost& p : trace.posts) {
        const auto fragment = fragment_of(p.day);
        expected[{p.company ? MeasureId::posts : MeasureId::other_posts, fragment, -1, source_of(p)}] += 1;
        if (p.company)
            expected[{MeasureId::potential_reach, fragment, -1, source_of(p)}] +=
                static_cast<double>(world.row_size(p.author));
    }
    for (const TraceView& v : trace.views) {
        if (v.refusal != Refusal::none) continue;
        const auto segment = static_cast<int>(testing::segment_of(world, v.viewer));
        const auto count = [&](MeasureId m, bool happened) {
            if (happened) expected[{m, fragment_of(v.minute / 1440), segment, source_of(post(v))}] += 1;
        };
        count(MeasureId::impressions, true);
        count(MeasureId::link_impressions, post(v).link);
        count(MeasureId::attended_impressions, v.attended);
        count(MeasureId::engagements, v.engaged);
        count(MeasureId::clicks, v.clicked);
        count(MeasureId::reshares, v.reshared);
        count(MeasureId::mutes, v.muted);
        if (post(v).author != world.page() && strength_of(post(v).author, v.viewer) == Strength::weak) {
            const auto fragment = fragment_of(v.minute / 1440);
            expected[{MeasureId::weak_tie_impressions, fragment, -1, source_of(post(v))}] += 1;
            expected[{MeasureId::weak_tie_reshares, fragment, -1, source_of(post(v))}] += v.reshared ? 1 : 0;
        }
        EXPECT_TRUE(v.attended || !(v.engaged || v.clicked || v.reshared || v.muted));
        EXPECT_TRUE(post(v).link || !v.clicked);
    }
    for (std::size_t r = 0; r < values.size(); ++r) {
        const Row& row = traced_design.layout.rows[r];
        if (row.grain != Grain::fragment || row.measure == MeasureId::displaced_posts) continue;
        ASSERT_EQ(values[r], (expected[{row.measure, row.period, row.segment, row.source}])) << "row " << r;
    }
}

TEST_F(Traced, ReachIsThatOfTheEvents) {
    play(busy_params());
    for (const Cell& cell : traced_design.calendar.months) {
        std::set<std::uint32_t> persons, with_page;
        for (const TraceView& v : trace.views) {
            const auto day = static_cast<std::int32_t>(v.minute / 1440);
            if (v.refusal != Refusal::none || v.viewer < world.employees || day < cell.first_day || day >= cell.end_day)
                continue;
            with_page.insert(v.viewer);
            if (post(v).author != world.page()) persons.insert(v.viewer);
        }
        const auto month = traced_design.calendar.days[static_cast<std::size_t>(cell.first_day)].month;
        const auto value = [&](MeasureId m) { return values[traced_design.layout.first(m, Grain::month, month)]; };
        EXPECT_EQ(value(MeasureId::unique_reach), static_cast<double>(persons.size()));
        EXPECT_EQ(value(MeasureId::unique_reach_with_page), static_cast<double>(with_page.size()));
    }
}

// At the last minute of the run, the segment sums U are those of the viewers' u, faded to that minute.
TEST_F(Traced, SegmentSumsAreTheSumsOfViewers) {
    play(busy_params());
    std::map<std::uint32_t, std::uint32_t> touched;
    for (const TraceView& v : trace.views)
        if (v.attended) touched[v.viewer] = v.minute;
    const auto end = static_cast<double>(traced_design.calendar.day_count()) * 1440;
    const double half_life = traced_design.params.awareness.half_life_weeks * 7 * 1440;
    std::array<double, kSegments> lift{}, favor{};
    for (std::size_t k = 0; k < trace.viewer.size(); ++k) {
        ASSERT_GE(trace.awareness[k], 0);
        ASSERT_LE(trace.awareness[k], 1);
        const std::size_t s = testing::segment_of(world, trace.viewer[k]);
        if (touched.count(trace.viewer[k]) != 0)
            lift[s] += trace.awareness[k] * std::exp2(-(end - touched[trace.viewer[k]]) / half_life);
        favor[s] += trace.favorability[k] - static_cast<double>(static_cast<float>(.1));
    }
    const std::size_t last = trace.segment_lift.size() - kSegments;
    const std::size_t row = traced_design.layout.first(MeasureId::favorability, Grain::window, 2);
    for (std::size_t s = 0; s < kSegments; ++s) {
        EXPECT_GT(lift[s], 0);
        EXPECT_NEAR(trace.segment_lift[last + s], lift[s], 1e-9 * lift[s]);
        const double persons = world.segment_begin[s + 1] - world.segment_begin[s];
        if (s == 0) continue;
        EXPECT_NEAR(values[row + s], .1 + favor[s] / persons, 1e-9);
    }
}

TEST_F(Traced, PostsOfADayAreNumberedAndInTheirHours) {
    play(busy_params(), program(30, 14));
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> ordinal;
    std::uint32_t most = 0;
    for (const TracePost& p : trace.posts) {
        ASSERT_EQ(p.ordinal, (++ordinal[{p.author, p.day}]));
        most = std::max(most, p.ordinal);
        ASSERT_GE(p.minute, 480u);
        ASSERT_LT(p.minute, 1080u);
        ASSERT_EQ(p.identity, post_identity(p.author, p.day, static_cast<Process>(p.process), p.slot));
    }
    EXPECT_GE(most, 3u);
}

// Displacement of 1: no organic post in the seven days after a program post, but again from the eighth day on.
TEST_F(Traced, ProgramPostsDisplaceOrganicOnesForSevenDays) {
    YearParams params = busy_params();
    params.posting.displacement = 1;
    play(params, program(30, 1));
    std::set<std::pair<std::uint32_t, std::uint32_t>> program_days;  // author, day
    for (const TracePost& p : trace.posts)
        if (p.process == static_cast<std::uint32_t>(Process::program)) program_days.emplace(p.author, p.day);
    const auto posted = [&](const TracePost& p, std::uint32_t back) {
        return p.day >= back && program_days.count({p.author, p.day - back}) != 0;
    };
    std::size_t same_day = 0, eighth_day = 0;
    for (const TracePost& p : trace.posts) {
        if (p.process > static_cast<std::uint32_t>(Process::organic_other)) continue;
        for (std::uint32_t back = 1; back <= 7; ++back) ASSERT_FALSE(posted(p, back)) << back << " days before";
        same_day += posted(p, 0) ? 1 : 0;
        eighth_day += posted(p, 8) ? 1 : 0;
    }
    EXPECT_GT(same_day, 0u);
    EXPECT_GT(eighth_day, 0u);
    EXPECT_GT(total(traced_design, values, MeasureId::displaced_posts), 10);
    params.posting.displacement = 0;
    play(params, program(30, 1));
    EXPECT_EQ(total(traced_design, values, MeasureId::displaced_posts), 0);
}

// Items of the program are live when posted: offered in the item_life_days before, some item on every day.
TEST_F(Traced, ProgramPostsTakeLiveItems) {
    YearParams params = busy_params();
    params.content.items_per_week = 3;
    params.content.item_life_days = 10;
    play(params, program(30, 14));
    const double begin = traced_design.calendar.horizon_begin() - 10;
    std::set<std::uint64_t> items;
    for (const TracePost& p : trace.posts) {
        if (!p.company || p.process != static_cast<std::uint32_t>(Process::program)) continue;
        const double offered = begin + std::floor(7.0 * static_cast<double>(p.item) / 3.0);
        ASSERT_LE(offered, p.day);
        ASSERT_GT(offered, static_cast<double>(p.day) - 10);
        items.insert(p.item);
    }
    EXPECT_GT(items.size(), 15u);
}

}  // namespace
}  // namespace groundswell
