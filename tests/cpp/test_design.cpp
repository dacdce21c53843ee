#include "engine/design.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <string>

#include "helpers.hpp"

namespace groundswell {
namespace {

using testing::message_of;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

YearParams on_linkedin() {
    YearParams params;
    params.platforms[0] = PlatformParams{};
    return params;
}

Design design_with(const YearParams& params, std::optional<Program> program = std::nullopt) {
    return Design(params, Calendar("2025-03-03", 1, 4, 1, params.platforms), std::move(program));
}

struct BadValue {
    std::string address;
    std::function<void(YearParams&, double)> set;
    std::vector<double> values;
};

TEST(Design, RefusesWhatItCannotRunAndNamesTheAddress) {
    const std::vector<BadValue> cases = {
        {"content.items_per_week", [](YearParams& p, double v) { p.content.items_per_week = v; }, {0, -1, 1e6, kNaN}},
        {"content.item_life_days",
         [](YearParams& p, double v) { p.content.item_life_days = v; },
         {0, -3, 1, 366, kNaN}},
        {"platforms.linkedin.view_cut_days",
         [](YearParams& p, double v) { testing::linkedin(p).view_cut_days = v; },
         {0, .5, 91, kNaN}},
        {"platforms.linkedin.half_life_hours",
         [](YearParams& p, double v) { testing::linkedin(p).half_life_hours = v; },
         {0, -1, 336, kNaN}},
        {"platforms.linkedin.later_half_life_hours",
         [](YearParams& p, double v) { testing::linkedin(p).later_half_life_hours = v; },
         {0, -1, 336, kNaN}},
        {"platforms.linkedin.surfaced_views",
         [](YearParams& p, double v) { testing::linkedin(p).surfaced_views = v; },
         {-1, 2e6, kNaN}},
        {"platforms.linkedin.surfacing_decay",
         [](YearParams& p, double v) { testing::linkedin(p).surfacing_decay = v; },
         {-.1, 1.1, kNaN}},
        {"platforms.linkedin.reaction_decay",
         [](YearParams& p, double v) { testing::linkedin(p).reaction_decay = v; },
         {-.1, 1.1, kNaN}},
        {"platforms.linkedin.reshare_views",
         [](YearParams& p, double v) { testing::linkedin(p).reshare_views = v; },
         {-1, 2e6, kNaN}},
        {"platforms.x.attention",
         [](YearParams& p, double v) { p.platforms[3].emplace().attention = v; },
         {0, 1.1, kNaN}},
        {"posting.organic_platforms",
         [](YearParams& p, double v) { p.posting.organic_platforms.linkedin = v; },
         {0, .5, .999999}},
        {"posting.organic_platforms.linkedin",
         [](YearParams& p, double v) { p.posting.organic_platforms.linkedin = v; },
         {-.1, 1.1, kNaN}},
        {"posting.organic_platforms.facebook",
         [](YearParams& p, double v) { p.posting.organic_platforms = {.linkedin = 1 - v, .facebook = v}; },
         {.5, 1}},
        {"feed.memory_days", [](YearParams& p, double v) { p.feed.memory_days = v; }, {-1, 366, kNaN}},
        {"feed.viewer_limit", [](YearParams& p, double v) { p.feed.viewer_limit = v; }, {0, -10, kNaN}},
        {"feed.repeat_half_life_days",
         [](YearParams& p, double v) { p.feed.repeat_half_life_days = v; },
         {0, -1, kNaN}},
        {"awareness.half_life_weeks", [](YearParams& p, double v) { p.awareness.half_life_weeks = v; }, {0, -1, kNaN}},
        {"awareness.phi", [](YearParams& p, double v) { p.awareness.phi = v; }, {-.1, 1, kNaN}},
        {"awareness.favorability_step",
         [](YearParams& p, double v) { p.awareness.favorability_step = v; },
         {-.1, 1, kNaN}},
        {"awareness.favorability_half_life_weeks",
         [](YearParams& p, double v) { p.awareness.favorability_half_life_weeks = v; },
         {0, -1, kNaN}},
        {"awareness.valence_threshold",
         [](YearParams& p, double v) { p.awareness.valence_threshold = v; },
         {-.1, 1, kNaN}},
        {"awareness.wear_out_exposures",
         [](YearParams& p, double v) { p.awareness.wear_out_exposures = v; },
         {0, -1, kNaN, std::numeric_limits<double>::infinity()}},
        {"awareness.wear_out_exponent",
         [](YearParams& p, double v) { p.awareness.wear_out_exponent = v; },
         {-1, kNaN, std::numeric_limits<double>::infinity()}},
        {"awareness.wear_out_half_life_weeks",
         [](YearParams& p, double v) { p.awareness.wear_out_half_life_weeks = v; },
         {0, -1, kNaN}},
        {"participation.training_own_words",
         [](YearParams& p, double v) { p.participation.training_own_words = v; },
         {-.1, 1.1, kNaN}},
        {"participation.negative_posts_without_guidelines",
         [](YearParams& p, double v) { p.participation.negative_posts_without_guidelines = v; },
         {-.1, 1.1, kNaN}},
        {"platforms.linkedin.attention",
         [](YearParams& p, double v) { testing::linkedin(p).attention = v; },
         {0, 1.1, kNaN}},
        {"platforms.linkedin.attention_person_page_ratio",
         [](YearParams& p, double v) { testing::linkedin(p).attention_person_page_ratio = v; },
         {0, -1, kNaN}},
        {"credibility.credibility_half_life_weeks",
         [](YearParams& p, double v) { p.credibility.credibility_half_life_weeks = v; },
         {0, -1, kNaN}},
        {"credibility.pseudo_posts", [](YearParams& p, double v) { p.credibility.pseudo_posts = v; }, {0, -5, kNaN}},
    };
    EXPECT_NO_THROW(design_with(on_linkedin()));
    for (const BadValue& bad : cases)
        for (const double value : bad.values) {
            YearParams params = on_linkedin();
            bad.set(params, value);
            const std::string message = message_of([&] { design_with(params); });
            EXPECT_EQ(message.rfind(bad.address + " = ", 0), 0u) << bad.address << " = " << value << ": " << message;
        }
}

TEST(Design, RefusesAProgramItCannotRun) {
    for (const double posts : {-1.0, 5000.0, kNaN}) {
        Program program;
        program.periods[0].settings.posts_per_week = posts;
        EXPECT_EQ(message_of([&] { design_with(on_linkedin(), program); }).rfind("program.posts_per_week = ", 0), 0u);
    }
}

TEST(Design, RefusesLeversOutOfRangeAndParticipationOfActiveAdvocates) {
    const auto message = [](auto set, bool invites) {
        Program program;
        if (invites) program.selection.emplace();
        set(program.periods[0].settings);
        return message_of([&] { design_with(on_linkedin(), program); });
    };
    const auto recognize = [](double v) { return [v](ProgramSettings& s) { s.recognition = v; }; };
    EXPECT_EQ(message(recognize(1), true), "nothing was thrown");
    EXPECT_EQ(message(recognize(1.5), true).rfind("program.recognition = 1.5", 0), 0u);
    EXPECT_NE(message(recognize(1), false).find("program.advocates"), std::string::npos);
    EXPECT_EQ(message([](ProgramSettings& s) { s.training_hours_per_person = 4; }, false), "nothing was thrown");
    EXPECT_EQ(message([](ProgramSettings& s) { s.money = -1; }, true).rfind("program.money = -1", 0), 0u);
    EXPECT_EQ(message([](ProgramSettings& s) { s.mix.story = .5; }, true).rfind("program.mix = 0.5", 0), 0u);
}

// Whatever is added to the registry has a range: nothing is below 0 but a neutral value, and nothing is NaN.
TEST(Design, RefusesEveryLeverOutOfItsRange) {
    for (const Lever& lever : levers())
        for (const double value : {-.5, std::isfinite(lever.most) ? lever.most + .5 : -1.0, kNaN}) {
            Program program;
            program.selection.emplace();
            program.periods[0].settings.*lever.setting = value;
            const std::string message = message_of([&] { design_with(on_linkedin(), program); });
            EXPECT_EQ(message.rfind("program." + std::string(lever.name) + " = ", 0), 0u) << message;
            EXPECT_NE(message.find(": must be "), std::string::npos) << message;
        }
}

TEST(Design, RefusesPeriodsThatDoNotRise) {
    Program program;
    program.periods = {{0, {}}, {14, {}}, {14, {}}};
    EXPECT_NE(message_of([&] { design_with(on_linkedin(), program); }).find("must rise"), std::string::npos);
    program.periods = {{1, {}}};
    EXPECT_NE(message_of([&] { design_with(on_linkedin(), program); }).find("day 0"), std::string::npos);
}

TEST(Design, SettingsHoldFromTheirFirstDay) {
    Program program;
    program.periods = {{0, {}}, {10, {}}, {20, {}}};
    for (std::size_t k = 0; k < 3; ++k) program.periods[k].settings.posts_per_week = static_cast<double>(k);
    EXPECT_EQ(program.on(0).posts_per_week, 0);
    EXPECT_EQ(program.on(9).posts_per_week, 0);
    EXPECT_EQ(program.on(10).posts_per_week, 1);
    EXPECT_EQ(program.on(19).posts_per_week, 1);
    EXPECT_EQ(program.on(500).posts_per_week, 2);
}

TEST(Design, RefusesSharesOfTheProgramThatDoNotAddUpOrAreOnPlatformsThatAreOff) {
    YearParams params = on_linkedin();
    params.platforms[3] = PlatformParams{};
    const auto message = [&](const std::array<double, kPlatforms>& shares) {
        Program program;
        program.periods[0].settings.platforms = {shares[0], shares[1], shares[2], shares[3]};
        return message_of([&] { design_with(params, program); });
    };
    EXPECT_EQ(message({.7, 0, 0, .2}).rfind("program.platforms = 0.9", 0), 0u) << message({.7, 0, 0, .2});
    EXPECT_EQ(message({0, 0, 0, 0}).rfind("program.platforms = 0", 0), 0u);
    EXPECT_EQ(message({.5, .5, 0, 0}).rfind("program.platforms.facebook = 0.5", 0), 0u) << message({.5, .5, 0, 0});
    EXPECT_EQ(message({1.5, 0, 0, -.5}).rfind("program.platforms.linkedin = 1.5", 0), 0u);
    EXPECT_EQ(message({.7, 0, 0, .3}), "nothing was thrown");
    EXPECT_EQ(message({.1, 0, 0, .9}), "nothing was thrown");
}

TEST(Design, RefusesToRunOnNoPlatform) {
    EXPECT_EQ(message_of([] { design_with(YearParams{}); }), "platforms: none is on");
}

TEST(Design, PlatformsAreInTheOrderOfTheirNumbers) {
    YearParams params = on_linkedin();
    params.platforms[3] = params.platforms[1] = PlatformParams{};
    EXPECT_EQ(design_with(params).platforms_on(),
              (std::vector<Platform>{Platform::linkedin, Platform::facebook, Platform::x}));
}

TEST(Design, RefusesDaysWithoutAFactor) {
    YearParams params = on_linkedin();
    params.platforms[0]->weekday_weights = {
        .monday = 0, .tuesday = 0, .wednesday = 0, .thursday = 0, .friday = 0, .saturday = 0, .sunday = 0};
    const std::string message = message_of([&] { design_with(params); });
    EXPECT_EQ(message.rfind("platforms.linkedin.weekday_weights", 0), 0u) << message;
}

TEST(Design, SomethingIsOnOfferWheneverTheDesignIsAccepted) {
    YearParams params = on_linkedin();
    params.content.items_per_week = 4;  // an item every 1.75 days, so up to two days apart
    params.content.item_life_days = 1.75;
    EXPECT_NE(message_of([&] { design_with(params); }).find("content.item_life_days"), std::string::npos);
    params.content.item_life_days = 2;
    EXPECT_NO_THROW(design_with(params));
}

TEST(Design, RandomGroupIsTheBeginningOfTheOrder) {
    const World world = testing::small_world();
    for (const std::uint32_t size : {0u, 1u, 7u, 30u}) {
        const auto chosen = active_advocates(testing::program(size), world);
        ASSERT_EQ(chosen.size(), 30u);
        EXPECT_EQ(std::accumulate(chosen.begin(), chosen.end(), 0u), size);
        for (std::uint32_t k = 0; k < size; ++k) EXPECT_EQ(chosen[world.advocate_order[k]], 1);
    }
    const std::string message = message_of([&] { active_advocates(testing::program(31), world); });
    EXPECT_NE(message.find("program.advocates.size = 31"), std::string::npos) << message;
}

TEST(Design, NamedGroupIsTheList) {
    const World world = testing::small_world();
    Program program;
    program.random = false;
    program.named = {3, 29, 11};
    const auto chosen = active_advocates(program, world);
    for (std::uint32_t i = 0; i < 30; ++i) EXPECT_EQ(chosen[i], i == 3 || i == 11 || i == 29 ? 1 : 0);
    program.named = {3, 30};
    const std::string message = message_of([&] { active_advocates(program, world); });
    EXPECT_NE(message.find("program.advocates.names: employee number 30"), std::string::npos) << message;
}

}  // namespace
}  // namespace groundswell
