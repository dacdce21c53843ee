#include "engine/replicate.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

#include "helpers.hpp"

namespace groundswell {
namespace {

using testing::busy_params;
using testing::design;
using testing::program;
using testing::run;
using testing::total;

constexpr auto kSource = [](Source s) { return [s](const Row& r) { return r.source == static_cast<std::int8_t>(s); }; };

struct ReplicateTest : ::testing::Test {
    World world = testing::small_world();
    Design team = design(program());
    Design none = design(std::nullopt);
};

TEST_F(ReplicateTest, SameValuesInAReusedWorkspaceAndInAFreshOne) {
    YearParams other = busy_params();
    testing::linkedin(other).view_cut_days = 40;
    testing::linkedin(other).constants.person_rate = 2;
    const Design crowded = design(program(30, 20), other);
    const std::vector<double> fresh = run(world, team, 4);
    Workspace workspace(world);
    EXPECT_EQ(run(world, team, 4, workspace), fresh);
    EXPECT_EQ(run(world, team, 4, workspace), fresh);
    run(world, crowded, 9, workspace);  // another design leaves its traces in every part of the workspace
    EXPECT_GT(workspace.posts.next(), 4096u) << "the ring of posts never grew";
    EXPECT_GT(workspace.viewers.overflow.size(), 0u);
    EXPECT_EQ(run(world, team, 4, workspace), fresh);
}

TEST_F(ReplicateTest, SameValuesInAReusedWorkspaceOnTwoPlatforms) {
    const World both = testing::small_world(.2, 0, testing::kTwo);
    const Design on_two = design(program(15, 4, {.5, 0, 0, .5}), busy_params(testing::kTwo));
    YearParams only_x = busy_params({Platform::x});
    only_x.posting.organic_platforms = {.x = 1};
    const Design on_x = design(program(30, 20, {0, 0, 0, 1}), only_x);
    const std::vector<double> fresh = run(both, on_two, 4);
    Workspace workspace(both);
    run(both, on_x, 0, workspace);  // a world may have a platform that a design leaves off
    EXPECT_EQ(run(both, on_two, 4, workspace), fresh);
    EXPECT_EQ(run(both, on_x, 0, workspace), run(both, on_x, 0));
    for (const double v : fresh) ASSERT_TRUE(std::isfinite(v));
}

TEST_F(ReplicateTest, APlatformThatTheWorldLacksIsRefused) {
    const Design on_two = design(program(15, 4, {.5, 0, 0, .5}), busy_params(testing::kTwo));
    EXPECT_EQ(testing::message_of([&] { run(world, on_two, 0); }), "platforms.x: on in the design, off in the world");
}

TEST_F(ReplicateTest, EveryRowIsWrittenAlsoWithoutWarmUpAndFollowUp) {
    for (const testing::Weeks weeks : {testing::Weeks{}, testing::Weeks{.warm_up = 0, .horizon = 3, .follow_up = 0}}) {
        const Design d = design(program(), busy_params(), weeks);
        for (const double v : run(world, d, 0)) ASSERT_TRUE(std::isfinite(v));
    }
}

TEST_F(ReplicateTest, LuckDiffersBetweenReplicatesAndWorlds) {
    EXPECT_NE(run(world, team, 0), run(world, team, 1));
    EXPECT_NE(run(testing::small_world(.2, 1), team, 0), run(world, team, 0));
}

TEST_F(ReplicateTest, TracedAndUntracedRunsAgree) {
    Trace trace;
    EXPECT_EQ(run(world, team, 2, {.trace = &trace}), run(world, team, 2));
    EXPECT_GT(trace.views.size(), 1000u);
}

TEST_F(ReplicateTest, EpochWrapsWithoutATrace) {
    Workspace workspace(world);
    run(world, team, 0, workspace);
    workspace.viewers.epoch = 65'533;
    for (std::uint32_t r = 0; r < 5; ++r)
        EXPECT_EQ(run(world, team, r, workspace), run(world, team, r)) << "replicate " << r;
    EXPECT_EQ(workspace.viewers.epoch, 3);
}

TEST_F(ReplicateTest, InstructionSetsAgree) {
    const Isa before = active_isa();
    force_isa(Isa::scalar);
    const std::vector<double> scalar = run(world, team, 6);
    for (const Isa isa : {Isa::avx2, Isa::avx512}) {
        if (isa > best_isa()) continue;
        force_isa(isa);
        EXPECT_EQ(run(world, team, 6), scalar) << isa_name(isa);
    }
    force_isa(before);
}

TEST_F(ReplicateTest, StopsWhenCancelledAndLeavesTheWorkspaceUsable) {
    const std::vector<double> fresh = run(world, team, 3);
    Workspace workspace(world);
    std::vector<double> values(team.layout.rows.size());
    const RunTables tables(team, world);
    std::atomic<bool> cancel{true};
    EXPECT_THROW(Replicate(tables, 3, workspace, values).run(&cancel), Cancelled);
    for (int trial = 0; trial < 10; ++trial) {
        cancel = false;
        std::thread stopper([&] {
            std::this_thread::sleep_for(std::chrono::microseconds(300 * trial));
            cancel = true;
        });
        try {
            Replicate(tables, 3, workspace, values).run(&cancel);
        } catch (const Cancelled&) {
        }
        stopper.join();
        ASSERT_EQ(run(world, team, 3, workspace), fresh);
    }
}

TEST_F(ReplicateTest, PageOnlyRunHasNothingOfEmployees) {
    const World quiet = testing::small_world(0);
    const std::vector<double> values = run(quiet, none, 0);
    for (const MeasureId m :
         {MeasureId::posts, MeasureId::impressions, MeasureId::potential_reach, MeasureId::engagements}) {
        EXPECT_EQ(total(none, values, m, kSource(Source::program)), 0);
        EXPECT_EQ(total(none, values, m, kSource(Source::organic)), 0);
        EXPECT_GT(total(none, values, m, kSource(Source::page)), 0);
    }
    EXPECT_EQ(total(none, values, MeasureId::unique_reach), 0);
    EXPECT_EQ(total(none, values, MeasureId::active_sharers), 0);
    EXPECT_GT(total(none, values, MeasureId::unique_reach_with_page), 0);
}

TEST_F(ReplicateTest, EmptyTeamIsNoProgram) {
    // All that people see; what a program costs without anybody in it is another matter. Active advocates never leave
    // the company, so nobody may.
    YearParams params = testing::busy_params();
    params.retention.turnover_per_year = 0;
    const auto seen = [&](std::optional<Program> p) {
        const Design made = design(std::move(p), params);
        const std::vector<double> values = run(world, made, 1);
        std::vector<double> of_people;
        for (std::size_t r = 0; r < values.size(); ++r)
            if (made.layout.rows[r].measure <= MeasureId::later_reshared_posts) of_people.push_back(values[r]);
        return of_people;
    };
    EXPECT_EQ(seen(program(0)), seen(std::nullopt));
    EXPECT_EQ(seen(program(15, 0)), seen(std::nullopt));
    EXPECT_NE(seen(program(1)), seen(std::nullopt));
}

TEST_F(ReplicateTest, NothingIsPostedInTheFollowUpWhileViewsStillArrive) {
    const std::vector<double> values = run(world, team, 0);
    const auto in = [&](Window w) { return [this, w](const Row& r) { return testing::window_of(team, r) == w; }; };
    for (const MeasureId m :
         {MeasureId::posts, MeasureId::other_posts, MeasureId::displaced_posts, MeasureId::potential_reach}) {
        EXPECT_EQ(total(team, values, m, in(Window::follow_up)), 0);
        EXPECT_GT(total(team, values, m, in(Window::horizon)), 0);
    }
    EXPECT_GT(total(team, values, MeasureId::impressions, in(Window::follow_up)), 0);
    EXPECT_EQ(total(team, values, MeasureId::posts,
                    [&](const Row& r) { return in(Window::warm_up)(r) && kSource(Source::program)(r); }),
              0)
        << "the program starts with the horizon";
}

TEST_F(ReplicateTest, UniqueIsNoMoreThanImpressionsAndPartsAddUp) {
    const std::vector<double> values = run(world, team, 0);
    std::size_t compared = 0;
    for (std::size_t r = 0; r < values.size(); ++r) {
        const Row& row = team.layout.rows[r];
        if (row.measure != MeasureId::unique_reach || row.segment != -1 || row.platform != -1) continue;
        double parts = 0, persons = 0;
        for (std::size_t s = 1; s < kSegments; ++s) {
            parts += values[r + s];
            EXPECT_LE(values[r + s], world.segment_begin[s + 1] - world.segment_begin[s]);
        }
        EXPECT_EQ(values[r], parts);
        EXPECT_LE(values[r], values[team.layout.first(MeasureId::unique_reach_with_page, row.grain, row.period)]);
        if (row.grain != Grain::week) continue;
        persons = total(team, values, MeasureId::impressions, [&](const Row& f) {
            return f.segment > 0 && f.source != static_cast<std::int8_t>(Source::page) &&
                   team.calendar.fragments[static_cast<std::size_t>(f.period)].week == row.period;
        });
        EXPECT_LE(values[r], persons);
        compared += values[r] > 0 ? 1 : 0;
    }
    EXPECT_GT(compared, 5u);
    for (const MeasureId part :
         {MeasureId::attended_impressions, MeasureId::link_impressions, MeasureId::weak_tie_impressions})
        EXPECT_LT(total(team, values, part), total(team, values, MeasureId::impressions));
    EXPECT_LE(total(team, values, MeasureId::weak_tie_reshares), total(team, values, MeasureId::reshares));
    EXPECT_LE(total(team, values, MeasureId::later_reshared_posts), total(team, values, MeasureId::reshared_posts));
    EXPECT_LE(total(team, values, MeasureId::reshared_posts), total(team, values, MeasureId::posts));
}

// Views of the platforms x hops add up to those of the segments, in every fragment and for every source.
TEST_F(ReplicateTest, HopsAndSegmentsAddUpToTheSame) {
    const World both = testing::small_world(.2, 0, testing::kTwo);
    YearParams params = busy_params(testing::kTwo);
    params.platforms[0]->mute *= 10;  // so that every measure has a cell of the third hop, mutes among them
    params.platforms[3]->mute *= 10;
    const Design d = design(program(15, 4, {.5, 0, 0, .5}), params);
    const std::vector<double> values = run(both, d, 0);
    std::size_t compared = 0;
    for (const Measure& m : measures()) {
        if (!m.by_hop()) continue;
        for (std::int32_t f = 0; f < static_cast<std::int32_t>(d.calendar.fragments.size()); ++f)
            for (int source = 0; source < kSources; ++source) {
                const auto of = [&](const Row& r) { return r.period == f && r.source == source; };
                const double sum = total(d, values, m.id, of);
                EXPECT_EQ(testing::total_by_hop(d, values, m.id, of), sum) << m.name << " " << f << " " << source;
                compared += sum > 0 ? 1 : 0;
            }
        for (int hop = 1; hop <= kHops; ++hop)
            for (const int platform : {0, 3})
                EXPECT_GT(testing::total_by_hop(d, values, m.id,
                                                [&](const Row& r) { return r.hop == hop && r.platform == platform; }),
                          0)
                    << m.name << " hop " << hop;
    }
    EXPECT_GT(compared, 100u);
}

}  // namespace
}  // namespace groundswell
