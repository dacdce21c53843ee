#include "world/ties/tie_completion.hpp"
#include "world/ties/tie_coverage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>
#include <utility>

#include "company.hpp"
#include "core/errors.hpp"
#include "world/ties/missing_tie_counts.hpp"

namespace groundswell {
namespace {

using Pairs = std::set<std::pair<std::uint32_t, std::uint32_t>>;

BuildContext context(std::uint32_t world = 0, int threads = 1) { return {20250301, world, threads, nullptr}; }

Pairs pairs_of(const CoworkerTies& ties) {
    Pairs pairs;
    for (std::uint32_t i = 0; i + 1 < ties.begin.size(); ++i)
        for (std::uint64_t at = ties.begin[i]; at < ties.begin[i + 1]; ++at)
            if (i < ties.coworkers[at]) pairs.insert({i, ties.coworkers[at]});
    return pairs;
}

CoworkerTies ties_of(const Pairs& pairs, std::uint32_t employees) {
    std::vector<Edge> edges;
    for (const auto& [a, b] : pairs) edges.push_back({a, b});
    return given_coworker_ties(edges, employees);
}

std::vector<std::uint64_t> numbers(std::uint32_t employees) { return draw_numbers_or_rows({}, employees); }

// Offices of ten: ties inside with probability .5, across with .03; every seventh employee has twice as many.
struct Firm {
    std::uint32_t employees;
    std::vector<std::int32_t> group;
    Pairs ties;

    explicit Firm(std::uint32_t n) : employees(n), group(n) {
        const StreamKey key = context(99).key(Decision::coworker_ties);
        for (std::uint32_t i = 0; i < n; ++i) group[i] = static_cast<std::int32_t>(i / 10);
        for (std::uint32_t i = 0; i < n; ++i)
            for (std::uint32_t j = i + 1; j < n; ++j) {
                const double p = (group[i] == group[j] ? .5 : .03) * (i % 7 == 0 ? 2 : 1);
                if (draw(key, (std::uint64_t{i} << 32) | j)[0] < p * 0x1p32) ties.insert({i, j});
            }
    }
    std::uint32_t groups() const { return employees / 10; }

    Pairs half() const {
        const StreamKey key = context(98).key(Decision::coworker_ties);
        Pairs kept;
        for (const auto& [i, j] : ties)
            if (draw(key, (std::uint64_t{i} << 32) | j)[0] % 2 == 0) kept.insert({i, j});
        return kept;
    }

    Pairs of(const std::vector<std::uint8_t>& complete) const {
        Pairs kept;
        for (const auto& [i, j] : ties)
            if (complete[i] || complete[j]) kept.insert({i, j});
        return kept;
    }

