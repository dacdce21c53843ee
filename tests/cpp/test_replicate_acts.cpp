// Who passes a post on, to whom, when and how visibly: section 4b of docs/MODEL.md, told again from the events.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "core/draws.hpp"
#include "core/keyed_hash.hpp"
#include "core/streams.hpp"
#include "traced.hpp"

namespace groundswell {
namespace {

using testing::program;
using testing::Traced;

constexpr std::array<double, kPlatforms> kHalves = {.5, 0, 0, .5};

struct Acts : Traced {
    static constexpr std::array<std::uint32_t, kPlatforms> kSlice = {60, 0, 0, 6};  // of the platforms that are on

    std::uint32_t slice_of(const TraceAct& a) const { return kSlice[trace.posts[a.post].platform]; }
    std::uint32_t next_slice(const TraceAct& a) const { return (a.minute / slice_of(a) + 1) * slice_of(a); }
    std::span<const TieWord> row_of(const TraceAct& a) const {
        return world.graph(platform(trace.posts[a.post])).row(a.person);
    }
    const PlatformParams& of(const TraceAct& a) const { return *params.platforms[trace.posts[a.post].platform]; }

    // Key of the post or act, as docs/MODEL.md makes it.
    std::uint64_t key_of(std::uint32_t post_index, std::int32_t act_index) const {
        const StreamKey views = stream_key(world.seed, world.index, 0, Decision::views);
        const std::uint64_t identity = trace.posts[post_index].identity;
        const Block k = act_index < 0 ? draw(views, identity)
                                      : draw(views, identity, world.viewers().of(act(act_index).person),
                                             act(act_index).kind == ActKind::reshare ? 2 : 1);
        return k[0] | (std::uint64_t{k[1]} << 32);
    }
    double tie_value(TieWord word) const {
        return std::exp(-6.2 + .3 * (tie_class(word) % 32)) * std::array{.8, 1.8, 1.0}[tie_class(word) / 32];
    }
    double visibility(const TraceAct& a) const {
        double sum = 0;
        for (const TieWord word : row_of(a)) sum += tie_value(word);
        const double decay = std::pow(of(a).surfacing_decay, static_cast<double>(a.hop) - 2);
        return a.kind == ActKind::reshare ? of(a).constants.reshare_rate * of(a).reshare_views * decay
                                          : of(a).surfaced_views * decay / sum;
    }
    void SetUp() override {
        use(testing::kTwo);
        play(program(15, 4, kHalves));
    }
};

// Post, parent, person and kind of an act.
using What = std::tuple<std::uint32_t, std::int32_t, std::uint32_t, ActKind>;

TEST_F(Acts, AreTheEngagementsAndResharesOfTheViews) {
    std::map<What, std::pair<std::uint32_t, std::uint32_t>> expected;  // minute, hop
    for (const TraceView& v : trace.views) {
        const std::pair when{v.minute, std::min(v.hop + 1, 15u)};
        if (v.engaged) expected.emplace(What{v.post, v.act, v.viewer, ActKind::surfaced}, when);
        if (v.reshared) expected.emplace(What{v.post, v.act, v.viewer, ActKind::reshare}, when);
    }
    EXPECT_EQ(trace.acts.size(), expected.size());
    EXPECT_EQ(stats.acts, expected.size());
    for (const TraceAct& a : trace.acts) {
        const auto it = expected.find({a.post, a.parent, a.person, a.kind});
        ASSERT_NE(it, expected.end());
        ASSERT_EQ(it->second, (std::pair{a.minute, a.hop}));
        expected.erase(it);
    }
}

TEST_F(Acts, AtMostOneEngagementAndOneReshareOfAPostByAPerson) {
    std::set<std::tuple<std::uint32_t, std::uint32_t, ActKind>> seen;
    std::set<std::pair<std::uint32_t, std::uint32_t>> attended;
    std::size_t again = 0, both = 0;
    for (const TraceAct& a : trace.acts) {
        ASSERT_TRUE(seen.emplace(a.post, a.person, a.kind).second);
        both += seen.count({a.post, a.person, ActKind::surfaced}) * seen.count({a.post, a.person, ActKind::reshare});
    }
    for (const TraceView& v : trace.views) again += v.attended && !attended.emplace(v.post, v.viewer).second ? 1 : 0;
    EXPECT_GT(both, 10u);
    EXPECT_GT(again, 50u) << "few could have acted twice";
}

TEST_F(Acts, HopsFollowEachOther) {
    std::uint32_t most = 0;
    for (const TraceAct& a : trace.acts) {
        ASSERT_EQ(a.hop, a.parent < 0 ? 2 : std::min(act(a.parent).hop + 1, 15u));
        ASSERT_TRUE(a.parent < 0 || act(a.parent).post == a.post);
        most = std::max(most, a.hop);
    }
    for (const TraceView& v : trace.views) {
        ASSERT_EQ(v.hop, v.act < 0 ? 1u : act(v.act).hop);
        ASSERT_TRUE(v.act < 0 || act(v.act).post == v.post);
    }
    EXPECT_GT(most, 4u);
}

TEST_F(Acts, OfASliceAreInTheOrderOfTheirViews) {
    const Numbers number_of = numbers();
    std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t, ActKind> last{};
    for (const TraceAct& a : trace.acts) {
        const std::tuple now{a.minute / 6, a.minute, number(number_of, a.post, a.parent), a.person, a.kind};
        ASSERT_TRUE(last < now || &a == &trace.acts.front());
        last = now;
    }
}

TEST_F(Acts, NobodySeesTheirOwnPostOrAct) {
    std::size_t carried = 0;
    for (const TraceView& v : trace.views) {
        ASSERT_NE(v.viewer, author(v.post));
        ASSERT_NE(v.viewer, carrier(v));
        ASSERT_NE(tie(platform(post(v)), giver(v), v.viewer), nullptr);
        if (v.act < 0) continue;
        ASSERT_NE(v.viewer, act(v.act).person);
        carried += carrier(v) != act(v.act).person && carrier(v) != author(v.post) ? 1 : 0;
    }
    EXPECT_GT(carried, 20u) << "surfaced from a reshare";
}

TEST_F(Acts, ViewsComeInALaterSlice) {
    std::array<std::size_t, kPlatforms> at_once{}, later{};
    for (const TraceView& v : trace.views) {
        if (v.act < 0) continue;
        ASSERT_GE(v.minute, next_slice(act(v.act)));
        ++(v.minute == next_slice(act(v.act)) ? at_once : later)[post(v).platform];
    }
    for (const std::size_t p : {0u, 3u}) {
        EXPECT_GT(at_once[p], 10u);
        EXPECT_GT(later[p], 100u);
    }
}

TEST_F(Acts, AreVisibleAsTheirFormulasSay) {
    std::size_t reshares = 0;
    for (const TraceAct& a : trace.acts) {
        const bool nobody = a.kind == ActKind::surfaced && row_of(a).empty();  // a follower of the page without ties
        ASSERT_NEAR(nobody ? 1 + a.visibility : a.visibility / visibility(a), 1, 1e-12);
        reshares += a.kind == ActKind::reshare ? 1 : 0;
    }
    EXPECT_GT(reshares, 100u);
    EXPECT_GT(trace.acts.size() - reshares, 100u);
}

// Hash, threshold and moment of every tie of every act give exactly the candidate views of the run.
TEST_F(Acts, CandidatesAreThoseOfTheRow) {
    std::set<std::tuple<std::int32_t, std::uint32_t, std::uint32_t>> expected, seen;  // act, viewer, minute
    const auto end = static_cast<std::uint32_t>(traced_design.calendar.day_count()) * 1440;
    for (std::size_t i = 0; i < trace.acts.size(); ++i) {
        const auto index = static_cast<std::int32_t>(i);
        const TraceAct& a = trace.acts[i];
        const std::uint64_t key = key_of(a.post, index);
        const double cut = of(a).view_cut_days * 1440, half_life = of(a).later_half_life_hours * 60;
        const double scale = .5 * cut * half_life / (.5 * cut - half_life);
        for (const TieWord word : row_of(a)) {
            const std::uint32_t person = tie_person(word);
            if (person == author(a.post) || person == carrier(a.post, index)) continue;
            const double p = 1 - std::exp(-a.visibility * tie_value(word));
            if (!(view_hash(key, world.viewers().of(person)) < threshold(p))) continue;
            const double u =
                unit(static_cast<std::uint32_t>(view_word(key, world.viewers().of(person), 0))) * cut / (cut + scale);
            const auto delay = static_cast<std::uint32_t>(scale * u / (1 - u));
            const std::uint32_t moment = std::max(a.minute + delay, next_slice(a));
            if (moment < end) expected.emplace(index, person, moment);
        }
    }
    for (const TraceView& v : trace.views)
        if (v.act >= 0) seen.emplace(v.act, v.viewer, v.minute);
    EXPECT_GT(seen.size(), 1000u);
    EXPECT_TRUE(seen == expected) << seen.size() << " views, " << expected.size() << " expected";
}

// What the page's post surfaces is still looked at as the page's; a reshare is the resharer's.
TEST_F(Acts, AttentionIsThatOfTheCarrier) {
    std::array<std::size_t, 2> later{};  // carried by persons, by the page
    for (const TraceView& v : trace.views) {
        if (!shown(v)) continue;
        const bool page = carrier(v) == world.page_node();
        const double attention = page ? .5 / 1.3 : .5;
        const std::uint64_t w0 = view_word(key_of(v.post, v.act), world.viewers().of(v.viewer), 0);
        ASSERT_EQ(v.attended, static_cast<std::uint32_t>(w0 >> 32) < threshold(attention));
        if (v.hop > 1) ++later[page ? 1 : 0];
    }
    EXPECT_GT(later[0], 100u);
    EXPECT_GT(later[1], 100u) << "the page's posts surface too";
}

TEST_F(Acts, CascadeLogIsTheTrace) {
    ASSERT_EQ(cascades.acts.size(), trace.acts.size());
    std::vector<std::uint32_t> views(trace.acts.size()), number(trace.acts.size()), acts_of(cascades.posts.size());
    std::vector<std::uint32_t> company;  // trace index of each post of the log
    for (std::uint32_t p = 0; p < trace.posts.size(); ++p)
        if (trace.posts[p].company) company.push_back(p);
    ASSERT_EQ(cascades.posts.size(), company.size());
    for (std::size_t p = 0; p < company.size(); ++p) {
        const TracePost& traced = trace.posts[company[p]];
        const CascadePost& post = cascades.posts[p];
        ASSERT_EQ(std::tuple(post.author, post.source, post.platform, post.day),
                  std::tuple(traced.author, source(traced), platform(traced), traced.day));
    }
    for (const TraceView& v : trace.views)
        if (shown(v) && v.act >= 0) ++views[static_cast<std::size_t>(v.act)];
    for (std::size_t i = 0; i < trace.acts.size(); ++i) {
        const TraceAct& traced = trace.acts[i];
        const CascadeAct& logged = cascades.acts[i];
        ASSERT_EQ(company[logged.post], traced.post);
        number[i] = ++acts_of[logged.post];
        const std::uint32_t parent = traced.parent < 0 ? 0 : number[static_cast<std::size_t>(traced.parent)];
        ASSERT_EQ(std::tuple(logged.number, logged.parent, logged.person, logged.hop, logged.kind, logged.views),
                  std::tuple(number[i], parent, traced.person, traced.hop, traced.kind, views[i]));
        ASSERT_EQ(logged.day * 1440 + logged.minute, traced.minute);
    }
    std::uint64_t sum = 0;
    for (const CascadeAct& logged : cascades.acts) sum += logged.views;
    EXPECT_EQ(sum, stats.impressions - stats.first_hop_impressions);
    EXPECT_EQ(static_cast<double>(sum), testing::total_by_hop(traced_design, values, MeasureId::impressions,
                                                              [](const Row& r) { return r.hop > 1; }));
}

}  // namespace
}  // namespace groundswell
