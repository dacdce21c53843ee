// The graphs of several platforms over one population: rows, presence, thinning, what they share.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>

#include "graphs.hpp"

namespace groundswell {
namespace {

using namespace testing;

constexpr double kKept = .4;

WorldParams four_platforms() {
    WorldParams params = small_audience();
    for (std::size_t p = 1; p < kPlatforms; ++p) {
        PlatformAudienceParams& audience = params.platforms[p].emplace();
        audience.connections_mean = 30 * static_cast<double>(p);
        audience.person_ties_kept = kKept;
        audience.presence = {
            .employee = 1, .alumni = .7, .buyer = .5, .peer = .3, .talent = .6, .personal = .8, .other = .1};
    }
    return params;
}

World build(const WorldParams& params, const CompanyInput& company = blank_company(100), int threads = 2) {
    return build_world(company, params, 4, 0, threads);
}

TEST(PlatformGraphs, RowsAreWellFormed) {
    const World w = build(four_platforms());
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        const PlatformGraph& graph = w.graphs[p];
        ASSERT_EQ(graph.row_begin.size(), std::size_t{w.person_count()} + 2);
        ASSERT_EQ(graph.row_begin.back(), graph.ties.size());
        for (std::uint32_t node = 0; node <= w.page_node(); ++node) {
            const auto persons = row(graph, node);
            EXPECT_EQ(std::adjacent_find(persons.begin(), persons.end(), std::greater_equal<>()), persons.end());
            if (node < w.page_node()) {
                EXPECT_FALSE(holds(persons, node));
                EXPECT_TRUE(persons.empty() || w.persons[node].present(p));
            }
            for (const TieWord tie : graph.row(node)) {
                ASSERT_TRUE(w.persons[tie_person(tie)].present(p));
                ASSERT_EQ(tie_class(tie) & 31u, w.persons[tie_person(tie)].visibility[p]);
                ASSERT_EQ(tie_strength(tie) == Strength::page, node == w.page_node());
            }
        }
    }
}

TEST(PlatformGraphs, EveryTieIsThereBothWays) {
    const World w = build(four_platforms());
    for (const PlatformGraph& graph : w.graphs) EXPECT_EQ(one_sided(w, graph), 0u);
}

TEST(PlatformGraphs, AreTheSameForAnyNumberOfThreads) {
    WorldParams params = four_platforms();
    params.audience.pool.other = 400000;  // several chunks of persons
    params.audience.person_degree_mean = 10;
    const World one = build(params, blank_company(100), 1);
    for (const int threads : {2, 7}) {
        const World other = build(params, blank_company(100), threads);
        for (std::size_t p = 0; p < kPlatforms; ++p) {
            EXPECT_EQ(one.graphs[p].row_begin, other.graphs[p].row_begin);
            EXPECT_TRUE(all_ties(one.graphs[p]) == all_ties(other.graphs[p]));
        }
    }
}

TEST(PlatformGraphs, LinkedInIsTheSameWithOtherPlatformsAndOtherTiesAmongPersons) {
    const World all = build(four_platforms());
    WorldParams params = four_platforms();
    for (std::size_t p = 1; p < kPlatforms; ++p) params.platforms[p].reset();
    const World alone = build(params);
    EXPECT_TRUE(all_ties(all.graphs[0]) == all_ties(alone.graphs[0]));
    EXPECT_FALSE(alone.graphs[1].on());
    params.audience.person_degree_mean = 0;
    const World without = build(params);
    for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(row(alone.graphs[0], i), row(without.graphs[0], i));
    EXPECT_EQ(row(alone.graphs[0], alone.page_node()), row(without.graphs[0], without.page_node()));
    for (std::uint32_t j = 100; j < without.person_count(); ++j)
        for (const TieWord tie : without.graphs[0].row(j)) ASSERT_LT(tie_person(tie), 100u);
}

// Of the ties among persons on LinkedIn whose ends are both present, a platform keeps its share.
TEST(PlatformGraphs, ThinTheTiesAmongPersons) {
    const World w = build(four_platforms());
    for (std::size_t p = 1; p < kPlatforms; ++p) {
        double possible = 0, kept = 0;
        for (std::uint32_t j = w.employees; j < w.person_count(); ++j) {
            const auto there = row(w.graphs[p], j);
            for (const TieWord tie : w.graphs[0].row(j)) {
                const std::uint32_t other = tie_person(tie);
                if (other < j) continue;  // one direction, persons only
                if (!w.persons[j].present(p) || !w.persons[other].present(p)) {
                    EXPECT_FALSE(holds(there, other));
                    continue;
                }
                possible += 1;
                kept += holds(there, other) ? 1 : 0;
            }
            // And nothing that is not on LinkedIn.
            const auto linkedin = row(w.graphs[0], j);
            for (const std::uint32_t other : there) {
                EXPECT_TRUE(other < w.employees || holds(linkedin, other));
            }
        }
        EXPECT_NEAR(kept / possible, kKept, 4 * std::sqrt(kKept * (1 - kKept) / possible)) << p;
    }
}

// Coworkers of a platform are LinkedIn's, thinned; other ties are LinkedIn's slot for slot with the same share.
TEST(PlatformGraphs, EmployeesShareTiesWithLinkedIn) {
    WorldParams params = four_platforms();
    for (std::size_t p = 1; p < kPlatforms; ++p) {
        params.platforms[p]->presence = params.platforms[0]->presence;
        params.platforms[p]->connections_mean = 60;
        params.platforms[p]->mix = {
            .employee = 1, .alumni = 0, .buyer = 1, .peer = 0, .talent = 0, .personal = 0, .other = 0};
    }
    params.platforms[0]->mix = params.platforms[1]->mix;
    params.platforms[1]->person_ties_kept = 1;
    params.platforms[2]->person_ties_kept = 0;
    CompanyInput company = blank_company(100);
    column(company.workforce, Attribute::connections).assign(100, 60);
    for (std::size_t p = 1; p < kPlatforms; ++p) company.connections[p].assign(100, 60);
    const World w = build(params, company);
    std::array<double, kPlatforms> coworkers{}, shared{}, buyers{};
    for (std::uint32_t i = 0; i < w.employees; ++i) {
        const auto linkedin = row(w.graphs[0], i);
        for (std::size_t p = 0; p < kPlatforms; ++p)
            for (const std::uint32_t person : row(w.graphs[p], i)) {
                const bool also = holds(linkedin, person);
                if (person < w.employees) {
                    coworkers[p] += 1;
                    EXPECT_TRUE(also);
                } else {
                    buyers[p] += 1;
                    shared[p] += also ? 1 : 0;
                }
            }
    }
    EXPECT_EQ(coworkers[2], 0);
    EXPECT_EQ(coworkers[1], coworkers[0]);
    EXPECT_NEAR(coworkers[3] / coworkers[0], kKept, .06);
    EXPECT_GT(shared[1] / buyers[1], .9);  // repeats are drawn again, by each platform for itself
    EXPECT_LT(shared[2] / buyers[2], .2);  // by chance
    EXPECT_NEAR(shared[3] / buyers[3], kKept * buyers[0] / buyers[3], .2);
}

TEST(PlatformGraphs, ConnectionsOfAPlatform) {
    WorldParams params = four_platforms();
    params.audience.pool.personal = 400000;
    params.audience.person_degree_mean = 0;
    params.platforms[1]->connections_log_sd = .5;
    CompanyInput company = blank_company(1000);
    company.connections[2].assign(1000, std::nan(""));
    company.connections[2][5] = 77;
    company.connections[2][6] = 0;
    const World w = build(params, company);
    double sum = 0, with_activity = 0, activity_squares = 0, squares = 0;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        const auto c = static_cast<double>(w.graphs[1].row(i).size());
        EXPECT_GE(c, 1);
        sum += c / 1000;
        const double z = (std::log(w.workforce[Attribute::social_activity][i]) + .32) / .8;
        const double y = (std::log(c) - std::log(30) + .125) / .5;
        with_activity += z * y;
        activity_squares += z * z;
        squares += y * y;
    }
    EXPECT_NEAR(sum, 30, 4 * 30 * .53 / std::sqrt(1000.));
    EXPECT_NEAR(with_activity / std::sqrt(activity_squares * squares), .3, 4 / std::sqrt(1000.));
    EXPECT_EQ(w.graphs[2].row(5).size(), 77u);
    EXPECT_EQ(w.graphs[2].row(6).size(), 0u);
    EXPECT_FALSE(w.persons[6].present(2));
    EXPECT_TRUE(w.persons[6].present(0));
    company.connections[2][7] = 1.5;
    EXPECT_NE(message_of([&] { build(params, company); }).find("company.connections.instagram[7] = 1.5"),
              std::string::npos);
    company.connections[2].resize(3);
    EXPECT_NE(message_of([&] { build(params, company); }).find("company.connections.instagram has 3 rows"),
              std::string::npos);
}

