// Test statistics of the statistical tests. Seeds are fixed, so a test passes or fails for good; the stated false-alarm
// rate is the chance that a perfect generator would have failed it.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "core/draws.hpp"
#include "core/streams.hpp"

namespace groundswell::testing {

inline constexpr double kFalseAlarm = 1e-6;  // the chance of one test, over all its comparisons

// The bound that |z| of no one of `comparisons` standard normals passes, but for the false-alarm rate (Bonferroni).
inline double bound(std::size_t comparisons) {
    return -normal_quantile(kFalseAlarm / (2.0 * static_cast<double>(comparisons)));
}

inline double binomial_z(double successes, double trials, double p) {
    return (successes - trials * p) / std::sqrt(trials * p * (1.0 - p));
}

// A chi-square value as a standard normal, by Wilson and Hilferty's cube root.
inline double chi_square_z(double value, double degrees) {
    const double variance = 2.0 / (9.0 * degrees);
    return (std::cbrt(value / degrees) - (1.0 - variance)) / std::sqrt(variance);
}

inline double chi_square(const std::vector<std::uint64_t>& counts, const std::vector<double>& expected) {
    double sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double gap = static_cast<double>(counts[i]) - expected[i];
        sum += gap * gap / expected[i];
    }
    return sum;
}

// The key of the post with this identity, as docs/MODEL.md 4 makes it.
inline std::uint64_t post_key(StreamKey views, std::uint64_t identity) {
    const Block words = draw(views, identity);
    return words[0] | (std::uint64_t{words[1]} << 32);
}

}  // namespace groundswell::testing
