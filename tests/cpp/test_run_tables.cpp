#include "engine/run_tables.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "core/draws.hpp"
#include "helpers.hpp"

namespace groundswell {
namespace {

using testing::linkedin;

struct RunTablesTest : ::testing::Test {
    static const PlatformTables& of(const RunTables& tables) { return tables[Platform::linkedin]; }
    World world = testing::small_world();
    YearParams params = testing::busy_params();
};

TEST_F(RunTablesTest, VisibilityIsRateTimesClassTimesStrength) {
    const Design design = testing::design(std::nullopt, params);
    const RunTables tables(design, world);
    for (std::uint32_t c = 0; c < kTieClasses; ++c) {
        const double value = std::exp(-6.2 + .3 * (c % 32)), strength[] = {.8, 1.8, 1};
        EXPECT_NEAR(of(tables).visibility[0][c] / (.5 * value * strength[c / 32]), 1, 1e-13);
        EXPECT_NEAR(of(tables).visibility[1][c] / (.4 * value * strength[c / 32]), 1, 1e-13);
        EXPECT_NEAR(tables.tie_value[c] / (value * strength[c / 32]), 1, 1e-13);
    }
}

// Views of a post by the own ties of the first employee, in the mean over visibility appeals: sums over many steps of
// the normal law in place of the engine's eight points.
TEST_F(RunTablesTest, ExpectedResponsesAreMeansOverVisibilityAppeal) {
    Program everybody = testing::program({}, 2);
    everybody.selection.emplace();
    for (const double log_sd : {0.0, 1.2, 2.0}) {
        params.content.appeal_visibility_log_sd = log_sd;
        const Design design = testing::design(everybody, params);
        const RunTables tables(design, world);
        double views = 0, at_one = 0;
        for (const TieWord tie : world.graph(Platform::linkedin).row(0)) {
            const double hazard = of(tables).visibility[0][tie_class(tie)];
            at_one += 1 - std::exp(-hazard);
            for (double z = -8; z < 8; z += .01)
                views += .01 * std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0)) *
                         (1 - std::exp(-hazard * std::exp(log_sd * z - log_sd * log_sd / 2)));
        }
        const double expected = tables.participation.expected_responses[0][0] / linkedin(params).engage;
        EXPECT_NEAR(expected / views, 1, log_sd == 2 ? .01 : .002) << log_sd;
        if (log_sd == 0) {
            EXPECT_NEAR(expected / at_one, 1, 1e-14);
        } else {
            EXPECT_LT(expected, .95 * at_one) << log_sd;
        }
    }
}

TEST_F(RunTablesTest, WaitingLawsHaveTheirMediansAndTheirCut) {
    linkedin(params).half_life_hours = 18;
    linkedin(params).later_half_life_hours = 3;
    linkedin(params).view_cut_days = 28;
    const Design design = testing::design(std::nullopt, params);
    const RunTables tables(design, world);
    const auto delay = [](const DelayLaw& law, double u) { return law.scale * u * law.range / (1 - u * law.range); };
    EXPECT_NEAR(delay(of(tables).first_hop, .5), 18 * 60, 1e-9);
    EXPECT_NEAR(delay(of(tables).later_hops, .5), 3 * 60, 1e-9);
    EXPECT_NEAR(delay(of(tables).first_hop, 1), 28 * 1440, 1e-8);
    EXPECT_NEAR(delay(of(tables).later_hops, 1), 28 * 1440, 1e-8);
}

TEST_F(RunTablesTest, SlicesAreATwentiethOfTheHalfLifeAndDivideAnHour) {
    const std::pair<double, std::uint32_t> cases[] = {{18, 60}, {10, 60}, {9.99, 20}, {5, 15}, {4, 12},
                                                      {2, 6},   {.9, 2},  {.3, 1},    {.01, 1}};
    for (const auto& [hours, minutes] : cases) {
        linkedin(params).half_life_hours = hours;
        const Design design = testing::design(std::nullopt, params);
        EXPECT_EQ(of(RunTables(design, world)).slice_minutes, minutes) << hours;
    }
}