TEST(PlatformGraphs, FollowersAndMeanDegree) {
    CompanyInput company = blank_company(100);
    company.page_followers[2] = 123;
    const World w = build(four_platforms(), company);
    EXPECT_EQ(w.graphs[2].row(w.page_node()).size(), 123u);
    for (const PlatformGraph& graph : w.graphs) {
        double rows = 0;
        for (std::uint32_t j = 0; j < w.person_count(); ++j) rows += graph.row(j).empty() ? 0 : 1;
        EXPECT_NEAR(graph.mean_degree, static_cast<double>(graph.row_begin[w.page_node()]) / rows, 1e-9);
    }
}

TEST(PlatformGraphs, WithoutLinkedInTheCoworkersAreThoseOfIt) {
    WorldParams params = four_platforms();
    params.platforms[0] = PlatformAudienceParams{};
    params.platforms[1]->connections_mean = 200;
    const World with = build(params);
    params.platforms[0].reset();
    const World without = build(params);
    EXPECT_FALSE(without.graphs[0].on());
    EXPECT_TRUE(all_ties(with.graphs[1]) == all_ties(without.graphs[1]));
    EXPECT_TRUE(all_ties(with.graphs[3]) == all_ties(without.graphs[3]));
    EXPECT_EQ(without.persons[500].visibility[0], 0);
    EXPECT_FALSE(without.persons[500].present(0));
}

