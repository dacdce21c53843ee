#include "spread/exponential.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "spread/hazard.hpp"
#include "statistics.hpp"

namespace groundswell {
namespace {

TEST(Ziggurat, LayersHaveOneArea) {
    const Ziggurat& table = ziggurat();
    EXPECT_EQ(table.edge[Ziggurat::kLayers], 0.0);
    const double area = table.edge[0] * std::exp(-table.edge[1]);
    for (std::size_t i = 1; i < Ziggurat::kLayers; ++i) {
        ASSERT_LT(table.edge[i + 1], table.edge[i]);
        EXPECT_NEAR(table.edge[i] * (table.height[i + 1] - table.height[i]), area, 1e-12) << i;
    }
    EXPECT_NEAR(table.edge[1] * std::exp(-table.edge[1]) + std::exp(-table.edge[1]), area, 1e-12) << "with the tail";
}

// Counts by bins of equal probability, and in the tail, which one draw in 2,200 reaches.
TEST(Exponential, HasItsDistribution) {
    constexpr int kBins = 400;
    constexpr double kDraws = 8e6;
    std::vector<double> counts(kBins);
    double tail = 0.0;
    double sum = 0.0;
    CascadeLuck luck(42, 7);
    for (int i = 0; i < static_cast<int>(kDraws); ++i) {
        const double x = exponential(ziggurat(), luck);
        ASSERT_GT(x, 0.0);
        sum += x;
        tail += x > ziggurat().edge[1] ? 1.0 : 0.0;
        counts[static_cast<std::size_t>(std::min(kBins * -std::expm1(-x), kBins - 1.0))] += 1.0;
    }
    const double limit = testing::bound(kBins + 2);
    for (const double count : counts) EXPECT_LT(std::fabs(testing::binomial_z(count, kDraws, 1.0 / kBins)), limit);
    EXPECT_LT(std::fabs(testing::binomial_z(tail, kDraws, std::exp(-ziggurat().edge[1]))), limit);
    EXPECT_LT(std::fabs((sum - kDraws) / std::sqrt(kDraws)), limit);
}

TEST(CascadeLuck, BelongsToTheKeyAndTheCascade) {
    CascadeLuck one(1, 5);
    CascadeLuck same(1, 5);
    CascadeLuck next(1, 6);
    CascadeLuck other(2, 5);
    const std::uint64_t bits = one.bits();
    EXPECT_EQ(bits, same.bits());
    EXPECT_NE(bits, next.bits());
    EXPECT_NE(bits, other.bits());
    EXPECT_NE(bits, one.bits());
}

TEST(Hazard, IsExactForSmallAndLargeChances) {
    for (const double p : {0.0, 1e-300, 1e-17, 1e-9, 9.9e-5, 1.01e-4, 0.03, 0.5, 0.999, 1.0 - 0x1p-53})
        EXPECT_NEAR(hazard(p), -std::log1p(-p), 1e-11 * -std::log1p(-p)) << p;
}

}  // namespace
}  // namespace groundswell
