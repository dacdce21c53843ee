// The table of phases, and what becomes of the state of each when somebody new sits down on a seat.
#include "engine/phases/phases.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "helpers.hpp"

namespace groundswell {
namespace {

using testing::design;
using testing::program;

TEST(PhaseTable, HasTheOrderOfTheSpecification) {
    std::vector<std::string_view> names;
    for (const Phase& phase : kPhases) names.push_back(phase.name);
    EXPECT_EQ(names, (std::vector<std::string_view>{"workforce", "program", "posting", "feeds", "awareness", "feedback",
                                                    "record"}));
}

// One replicate, played day by day through the table of phases, with every post, act and view kept.
struct Played {
    Played(const World& world, const Design& year)
        : tables(year, world),
          workspace(world),
          values(year.layout.rows.size()),
          day(tables, values, {.trace = &trace, .cascades = &cascades}),
          phases(tables, 0, workspace) {
        workspace.begin_replicate(tables);
    }
    void play_until(std::int32_t end) {
        while (day.index + 1 < end) {
            day.begin(day.index + 1);
            for (const Phase& phase : kPhases) phase.run(phases, day);
        }
    }
    Author sit_down(std::uint32_t seat) { return phases.sit_down(seat, day.index); }

    RunTables tables;
    Workspace workspace;
    std::vector<double> values;
    Trace trace;
    CascadeLog cascades;
    phases::Day day;
    Phases phases;
};

struct NewOccupant : ::testing::Test {
    NewOccupant() {
        params.retention.turnover_per_year = .5;
        params.retention.early_exit = 0;
        params.posting.other_posts_per_month = 20;  // so that everybody posts, and most days
        params.content.organic_own_words = 0;       // authenticity below 1: credibility falls
        world.sharer.assign(world.employees, 1);
    }
    // Plays on to a day on which somebody leaves; their seat.
    static std::uint32_t play_to_an_exit(Played& played) {
        while (played.day.index < kHalfTime || played.day.exits.empty()) played.play_until(played.day.index + 2);
        return played.day.exits[0];
    }
    // What the world and the luck make of an author: identity and minute of each post.
    static std::set<std::pair<std::uint64_t, std::uint32_t>> posts_of(const Trace& trace, Author author) {
        std::set<std::pair<std::uint64_t, std::uint32_t>> posts;
        for (const TracePost& post : trace.posts)
            if (post.author == author.number()) posts.emplace(post.identity, post.minute);
        return posts;
    }

