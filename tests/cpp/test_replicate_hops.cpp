// What switches views beyond the first hop off, and what they leave as it was.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "traced.hpp"

namespace groundswell {
namespace {

using testing::linkedin;
using testing::program;
using testing::Traced;

struct Hops : Traced {
    double impressions_at(int hop) const {
        return testing::total_by_hop(traced_design, values, MeasureId::impressions,
                                     [hop](const Row& r) { return r.hop == hop; });
    }
    // Nothing that a view does to later ones: no limit, no copies, no repeats, no mutes.
    void uncouple() {
        params.feed.viewer_limit = std::numeric_limits<double>::infinity();
        params.feed.identical_copy = params.feed.repeat_floor = 1;
        linkedin(params).mute = 0;
    }
    void switch_later_hops_off() { linkedin(params).surfaced_views = linkedin(params).reshare_views = 0; }
};

// Bit for bit: later hops draw from streams of their own.
TEST_F(Hops, LaterHopsLeaveTheFirstAsItIs) {
    uncouple();
    linkedin(params).engage = .4;  // enough that some have engaged at a later hop before
    play();
    const auto first_hop = [&] {
        std::vector<TraceView> views;
        std::copy_if(trace.views.begin(), trace.views.end(), std::back_inserter(views),
                     [](const TraceView& v) { return v.hop == 1; });
        return views;
    };
    const std::vector<TraceView> with = first_hop();
    std::set<std::pair<std::uint32_t, std::uint32_t>> engaged, reshared;  // post, person, at any hop
    for (const TraceAct& a : trace.acts) (a.kind == ActKind::reshare ? reshared : engaged).emplace(a.post, a.person);
    EXPECT_GT(trace.views.size(), with.size() + 1000);

    switch_later_hops_off();
    play();
    const std::vector<TraceView> without = first_hop();
    EXPECT_EQ(without.size(), trace.views.size());
    ASSERT_EQ(with.size(), without.size());
    std::size_t before = 0;
    for (std::size_t i = 0; i < with.size(); ++i) {
        const TraceView &a = with[i], &b = without[i];
        ASSERT_EQ(std::tuple(a.post, a.act, a.viewer, a.minute, a.refusal, a.attended, a.clicked),
                  std::tuple(b.post, b.act, b.viewer, b.minute, b.refusal, b.attended, b.clicked));
        ASSERT_LE(a.engaged, b.engaged);
        ASSERT_LE(a.reshared, b.reshared);
        ASSERT_LE(b.engaged, engaged.count({a.post, a.viewer}) != 0) << "then at another hop before";
        ASSERT_LE(b.reshared, reshared.count({a.post, a.viewer}) != 0);
        before += a.engaged != b.engaged ? 1 : 0;
    }
    EXPECT_GT(before, 0u);
}

TEST_F(Hops, WithoutVisibilityActsBringNothing) {
    switch_later_hops_off();
    play();
    EXPECT_GT(stats.acts, 100u) << "acts without a view are acts";
    EXPECT_EQ(stats.impressions, stats.first_hop_impressions);
    EXPECT_EQ(testing::total(traced_design, values, MeasureId::impressions_beyond_first_degree), 0);
    EXPECT_EQ(testing::total(traced_design, values, MeasureId::later_reshared_posts), 0);
    EXPECT_GT(testing::total(traced_design, values, MeasureId::reshared_posts), 10);
    for (const CascadeAct& act : cascades.acts) ASSERT_EQ(act.views, 0u);
}

TEST_F(Hops, SurfacingAndResharingAreSwitchedApart) {
    for (const ActKind off : {ActKind::surfaced, ActKind::reshare}) {
        linkedin(params).surfaced_views = off == ActKind::surfaced ? 0 : 4;
        linkedin(params).reshare_views = off == ActKind::reshare ? 0 : 2;
        play();
        std::size_t views = 0;
        for (const CascadeAct& act : cascades.acts) {
            ASSERT_TRUE(act.kind != off || act.views == 0);
            views += act.views;
        }
        EXPECT_GT(views, 100u);
    }
}

TEST_F(Hops, SurfacingDecayOfZeroEndsAtTheSecondHop) {
    linkedin(params).surfacing_decay = 0;
    play();
    EXPECT_GT(impressions_at(2), 1000);
    EXPECT_EQ(impressions_at(3), 0);
    linkedin(params).surfacing_decay = .8;
    play();
    EXPECT_GT(impressions_at(3), 300);
}

TEST_F(Hops, ReactionDecayOfZeroLeavesOnlyMutesBeyondTheFirst) {
    linkedin(params).reaction_decay = 0;
    linkedin(params).mute = .02;
    play();
    EXPECT_GT(impressions_at(2), 1000);
    EXPECT_EQ(impressions_at(3), 0);
    const auto later = [&](MeasureId m) {
        return testing::total_by_hop(traced_design, values, m, [](const Row& r) { return r.hop > 1; });
    };
    for (const MeasureId m : {MeasureId::engagements, MeasureId::clicks, MeasureId::reshares}) EXPECT_EQ(later(m), 0);
    EXPECT_GT(later(MeasureId::mutes), 0);
}

// Among the rest equal, who sees a reshare does so the more often the more visible it is.
TEST_F(Hops, ViewsOfAnActGrowWithItsVisibility) {
    uncouple();
    linkedin(params).surfacing_decay = 0;  // acts of hop-1 views only, the same in both runs
    linkedin(params).reaction_decay = 0;
    const auto viewers = [&](double views) {
        linkedin(params).surfaced_views = linkedin(params).reshare_views = views;
        play();
        std::set<std::tuple<std::uint32_t, std::uint32_t, ActKind, std::uint32_t>> seen;
        for (const TraceView& v : trace.views)
            if (v.act >= 0) seen.emplace(v.post, act(v.act).person, act(v.act).kind, v.viewer);
        return seen;
    };
    const auto few = viewers(1), many = viewers(5);
    EXPECT_TRUE(std::includes(many.begin(), many.end(), few.begin(), few.end()));
    EXPECT_GT(many.size(), few.size() * 2);
}

// Reshare odds times (n / d) x mean d: where the factor is at least one, who reshared without it reshares with it, and
// the other way round where it is at most one. Without later hops the two runs differ in nothing else.
TEST_F(Hops, FractionalContagionFollowsTheShareOfNeighborsWhoReshared) {
    uncouple();
    switch_later_hops_off();
    linkedin(params).reshare = 1;  // so that many have neighbors who reshared
    play(program(30, 14));
    std::map<std::pair<std::uint32_t, std::uint32_t>, bool> simple;  // post, viewer
    for (const TraceView& v : trace.views) simple[{v.post, v.viewer}] = v.reshared;
    params.feed.fractional_contagion = 1;
    play(program(30, 14));
    const PlatformGraph& graph = world.graph(Platform::linkedin);
    std::map<std::uint32_t, std::vector<TraceAct>> reshares;  // by post
    for (const TraceAct& a : trace.acts)
        if (a.kind == ActKind::reshare) reshares[a.post].push_back(a);
    std::size_t raised = 0, lowered = 0, several = 0;
    for (const TraceView& v : trace.views) {
        if (!v.attended) continue;
        const auto row = graph.row(v.viewer);
        double sharing = 0;
        for (const TraceAct& a : reshares[v.post])
            sharing += a.minute / 60 < v.minute / 60 && tie(Platform::linkedin, v.viewer, a.person) != nullptr ? 1 : 0;
        several += sharing > 0 ? 1 : 0;
        sharing += tie(Platform::linkedin, v.viewer, author(v.post)) != nullptr ? 1 : 0;
        const double factor =
            std::max(sharing, 1.0) / static_cast<double>(std::max<std::size_t>(row.size(), 1)) * graph.mean_degree;
        const bool was = simple.at({v.post, v.viewer});
        ASSERT_TRUE(factor >= 1 ? v.reshared || !was : was || !v.reshared) << factor;
        raised += v.reshared && !was ? 1 : 0;
        lowered += was && !v.reshared ? 1 : 0;
    }
    EXPECT_GT(raised, 30u);
    EXPECT_GT(lowered, 30u);
    EXPECT_GT(several, 100u);
}

}  // namespace
}  // namespace groundswell