TEST_F(RunTablesTest, ADayIsCutIntoTheGreatestCommonSlice) {
    const World both = testing::small_world(.2, 0, testing::kTwo);
    YearParams two = testing::busy_params(testing::kTwo);
    linkedin(two).half_life_hours = 5;
    const Design design = testing::design(std::nullopt, two);
    const RunTables tables(design, both);
    EXPECT_EQ(tables[Platform::linkedin].slice_minutes, 15u);
    EXPECT_EQ(tables[Platform::x].slice_minutes, 6u);
    EXPECT_EQ(tables.slice_minutes, 3u);
    EXPECT_EQ(tables.on, testing::kTwo);
}

TEST_F(RunTablesTest, APlatformThatTheWorldLacksIsRefused) {
    const Design design = testing::design(std::nullopt, testing::busy_params(testing::kTwo));
    const std::string message = testing::message_of([&] { RunTables(design, world); });
    EXPECT_EQ(message, "platforms.x: on in the design, off in the world");
}

TEST_F(RunTablesTest, LaterHopsByHand) {
    linkedin(params).reshare_views = 3;
    linkedin(params).surfaced_views = 7;
    linkedin(params).surfacing_decay = .5;
    linkedin(params).reaction_decay = .25;
    linkedin(params).endorsement_strong = 2.2;
    params.feed.appeal_shrink = .5;
    const Design design = testing::design(std::nullopt, params);
    const RunTables tables(design, world);
    EXPECT_EQ(of(tables).surfaced_views, 7);
    EXPECT_NEAR(of(tables).reshare_visibility, 1.5, 1e-14) << "lambda of persons x 3";
    for (std::size_t n = 0; n < 16; ++n) {
        EXPECT_NEAR(of(tables).surfacing_decay[n] / std::pow(.5, n), 1, 1e-13);
        EXPECT_NEAR(of(tables).reaction_decay[n] / std::pow(.25, n), 1, 1e-13);
        EXPECT_NEAR(tables.appeal_exponent[n] / std::pow(.5, n), 1, 1e-13);
    }
    EXPECT_EQ(of(tables).endorsement, (std::array<double, 3>{1.6, 2.2, 1.0}));
    EXPECT_NEAR(of(tables).surfaced_endorsement[0], 1.3, 1e-14);
    EXPECT_NEAR(of(tables).surfaced_endorsement[1], 1.6, 1e-14);
    EXPECT_EQ(of(tables).mean_degree, world.graph(Platform::linkedin).mean_degree);
}

TEST_F(RunTablesTest, ReactionBasesByHand) {
    SolvedConstants& k = linkedin(params).constants;
    k.engage_person = 2;
    k.click_person = 3;
    k.reshare_person = 4;
    k.mute_person = 5;
    k.engage_page = 6;
    k.click_page = 7;
    k.reshare_page = 8;
    k.mute_page = 9;
    linkedin(params).attention = .5;
    linkedin(params).attention_person_page_ratio = 1.25;
    linkedin(params).page_reaction_ratio = .45;
    linkedin(params).mute_promotional = 3;
    const Design design = testing::design(std::nullopt, params);
    const RunTables tables(design, world);
    EXPECT_NEAR(of(tables).bases[0].engage, .2 / .5 * 2, 1e-14);
    EXPECT_NEAR(of(tables).bases[0].click, .1 / .5 * 3, 1e-14);
    EXPECT_NEAR(of(tables).bases[0].reshare, .05 / .5 * 4, 1e-14);
    EXPECT_NEAR(of(tables).bases[0].mute, .004 / .5 * 5, 1e-14);
    EXPECT_NEAR(of(tables).bases[1].engage, .2 * .45 / .4 * 6, 1e-14);
    EXPECT_NEAR(of(tables).bases[1].click, .1 * .45 / .4 * 7, 1e-14);
    EXPECT_NEAR(of(tables).bases[1].reshare, .05 * .45 / .4 * 8, 1e-14);
    EXPECT_NEAR(of(tables).bases[1].mute, .004 / .4 * 9, 1e-14) << "the page is muted at the base rate of a person";
    for (const std::size_t carrier : {0u, 1u}) {
        EXPECT_EQ(of(tables).mute[carrier][0], of(tables).bases[carrier].mute);
        EXPECT_EQ(of(tables).mute[carrier][1], of(tables).bases[carrier].mute * 3);
    }
    EXPECT_EQ(of(tables).attention[0], threshold(.5));
    EXPECT_EQ(of(tables).attention[1], threshold(.5 / 1.25));
}

