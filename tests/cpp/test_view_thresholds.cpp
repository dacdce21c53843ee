#include "core/view_thresholds.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace groundswell {
namespace {

// Visibilities over eleven orders of magnitude, with none and with what is certain to be seen.
VisibilityTable random_visibility(std::mt19937_64& random) {
    VisibilityTable table{};
    std::uniform_real_distribution<double> exponent(-8, 3);
    for (double& value : table) value = std::pow(10.0, exponent(random));
    table[random() % kTieClasses] = 0;
    table[random() % kTieClasses] = 1e12;
    return table;
}

TEST(ViewThresholds, AreOneMinusTheExponentialOfVisibilityTimesThatOfThePost) {
    std::mt19937_64 random(1);
    for (int trial = 0; trial < 200; ++trial) {
        const VisibilityTable visibility = random_visibility(random);
        const double g = std::pow(10.0, -3.0 + static_cast<double>(trial) / 50.0);
        const Thresholds found = candidate_thresholds(visibility, g, false, Isa::scalar);
        for (std::size_t c = 0; c < kPersonClasses; ++c)
            EXPECT_NEAR(found[c], std::min(-std::expm1(-visibility[c] * g) * 0x1p32, 0x1p32 - 1), 1.5);
    }
}

TEST(ViewThresholds, OfAPageOnlyItsOwnStrengthAndOfAPersonOnlyTheOthers) {
    VisibilityTable visibility;
    visibility.fill(0.5);
    for (const bool page : {false, true}) {
        const Thresholds found = candidate_thresholds(visibility, 1.0, page, active_isa());
        for (std::size_t c = 0; c < kTieClasses; ++c) EXPECT_EQ(found[c] > 0, (c >= kPersonClasses) == page) << c;
    }
}

class ViewThresholdsOf : public ::testing::TestWithParam<Isa> {};

TEST_P(ViewThresholdsOf, EveryInstructionSetGivesTheSameBits) {
    if (GetParam() > best_isa()) GTEST_SKIP() << "this processor lacks " << isa_name(GetParam());
    std::mt19937_64 random(2);
    for (int trial = 0; trial < 2000; ++trial) {
        const VisibilityTable visibility = random_visibility(random);
        const double g = std::pow(10.0, -3.0 + trial / 500.0);
        for (const bool page : {false, true})
            ASSERT_EQ(candidate_thresholds(visibility, g, page, GetParam()),
                      candidate_thresholds(visibility, g, page, Isa::scalar));
    }
}

INSTANTIATE_TEST_SUITE_P(AllInstructionSets, ViewThresholdsOf, ::testing::Values(Isa::scalar, Isa::avx2, Isa::avx512),
                         [](const auto& tested) { return std::string(isa_name(tested.param)); });

}  // namespace
}  // namespace groundswell
