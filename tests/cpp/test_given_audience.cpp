// An audience that is given: persons by segment and ties.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "graphs.hpp"

namespace groundswell {
namespace {

using namespace testing;

// 4 employees (0 … 3), 2 alumni (4, 5), 3 buyers (6, 7, 8).
CompanyInput given(std::vector<Edge> ties) {
    CompanyInput company = blank_company(4);
    company.audience.given = true;
    company.audience.persons = {0, 2, 3, 0, 0, 0, 0};
    company.audience.ties = std::move(ties);
    return company;
}

World build(const CompanyInput& company, const WorldParams& params = {}) {
    return build_world(company, params, 1, 0, 2);
}

std::set<std::pair<std::uint32_t, std::uint32_t>> directions(const World& w, std::size_t platform, std::uint32_t from) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> ties;
    for (std::uint32_t j = from; j < w.person_count(); ++j)
        for (const std::uint32_t other : row(w.graphs[platform], j))
            if (other >= from) ties.insert({j, other});
    return ties;
}

std::set<std::pair<std::uint32_t, std::uint32_t>> both_ways(const std::vector<Edge>& ties) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> all;
    for (const auto& [a, b] : ties) all.insert({{a, b}, {b, a}});
    return all;
}

TEST(GivenAudience, TiesOfEmployeesAreTheirRows) {
    const std::vector<Edge> ties = {{0, 1}, {8, 0}, {4, 5}, {2, 6}, {6, 7}, {7, 8}};
    CompanyInput company = given(ties);
    column(company.workforce, Attribute::connections)[0] = 2;
    column(company.workforce, Attribute::connections)[3] = 9;
    WorldParams params;
    params.platforms[3].emplace().person_ties_kept = 0;  // given ties are not thinned
    const World w = build(company, params);
    EXPECT_EQ(w.segment_begin, (std::array<std::uint32_t, kSegments + 1>{0, 4, 6, 9, 9, 9, 9, 9}));
    EXPECT_EQ(directions(w, 0, 0), both_ways(ties));
    EXPECT_EQ(directions(w, 3, 0), both_ways(ties));
    EXPECT_EQ(one_sided(w, w.graphs[0]), 0u);
    EXPECT_EQ(w.workforce[Attribute::connections], (std::vector<double>{2, 1, 1, 0}));
    ASSERT_NE(warning(w, "connections_replaced"), nullptr);
    EXPECT_EQ(warning(w, "connections_replaced")->count, 1u);  // of employee 3
    EXPECT_FALSE(w.persons[3].present(0));
    EXPECT_TRUE(w.persons[0].present(0));
    EXPECT_FALSE(w.persons[0].present(1));
}

TEST(GivenAudience, CoworkerTiesOfATableOfTheirOwnAreAdded) {
    CompanyInput company = given({{0, 8}});
    company.has_coworker_ties = true;
    company.coworker_ties = {{0, 1}, {3, 2}};
    EXPECT_EQ(directions(build(company), 0, 0), both_ways({{0, 8}, {0, 1}, {2, 3}}));
    company.audience.ties.push_back({1, 3});
    EXPECT_NE(message_of([&] { build(company); }).find("company.audience.ties[1] ties two employees"),
              std::string::npos);
}

TEST(GivenAudience, WithoutTiesOfEmployeesThesePick) {
    CompanyInput company = blank_company(50);
    company.audience.given = true;
    company.audience.persons = {0, 400, 1000, 500, 0, 300, 0};
    for (std::uint32_t k = 0; k < 900; ++k) company.audience.ties.push_back({50 + k, 1200 + k % 7});
    const World w = build(company);
    EXPECT_EQ(directions(w, 0, 50), both_ways(company.audience.ties));
    EXPECT_EQ(one_sided(w, w.graphs[0]), 0u);
    for (std::uint32_t i = 0; i < 50; ++i) {
        EXPECT_EQ(static_cast<double>(row(w.graphs[0], i).size()), w.workforce[Attribute::connections][i]);
        EXPECT_GT(row(w.graphs[0], i).size(), 0u);
    }
}

TEST(GivenAudience, PresenceHoldsForGivenTies) {
    CompanyInput company = blank_company(10);
    company.audience.given = true;
    company.audience.persons = {0, 0, 600, 0, 0, 0, 0};
    for (std::uint32_t k = 10; k + 1 < 610; ++k) company.audience.ties.push_back({k, k + 1});
    for (std::uint32_t k = 10; k < 610; k += 3) company.audience.ties.push_back({k, k % 10});
    WorldParams params;
    params.platforms[1].emplace().presence.buyer = .5;
    const World w = build(company, params);
    std::set<std::pair<std::uint32_t, std::uint32_t>> expected;
    for (const auto& pair : both_ways(company.audience.ties)) {
        const auto there = [&](std::uint32_t j) { return j < 10 || w.persons[j].present(1); };
        if (there(pair.first) && there(pair.second)) expected.insert(pair);
    }
    EXPECT_EQ(directions(w, 1, 0), expected);
    EXPECT_EQ(directions(w, 0, 0), both_ways(company.audience.ties));
}

TEST(GivenAudience, BadTablesAreNamed) {
    const auto expect = [](const std::string& part, std::vector<Edge> ties) {
        const std::string text = message_of([&] { build(given(std::move(ties))); });
        EXPECT_NE(text.find(part), std::string::npos) << text;
    };
    expect("company.audience.ties[1].target = 9: must be a person from 0 to 8", {{4, 5}, {6, 9}});
    expect("company.audience.ties[0].source = 70", {{70, 5}});
    expect("company.audience.ties[2] ties person 7 to themself", {{4, 5}, {6, 8}, {7, 7}});
    expect("company.audience.ties[3] repeats the tie of row 1", {{4, 6}, {4, 5}, {6, 8}, {5, 4}});
    CompanyInput company = given({});
    company.audience.persons[6] = kMaxPersons;
    EXPECT_NE(message_of([&] { build(company); })
                  .find("must be fewer than 16777216: this audience leaves room for at "
                        "most 0 employees"),
              std::string::npos);
    company.audience.persons = {};
    company.audience.persons[6] = kMaxPersons - 4;
    EXPECT_NE(message_of([&] { build(company); }).find("at most 3 employees"), std::string::npos);
    company = given({});
    company.audience.persons[0] = 3;
    EXPECT_NE(message_of([&] { build(company); }).find("company.audience.persons.employee = 3"), std::string::npos);
}

TEST(GivenAudience, EstimateIsAnUpperBound) {
    CompanyInput company = given({});
    company.audience.persons = {0, 0, 30000, 0, 0, 0, 0};
    for (std::uint32_t k = 4; k < 30000; ++k) company.audience.ties.push_back({k, k + 1});
    const World w = build(company);
    EXPECT_GT(estimate_world_bytes(company, {}),
              w.graphs[0].ties.size() * 4 + w.graphs[0].row_begin.size() * 8 + w.persons.size() * 8);
}

}  // namespace
}  // namespace groundswell
