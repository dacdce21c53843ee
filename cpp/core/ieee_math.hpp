// exp and log from IEEE-754 operations only (no libm, no fused multiply-add), so that every platform agrees to the bit.
// Error below 2 units in the last place on the ranges used (tests/cpp/test_ieee_math.cpp).
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>

#include "core/inline.hpp"

namespace groundswell::ieee {

inline constexpr double kLn2Hi = 6.93147180369123816490e-01;  // ln 2 split in two, so that n * kLn2Hi is exact
inline constexpr double kLn2Lo = 1.90821492927058770002e-10;
inline constexpr double kLn2 = 6.93147180559945286227e-01;
inline constexpr double kLog2E = 1.44269504088896338700e+00;

// exp(x) = 2^n e^r with n the nearest whole number to x / ln 2, as an integer in the low bits of a double.
struct ExpParts {
    double power;          // e^r
    std::uint64_t n_bits;  // n modulo 2^52
};

GROUNDSWELL_INLINE ExpParts exp_parts(double x) {
    constexpr double kRound = 0x1.8p52;  // adding it rounds to a whole number and leaves that number in the low bits
    const double shifted = x * kLog2E + kRound;
    const double n = shifted - kRound;
    const double r = (x - n * kLn2Hi) - n * kLn2Lo;  // |r| <= ln(2) / 2: Taylor to r^13 is below one rounding
    double sum = 1.0 / 6227020800.0;  // written out: a loop within the loops over it keeps them from being vectorized
    sum = sum * r + 1.0 / 479001600.0;
    sum = sum * r + 1.0 / 39916800.0;
    sum = sum * r + 1.0 / 3628800.0;
    sum = sum * r + 1.0 / 362880.0;
    sum = sum * r + 1.0 / 40320.0;
    sum = sum * r + 1.0 / 5040.0;
    sum = sum * r + 1.0 / 720.0;
    sum = sum * r + 1.0 / 120.0;
    sum = sum * r + 1.0 / 24.0;
    sum = sum * r + 1.0 / 6.0;
    sum = sum * r + 0.5;
    sum = sum * r + 1.0;
    sum = sum * r + 1.0;
    return {sum, std::bit_cast<std::uint64_t>(shifted)};
}

// For any x that is not NaN. It is 0 below -708, where the result would be subnormal, and infinite above 709.78.
inline double exp(double x) {
    if (x < -708.0) return 0.0;
    if (x > 709.78) return std::numeric_limits<double>::infinity();
    const ExpParts parts = exp_parts(x);
    // 2^n by its bits, in two steps: n reaches 1024, one past the largest exponent.
    const auto n = static_cast<std::int64_t>(parts.n_bits << 12) >> 12;
    const double first = std::bit_cast<double>(static_cast<std::uint64_t>(n / 2 + 1023) << 52);
    const double second = std::bit_cast<double>(static_cast<std::uint64_t>(n - n / 2 + 1023) << 52);
    return parts.power * first * second;
}

// exp(x) for x <= 0: the same bits without a branch, so that loops over it are vectorized. Any x below -708 counts as
// -708.
GROUNDSWELL_INLINE double exp_of_negative(double x) {
    const ExpParts parts = exp_parts(x < -708.0 ? -708.0 : x);
    return parts.power * std::bit_cast<double>((parts.n_bits + 1023) << 52);
}

// For x positive, finite and not subnormal.
inline double log(double x) {
    constexpr std::uint64_t kSqrtHalf = 0x3FE6A09E667F3BCDull;
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const auto e = static_cast<std::int64_t>(bits - kSqrtHalf) >> 52;  // x = m 2^e with m in [sqrt(1/2), sqrt(2))
    const double m = std::bit_cast<double>(bits - (static_cast<std::uint64_t>(e) << 52));
    const double s = (m - 1.0) / (m + 1.0);
    const double q = s * s;
    double sum = 1.0 / 23.0;
    for (const double c : {1.0 / 21.0, 1.0 / 19.0, 1.0 / 17.0, 1.0 / 15.0, 1.0 / 13.0, 1.0 / 11.0, 1.0 / 9.0, 1.0 / 7.0,
                           1.0 / 5.0, 1.0 / 3.0})
        sum = sum * q + c;
    const auto k = static_cast<double>(e);
    return k * kLn2Hi + ((2.0 * s * q * sum + k * kLn2Lo) + 2.0 * s);
}

inline double exp2(double x) { return exp(x * kLn2); }

inline double pow(double x, double y) { return exp(y * log(x)); }  // for x as log takes it

}  // namespace groundswell::ieee
