// Random variables as monotone functions of one uniform, so that designs that share the uniform stay coupled
// (docs/RANDOMNESS.md).
#pragma once

#include <cstdint>

#include "core/inline.hpp"

namespace groundswell {

// A uniform in (0, 1) from 32 random bits: the midpoint of its cell, never 0 or 1.
inline double unit(std::uint32_t bits) { return (static_cast<double>(bits) + 0.5) * 0x1p-32; }

// The threshold t with P(bits < t) = p to within 2^-32, for p in [0, 1]. A threshold of 2^32 - 1 stands for certainty.
GROUNDSWELL_INLINE std::uint32_t threshold(double p) {
    const double scaled = p * 0x1p32;
    return scaled >= 0x1p32 - 1.0 ? 0xFFFFFFFFu : static_cast<std::uint32_t>(scaled);
}

// The smallest n with u < P(N <= n), N ~ Poisson(mean), for a mean in [0, 700]: beyond it exp(-mean) is subnormal. For
// a fixed u it never falls as the mean rises.
std::uint32_t poisson_quantile(double u, double mean);

// The standard normal quantile for p in (0, 1), by Wichura's AS 241 (PPND16); its relative error is about 1e-16.
double normal_quantile(double p);

}  // namespace groundswell
