// Against the standard library in extended precision, in units in the last place (ulp) of the true value.
#include "core/ieee_math.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace groundswell {
namespace {

constexpr int kSteps = 400'000;

double ulps(double value, long double truth) {
    const double rounded = static_cast<double>(truth);
    const double ulp = std::nextafter(std::abs(rounded), std::numeric_limits<double>::infinity()) - std::abs(rounded);
    return static_cast<double>(std::abs(static_cast<long double>(value) - truth) / static_cast<long double>(ulp));
}

double worst_exp(double from, double to) {
    double worst = 0;
    for (int i = 0; i <= kSteps; ++i) {
        const double x = from + (to - from) * i / kSteps;
        worst = std::max(worst, ulps(ieee::exp(x), std::exp(static_cast<long double>(x))));
    }
    return worst;
}

TEST(IeeeMath, ExpWithinTwoUlp) {
    EXPECT_LT(worst_exp(-708, 709.7), 2);
    EXPECT_LT(worst_exp(-1, 1), 2);
    EXPECT_LT(worst_exp(-1e-9, 1e-9), 2);
}

TEST(IeeeMath, ExpAtItsEnds) {
    EXPECT_EQ(ieee::exp(0), 1);
    EXPECT_EQ(ieee::exp(-std::numeric_limits<double>::infinity()), 0);
    EXPECT_EQ(ieee::exp(-1e300), 0);
    EXPECT_EQ(ieee::exp(1000), std::numeric_limits<double>::infinity());
    EXPECT_EQ(ieee::exp(std::numeric_limits<double>::infinity()), std::numeric_limits<double>::infinity());
    EXPECT_TRUE(std::isfinite(ieee::exp(709.7)));
}

TEST(IeeeMath, LogWithinTwoUlpOverAllMagnitudes) {
    double worst = 0;
    for (int i = 0; i <= kSteps; ++i) {
        const double exponent = -1022.0 + 2044.0 * i / kSteps;
        const double x = std::ldexp(1.0 + (i % 4099) / 4099.0, static_cast<int>(std::floor(exponent)));
        worst = std::max(worst, ulps(ieee::log(x), std::log(static_cast<long double>(x))));
    }
    EXPECT_LT(worst, 2);
}

TEST(IeeeMath, LogWithinTwoUlpAroundOne) {
    double worst = 0;
    for (int i = 1; i <= kSteps; ++i) {
        for (const double gap : {i * 0x1p-53, i * 1e-12, i / (2.5 * kSteps)}) {
            worst = std::max(worst, ulps(ieee::log(1 + gap), std::log(static_cast<long double>(1 + gap))));
            worst = std::max(worst, ulps(ieee::log(1 - gap), std::log(static_cast<long double>(1 - gap))));
        }
    }
    EXPECT_LT(worst, 2);
    EXPECT_EQ(ieee::log(1), 0);
}

// The arguments of the hazard, 1 - unit(h), over the whole range of h.
TEST(IeeeMath, LogWithinTwoUlpOverUniforms) {
    double worst = 0;
    for (std::uint64_t h = 0; h < (std::uint64_t{1} << 32); h += 9973) {
        const double x = 1.0 - (static_cast<double>(h) + .5) * 0x1p-32;
        worst = std::max(worst, ulps(ieee::log(x), std::log(static_cast<long double>(x))));
    }
    EXPECT_LT(worst, 2);
}

// exp2 and pow carry the rounding of their exponent: half an ulp of y log x is a relative error of |y log x| / 2.
TEST(IeeeMath, Exp2AndPowWithinTheRoundingOfTheirExponent) {
    for (int i = -2000; i <= 2000; ++i) {
        const double y = i * .0137;
        EXPECT_LT(ulps(ieee::exp2(y), std::exp2(static_cast<long double>(y))), 2 + std::abs(y)) << y;
        for (const double x : {.003, .5, .98, 1.0, 1.7, 290.0})
            EXPECT_LT(ulps(ieee::pow(x, y), std::pow(static_cast<long double>(x), static_cast<long double>(y))),
                      2 + 3 * std::abs(y * std::log(x)))
                << x << " to the " << y;
    }
}

TEST(IeeeMath, ExpAndLogAreNonDecreasing) {
    for (int i = 0; i < kSteps; ++i) {
        const double x = -20 + 40.0 * i / kSteps;
        EXPECT_LE(ieee::exp(x), ieee::exp(x + 40.0 / kSteps));
        const double u = (i + .5) / kSteps;
        EXPECT_LE(ieee::log(u), ieee::log(u + 1.0 / kSteps));
    }
}

}  // namespace
}  // namespace groundswell