TEST(PlatformGraphs, BadInputIsNamed) {
    const auto complaint = [](const std::function<void(WorldParams&)>& spoil) {
        WorldParams params = four_platforms();
        spoil(params);
        return message_of([&] { build(params); });
    };
    const auto expect = [&](const std::string& part, const std::function<void(WorldParams&)>& spoil) {
        EXPECT_NE(complaint(spoil).find(part), std::string::npos) << complaint(spoil);
    };
    expect("segment peer (600 persons) is present on no platform", [](WorldParams& p) {
        for (auto& platform : p.platforms) platform->presence.peer = 0;
    });
    expect("platforms.x.presence.peer", [](WorldParams& p) {
        for (auto& platform : p.platforms) platform->presence.peer = 0;
    });
    expect("platforms: none is on", [](WorldParams& p) { p.platforms = {}; });
    expect("platforms.facebook.mix.buyer = -0.1", [](WorldParams& p) { p.platforms[1]->mix.buyer = -.1; });
    expect("platforms.instagram.mix: all zero", [](WorldParams& p) { p.platforms[2]->mix = {}; });
    expect("platforms.x.person_ties_kept = 2", [](WorldParams& p) { p.platforms[3]->person_ties_kept = 2; });
    expect("platforms.linkedin.connections_mean = nan",
           [](WorldParams& p) { p.platforms[0]->connections_mean = std::nan(""); });
    expect("platforms.linkedin.connections_per_follower = 0",
           [](WorldParams& p) { p.platforms[0]->connections_per_follower = 0; });
    expect("platforms.x.presence.other = 1.2", [](WorldParams& p) { p.platforms[3]->presence.other = 1.2; });
}

TEST(PlatformGraphs, ASegmentWithoutPersonsNeedsNoPlatform) {
    WorldParams params = four_platforms();
    for (auto& platform : params.platforms) platform->presence.peer = 0;
    params.audience.pool.peer = 0;
    EXPECT_NO_THROW(build(params));
}

}  // namespace
}  // namespace groundswell
