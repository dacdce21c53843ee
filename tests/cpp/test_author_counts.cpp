// What each employee's posts did: against the recorder's totals, and summed over threads.
#include "engine/author_counts.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <utility>

#include "helpers.hpp"
#include "runner/runner.hpp"

namespace groundswell {
namespace {

using testing::busy_params;
using testing::design;
using testing::program;
using testing::total;

std::int64_t over_authors(const std::vector<std::int64_t>& counts, std::size_t measure) {
    std::int64_t sum = 0;
    for (std::size_t k = measure; k < counts.size(); k += kAuthorMeasures.size()) sum += counts[k];
    return sum;
}

struct AuthorCountsTest : ::testing::Test {
    World world = testing::small_world();
    Design none = design(std::nullopt);
    Design team = design(program());
    std::vector<const Design*> both{&none, &team};

    AuthorCounts counts_of(const Design& d, std::uint32_t replicate, std::vector<double>& values) const {
        AuthorCounts counts(world.employees);
        const RunTables tables(d, world);
        Workspace workspace(world);
        values.assign(d.layout.rows.size(), 0);
        Replicate(tables, replicate, workspace, values, {.authors = &counts}).run();
        return counts;
    }
    std::vector<DesignRuns> run(std::uint32_t first, std::uint32_t last, int threads) const {
        Progress progress;
        return run_designs(world, both, first, last, threads, progress, {.people = true});
    }
};

TEST_F(AuthorCountsTest, SumToTheRecordersTotalsOfTheHorizonWithoutThePage) {
    for (const Design* d : both) {
        std::vector<double> values;
        const AuthorCounts counts = counts_of(*d, 3, values);
        EXPECT_EQ(values, testing::run(world, *d, 3)) << "counting changes nothing";
        for (std::size_t m = 0; m < kAuthorMeasures.size(); ++m) {
            const double recorded = total(*d, values, kAuthorMeasures[m], [&](const Row& row) {
                return row.source != static_cast<std::int8_t>(Source::page) &&
                       testing::window_of(*d, row) == Window::horizon;
            });
            EXPECT_GT(recorded, 0) << static_cast<int>(kAuthorMeasures[m]);
            EXPECT_LT(recorded, total(*d, values, kAuthorMeasures[m])) << static_cast<int>(kAuthorMeasures[m]);
            EXPECT_EQ(static_cast<double>(over_authors(counts.counts, m)), recorded)
                << static_cast<int>(kAuthorMeasures[m]);
        }
    }
}

// Whatever a post sets off, at any hop, is its author's.
TEST_F(AuthorCountsTest, AreThoseOfTheEventsByAuthorOfTheRoot) {
    AuthorCounts counts(world.employees), expected(world.employees);
    Trace trace;
    testing::run(world, team, 3, {.trace = &trace, .authors = &counts});
    const auto counted = [&](std::uint32_t day) { return team.calendar.days[day].window == Window::horizon; };
    std::size_t later = 0;
    for (const TracePost& p : trace.posts)
        if (p.company && p.author != world.page() && counted(p.day))
            expected.count_post(p.author,
                                static_cast<std::int64_t>(world.graph(Platform::linkedin).row(p.author).size()));
    for (const TraceView& v : trace.views) {
        const std::uint32_t author = trace.posts[v.post].author;
        if (v.refusal != Refusal::none || author == world.page() || !counted(v.minute / 1440)) continue;
        const auto count = [&](ViewMeasure m, bool happened) {
            if (happened) expected.count_view(author, m);
        };
        count(MeasureId::impressions, true);
        count(MeasureId::attended_impressions, v.attended);
        count(MeasureId::engagements, v.engaged);
        count(MeasureId::clicks, v.clicked);
        count(MeasureId::reshares, v.reshared);
        count(MeasureId::mutes, v.muted);
        later += v.hop > 1 ? 1 : 0;
    }
    EXPECT_EQ(counts.counts, expected.counts);
    EXPECT_GT(later, 100u);
}

TEST_F(AuthorCountsTest, SumsAndSquaresOverReplicatesForAnyNumberOfThreads) {
    const auto one = run(2, 9, 1);
    for (std::size_t d = 0; d < both.size(); ++d) {
        AuthorSums expected(world.employees);
        for (std::uint32_t r = 2; r < 9; ++r) {
            std::vector<double> values;
            expected.add(counts_of(*both[d], r, values));
        }
        EXPECT_EQ(one[d].people.total, expected.total);
        EXPECT_TRUE(one[d].people.squares == expected.squares);
    }
    for (const int threads : {2, 7}) {
        const auto many = run(2, 9, threads);
        for (std::size_t d = 0; d < both.size(); ++d) {
            EXPECT_EQ(many[d].people.total, one[d].people.total) << threads << " threads";
            EXPECT_TRUE(many[d].people.squares == one[d].people.squares) << threads << " threads";
        }
    }
}

TEST_F(AuthorCountsTest, NothingIsKeptWhereNotAskedFor) {
    Progress progress;
    const auto runs = run_designs(world, both, 0, 2, 1, progress);
    for (const DesignRuns& r : runs) EXPECT_TRUE(r.people.total.empty() && r.people.squares.empty());
}

TEST_F(AuthorCountsTest, OnlyFinishedReplicatesCount) {
    Progress progress;
    std::thread stopper([&] {
        while (progress.done.load() < 7) std::this_thread::sleep_for(std::chrono::microseconds(100));
        progress.cancel.store(true);
    });
    const auto runs = run_designs(world, both, 0, 1500, 2, progress, {.people = true});
    stopper.join();
    ASSERT_LT(progress.done.load(), 3000u) << "the run ended before it was stopped";
    for (std::size_t d = 0; d < both.size(); ++d) {
        double shown = 0;  // of finished replicates; the rows of the others are NaN
        for (std::size_t r = 0; r < runs[d].finished.size(); ++r) {
            if (runs[d].finished[r] == 0) continue;
            const auto begin = runs[d].values.begin() + static_cast<std::ptrdiff_t>(r * runs[d].rows);
            const std::vector<double> values(begin, begin + static_cast<std::ptrdiff_t>(runs[d].rows));
            shown += total(*both[d], values, MeasureId::impressions, [&](const Row& row) {
                return row.source != static_cast<std::int8_t>(Source::page) &&
                       testing::window_of(*both[d], row) == Window::horizon;
            });
        }
        EXPECT_GT(shown, 0);
        const auto impressions = author_column(MeasureId::impressions);
        EXPECT_EQ(static_cast<double>(over_authors(runs[d].people.total, impressions)), shown);
    }
}

TEST(AuthorSums, SquaresPassSixtyFourBits) {
    AuthorCounts counts(1);
    counts.count_post(0, std::int64_t{1} << 40);
    AuthorSums sums(1);
    sums.add(counts);
    sums.add(counts);
    const auto reach = author_column(MeasureId::potential_reach);
    EXPECT_EQ(static_cast<double>(sums.squares[reach]), 0x1p81);
    EXPECT_EQ(sums.total[reach], std::int64_t{1} << 41);
}

}  // namespace
}  // namespace groundswell
