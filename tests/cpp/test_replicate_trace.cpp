// What every post and every candidate view of a replicate shows: the rules of the feed, told again from the events.
#include "engine/replicate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "traced.hpp"

namespace groundswell {
namespace {

using testing::program;
using testing::total;
using testing::Traced;

// Mutes are of (carrier, viewer, platform), whatever the hop.
TEST_F(Traced, AMuteActsFromTheNextDay) {
    use(testing::kTwo);
    for (auto& platform : params.platforms)
        if (platform) platform->mute = .05;
    play(program(15, 4, {.5, 0, 0, .5}));
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::uint32_t> muted_on;
    std::size_t same_day = 0, later = 0, mutes = 0, elsewhere = 0, of_outsiders = 0;
    for (const TraceView& v : trace.views) {
        const std::tuple key{carrier(v), v.viewer, post(v).platform};
        const auto it = muted_on.find(key);
        const bool refused = it != muted_on.end() && it->second < v.minute / 1440;
        ASSERT_EQ(v.refusal == Refusal::muted, refused);
        same_day += it != muted_on.end() && !refused ? 1 : 0;
        later += refused ? 1 : 0;
        elsewhere += !refused && muted_on.count({carrier(v), v.viewer, 3 - post(v).platform}) != 0 ? 1 : 0;
        if (!v.muted) continue;
        ++mutes;
        of_outsiders += carrier(v) >= world.employees && carrier(v) < world.page_node() ? 1 : 0;
        ASSERT_TRUE(muted_on.emplace(key, v.minute / 1440).second) << "muted twice";
    }
    EXPECT_GT(same_day, 0u);
    EXPECT_GT(later, 100u);
    EXPECT_GT(elsewhere, 0u) << "a mute on one platform leaves the other as it is";
    EXPECT_GT(of_outsiders, 0u) << "persons who reshare can be muted";
    EXPECT_EQ(total(traced_design, values, MeasureId::mutes), static_cast<double>(mutes));
}

TEST_F(Traced, ViewsComeInOrderAndInTime) {
    use(testing::kTwo);
    play(program(15, 4, {.5, 0, 0, .5}));
    const Numbers number_of = numbers();
    std::tuple<std::uint32_t, std::uint32_t, std::uint32_t> last{};
    for (const TraceView& v : trace.views) {
        const std::tuple now{v.minute, number(number_of, v.post, v.act), v.viewer};
        ASSERT_TRUE(last < now || &v == &trace.views.front());
        last = now;
        const std::uint32_t begin = v.act < 0 ? post(v).day * 1440 + post(v).minute : act(v.act).minute;
        ASSERT_GE(v.minute, begin);
        ASSERT_LE(v.minute, begin + 14 * 1440);
        ASSERT_TRUE(post(v).company);
    }
}

TEST_F(Traced, WeekIsOfAPlatformAndCopiesAreOfAll) {
    use(testing::kTwo);
    for (auto& platform : params.platforms)
        if (platform) platform->constants.person_rate = 4;
    params.feed.viewer_limit = 200;
    params.feed.memory_days = 5;
    params.content.items_per_week = .5;  // few items: many copies
    play(program(30, 20, {.6, 0, 0, .4}));
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::uint32_t> shown_on;  // platform, viewer, day
    std::map<std::pair<std::uint32_t, std::uint64_t>, std::pair<std::uint32_t, std::uint32_t>>
        copies;  // count, last day
    std::uint32_t busiest = 0, most_copies = 0, refused = 0, refused_later = 0;
    for (const TraceView& v : trace.views) {
        if (v.refusal == Refusal::muted) continue;
        const std::uint32_t day = v.minute / 1440;
        std::uint32_t week = 0;
        for (std::uint32_t back = 0; back < 7 && back <= day; ++back)
            week += std::min(shown_on[{post(v).platform, v.viewer, day - back}], 15u);
        ASSERT_EQ(v.week_impressions, week);
        auto& [count, on] = copies[{v.viewer, post(v).item}];
        const std::uint32_t seen = verbatim(post(v)) && day - on <= 5 ? count : 0;
        ASSERT_EQ(v.copies, seen);
        refused += shown(v) ? 0 : 1;
        refused_later += shown(v) || v.hop == 1 ? 0 : 1;
        if (!shown(v)) continue;
        busiest = std::max(busiest, ++shown_on[{post(v).platform, v.viewer, day}]);
        most_copies = std::max(most_copies, seen);
        if (verbatim(post(v))) {
            count = seen + 1;
            on = day;
        }
    }
    EXPECT_GT(busiest, 15u) << "the cap of a day was never reached";
    EXPECT_GT(most_copies, 2u);
    EXPECT_GT(refused, 100u);
    EXPECT_GT(refused_later, 100u);
}

// Every row of kind sum, from the posts and the views.
class Sums {
public:
    using Key = std::tuple<MeasureId, std::int32_t, int, int, int, int>;  // …, segment, source, platform, hop

