// The same person has the same luck whatever the order of the rows, and whoever else comes or goes.
#include "model/draw_numbers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/errors.hpp"
#include "graphs.hpp"
#include "helpers.hpp"
#include "model/posting.hpp"

namespace groundswell {
namespace {

using testing::blank_company;
using testing::message_of;

std::uint64_t number_of(std::uint32_t id) { return combine(77, id) | (std::uint64_t{1} << 63); }

// A company of these people, in the order of their numbers as the package hands them over.
CompanyInput company_of(const std::vector<std::uint32_t>& ids) {
    CompanyInput company = blank_company(static_cast<std::uint32_t>(ids.size()));
    for (const std::uint32_t id : ids) company.workforce.draw_numbers.push_back(number_of(id));
    std::sort(company.workforce.draw_numbers.begin(), company.workforce.draw_numbers.end());
    return company;
}

std::vector<std::uint32_t> people(std::uint32_t first, std::uint32_t end) {
    std::vector<std::uint32_t> ids(end - first);
    std::iota(ids.begin(), ids.end(), first);
    return ids;
}

// Of the people of one world, their rows in another; none for those who are not there.
std::map<std::uint32_t, std::uint32_t> rows_in(const World& world, const World& other) {
    std::map<std::uint64_t, std::uint32_t> row;
    for (std::uint32_t i = 0; i < other.employees; ++i) row[other.draw_numbers[i]] = i;
    std::map<std::uint32_t, std::uint32_t> rows;
    for (std::uint32_t i = 0; i < world.employees; ++i)
        if (const auto found = row.find(world.draw_numbers[i]); found != row.end()) rows[i] = found->second;
    return rows;
}

// A row of ties by draw numbers: class and strength of the tie to each person.
std::map<std::uint64_t, std::uint32_t> ties_of(const World& world, Platform platform, std::uint32_t node) {
    std::map<std::uint64_t, std::uint32_t> ties;
    for (const TieWord tie : world.graph(platform).row(node)) ties[world.draw_number(tie_person(tie))] = tie_class(tie);
    return ties;
}

bool same_traits(const PersonTraits& a, const PersonTraits& b) {
    return a.visibility == b.visibility && a.affinity == b.affinity && a.susceptibility == b.susceptibility &&
           a.propensity == b.propensity && a.presence == b.presence;
}

TEST(DrawNumbers, BadOnesAreRefusedByRow) {
    const std::uint64_t top = std::uint64_t{1} << 63;
    const auto message = [](std::vector<std::uint64_t> numbers) {
        CompanyInput company = blank_company(3);
        company.workforce.draw_numbers = std::move(numbers);
        return message_of([&] { build_world(company, testing::small_audience(), 1, 0, 1); });
    };
    EXPECT_EQ(message({top + 4, 2, top}), "nothing was thrown");
    EXPECT_EQ(message({top, 5}), "company.draw_numbers has 2 rows, must have one for each of 3 employees");
    EXPECT_EQ(message({1, top, 1}), "company.draw_numbers[2] = 1: must be distinct, row 0 has it too");
    EXPECT_EQ(message({1, 1u << 24, 3}), "company.draw_numbers[1] = 16777216: must be below 2^24, or 2^63 or above");
}

TEST(DrawNumbers, ViewersHaveNumbersOfTheirOwn) {
    const std::uint64_t half = std::uint64_t{1} << 32, last = ~std::uint64_t{0};
    const std::uint64_t low = 0x80000001u * half;
    EXPECT_EQ(viewer_numbers_of(std::vector<std::uint64_t>{low + 2, 9, low, low + half, 3}),
              (std::vector<std::uint32_t>{0x80000002u, 9, 0x80000001u, 0x80000003u, 3}));
    EXPECT_EQ(viewer_numbers_of(std::vector<std::uint64_t>{last, last - 1, last - 2, last - half}),
              (std::vector<std::uint32_t>{0xFFFFFFFFu, 0xFFFFFFFEu, 0xFFFFFFFDu, 0xFFFFFFFCu}));
    const World world = testing::small_world();
    for (std::uint32_t person = 0; person < world.person_count(); ++person) {
        const auto segment = static_cast<Segment>(testing::segment_of(world, person));
        ASSERT_EQ(world.viewers().of(person), world.viewer_number(person, segment));
        ASSERT_EQ(world.viewers().of(person), world.draw_number(person)) << "rows and pools have numbers of 32 bits";
    }
}

// Every bit of a draw number, and each of the place, flips every bit of the identity with probability 1/2.
TEST(DrawNumbers, IdentitiesAvalanche) {
    constexpr int kTrials = 4000;
    std::mt19937_64 random(4);
    std::vector<std::vector<int>> flips(96, std::vector<int>(63, 0));
    for (int trial = 0; trial < kTrials; ++trial) {
        const std::uint64_t author = random(), place = random() & 0xFFFFFFFFu;
        const std::uint64_t identity = combine(author, place) >> 1;
        for (unsigned bit = 0; bit < 96; ++bit) {
            const std::uint64_t other = bit < 64 ? combine(author ^ (std::uint64_t{1} << bit), place) >> 1
                                                 : combine(author, place ^ (std::uint64_t{1} << (bit - 64))) >> 1;
            for (unsigned out = 0; out < 63; ++out)
                flips[bit][out] += static_cast<int>(((identity ^ other) >> out) & 1u);
        }
    }
    for (const auto& of_bit : flips)
        for (const int count : of_bit) ASSERT_NEAR(count, kTrials / 2, 6 * std::sqrt(kTrials) / 2);
}

// Two of four million are equal with probability 1e-6: authors who follow each other, and authors by HMAC.
TEST(DrawNumbers, IdentitiesDoNotCollide) {
    std::vector<std::uint64_t> identities;
    for (std::uint32_t author = 0; author < 1000; ++author)
        for (const std::uint64_t number : {std::uint64_t{author}, number_of(author)})
            for (std::uint32_t day = 0; day < 500; ++day)
                for (std::uint32_t slot = 0; slot < 4; ++slot)
                    identities.push_back(post_identity(number, day, Platform::x, Process::program, slot));
    std::sort(identities.begin(), identities.end());
    EXPECT_EQ(std::adjacent_find(identities.begin(), identities.end()), identities.end());
    EXPECT_EQ(identities.back() >> 63, 0u);
}

// What a permutation of the rows may not change: everything about everybody.
TEST(DrawNumbers, TheOrderOfTheRowsDecidesNothing) {
    WorldParams params = testing::small_world_params(testing::kTwo);
    params.audience.smallest_company = 300;
    CompanyInput company = company_of(people(0, 150));
    const World world = build_world(company, params, 5, 1, 1);
    std::shuffle(company.workforce.draw_numbers.begin(), company.workforce.draw_numbers.end(), std::mt19937_64(8));
    const World shuffled = build_world(company, params, 5, 1, 1);
    const auto rows = rows_in(world, shuffled);
    ASSERT_EQ(rows.size(), 150u);
    for (const auto& [i, j] : rows) {
        for (const auto& attribute : {Attribute::connections, Attribute::social_activity, Attribute::sales_skill})
            ASSERT_EQ(world.workforce[attribute][i], shuffled.workforce[attribute][j]);
        ASSERT_EQ(world.workforce.department[i], shuffled.workforce.department[j]);
        ASSERT_EQ(world.sharer[i], shuffled.sharer[j]);
        ASSERT_TRUE(same_traits(world.persons[i], shuffled.persons[j]));
        for (const Platform platform : testing::kTwo)
            ASSERT_EQ(ties_of(world, platform, i), ties_of(shuffled, platform, j));
    }
    for (std::uint32_t k = 0; k < 150; ++k)
        ASSERT_EQ(world.draw_numbers[world.advocate_order[k]], shuffled.draw_numbers[shuffled.advocate_order[k]]);
    for (std::uint32_t node = 150; node <= world.page_node(); ++node)
        for (const Platform platform : testing::kTwo)
            ASSERT_EQ(ties_of(world, platform, node), ties_of(shuffled, platform, node));
}

// A company of 1,200 today and next quarter.
class Quarters : public ::testing::Test {
protected:
    static constexpr std::uint32_t kPeople = 1200;

