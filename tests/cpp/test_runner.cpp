#include "runner/runner.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <thread>
#include <tuple>

#include "helpers.hpp"

namespace groundswell {
namespace {

struct RunnerTest : ::testing::Test {
    World world = testing::small_world();
    testing::Weeks weeks{.warm_up = 1, .horizon = 3, .follow_up = 1};
    Design none = testing::design(std::nullopt, testing::busy_params(), weeks);
    Design team =
        testing::design(testing::program(), testing::busy_params(), {.warm_up = 1, .horizon = 4, .follow_up = 1});
    std::vector<const Design*> both{&none, &team};

    std::vector<DesignRuns> run(std::uint32_t first, std::uint32_t last, int threads) const {
        Progress progress;
        return run_designs(world, both, first, last, threads, progress);
    }
};

std::vector<std::uint64_t> bits(const std::vector<double>& values) {
    std::vector<std::uint64_t> result;
    for (const double v : values) result.push_back(std::bit_cast<std::uint64_t>(v));
    return result;
}

TEST_F(RunnerTest, NumbersDoNotDependOnThreads) {
    const auto one = run(0, 9, 1);
    for (const int threads : {2, 7, 100}) {
        const auto many = run(0, 9, threads);
        for (std::size_t d = 0; d < 2; ++d) {
            EXPECT_EQ(bits(many[d].values), bits(one[d].values)) << threads << " threads";
            EXPECT_EQ(many[d].finished, one[d].finished);
            EXPECT_EQ(many[d].stats.impressions, one[d].stats.impressions);
            EXPECT_EQ(many[d].stats.candidates, one[d].stats.candidates);
            EXPECT_EQ(many[d].stats.acts, one[d].stats.acts);
        }
    }
    for (const int threads : {0, -1}) EXPECT_EQ(bits(run(0, 2, threads)[1].values), bits(run(0, 2, 1)[1].values));
}

TEST_F(RunnerTest, RowsAreThoseOfTheReplicatesAlone) {
    const auto runs = run(5, 8, 2);
    for (std::size_t d = 0; d < 2; ++d) {
        ASSERT_EQ(runs[d].rows, both[d]->layout.rows.size());
        ASSERT_EQ(runs[d].values.size(), 3 * runs[d].rows);
        EXPECT_EQ(runs[d].finished, (std::vector<std::uint8_t>{1, 1, 1}));
        for (std::uint32_t r = 0; r < 3; ++r) {
            const auto begin = runs[d].values.begin() + static_cast<std::ptrdiff_t>(r * runs[d].rows);
            const std::vector<double> row(begin, begin + static_cast<std::ptrdiff_t>(runs[d].rows));
            EXPECT_EQ(bits(row), bits(testing::run(world, *both[d], 5 + r))) << "replicate " << 5 + r;
        }
    }
}

bool same(const CascadeLog& a, const CascadeLog& b) {
    const auto post = [](const CascadePost& p) { return std::tie(p.author, p.source, p.platform, p.day); };
    const auto act = [](const CascadeAct& c) {
        return std::tie(c.post, c.number, c.parent, c.person, c.day, c.minute, c.hop, c.kind, c.views);
    };
    return std::equal(a.posts.begin(), a.posts.end(), b.posts.begin(), b.posts.end(),
                      [&](const auto& x, const auto& y) { return post(x) == post(y); }) &&
           std::equal(a.acts.begin(), a.acts.end(), b.acts.begin(), b.acts.end(),
                      [&](const auto& x, const auto& y) { return act(x) == act(y); });
}

TEST_F(RunnerTest, CascadesAreThoseOfTheReplicatesAloneForAnyNumberOfThreads) {
    for (const int threads : {1, 3}) {
        Progress progress;
        const auto runs = run_designs(world, both, 5, 8, threads, progress, {.cascades = true});
        for (std::size_t d = 0; d < 2; ++d) {
            EXPECT_EQ(bits(runs[d].values), bits(run(5, 8, 1)[d].values)) << "writing acts down changes nothing";
            ASSERT_EQ(runs[d].cascades.size(), 3u);
            for (std::uint32_t r = 0; r < 3; ++r) {
                CascadeLog alone;
                testing::run(world, *both[d], 5 + r, {.cascades = &alone});
                EXPECT_GT(alone.acts.size(), 10u);
                EXPECT_TRUE(same(runs[d].cascades[r], alone)) << "replicate " << 5 + r << ", " << threads << " threads";
            }
        }
    }
    EXPECT_TRUE(run(5, 6, 1)[0].cascades.empty()) << "not asked for";
}

TEST_F(RunnerTest, StatsAddUpOverReplicates) {
    const auto runs = run(0, 3, 2);
    for (std::size_t d = 0; d < 2; ++d) {
        RunStats sum;
        Workspace workspace(world);
        const RunTables tables(*both[d], world);
        std::vector<double> values(both[d]->layout.rows.size());
        for (std::uint32_t r = 0; r < 3; ++r) {
            const RunStats one = Replicate(tables, r, workspace, values).run();
            sum.impressions += one.impressions;
            sum.first_hop_impressions += one.first_hop_impressions;
            sum.acts += one.acts;
        }
        EXPECT_EQ(runs[d].stats.impressions, sum.impressions);
        EXPECT_EQ(runs[d].stats.first_hop_impressions, sum.first_hop_impressions);
        EXPECT_EQ(runs[d].stats.acts, sum.acts);
        EXPECT_GT(sum.acts, 0u);
        EXPECT_LT(sum.first_hop_impressions, sum.impressions);
    }
}

TEST_F(RunnerTest, ProgressCountsWhatIsFinished) {
    Progress progress;
    run_designs(world, both, 3, 8, 2, progress);
    EXPECT_EQ(progress.done.load(), 10u);
    Progress nothing;
    const auto runs = run_designs(world, both, 4, 4, 2, nothing);
    EXPECT_EQ(nothing.done.load(), 0u);
    EXPECT_TRUE(runs[0].values.empty());
    EXPECT_TRUE(run_designs(world, {}, 0, 3, 2, nothing).empty());
}

void expect_nan_where_unfinished(const DesignRuns& runs, const DesignRuns& whole) {
    for (std::size_t r = 0; r < runs.finished.size(); ++r)
        for (std::size_t k = r * runs.rows; k < (r + 1) * runs.rows; ++k)
            ASSERT_TRUE(runs.finished[r] != 0 ? runs.values[k] == whole.values[k] : std::isnan(runs.values[k]))
                << "replicate " << r;
}

TEST_F(RunnerTest, CancellationKeepsWhatIsFinished) {
    constexpr std::uint32_t replicates = 1500;  // seconds of work
    Progress progress;
    std::thread stopper([&] {
        while (progress.done.load() < 7) std::this_thread::sleep_for(std::chrono::microseconds(100));
        progress.cancel.store(true);
    });
    const auto runs = run_designs(world, both, 0, replicates, 2, progress);
    stopper.join();
    std::size_t finished = 0, last = 0;
    for (std::size_t d = 0; d < 2; ++d)
        for (std::size_t r = 0; r < replicates; ++r)
            if (runs[d].finished[r] != 0) {
                ++finished;
                last = std::max(last, r);
            }
    EXPECT_EQ(finished, progress.done.load());
    EXPECT_GE(finished, 7u);
    ASSERT_LT(finished, 2 * replicates) << "the run ended before it was stopped";
    const auto whole = run(0, static_cast<std::uint32_t>(last) + 1, 2);
    for (std::size_t d = 0; d < 2; ++d) {
        DesignRuns begun = runs[d];
        for (std::size_t k = (last + 1) * begun.rows; k < begun.values.size(); ++k)
            ASSERT_TRUE(std::isnan(begun.values[k]));
        begun.finished.resize(last + 1);
        expect_nan_where_unfinished(begun, whole[d]);
    }
}

TEST_F(RunnerTest, ARunCancelledBeforeItStartsDoesNothing) {
    Progress progress;
    progress.cancel = true;
    const auto runs = run_designs(world, both, 0, 4, 2, progress);
    EXPECT_EQ(progress.done.load(), 0u);
    for (const DesignRuns& r : runs) {
        EXPECT_TRUE(r.cascades.empty());
        EXPECT_EQ(r.finished, std::vector<std::uint8_t>(4, 0));
        for (const double v : r.values) ASSERT_TRUE(std::isnan(v));
    }
}

TEST_F(RunnerTest, AnExceptionOfAWorkerReachesTheCaller) {
    YearParams params = testing::busy_params();
    params.posting.other_posts_per_month = 1e6;
    const Design flood = testing::design(std::nullopt, params, weeks);
    for (const int threads : {1, 2, 7}) {
        Progress progress;
        const std::string message = testing::message_of([&] {
            run_designs(world, {&none, &flood}, 0, 20, threads, progress);
        });
        EXPECT_EQ(message.rfind("posting.other_posts_per_month", 0), 0u) << message;
        EXPECT_LT(progress.done.load(), 40u);
    }
}

TEST_F(RunnerTest, AGroupThatDoesNotFitIsRefusedBeforeTheRun) {
    const Design large = testing::design(testing::program(31), testing::busy_params(), weeks);
    Progress progress;
    EXPECT_THROW(run_designs(world, {&large}, 0, 2, 2, progress), InvalidInput);
    EXPECT_EQ(progress.done.load(), 0u);
}

TEST(EstimateRunBytes, CoversViewersAndValues) {
    EXPECT_GE(estimate_run_bytes(1'000'000, 5000, 3, 200, 2), 2u * 64 * 1'000'000 + 8u * 5000 * 3 * 200);
    EXPECT_EQ(estimate_run_bytes(1000, 10, 1, 1, 0), estimate_run_bytes(1000, 10, 1, 1, 1));
}

}  // namespace
}  // namespace groundswell
