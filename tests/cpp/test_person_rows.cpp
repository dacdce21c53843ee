// Rows made when they are first needed are those of a world with all rows, whoever asks first.
#include "world/ties/person_rows.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <thread>

#include "helpers.hpp"
#include "runner/runner.hpp"

namespace groundswell {
namespace {

World build(RowStorage storage) {
    const WorldParams params = testing::small_world_params({Platform::linkedin, Platform::facebook});
    return build_world(testing::blank_company(30), params, testing::kSeed, 0, 1, nullptr, storage);
}

std::vector<TieWord> row_of(const World& world, std::size_t platform, std::uint32_t node) {
    const auto row = world.graphs[platform].row(node);
    return {row.begin(), row.end()};
}

TEST(PersonRows, RowsAsNeededAreThoseOfAWorldWithAllRows) {
    const World all = build(RowStorage::all), needed = build(RowStorage::as_needed);
    for (std::size_t p = 0; p < 2; ++p) {
        ASSERT_TRUE(needed.graphs[p].on());
        for (std::uint32_t node = all.page_node() + 1; node-- > 0;)
            ASSERT_EQ(row_of(needed, p, node), row_of(all, p, node)) << "platform " << p << ", node " << node;
    }
    EXPECT_LT(needed.graphs[0].ties.size(), all.graphs[0].ties.size() / 2);
    EXPECT_TRUE(std::isnan(needed.graphs[0].mean_degree));
}

TEST(PersonRows, ThreadsThatAskForTheSameRowsGetTheSame) {
    const World all = build(RowStorage::all), needed = build(RowStorage::as_needed);
    const auto ask = [&](std::uint32_t step) {
        for (std::uint32_t k = 0; k < needed.person_count(); ++k) {
            const std::uint32_t node = (k * step) % needed.person_count();
            needed.graphs[0].prefetch_row(node);
            ASSERT_EQ(row_of(needed, 0, node), row_of(all, 0, node));
        }
    };
    std::thread first([&] { ask(1); }), second([&] { ask(7); }), third([&] { ask(1); });
    first.join();
    second.join();
    third.join();
    const std::uint64_t bytes = needed.graphs[0].rows_as_needed->bytes();
    ask(1);
    EXPECT_EQ(needed.graphs[0].rows_as_needed->bytes(), bytes) << "a row was made twice";
}

TEST(PersonRows, ARunDoesNotDependOnTheStorage) {
    const auto small = [](RowStorage storage) {
        return build_world(testing::blank_company(30), testing::small_world_params(), testing::kSeed, 0, 1, nullptr,
                           storage);
    };
    const World all = small(RowStorage::all), needed = small(RowStorage::as_needed);
    const Design design = testing::design(testing::program());
    const std::vector<const Design*> designs{&design};
    Progress progress;
    const auto stored = run_designs(all, designs, 0, 4, 1, progress);
    const auto made = run_designs(needed, designs, 0, 4, 2, progress);
    ASSERT_GT(stored[0].stats.acts, 100u);
    for (std::size_t k = 0; k < stored[0].values.size(); ++k)
        ASSERT_EQ(std::bit_cast<std::uint64_t>(made[0].values[k]), std::bit_cast<std::uint64_t>(stored[0].values[k]));
}

TEST(PersonRows, FractionalContagionAsksForAllRows) {
    const World needed = build(RowStorage::as_needed);
    YearParams params = testing::busy_params();
    params.feed.fractional_contagion = 1;
    const Design design = testing::design(std::nullopt, params);
    EXPECT_THROW(RunTables(design, needed), InternalError);
}

}  // namespace
}  // namespace groundswell
