#include "core/draws.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

namespace groundswell {
namespace {

constexpr double kMeans[] = {1e-6, .003, .0667, .5714, 1, 4, 17.3, 100, 699};

// P(N <= n) in extended precision; the sum runs from the largest n down, where terms are small.
long double poisson_below(double mean, std::int64_t n) {
    long double sum = 0;
    for (std::int64_t k = n; k >= 0; --k)
        sum += std::exp(static_cast<long double>(k) * std::log(static_cast<long double>(mean)) -
                        static_cast<long double>(mean) - std::lgamma(static_cast<long double>(k) + 1));
    return sum;
}

TEST(Unit, IsInsideTheOpenInterval) {
    EXPECT_GT(unit(0), 0);
    EXPECT_LT(unit(0xffffffffu), 1);
    EXPECT_EQ(unit(0) + unit(0xffffffffu), 1);
}

TEST(Threshold, HasItsProbability) {
    EXPECT_EQ(threshold(0), 0u);
    EXPECT_EQ(threshold(.5), 0x80000000u);
    EXPECT_EQ(threshold(1), 0xffffffffu);
    EXPECT_EQ(threshold(.25) * 3u, threshold(.75));
    EXPECT_LE(threshold(0x1p-33), threshold(0x1p-32));
}

TEST(PoissonQuantile, IsTheSmallestNumberAboveTheUniform) {
    constexpr long double slack = 1e-12L;  // rounding of the sums
    for (const double mean : kMeans) {
        for (int i = 0; i < 200; ++i) {
            const double u = (i + .5) / 200;
            const std::int64_t n = poisson_quantile(u, mean);
            EXPECT_LT(u, poisson_below(mean, n) + slack) << "mean " << mean << ", u " << u;
            EXPECT_GE(u, poisson_below(mean, n - 1) - slack) << "mean " << mean << ", u " << u;
        }
    }
}

TEST(PoissonQuantile, NeverFallsWhenTheMeanRises) {
    for (int i = 0; i < 500; ++i) {
        const double u = unit(static_cast<std::uint32_t>(i) * 8'589'934u);
        std::uint32_t last = 0;
        for (double mean = 0; mean < 60; mean += .037) {
            const std::uint32_t n = poisson_quantile(u, mean);
            EXPECT_GE(n, last) << "u " << u << ", mean " << mean;
            last = n;
        }
    }
}

TEST(PoissonQuantile, NeverFallsWhenTheUniformRises) {
    for (const double mean : kMeans) {
        std::uint32_t last = 0;
        for (int i = 0; i < 2000; ++i) {
            const std::uint32_t n = poisson_quantile((i + .5) / 2000, mean);
            EXPECT_GE(n, last);
            last = n;
        }
    }
}

TEST(PoissonQuantile, EndsAtTheLastUniform) {
    EXPECT_EQ(poisson_quantile(.999, 0), 0u);
    for (const double mean : kMeans) {
        const std::uint32_t n = poisson_quantile(unit(0xffffffffu), mean);
        EXPECT_GT(n, mean);
        EXPECT_LT(n, mean + 8 * std::sqrt(mean) + 8);  // the quantile of 1 - 2^-33
    }
}

TEST(NormalQuantile, InvertsTheDistribution) {
    const auto below = [](double x) { return .5L * std::erfc(-static_cast<long double>(x) / std::sqrt(2.0L)); };
    for (int i = 0; i < 100'000; ++i) {
        const double p = unit(static_cast<std::uint32_t>(i) * 42'949u + static_cast<std::uint32_t>(i % 7));
        const double x = normal_quantile(p);
        const double slack = 2e-15 * (1 + x * x);  // a relative error of x moves the tail by x^2 times as much
        EXPECT_NEAR(static_cast<double>(below(x) / static_cast<long double>(p)), 1,
                    slack / std::min(1.0, 2 * (1 - p) + p))
            << p;
    }
}

TEST(NormalQuantile, IsOddAndHasKnownPoints) {
    EXPECT_EQ(normal_quantile(.5), 0);
    EXPECT_NEAR(normal_quantile(.975), 1.959963984540054, 1e-14);
    EXPECT_NEAR(normal_quantile(unit(0)), -6.3379, 1e-3);
    for (int i = 1; i < 1000; ++i) {
        const double p = i / 2048.0;  // 1 - p is exact
        EXPECT_EQ(normal_quantile(p), -normal_quantile(1 - p));
    }
}

}  // namespace
}  // namespace groundswell
