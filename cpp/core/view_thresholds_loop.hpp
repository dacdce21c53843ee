// The loop that every instruction set compiles for itself.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/draws.hpp"
#include "core/ieee_math.hpp"
#include "core/inline.hpp"
#include "core/view_filter.hpp"

namespace groundswell::kernels {

GROUNDSWELL_INLINE void thresholds_loop(const double* visibility, double g, std::size_t first, std::size_t last,
                                        std::uint32_t* out) {
    double missed[kTieClasses];  // loops of their own, so that they are vectorized
    for (std::size_t c = first; c < last; ++c) missed[c] = ieee::exp_of_negative(-(visibility[c] * g));
    for (std::size_t c = first; c < last; ++c) out[c] = threshold(1.0 - missed[c]);
}

}  // namespace groundswell::kernels
