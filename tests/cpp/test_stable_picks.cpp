#include "core/stable_picks.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "statistics.hpp"
#include "world/ties/token_table.hpp"

namespace groundswell {
namespace {

constexpr std::uint32_t kPicks = 200'000;

std::uint64_t key_of(std::uint32_t pick) { return combine(5, pick); }

void expect_law(const std::vector<std::uint64_t>& counts, const std::vector<double>& shares) {
    const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
    std::vector<double> expected;
    for (const double share : shares) expected.push_back(kPicks * share / all);
    const double degrees = static_cast<double>(counts.size()) - 1;
    EXPECT_LT(testing::chi_square_z(testing::chi_square(counts, expected), degrees), testing::bound(1));
}

TEST(StablePicks, EachIsPickedEquallyOften) {
    for (const std::uint32_t n : {2u, 3u, 97u, 128u, 1000u}) {
        std::vector<std::uint64_t> jumps(n, 0), withins(n, 0);
        for (std::uint32_t pick = 0; pick < kPicks; ++pick) {
            ++jumps[jump(key_of(pick), n)];
            ++withins[within(key_of(pick), 12'345, 12'345 + n) - 12'345];
        }
        expect_law(jumps, std::vector<double>(n, 1));
        expect_law(withins, std::vector<double>(n, 1));
    }
    EXPECT_EQ(jump(9, 1), 0u);
    EXPECT_EQ(within(9, 7, 8), 7u);
}

TEST(StablePicks, AJumpMovesOnlyToWhatIsNew) {
    std::uint64_t moved = 0;
    for (std::uint32_t pick = 0; pick < kPicks; ++pick) {
        const std::uint32_t before = jump(key_of(pick), 60'000), after = jump(key_of(pick), 63'000);
        if (before == after) continue;
        ASSERT_GE(after, 60'000u);
        ++moved;
    }
    EXPECT_LT(std::fabs(testing::binomial_z(static_cast<double>(moved), kPicks, 3.0 / 63)), testing::bound(1));
}

TEST(StablePicks, APickStaysWhileItLiesBetweenTheEnds) {
    for (std::uint32_t pick = 0; pick < kPicks; ++pick) {
        const std::uint32_t before = within(key_of(pick), 5000, 6500), after = within(key_of(pick), 5100, 6700);
        if (before == after) continue;
        ASSERT_TRUE(before < 5100 || after >= 6500) << before << " " << after;
    }
}

// The employees of a table and their tokens.
struct Tokens {
    std::vector<std::uint32_t> employees, tokens;
    std::vector<std::uint64_t> numbers;

    explicit Tokens(std::uint32_t people) : employees(people) {
        std::iota(employees.begin(), employees.end(), 0u);
        for (std::uint32_t i = 0; i < people; ++i) {
            tokens.push_back(i % 13);
            numbers.push_back(1000 + i);
        }
    }
    TokenTable table() const { return {world_key(3, 0, Decision::coworker_ties), employees, numbers, tokens}; }
};

TEST(StablePicks, EmployeesArePickedByTheirTokens) {
    const Tokens company(60);
    const TokenTable table = company.table();
    EXPECT_EQ(table.tokens(), std::accumulate(company.tokens.begin(), company.tokens.end(), 0u));
    std::vector<std::uint64_t> counts, others;
    std::vector<double> shares, shares_of_others;
    std::vector<std::uint64_t> picked(60, 0), picked_others(60, 0);
    for (std::uint32_t pick = 0; pick < kPicks; ++pick) {
        ++picked[table.pick(key_of(pick))];
        ++picked_others[table.pick_other(key_of(pick), 12)];
    }
    for (std::uint32_t i = 0; i < 60; ++i) {
        if (company.tokens[i] == 0) {
            EXPECT_EQ(picked[i] + picked_others[i], 0u);
            continue;
        }
        counts.push_back(picked[i]);
        shares.push_back(company.tokens[i]);
        if (i == 12) continue;
        others.push_back(picked_others[i]);
        shares_of_others.push_back(company.tokens[i]);
    }
    EXPECT_EQ(picked_others[12], 0u);
    expect_law(counts, shares);
    expect_law(others, shares_of_others);
}

// Those who leave free their tokens; few of the others' tokens stood aside for them.
TEST(StablePicks, ALeaverTakesHardlyMoreThanTheirOwnTokens) {
    const Tokens all(1000);
    Tokens fewer = all;
    fewer.employees.erase(fewer.employees.begin() + 500, fewer.employees.begin() + 513);  // 78 of 5,994 tokens
    const TokenTable before = all.table(), after = fewer.table();
    std::uint32_t moved = 0;
    for (std::uint32_t pick = 0; pick < kPicks; ++pick)
        moved += before.pick(key_of(pick)) != after.pick(key_of(pick)) ? 1 : 0;
    EXPECT_GT(moved, .012 * kPicks);
    EXPECT_LT(moved, .026 * kPicks);
}

}  // namespace
}  // namespace groundswell