TEST_F(RunTablesTest, TablesOfTheFeed) {
    params.feed.persuasion_exponent = .5;
    const Design design = testing::design(std::nullopt, params);
    const RunTables tables(design, world);
    for (std::size_t i = 0; i < world.employees; ++i)
        EXPECT_NEAR(tables.author_persuasion[i] / std::sqrt(world.workforce[Attribute::persuasion][i]), 1, 1e-13);
    for (std::uint32_t q = 0; q < 256; ++q) {
        const double f = std::exp(-5.12 + .04 * q);
        EXPECT_NEAR(tables.trait[q] / f, 1, 1e-13);
        EXPECT_NEAR(tables.affinity_engage[q] / std::pow(f, .7), 1, 1e-13);
        EXPECT_NEAR(tables.affinity_click[q] / std::pow(f, .5), 1, 1e-13);
        EXPECT_NEAR(tables.affinity_reshare[q] / f, 1, 1e-13);
        EXPECT_NEAR(tables.affinity_mute[q] * std::pow(f, .5), 1, 1e-13);
        EXPECT_NEAR(tables.copy_penalty[q] / std::pow(.7, q), 1, 1e-12);
    }
    for (std::size_t n = 0; n < tables.limit.size(); ++n)
        EXPECT_DOUBLE_EQ(tables.limit[n], 1 + static_cast<double>(n) / 10);
    ASSERT_EQ(tables.repeat_decay.size(), 29u);
    EXPECT_NEAR(tables.repeat_decay[7], .5, 1e-15);
    EXPECT_NEAR(tables.repeat_decay[28], .0625, 1e-15);
}

TEST_F(RunTablesTest, TablesOfAwareness) {
    const Design design = testing::design(std::nullopt, params);
    const RunTables tables(design, world);
    EXPECT_NEAR(std::pow(tables.minute_decay[1440], 21), .5, 1e-13);  // three weeks
    EXPECT_EQ(tables.minute_decay[0], 1);
    EXPECT_NEAR(std::pow(tables.minute_fade[1440], 26 * 7), .5, 1e-13);
    EXPECT_EQ(tables.minute_fade[0], 1);
    EXPECT_EQ(tables.wear_out_half_life_minutes, 4 * 7 * 1440);
    EXPECT_EQ(tables.favorability_prior, static_cast<double>(.1f));
    EXPECT_NEAR(tables.first_exposure_odds, .65 / .35, 1e-15);
    EXPECT_NEAR(tables.favorability_odds, .1 / .9, 1e-15);
    const std::array<double, kSegments> baseline = {.05, .05, .25, .05, .15, .05, .05};
    EXPECT_EQ(tables.baseline, baseline);
}

TEST_F(RunTablesTest, InfiniteLimitsSwitchOff) {
    params.feed.viewer_limit = params.awareness.half_life_weeks = params.awareness.favorability_half_life_weeks =
        std::numeric_limits<double>::infinity();
    const Design design = testing::design(std::nullopt, params);
    const RunTables tables(design, world);
    for (const double l : tables.limit) EXPECT_EQ(l, 1);
    for (const double d : tables.minute_decay) EXPECT_EQ(d, 1);
    for (const double d : tables.minute_fade) EXPECT_EQ(d, 1);
}

}  // namespace
}  // namespace groundswell
