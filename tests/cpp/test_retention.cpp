#include "model/retention.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace groundswell {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Probability to leave within a year, by days.
double leaves_within_a_year(double satisfaction, double tenure, double hazard, const RetentionParams& params) {
    double sum = 0;
    for (int step = 0; step < 3650; ++step)
        sum += hazard * relative_hazard(satisfaction, tenure + (step + .5) / 3650, params) / 3650;
    return 1 - std::exp(-sum);
}

TEST(Retention, SolvedHazardGivesTheStatedTurnover) {
    RetentionParams params;
    const std::vector<double> satisfaction = {.1, .4, .5, .8, .95}, tenure = {0, .5, 2, 7, 30};
    for (const double turnover : {.02, .19, .6, .95}) {
        params.turnover_per_year = turnover;
        const double hazard = solve_hazard(satisfaction, tenure, params);
        double mean = 0;
        for (std::size_t i = 0; i < 5; ++i)
            mean += leaves_within_a_year(satisfaction[i], tenure[i], hazard, params) / 5;
        EXPECT_NEAR(mean, turnover, 1e-6);
    }
    params.turnover_per_year = 0;
    EXPECT_EQ(solve_hazard(satisfaction, tenure, params), 0);
}

TEST(Retention, HazardFallsWithSatisfactionAndTenure) {
    const RetentionParams params;
    EXPECT_DOUBLE_EQ(relative_hazard(.5, 0, params), 2);
    EXPECT_NEAR(relative_hazard(.5, 1, params), 1.5, 1e-12);
    EXPECT_NEAR(relative_hazard(.5, 50, params), 1, 1e-12);
    EXPECT_NEAR(relative_hazard(1, 50, params), std::exp(-.5), 1e-12);
}

TEST(Retention, GivenTenureStaysAndMissingOnesAreDrawnAnewInEachWorld) {
    const RetentionParams params;
    std::vector<double> given(20'000, kNaN);
    given[3] = 7.25;
    std::vector<std::uint64_t> numbers(20'000);
    std::iota(numbers.begin(), numbers.end(), std::uint64_t{0});
    const auto one = complete_tenure(given, numbers, params, 5, 0);
    EXPECT_EQ(one[3], 7.25);
    EXPECT_EQ(one, complete_tenure(given, numbers, params, 5, 0));
    const auto two = complete_tenure({}, numbers, params, 5, 1);
    EXPECT_NE(one[4], two[4]);
    // Mean of 20,000 exponentials of mean 4: standard error .028; false alarm below 1e-6.
    EXPECT_NEAR(std::accumulate(two.begin(), two.end(), 0.0) / 20'000, 4, .15);
}

}  // namespace
}  // namespace groundswell
