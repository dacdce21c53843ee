#include "world/world_file.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <functional>
#include <limits>
#include <set>
#include <system_error>

#include "graphs.hpp"

namespace groundswell {
namespace {

using namespace testing;

class WorldFile : public ::testing::Test {
protected:
    void SetUp() override {
        folder = std::filesystem::path(::testing::TempDir()) /
                 ("groundswell_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        params.platforms[2].emplace().presence.buyer = .5;
        world = build_world(company, params, 3, 1, 2);
        path = folder / "world";
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    std::filesystem::path folder, path;
    CompanyInput company = blank_company(100);
    WorldParams params = small_audience();
    World world;
};

TEST_F(WorldFile, AWorldComesBackAsItWas) {
    world.warnings.push_back({"code", "a message", 7});
    save_world(world, path, "abc");
    const auto back = load_world(path, "abc", company, 2);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->seed, 3u);
    EXPECT_EQ(back->index, 1u);
    EXPECT_EQ(back->employees, 100u);
    EXPECT_EQ(back->segment_begin, world.segment_begin);
    EXPECT_EQ(back->strength_value, world.strength_value);
    ASSERT_EQ(back->persons.size(), world.persons.size());
    EXPECT_EQ(std::memcmp(back->persons.data(), world.persons.data(), 8 * world.persons.size()), 0);
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        EXPECT_EQ(back->graphs[p].row_begin, world.graphs[p].row_begin);
        EXPECT_TRUE(all_ties(back->graphs[p]) == all_ties(world.graphs[p]));
        EXPECT_EQ(back->graphs[p].mean_degree, world.graphs[p].mean_degree);
    }
    EXPECT_EQ(back->workforce.department, world.workforce.department);
    EXPECT_EQ(back->workforce.function, world.workforce.function);
    EXPECT_EQ(back->workforce.attributes, world.workforce.attributes);
    EXPECT_EQ(back->sharer, world.sharer);
    EXPECT_EQ(back->advocate_order, world.advocate_order);
    ASSERT_EQ(back->warnings.size(), world.warnings.size());
    EXPECT_EQ(back->warnings.back().message, "a message");
    EXPECT_EQ(back->warnings.back().count, 7u);
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++files;
    EXPECT_EQ(files, 1u);  // nothing left beside it
}

TEST_F(WorldFile, OtherOrBrokenFilesAreNoWorlds) {
    EXPECT_FALSE(load_world(path, "abc", company, 1));  // not there
    save_world(world, path, "abc");
    EXPECT_FALSE(load_world(path, "abd", company, 1));
    const auto size = std::filesystem::file_size(path);
    for (const auto shorter : {size - 1, size / 2, std::uintmax_t{40}, std::uintmax_t{5}, std::uintmax_t{0}}) {
        std::filesystem::resize_file(path, shorter);
        EXPECT_FALSE(load_world(path, "abc", company, 1)) << shorter;
    }
    save_world(world, path, "abc");
    std::ofstream(path, std::ios::app) << "x";
    EXPECT_FALSE(load_world(path, "abc", company, 1));
    save_world(world, path, "abc");
    std::fstream(path, std::ios::in | std::ios::out | std::ios::binary).write("?", 1);
    EXPECT_FALSE(load_world(path, "abc", company, 1));
}

// Each damage is one that a checksum written anew would hide, and that a run would read beyond its arrays for, never
// end with, or give numbers that are none.
TEST_F(WorldFile, AWorldThatNoRunCouldTrustIsNone) {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<std::function<void(World&)>> damages = {
        [](World& w) { w.employees -= 1; },
        [](World& w) { w.segment_begin[0] = 1; },
        [](World& w) { std::swap(w.segment_begin[2], w.segment_begin[3]); },
        [](World& w) { w.persons.pop_back(); },
        [](World& w) { w.persons[5].visibility[1] = kVisibilityClasses; },
        [](World& w) { w.persons[5].presence = 16; },
        [](World& w) { w.strength_value[1] = kNan; },
        [](World& w) { w.strength_value[0] = -1; },
        [](World& w) { w.workforce.department[3] = 7; },
        [](World& w) { w.workforce.region[3] = -1; },
        [](World& w) { w.workforce.seniority[3] = kSeniorities; },
        [](World& w) { w.workforce.function.push_back(0); },
        [](World& w) { w.workforce.attributes[1][9] = std::numeric_limits<double>::infinity(); },
        [](World& w) { w.workforce.attributes[8].clear(); },
        [](World& w) { w.draw_numbers.pop_back(); },
        [](World& w) { w.draw_numbers[3] += 1; },
        [](World& w) { w.viewer_numbers.clear(); },
        [](World& w) { w.viewer_numbers[3] = w.viewer_numbers[4]; },
        [](World& w) { w.sharer[0] = 2; },
        [](World& w) { w.advocate_order[0] = w.advocate_order[1]; },
        [](World& w) { w.advocate_order[0] = 100; },
        [](World& w) {
            w.warnings.push_back({"code", "\xff", 1});
        },
        [](World& w) { w.graphs[1].ties = PageArray<TieWord>(1); },
        [](World& w) { w.graphs[0].row_begin.pop_back(); },
        [](World& w) { w.graphs[0].row_begin.back() += 1; },
        [](World& w) { w.graphs[0].row_begin[7] = w.graphs[0].row_begin[8] + 1; },
        [](World& w) { w.graphs[0].row_begin[7] = ~std::uint64_t{0}; },
        [](World& w) { w.graphs[2].mean_degree = kNan; },
        [](World& w) { w.graphs[2].ties[0] = tie_word(w.person_count(), 1, Strength::weak); },
        [](World& w) { std::swap(w.graphs[0].ties[0], w.graphs[0].ties[1]); },
        [](World& w) { w.graphs[0].ties[1] = w.graphs[0].ties[0]; },
        [](World& w) { w.graphs[0].ties[0] |= 1u << 31; },
        [](World& w) { w.graphs[0].ties[0] |= 3u << 29; },
        [](World& w) { w.graphs[0].ties[w.graphs[0].ties.size() - 1] &= ~(3u << 29); },
    };
    for (std::size_t i = 0; i < damages.size(); ++i) {
        World damaged = build_world(company, params, 3, 1, 2);
        ASSERT_GT(damaged.graphs[0].row_begin[1], 1u);
        damages[i](damaged);
        save_world(damaged, path, "abc");
        EXPECT_FALSE(load_world(path, "abc", company, 2)) << "damage " << i;
    }
    save_world(world, path, "abc");
    EXPECT_TRUE(load_world(path, "abc", company, 2));
    EXPECT_FALSE(load_world(path, "abc", blank_company(99), 2)) << "a world of another company";
}

TEST_F(WorldFile, WhatCannotBeWrittenIsAnErrorOfTheSystem) {
    try {
        save_world(world, folder / "missing" / "world", "abc");
        FAIL() << "written";
    } catch (const std::system_error& error) {
        EXPECT_EQ(error.code().value(), ENOENT);
        EXPECT_NE(std::string(error.what()).find("missing"), std::string::npos);
    }
    std::filesystem::create_directories(path / "in the way");  // cannot be replaced by a file
    EXPECT_THROW(save_world(world, path, "abc"), std::system_error);
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++files;
    EXPECT_EQ(files, 1u);  // the folder only
}

TEST_F(WorldFile, FingerprintsDifferByEverythingAWorldFollowsFrom) {
    std::set<std::string> prints;
    const auto add = [&](const std::function<void(CompanyInput&, WorldParams&)>& change, std::uint64_t seed = 1,
                         std::uint32_t index = 0) {
        CompanyInput changed = company;
        WorldParams other = params;
        change(changed, other);
        const std::string print = world_fingerprint(changed, other, seed, index);
        EXPECT_EQ(print, world_fingerprint(changed, other, seed, index));
        EXPECT_EQ(print.size(), 32u);
        EXPECT_TRUE(prints.insert(print).second);
    };
    add([](auto&, auto&) {});
    add([](auto&, auto&) {}, 2);
    add([](auto&, auto&) {}, 1, 1);
    add([](auto& c, auto&) { column(c.workforce, Attribute::connections)[3] = 5; });
    add([](auto& c, auto&) { column(c.workforce, Attribute::connections)[4] = 5; });
    add([](auto& c, auto&) { c.workforce.department[0] = 1; });
    add([](auto& c, auto&) { c.workforce.region[0] = 1; });
    add([](auto& c, auto&) { c.workforce.sales_share[1] = .5; });
    add([](auto& c, auto&) { c.has_coworker_ties = true; });
    add([](auto& c, auto&) { c.has_coworker_ties = true, c.coworker_ties = {{0, 1}}; });
    add([](auto& c, auto&) { c.has_coworker_ties = true, c.coworker_ties = {{1, 0}}; });
    add([](auto& c, auto&) { c.tie_coverage.share = .5; });
    add([](auto& c, auto&) { c.tie_coverage.share = .9; });
    add([](auto& c, auto&) { c.tie_coverage.complete = {1, 0}; });
    add([](auto& c, auto&) { c.tie_coverage.complete = {0, 1}; });
    add([](auto& c, auto&) { c.page_followers[1] = 0; });
    add([](auto& c, auto&) { c.connections[1] = {1}; });
    add([](auto& c, auto&) { c.connections[2] = {1}; });
    add([](auto& c, auto&) { c.audience.given = true; });
    add([](auto& c, auto&) { c.audience.persons[2] = 1; });
    add([](auto& c, auto&) { c.audience.ties = {{0, 1}}; });
    add([](auto&, auto& p) { p.workforce.sales_multiplier = 3; });
    add([](auto&, auto& p) { p.audience.pool.buyer += 1; });
    add([](auto&, auto& p) { p.audience.pool.peer += 1; });
    add([](auto&, auto& p) { p.platforms[3].emplace(); });
    add([](auto&, auto& p) { p.platforms[2].reset(); });
    add([](auto&, auto& p) { p.platforms[2]->activity_shape = .5; });
    add([](auto&, auto& p) { p.platforms[0]->activity_shape = .5; });
}

}  // namespace
}  // namespace groundswell
