// The thresholds of a post or an act: by class of tie, the hash below which a tie is a candidate for a view. 64
// exponentials a post, on every instruction set with the same bits. Spec: docs/MODEL.md 4.
#pragma once

#include <array>
#include <cstddef>

#include "core/system.hpp"
#include "core/view_filter.hpp"

namespace groundswell {

using VisibilityTable = std::array<double, kTieClasses>;

inline constexpr std::size_t kPersonClasses = 64;  // of the 96 classes of ties those that a page does not have

// P = 1 - exp(-visibility g) of a post of visibility g. page: only the strength of a page's ties is asked for, else
// only the other two; what is not asked for is 0.
Thresholds candidate_thresholds(const VisibilityTable& visibility, double g, bool page, Isa isa);

namespace kernels {
// Of the classes from first to last, both multiples of 8.
void thresholds_scalar(const double* visibility, double g, std::size_t first, std::size_t last, std::uint32_t* out);
void thresholds_avx2(const double* visibility, double g, std::size_t first, std::size_t last, std::uint32_t* out);
void thresholds_avx512(const double* visibility, double g, std::size_t first, std::size_t last, std::uint32_t* out);
}  // namespace kernels

}  // namespace groundswell