    World world = testing::small_world();
    YearParams params = testing::busy_params();
    static constexpr std::int32_t kHalfTime = 42;
};

TEST_F(NewOccupant, HasDrawsAndAStateOfTheirOwnWhileOldPostsKeepTheirAuthor) {
    const Design year = design(program(5), params, {.warm_up = 2, .horizon = 24, .follow_up = 0});
    Played played(world, year);
    const std::uint32_t seat = play_to_an_exit(played);
    const Author leaver = played.phases.workforce.occupant(seat);
    EXPECT_TRUE(leaver.is_first());
    const double believed = played.phases.authors.credibility(leaver);
    ASSERT_NE(believed, 1.0) << "the leaver has not posted";
    const auto before = posts_of(played.trace, leaver);

    const Author newcomer = played.sit_down(seat);
    EXPECT_EQ(newcomer, Author(seat, 1));
    EXPECT_TRUE(played.phases.workforce.is_employed(seat));
    EXPECT_EQ(played.phases.workforce.occupant(seat), newcomer);
    EXPECT_EQ(played.phases.participation.member(seat).state, MemberState::outside);
    EXPECT_EQ(played.phases.authors.credibility(newcomer), 1.0);
    EXPECT_EQ(played.phases.authors.credibility(leaver), believed) << "what the leaver passes on, they still pass on";

    const std::size_t views = played.trace.views.size();
    played.play_until(year.calendar.day_count());
    EXPECT_EQ(posts_of(played.trace, leaver), before) << "no post from the day of the exit on";
    EXPECT_EQ(played.phases.authors.credibility(leaver), believed);
    const auto after = posts_of(played.trace, newcomer);
    ASSERT_GT(after.size(), 5u);
    std::size_t of_leaver = 0;
    for (std::size_t v = views; v < played.trace.views.size(); ++v) {
        const TracePost& post = played.trace.posts[played.trace.views[v].post];
        of_leaver += post.author == leaver.number() ? 1 : 0;
        EXPECT_NE(post.author, newcomer.number()) << "nobody is connected with whom the world does not know";
    }
    EXPECT_GT(of_leaver, 0u) << "views that the leaver's posts were waiting for";

    // The same seat in a company that nobody leaves: its employee posts on other days and at other minutes.
    params.retention.turnover_per_year = 0;
    const Design calm = design(program(5), params, {.warm_up = 2, .horizon = 24, .follow_up = 0});
    Played stayed(world, calm);
    stayed.play_until(calm.calendar.day_count());
    std::set<std::pair<std::uint64_t, std::uint32_t>> moments_of_leaver, moments_of_newcomer;
    const auto moment = [](const auto& post) { return std::pair{post.first & 0xFFFFFFFFu, post.second}; };
    for (const auto& post : posts_of(stayed.trace, leaver)) moments_of_leaver.insert(moment(post));
    std::size_t shared = 0;
    for (const auto& post : after) shared += moments_of_leaver.contains(moment(post)) ? 1 : 0;
    EXPECT_LT(shared, after.size() / 5) << "day, process and minute are drawn anew";
}

TEST_F(NewOccupant, ChangesNobodyElsesPosts) {
    const Design year = design(program(5), params, {.warm_up = 2, .horizon = 24, .follow_up = 0});
    Played with(world, year), without(world, year);
    with.sit_down(play_to_an_exit(with));
    with.play_until(year.calendar.day_count());
    without.play_until(year.calendar.day_count());
    for (std::uint32_t other = 0; other <= world.page(); ++other)
        EXPECT_EQ(posts_of(with.trace, Author(other)), posts_of(without.trace, Author(other))) << "author " << other;
}

TEST_F(NewOccupant, IsInNoProgramWhateverTheOneBeforeWas) {
    params.participation.enrollment_rate = 1;
    Program invited;
    invited.selection.emplace();
    invited.periods[0].settings.training_hours_per_person = 4;
    const Design year = design(invited, params, {.warm_up = 0, .horizon = 24, .follow_up = 0});
    Played played(world, year);
    const std::uint32_t seat = play_to_an_exit(played);
    ASSERT_GT(played.phases.participation.member(seat).trained_hours, 0) << "the leaver was no member";
    const double threshold = played.phases.participation.member(seat).enrollment_threshold;

    played.sit_down(seat);
    const Member fresh = played.phases.participation.member(seat);
    EXPECT_EQ(fresh.state, MemberState::outside);
    EXPECT_EQ(fresh.trained_hours, 0);
    EXPECT_EQ(fresh.fatigue, 0);
    EXPECT_GT(fresh.enrollment_threshold, 0);
    EXPECT_NE(fresh.enrollment_threshold, threshold) << "not the luck of the one before";
    played.play_until(played.day.index + 29);
    ASSERT_TRUE(played.phases.workforce.is_employed(seat));
    EXPECT_EQ(played.phases.participation.member(seat).state, MemberState::outside) << "was never invited";
}

TEST_F(NewOccupant, NeedsAnEmptySeat) {
    const Design year = design(std::nullopt, params);
    Played played(world, year);
    EXPECT_THROW(played.phases.workforce.sit_down(0, 0), InternalError);
}

// Newcomers leave at once and old hands almost never, so a seat has many occupants in one run.
TEST_F(NewOccupant, LeavesAtAThresholdOfTheirOwnAndOneSeatHasAtMost128) {
    params.retention.turnover_per_year = .5;
    params.retention.early_exit = 1e12;
    const Design year(params, Calendar("2025-02-17", 0, 52, 0, params.platforms), std::nullopt,
                      std::vector<double>(world.employees, 60.0));
    Played played(world, year);
    phases::Workforce& workforce = played.phases.workforce;
    std::uint32_t seat = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t occupants = 1;
    const std::string message = testing::message_of([&] {
        for (std::int32_t day = 0; day < year.calendar.day_count(); ++day) {
            played.day.begin(day);
            workforce.run(played.day, played.phases.participation);
            if (seat > world.employees && !played.day.exits.empty()) seat = played.day.exits[0];
            if (seat > world.employees || workforce.is_employed(seat)) continue;
            workforce.sit_down(seat, day);
            ++occupants;
        }
    });
    EXPECT_EQ(message, "retention.turnover_per_year: one seat asks for more than 128 occupants in a run");
    EXPECT_EQ(occupants, Author::kMostOccupants);
}

}  // namespace
}  // namespace groundswell
