// A program in a busy year: who leaves, who takes part, what that does to posts and what it costs.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "traced.hpp"

namespace groundswell {
namespace {

using testing::total;
using testing::Traced;

struct ProgramYear : Traced {
    ProgramYear() { params.participation.enrollment_rate = 1; }

    static Program invite(const ProgramSettings& settings = {}) {
        Program p;
        p.selection.emplace();
        p.periods = {{0, settings}};
        return p;
    }
    static ProgramSettings with(double ProgramSettings::*lever, double value) {
        ProgramSettings s;
        s.*lever = value;
        return s;
    }
    MemberState state(std::int32_t day_of_horizon, std::uint32_t i) const {
        return static_cast<MemberState>(
            trace.member_state[static_cast<std::size_t>(day_of_horizon) * world.employees + i]);
    }
    double motivation(std::int32_t day_of_horizon, std::uint32_t i) const {
        return trace.motivation[static_cast<std::size_t>(day_of_horizon) * world.employees + i];
    }
    double sum(MeasureId m) const { return total(traced_design, values, m); }
    std::int32_t begin() const { return traced_design.calendar.horizon_begin(); }
    std::int32_t days() const { return traced_design.calendar.horizon_end() - begin(); }
    std::uint32_t in_state(std::int32_t day_of_horizon, MemberState wanted) const {
        std::uint32_t n = 0;
        for (std::uint32_t i = 0; i < world.employees; ++i) n += state(day_of_horizon, i) == wanted ? 1 : 0;
        return n;
    }
};

TEST_F(ProgramYear, OnlyActiveMembersPostForTheProgramAndNobodyWhoHasLeft) {
    params.retention.turnover_per_year = .9;
    params.participation.dormancy = .3;
    params.participation.return_rate = .3;
    play(invite());
    std::set<MemberState> seen;
    for (std::int32_t d = 0; d < days(); ++d)
        for (std::uint32_t i = 0; i < world.employees; ++i) seen.insert(state(d, i));
    EXPECT_EQ(seen.size(), 5u) << "invited, active, dormant, dropped out, left";
    std::size_t program_posts = 0;
    for (const TracePost& p : trace.posts) {
        const auto d = static_cast<std::int32_t>(p.day) - begin();
        if (p.author == world.page() || d < 0) continue;
        EXPECT_NE(state(d, p.author), MemberState::left);
        if (source(p) != Source::program) continue;
        ++program_posts;
        EXPECT_EQ(state(d, p.author), MemberState::active);
    }
    EXPECT_GT(program_posts, 50u);
    EXPECT_EQ(sum(MeasureId::exits), in_state(days() - 1, MemberState::left));
}

TEST_F(ProgramYear, AMandateEnrollsAllAndTurnsTheUnwilling) {
    params.participation.enrollment_rate = 0;
    params.participation.negative_posts = .5;
    params.participation.negative_posts_without_guidelines = 0;
    Program p = invite();
    p.periods = {{0, {}}, {14, with(&ProgramSettings::mandate, 1)}, {28, {}}};
    play(p);
    EXPECT_EQ(in_state(13, MemberState::active), 0u);
    EXPECT_EQ(in_state(14, MemberState::active) + in_state(14, MemberState::left), world.employees);
    EXPECT_GT(sum(MeasureId::coerced_days), 0);
    EXPECT_GT(sum(MeasureId::negative_posts), 0);
    for (const TracePost& post : trace.posts) {
        if (!post.negative) continue;
        const auto d = static_cast<std::int32_t>(post.day) - begin();
        EXPECT_TRUE(d >= 14 && d < 28);
        EXPECT_LT(world.workforce[Attribute::willingness][post.author], .4);
        EXPECT_LT(post.authenticity, .73);  // 1.2 x 0.6 at most
    }
}

TEST_F(ProgramYear, NegativePostsTurnFavorabilityDown) {
    const auto favor = [&](double negative) {
        params.participation.coerced_willingness = 1;
        params.participation.negative_posts = negative;
        play(invite(with(&ProgramSettings::mandate, 1)));
        double sum_of_favor = 0;
        for (const double f : trace.favorability) sum_of_favor += f;
        EXPECT_TRUE(std::all_of(trace.favorability.begin(), trace.favorability.end(),
                                [](double f) { return f >= -1 && f <= 1; }));
        return sum_of_favor / static_cast<double>(trace.favorability.size());
    };
    const double kind = favor(0), mixed = favor(.3), hostile = favor(1);
    EXPECT_GT(kind, mixed);
    EXPECT_GT(mixed, hostile);
    EXPECT_LT(hostile, 0);
}

// Negative for want of taste are more posts without guidelines than with half of them, those among them, and none with
// guidelines; coerced people write theirs whatever the guidelines.
TEST_F(ProgramYear, GuidelinesSpareTheProgramWhatLackOfTasteWrites) {
    params.participation.negative_posts_without_guidelines = .3;
    params.participation.no_guidelines = 1;  // guidelines shall act on taste alone
    params.participation.enrollment_rate = 5;
    const auto negative = [&](double guidelines, double mandate) {
        ProgramSettings settings = with(&ProgramSettings::guidelines, guidelines);
        settings.mandate = mandate;
        play(invite(settings));
        std::set<std::uint64_t> found;
        for (const TracePost& post : trace.posts) {
            EXPECT_TRUE(!post.negative || post.process == 2);
            if (post.negative) found.insert(post.identity);
        }
        EXPECT_EQ(static_cast<double>(found.size()), sum(MeasureId::negative_posts));
        return found;
    };
    const auto none = negative(0, 0), half = negative(.5, 0), full = negative(1, 0);
    EXPECT_TRUE(full.empty());
    EXPECT_GT(half.size(), 20u);
    EXPECT_GT(none.size(), half.size());
    EXPECT_TRUE(std::includes(none.begin(), none.end(), half.begin(), half.end()));
    params.participation.negative_posts = .3;
    const auto coerced = negative(1, 1), both = negative(0, 1);
    EXPECT_FALSE(coerced.empty());
    EXPECT_GT(both.size(), coerced.size());
    EXPECT_TRUE(std::includes(both.begin(), both.end(), coerced.begin(), coerced.end()));
}

// Hours of training turn supplied posts of the program into posts in own words, and none the other way.
TEST_F(ProgramYear, TrainingGivesTheAuthorityToSpeak) {
    params.participation.enrollment_rate = 5;
    params.participation.enroll_trained = 0;
    params.participation.training_own_words = .2;
    params.content.own_words = .3;
    const auto own_words = [&](double hours) {
        play(invite(with(&ProgramSettings::training_hours_per_person, hours)));
        std::set<std::uint64_t> own;
        double posts = 0;
        for (const TracePost& post : trace.posts) {
            if (post.process != 2 || !post.company) continue;
            posts += 1;
            if (post.own_words) own.insert(post.identity);
        }
        const double share = .3 + .4 * (1 - std::exp2(-hours / 4));
        EXPECT_NEAR(static_cast<double>(own.size()) / posts, share, 4.5 * std::sqrt(share * (1 - share) / posts));
        return own;
    };
    const auto untrained = own_words(0), trained = own_words(4);
    EXPECT_GT(trained.size(), untrained.size());
}

TEST_F(ProgramYear, MembersAmplifyThePageOnceEachWithoutAnImpression) {
    params.participation.amplification_reshare = .5;
    params.participation.enrollment_rate = 5;
    play(invite(with(&ProgramSettings::page_amplification, 1)));
    std::set<std::pair<std::uint32_t, std::uint32_t>> surfaced, reshared;
    std::size_t by_members = 0;
    for (const TraceAct& a : trace.acts) {
        auto& once = a.kind == ActKind::surfaced ? surfaced : reshared;
        EXPECT_TRUE(once.insert({a.post, a.person}).second) << "twice";
        const TracePost& p = trace.posts[a.post];
        if (source(p) != Source::page || a.person >= world.employees || a.parent >= 0) continue;
        by_members += 1;
        EXPECT_EQ(a.hop, 2u);
        EXPECT_GT(a.minute, p.day * 1440 + p.minute);
    }
    EXPECT_GT(by_members, 200u);
    double engaged = 0, seen = 0;  // by employees, of the page's posts
    for (const TraceView& v : trace.views)
        if (shown(v) && v.viewer < world.employees && source(post(v)) == Source::page) {
            seen += 1;
            engaged += v.engaged ? 1 : 0;
        }
    const auto of_page = [](const Row& r) { return r.segment == 0 && r.source == static_cast<int>(Source::page); };
    EXPECT_EQ(total(traced_design, values, MeasureId::impressions, of_page), seen);
    EXPECT_GT(total(traced_design, values, MeasureId::engagements, of_page), engaged + 100);
}

TEST_F(ProgramYear, FatigueAndNoveltyLowerMotivation) {
    params.participation.dormancy = params.participation.drop_out = 0;
    params.participation.feedback = 0;
    params.retention.turnover_per_year = 0;
    play(invite(with(&ProgramSettings::mandate, 1)));
    for (std::uint32_t i = 0; i < world.employees; ++i) EXPECT_LT(motivation(days() - 1, i), motivation(0, i));
    EXPECT_GT(sum(MeasureId::fatigue_points), 0);
    double points = 0;
    for (const double m : trace.motivation) points += m;
    EXPECT_NEAR(sum(MeasureId::motivation_points), points, 1e-9 * points);
}

TEST_F(ProgramYear, LinesAddUpToTheCost) {
    ProgramSettings s;
    s.recognition = s.champion = s.leadership = s.guidelines = s.page_amplification = 1;
    s.money = 1;
    s.training_hours_per_person = 4;
    play(invite(s));
    double lines = 0;
    for (auto m = static_cast<int>(MeasureId::cost_license); m <= static_cast<int>(MeasureId::cost_time); ++m) {
        const double line = sum(static_cast<MeasureId>(m));
        EXPECT_GT(line, 0) << m;
        lines += line;
    }
    EXPECT_NEAR(sum(MeasureId::program_cost), lines, 1e-9 * lines);
    const CostParams c;
    EXPECT_NEAR(sum(MeasureId::cost_license), sum(MeasureId::seat_days) * c.license_per_seat_month * 12 / 365.25, 1e-6);
    EXPECT_NEAR(sum(MeasureId::training_hours), 4 * sum(MeasureId::enrollments), 1e-9);
    EXPECT_NEAR(sum(MeasureId::cost_content), c.content_per_item * 2 * 6, c.content_per_item);  // 2 a week, 6 weeks
}

TEST_F(ProgramYear, WhatIsNeutralChangesNothing) {
    play(invite());
    const std::vector<double> plain = values;
    // Two periods of the same settings, and levers whose effect is switched off by their parameters.
    ProgramSettings s;
    s.recognition = s.leadership = s.tool_ease = 1;
    params.participation.recognition_responders = 0;
    params.participation.enroll_leadership = params.participation.enroll_ease = 0;
    params.costs.recognition_per_month = params.costs.leadership_hour = 0;
    Program p = invite(s);
    p.periods.push_back({11, s});
    play(p);
    EXPECT_EQ(values, plain);
}

}  // namespace
}  // namespace groundswell
