#include "engine/plan.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/draws.hpp"
#include "helpers.hpp"

namespace groundswell {
namespace {

struct PlanTest : ::testing::Test {
    World world = testing::small_world();
    YearParams params = testing::busy_params();
};

TEST_F(PlanTest, VisibilityIsRateTimesClassTimesStrength) {
    const Design design = testing::design(std::nullopt, params);
    const Plan plan(design, world);
    for (std::uint32_t c = 0; c < kTieClasses; ++c) {
        const double value = std::exp(-6.2 + .3 * (c % 32)), strength[] = {.8, 1.8, 1};
        EXPECT_NEAR(plan.person_visibility[c] / (.5 * value * strength[c / 32]), 1, 1e-13);
        EXPECT_NEAR(plan.page_visibility[c] / (.4 * value * strength[c / 32]), 1, 1e-13);
    }
}

TEST_F(PlanTest, WaitingLawHasItsMedianAndItsCut) {
    params.linkedin.half_life_hours = 18;
    params.linkedin.view_cut_days = 28;
    const Design design = testing::design(std::nullopt, params);
    const Plan plan(design, world);
    const auto delay = [&](double u) { return plan.delay_scale * u * plan.delay_range / (1 - u * plan.delay_range); };
    EXPECT_NEAR(delay(.5), 18 * 60, 1e-9);
    EXPECT_NEAR(delay(1), 28 * 1440, 1e-8);
}

TEST_F(PlanTest, ReactionBasesByHand) {
    SolvedConstants& k = params.linkedin.constants;
    k.engage_person = 2;
    k.click_person = 3;
    k.reshare_person = 4;
    k.mute_person = 5;
    k.engage_page = 6;
    k.click_page = 7;
    k.reshare_page = 8;
    k.mute_page = 9;
    params.linkedin.attention = .5;
    params.linkedin.attention_person_page_ratio = 1.25;
    params.linkedin.page_reaction_ratio = .45;
    const Design design = testing::design(std::nullopt, params);
    const Plan plan(design, world);
    EXPECT_NEAR(plan.person_bases.engage, .2 / .5 * 2, 1e-14);
    EXPECT_NEAR(plan.person_bases.click, .1 / .5 * 3, 1e-14);
    EXPECT_NEAR(plan.person_bases.reshare, .05 / .5 * 4, 1e-14);
    EXPECT_NEAR(plan.person_bases.mute, .004 / .5 * 5, 1e-14);
    EXPECT_NEAR(plan.page_bases.engage, .2 * .45 / .4 * 6, 1e-14);
    EXPECT_NEAR(plan.page_bases.click, .1 * .45 / .4 * 7, 1e-14);
    EXPECT_NEAR(plan.page_bases.reshare, .05 * .45 / .4 * 8, 1e-14);
    EXPECT_NEAR(plan.page_bases.mute, .004 / .4 * 9, 1e-14) << "the page is muted at the base rate of a person";
    EXPECT_EQ(plan.person_attention, threshold(.5));
    EXPECT_EQ(plan.page_attention, threshold(.5 / 1.25));
}

TEST_F(PlanTest, TablesOfTheFeed) {
    params.feed.persuasion_exponent = .5;
    const Design design = testing::design(std::nullopt, params);
    const Plan plan(design, world);
    for (std::size_t i = 0; i < world.employees; ++i)
        EXPECT_NEAR(plan.author_persuasion[i] / std::sqrt(world.workforce[Attribute::persuasion][i]), 1, 1e-13);
    for (std::uint32_t q = 0; q < 256; ++q) {
        const double f = std::exp(-5.12 + .04 * q);
        EXPECT_NEAR(plan.trait[q] / f, 1, 1e-13);
        EXPECT_NEAR(plan.affinity_engage[q] / std::pow(f, .7), 1, 1e-13);
        EXPECT_NEAR(plan.affinity_click[q] / std::pow(f, .5), 1, 1e-13);
        EXPECT_NEAR(plan.affinity_reshare[q] / f, 1, 1e-13);
        EXPECT_NEAR(plan.affinity_mute[q] * std::pow(f, .5), 1, 1e-13);
        EXPECT_NEAR(plan.copy_penalty[q] / std::pow(.7, q), 1, 1e-12);
    }
    EXPECT_EQ(plan.endorsement, (std::array<double, 3>{1.6, 2.0, 1.0}));
    for (std::size_t n = 0; n < plan.limit.size(); ++n)
        EXPECT_DOUBLE_EQ(plan.limit[n], 1 + static_cast<double>(n) / 10);
    ASSERT_EQ(plan.repeat_decay.size(), 29u);
    EXPECT_NEAR(plan.repeat_decay[7], .5, 1e-15);
    EXPECT_NEAR(plan.repeat_decay[28], .0625, 1e-15);
}

TEST_F(PlanTest, TablesOfAwareness) {
    const Design design = testing::design(std::nullopt, params);
    const Plan plan(design, world);
    EXPECT_NEAR(std::pow(plan.minute_decay[1440], 21), .5, 1e-13);  // three weeks
    EXPECT_EQ(plan.minute_decay[0], 1);
    EXPECT_NEAR(plan.first_exposure_odds, .65 / .35, 1e-15);
    EXPECT_NEAR(plan.favorability_odds, .1 / .9, 1e-15);
    const std::array<double, kSegments> baseline = {.05, .05, .25, .05, .15, .05, .05};
    EXPECT_EQ(plan.baseline, baseline);
}

TEST_F(PlanTest, InfiniteLimitsSwitchOff) {
    params.feed.viewer_limit = params.awareness.half_life_weeks = std::numeric_limits<double>::infinity();
    const Design design = testing::design(std::nullopt, params);
    const Plan plan(design, world);
    for (const double l : plan.limit) EXPECT_EQ(l, 1);
    for (const double d : plan.minute_decay) EXPECT_EQ(d, 1);
}

}  // namespace
}  // namespace groundswell