    static std::vector<std::uint32_t> next_quarter(std::uint32_t leavers, std::uint32_t newcomers) {
        std::vector<std::uint32_t> ids = people(0, kPeople + newcomers);
        for (std::uint32_t k = 0; k < leavers; ++k)  // all over the company
            ids.erase(std::find(ids.begin(), ids.end(), 97 * k % kPeople));
        return ids;
    }
    static World build(const std::vector<std::uint32_t>& ids, std::uint32_t index) {
        return build_world(company_of(ids), {}, 11, index, 2, nullptr, RowStorage::as_needed);
    }

    // Of the ties that people who remain have today, to people of the audience or who remain: the share they keep.
    static double kept_ties(const World& today, const World& next) {
        std::uint64_t kept = 0, all = 0;
        for (const auto& [i, j] : rows_in(today, next)) {
            const auto before = ties_of(today, Platform::linkedin, i), after = ties_of(next, Platform::linkedin, j);
            all += before.size();
            for (const auto& tie : before) kept += after.contains(tie.first) ? 1 : 0;
        }
        return static_cast<double>(kept) / static_cast<double>(all);
    }
};

TEST_F(Quarters, WhoRemainsKeepsEveryDraw) {
    const World today = build(people(0, kPeople), 0), next = build(next_quarter(12, 20), 0);
    const auto rows = rows_in(today, next);
    ASSERT_EQ(rows.size(), kPeople - 12);
    for (const auto& [i, j] : rows) {
        for (int a = 1; a < kAttributes; ++a)  // connections are scaled to their mean
            ASSERT_EQ(today.workforce.attributes[static_cast<std::size_t>(a)][i],
                      next.workforce.attributes[static_cast<std::size_t>(a)][j]);
        ASSERT_EQ(today.sharer[i], next.sharer[j]);
        ASSERT_TRUE(same_traits(today.persons[i], next.persons[j]));
    }
    std::vector<std::uint32_t> order, next_order;
    for (const std::uint32_t i : today.advocate_order)
        if (rows.contains(i)) order.push_back(rows.at(i));
    const auto rows_back = rows_in(next, today);
    for (const std::uint32_t j : next.advocate_order)
        if (rows_back.contains(j)) next_order.push_back(j);
    EXPECT_EQ(order, next_order);
    ASSERT_EQ(today.person_count() - kPeople, next.person_count() - next.employees) << "the pools are on one step";
    for (std::uint32_t k = 0; k < today.person_count() - kPeople; ++k)
        ASSERT_TRUE(same_traits(today.persons[kPeople + k], next.persons[next.employees + k]));
}

TEST_F(Quarters, WhoRemainsKeepsMostTies) {
    const World today = build(people(0, kPeople), 0);
    const double quarter = kept_ties(today, build(next_quarter(12, 20), 0));
    const double step = kept_ties(today, build(next_quarter(12, 80), 0));  // 1,268: the pools are a step larger
    EXPECT_GT(quarter, .95);
    EXPECT_GT(step, .85);
    std::printf("ties kept: %.4f after a quarter, %.4f beyond a step of the pools\n", quarter, step);
}

// Posts without a program follow from the draws of their author alone. Views of a post reach the viewers they did.
TEST_F(Quarters, WhoRemainsWritesTheSamePostsToTheSameViewers) {
    YearParams params;
    params.platforms[0].emplace().constants.person_rate = .3;
    const Design year = testing::design(std::nullopt, params, {1, 3, 0});
    using Views = std::map<std::uint64_t, std::set<std::uint64_t>>;  // by identity: those who were shown the post
    const auto views_of = [&](const World& world, const World& other) {
        Trace trace;
        testing::run(world, year, 0, {.trace = &trace});
        const auto rows = rows_in(world, other);
        Views views;
        for (const TracePost& post : trace.posts)
            if (rows.contains(post.author)) views[post.identity];
        for (const TraceView& view : trace.views) {
            const std::uint32_t author = trace.posts[view.post].author;
            const bool remains = view.viewer >= world.employees || rows.contains(view.viewer);
            if (view.act < 0 && rows.contains(author) && remains && view.refusal == Refusal::none)
                views[trace.posts[view.post].identity].insert(world.draw_number(view.viewer));
        }
        return views;
    };
    const World today = build(people(0, kPeople), 0), next = build(next_quarter(12, 20), 0);
    const Views before = views_of(today, next), after = views_of(next, today);
    ASSERT_GT(before.size(), 100u);
    std::size_t all = 0, kept = 0;
    for (const auto& [identity, viewers] : before) {
        ASSERT_TRUE(after.contains(identity));
        all += viewers.size();
        for (const std::uint64_t viewer : viewers) kept += after.at(identity).count(viewer);
    }
    EXPECT_EQ(before.size(), after.size());
    ASSERT_GT(all, 500u);
    EXPECT_GT(static_cast<double>(kept), .9 * static_cast<double>(all));
    std::printf("first-hop views kept: %.4f\n", static_cast<double>(kept) / static_cast<double>(all));
}

}  // namespace
}  // namespace groundswell