    CoworkerTies completed(const Pairs& listed, const TieCoverage& coverage, const BuildContext& c = context()) const {
        return complete_ties(c, numbers(employees), ties_of(listed, employees), coverage, group, groups());
    }
};

double inside(const Pairs& ties, const std::vector<std::int32_t>& group) {
    double same = 0;
    for (const auto& [i, j] : ties) same += group[i] == group[j] ? 1 : 0;
    return same / static_cast<double>(ties.size());
}

std::string message_of(const TieCoverage& coverage, std::uint32_t employees) {
    try {
        check_tie_coverage(coverage, employees);
    } catch (const InvalidInput& error) {
        return error.what();
    }
    return "";
}

TEST(TieCompletion, GivenTiesStayAndRowsAreMutualSortedAndWithoutRepeats) {
    const Firm firm(200);
    const Pairs half = firm.half();
    const CoworkerTies ties = firm.completed(half, {.5, {}});
    for (std::uint32_t i = 0; i < firm.employees; ++i)
        for (std::uint64_t at = ties.begin[i]; at < ties.begin[i + 1]; ++at) {
            const std::uint32_t j = ties.coworkers[at];
            ASSERT_NE(i, j);
            ASSERT_TRUE(at == ties.begin[i] || ties.coworkers[at - 1] < j);
            const auto row = ties.coworkers.begin() + static_cast<std::ptrdiff_t>(ties.begin[j]);
            ASSERT_TRUE(std::binary_search(row, row + ties.degree(j), i));
        }
    const Pairs all = pairs_of(ties);
    EXPECT_TRUE(std::includes(all.begin(), all.end(), half.begin(), half.end()));
    EXPECT_EQ(all.size(), 2 * half.size());  // share .5
}

TEST(TieCompletion, TiesBetweenBlocksAreThoseDrawn) {
    const Firm firm(200);
    const Pairs half = firm.half();
    const CoworkerTies listed = ties_of(half, firm.employees);
    const MissingTieCounts counts =
        draw_missing_tie_counts(context(), numbers(firm.employees), listed, {.5, {}}, firm.group, firm.groups());
    MissingTieCounts made = counts;
    std::fill(made.between_blocks.begin(), made.between_blocks.end(), 0);
    for (const auto& [i, j] : pairs_of(firm.completed(half, {.5, {}}))) {
        if (half.count({i, j}) > 0) continue;
        const std::uint32_t g = counts.blocks.of_employee[i], h = counts.blocks.of_employee[j];
        ++made.between(g, h);
        if (g != h) ++made.between(h, g);
    }
    EXPECT_EQ(made.between_blocks, counts.between_blocks);
    EXPECT_EQ(counts.total(), half.size());
}

TEST(TieCompletion, DegreesFollowTheDraw) {
    const Firm firm(400);
    const Pairs half = firm.half();
    const CoworkerTies listed = ties_of(half, firm.employees);
    const MissingTieCounts counts =
        draw_missing_tie_counts(context(), numbers(firm.employees), listed, {.5, {}}, firm.group, firm.groups());
    const CoworkerTies ties = firm.completed(half, {.5, {}});
    double drawn = 0, difference = 0, expected = 0;
    for (std::uint32_t i = 0; i < firm.employees; ++i) {
        drawn += counts.of_employee[i];
        expected += counts.expected_of_employee[i];
        difference += std::abs(static_cast<double>(ties.degree(i)) - listed.degree(i) - counts.of_employee[i]);
    }
    EXPECT_NEAR(expected, 2.0 * static_cast<double>(counts.total()), 1e-6);
    EXPECT_NEAR(drawn, expected, 5 * std::sqrt(expected));  // Poisson
    EXPECT_LT(difference, .2 * drawn);                      // the last ties go to whoever has room
}

TEST(TieCompletion, TheShareInsideGroupsIsThatOfTheFirm) {
    const Firm firm(400);
    const double truth = inside(firm.ties, firm.group);
    EXPECT_NEAR(inside(pairs_of(firm.completed(firm.half(), {.5, {}})), firm.group), truth, .03);
    std::vector<std::uint8_t> complete(firm.employees, 0);
    for (std::uint32_t i = 0; i < firm.employees; i += 2) complete[i] = 1;
    const Pairs all = pairs_of(firm.completed(firm.of(complete), {0, complete}));
    EXPECT_NEAR(inside(all, firm.group), truth, .03);
    const auto tied = static_cast<double>(firm.ties.size());
    EXPECT_NEAR(static_cast<double>(all.size()), tied, .08 * tied);
}

TEST(TieCompletion, WhoIsCompleteGetsNoTie) {
    const Firm firm(200);
    std::vector<std::uint8_t> complete(firm.employees, 0);
    for (std::uint32_t i = 0; i < firm.employees; i += 3) complete[i] = 1;
    const Pairs listed = firm.of(complete);
    const Pairs all = pairs_of(firm.completed(listed, {0, complete}));
    EXPECT_GT(all.size(), listed.size());
    for (const auto& [i, j] : all) EXPECT_TRUE(listed.count({i, j}) > 0 || (!complete[i] && !complete[j]));
}

TEST(TieCompletion, AFullCoverageChangesNothing) {
    const Firm firm(100);
    const CoworkerTies listed = ties_of(firm.ties, firm.employees);
    for (const TieCoverage& coverage : {TieCoverage{1, {}}, TieCoverage{0, std::vector<std::uint8_t>(100, 1)}}) {
        EXPECT_TRUE(coverage.full());
        const CoworkerTies ties = firm.completed(firm.ties, coverage);
        EXPECT_EQ(ties.begin, listed.begin);
        EXPECT_EQ(ties.coworkers, listed.coworkers);
    }
}

TEST(TieCompletion, ThreadsDoNotMatterWorldsAndSeedsDo) {
    const Firm firm(300);
    const Pairs half = firm.half();
    const TieCoverage coverage{.5, {}};
    const CoworkerTies one = firm.completed(half, coverage);
    for (const int threads : {2, 7})
        EXPECT_EQ(firm.completed(half, coverage, context(0, threads)).coworkers, one.coworkers) << threads;
    EXPECT_NE(firm.completed(half, coverage, context(1)).coworkers, one.coworkers);
    EXPECT_NE(firm.completed(half, coverage, {7, 0, 1, nullptr}).coworkers, one.coworkers);
}

TEST(TieCompletion, FullBlocksAreFilledAndNoMore) {
    // Two groups of six, every pair inside tied, none across: .7 of them listed. There is room for the rest inside.
    Firm firm(20);
    for (std::uint32_t i = 0; i < 20; ++i) firm.group[i] = static_cast<std::int32_t>(i / 10);
    Pairs listed;
    std::uint32_t k = 0;
    for (std::uint32_t i = 0; i < 20; ++i)
        for (std::uint32_t j = i + 1; j < 20; ++j)
            if (i / 10 == j / 10 && k++ % 10 < 7) listed.insert({i, j});
    const Pairs all = pairs_of(firm.completed(listed, {.7, {}}));
    EXPECT_EQ(all.size(), 90u);
    EXPECT_EQ(inside(all, firm.group), 1);
    EXPECT_THROW(firm.completed(listed, {.2, {}}), InvalidInput);  // 252 missing, 127 pairs
}

TEST(TieCompletion, ManyGroupsAndPeopleWithoutOne) {
    Firm firm(1400);
    for (std::uint32_t i = 0; i < firm.employees; ++i)
        firm.group[i] = i % 5 == 0 ? -1 : static_cast<std::int32_t>(i / 2);
    const Pairs half = firm.half();
    const CoworkerTies listed = ties_of(half, firm.employees);
    const MissingTieCounts counts =
        draw_missing_tie_counts(context(), numbers(firm.employees), listed, {.5, {}}, firm.group, 700);
    EXPECT_EQ(counts.blocks.count, 512u);
    for (std::uint32_t i = 0; i < firm.employees; i += 5)
        EXPECT_EQ(counts.blocks.of_employee[i], 0u);  // the largest group
    EXPECT_EQ(pairs_of(complete_ties(context(), numbers(firm.employees), listed, {.5, {}}, firm.group, 700)).size(),
              2 * half.size());
}

TEST(TieCompletion, BadCoverageIsRefusedByName) {
    EXPECT_NE(message_of({1.5, {}}, 3).find("company.ties_coverage.share = 1.5"), std::string::npos);
    EXPECT_NE(message_of({0, {}}, 3).find("complete_for names nobody"), std::string::npos);
    EXPECT_NE(message_of({0, {1, 0}}, 3).find("3 employees"), std::string::npos);
    EXPECT_EQ(message_of({0, {1, 0, 0}}, 3), "");
    EXPECT_EQ(message_of({.5, {}}, 3), "");
    EXPECT_THROW(complete_ties(context(), numbers(3), ties_of({}, 3), {.5, {}}, {0, 0, 0}, 1), InvalidInput);
}

TEST(TieCompletion, AWorldCompletesItsTableAndSaysSo) {
    const Firm firm(200);
    CompanyInput company = testing::blank_company(firm.employees);
    company.workforce.departments = firm.groups();
    company.workforce.department = firm.group;
    for (auto* shares :
         {&company.workforce.department_shares, &company.workforce.sales_share, &company.workforce.recruiter_share})
        shares->assign(firm.groups(), 0);
    company.workforce.department_shares.assign(firm.groups(), 1.0 / firm.groups());
    company.has_coworker_ties = true;
    const Pairs half = firm.half();
    for (const auto& [a, b] : half) company.coworker_ties.push_back({a, b});
    const auto coworkers = [&](const World& world) {
        Pairs found;
        for (std::uint32_t i = 0; i < world.employees; ++i)
            for (const TieWord tie : world.graph(Platform::linkedin).row(i))
                if (i < tie_person(tie) && tie_person(tie) < world.employees) found.insert({i, tie_person(tie)});
        return found;
    };
    WorldParams params;
    params.audience.person_degree_mean = 0;
    EXPECT_EQ(coworkers(build_world(company, params, 1, 0, 1)), half);
    company.tie_coverage.share = .5;
    const World world = build_world(company, params, 1, 0, 2);
    const Pairs all = coworkers(world);
    EXPECT_EQ(all.size(), 2 * half.size());
    EXPECT_TRUE(std::includes(all.begin(), all.end(), half.begin(), half.end()));
    const auto warning = std::find_if(world.warnings.begin(), world.warnings.end(),
                                      [](const WorldWarning& w) { return w.code == "ties_completed"; });
    ASSERT_NE(warning, world.warnings.end());
    EXPECT_EQ(warning->count, half.size());
    company.has_coworker_ties = false;
    EXPECT_THROW(build_world(company, params, 1, 0, 1), InvalidInput);
}

}  // namespace
}  // namespace groundswell