    void add_view(MeasureId m, std::int32_t fragment, std::size_t segment, const TracePost& p, std::uint32_t hop) {
        const int source = static_cast<int>(Traced::source(p));
        sums_[{m, fragment, static_cast<int>(segment), source, -1, -1}] += 1;
        sums_[{m, fragment, -1, source, static_cast<int>(p.platform), static_cast<int>(std::min(hop, 3u))}] += 1;
    }
    void add_post(MeasureId m, std::int32_t fragment, const TracePost& p, double amount = 1) {
        sums_[{m, fragment, -1, static_cast<int>(Traced::source(p)), static_cast<int>(p.platform), -1}] += amount;
    }
    double at(const Row& r) const {
        const auto it = sums_.find({r.measure, r.period, r.segment, r.source, r.platform, r.hop});
        return it == sums_.end() ? 0 : it->second;
    }

private:
    std::map<Key, double> sums_;
};

struct SumsOfEvents : Traced {
    Sums expected;
    std::set<std::uint32_t> reshared, later_reshared;  // posts

    void tell_posts() {
        for (const TracePost& p : trace.posts) {
            const auto fragment = fragment_of(p.day * 1440);
            expected.add_post(p.company ? MeasureId::posts : MeasureId::other_posts, fragment, p);
            if (!p.company) continue;
            const std::size_t connections = world.graph(platform(p)).row(world.node(p.author)).size();
            expected.add_post(MeasureId::potential_reach, fragment, p, static_cast<double>(connections));
        }
    }
    void tell_view(const TraceView& v) {
        const TracePost& p = post(v);
        const std::int32_t fragment = fragment_of(v.minute);
        const auto count = [&](MeasureId m, bool happened) {
            if (happened) expected.add_view(m, fragment, testing::segment_of(world, v.viewer), p, v.hop);
        };
        const auto count_post = [&](MeasureId m, bool happened) {
            if (happened) expected.add_post(m, fragment, p);
        };
        count(MeasureId::impressions, true);
        count(MeasureId::link_impressions, p.link);
        count(MeasureId::attended_impressions, v.attended);
        count(MeasureId::engagements, v.engaged);
        count(MeasureId::clicks, v.clicked);
        count(MeasureId::reshares, v.reshared);
        count(MeasureId::mutes, v.muted);
        const TieWord* over = tie(platform(p), giver(v), v.viewer);
        ASSERT_NE(over, nullptr) << "a view without a tie";
        const bool weak = tie_strength(*over) == Strength::weak;
        count_post(MeasureId::weak_tie_impressions, weak);
        count_post(MeasureId::weak_tie_reshares, weak && v.reshared);
        count_post(MeasureId::impressions_beyond_first_degree, tie(platform(p), author(v.post), v.viewer) == nullptr);
        count_post(MeasureId::reshared_posts, v.reshared && reshared.insert(v.post).second);
        count_post(MeasureId::later_reshared_posts, v.reshared && v.hop > 1 && later_reshared.insert(v.post).second);
        EXPECT_TRUE(v.attended || !(v.engaged || v.clicked || v.reshared || v.muted));
        EXPECT_TRUE(p.link || !v.clicked);
    }
};

TEST_F(SumsOfEvents, AreTheRows) {
    use(testing::kTwo);
    play(program(15, 4, {.5, 0, 0, .5}));
    tell_posts();
    for (const TraceView& v : trace.views) {
        if (!shown(v)) continue;
        ASSERT_NO_FATAL_FAILURE(tell_view(v));
    }
    for (std::size_t r = 0; r < values.size(); ++r) {
        const Row& row = traced_design.layout.rows[r];
        if (row.grain != Grain::fragment || row.measure == MeasureId::displaced_posts) continue;
        if (row.measure > MeasureId::later_reshared_posts) continue;  // of the program: test_replicate_program
        ASSERT_EQ(values[r], expected.at(row)) << "row " << r << " measure " << static_cast<int>(row.measure);
    }
    EXPECT_GT(reshared.size(), later_reshared.size());
    EXPECT_GT(later_reshared.size(), 3u);
    EXPECT_GT(total(traced_design, values, MeasureId::impressions_beyond_first_degree), 100);
}

TEST_F(Traced, ReachIsThatOfTheEvents) {
    use(testing::kTwo);
    play(program(15, 4, {.5, 0, 0, .5}));
    double on_both = 0;
    const std::vector<Cell>& months = traced_design.calendar.months;
    for (std::size_t month = 0; month < months.size(); ++month) {
        std::array<std::set<std::uint32_t>, 3> persons, with_page;  // on LinkedIn, on X, on any
        for (const TraceView& v : trace.views) {
            const auto day = static_cast<std::int32_t>(v.minute / 1440);
            if (!shown(v) || v.viewer < world.employees || day < months[month].first_day ||
                day >= months[month].end_day)
                continue;
            for (const std::size_t column : {post(v).platform / 3u, 2u}) {
                with_page[column].insert(v.viewer);
                if (source(post(v)) != Source::page) persons[column].insert(v.viewer);
            }
        }
        const auto expect = [&](MeasureId m, const std::array<std::set<std::uint32_t>, 3>& sets) {
            const std::size_t row = traced_design.layout.first(m, Grain::month, static_cast<std::int32_t>(month));
            const double linkedin = values[row + 7], x = values[row + 8];
            EXPECT_EQ(values[row], static_cast<double>(sets[2].size()));
            EXPECT_EQ(linkedin, static_cast<double>(sets[0].size()));
            EXPECT_EQ(x, static_cast<double>(sets[1].size()));
            EXPECT_LE(std::max(linkedin, x), values[row]);
            EXPECT_LE(values[row], linkedin + x);
            on_both += linkedin + x - values[row];
        };
        expect(MeasureId::unique_reach, persons);
        expect(MeasureId::unique_reach_with_page, with_page);
    }
    EXPECT_GT(on_both, 50);
}

// At the last minute of the run, the segment sums U and F are those of the viewers, faded to that minute.
TEST_F(Traced, SegmentSumsAreTheSumsOfViewers) {
    play();
    std::map<std::uint32_t, std::uint32_t> touched;
    for (const TraceView& v : trace.views)
        if (v.attended) touched[v.viewer] = v.minute;
    const auto end = static_cast<double>(traced_design.calendar.day_count()) * 1440;
    const double half_life = traced_design.params.awareness.half_life_weeks * 7 * 1440;
    const double fading = traced_design.params.awareness.favorability_half_life_weeks * 7 * 1440;
    std::array<double, kSegments> lift{}, favor{};
    for (std::size_t k = 0; k < trace.viewer.size(); ++k) {
        ASSERT_GE(trace.awareness[k], 0);
        ASSERT_LE(trace.awareness[k], 1);
        const std::size_t s = testing::segment_of(world, trace.viewer[k]);
        const double passed = end - touched[trace.viewer[k]];  // of who has attended nothing: no matter
        lift[s] += trace.awareness[k] * std::exp2(-passed / half_life);
        favor[s] += (trace.favorability[k] - static_cast<double>(static_cast<float>(.1))) * std::exp2(-passed / fading);
    }
    const std::size_t last = trace.segment_lift.size() - kSegments;
    const std::size_t row = traced_design.layout.first(MeasureId::favorability, Grain::window, 2);
    for (std::size_t s = 0; s < kSegments; ++s) {
        EXPECT_GT(lift[s], 0);
        EXPECT_NEAR(trace.segment_lift[last + s], lift[s], 1e-9 * lift[s]);
        EXPECT_GT(std::abs(favor[s]), .1);
        EXPECT_NEAR(trace.segment_favor[last + s], favor[s], 1e-9 * std::abs(favor[s]) + 1e-12);
        const double persons = world.segment_begin[s + 1] - world.segment_begin[s];
        if (s == 0) continue;
        EXPECT_NEAR(values[row + s], .1 + favor[s] / persons, 1e-9);
    }
}

TEST_F(Traced, PostsOfADayAreNumberedAndInTheirHours) {
    use(testing::kTwo);
    play(program(30, 20, {.5, 0, 0, .5}));
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::uint32_t> ordinal;
    std::uint32_t most = 0;
    for (const TracePost& p : trace.posts) {
        ASSERT_EQ(p.ordinal, (++ordinal[{p.author, p.day, p.platform}]));
        most = std::max(most, p.ordinal);
        ASSERT_GE(p.minute, 480u);
        ASSERT_LT(p.minute, 1080u);
        ASSERT_EQ(p.identity, post_identity(draw_number(Author::from_number(p.author), world), p.day, platform(p),
                                            static_cast<Process>(p.process), p.slot));
    }
    EXPECT_GE(most, 3u);
}

// Displacement of 1: no organic post in the seven days after a program post, but again from the eighth day on.
TEST_F(Traced, ProgramPostsDisplaceOrganicOnesForSevenDays) {
    use(testing::kTwo);
    params.posting.displacement = 1;
    play(program(30, 1, {.5, 0, 0, .5}));
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
    play(program(30, 1, {.5, 0, 0, .5}));
    EXPECT_EQ(total(traced_design, values, MeasureId::displaced_posts), 0);
}

// Items of the program are live when posted: offered in the item_life_days before, some item on every day.
TEST_F(Traced, ProgramPostsTakeLiveItems) {
    params.content.items_per_week = 3;
    params.content.item_life_days = 10;
    play(program(30, 14));
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
