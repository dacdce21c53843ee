// The hazard of a chance: how much of an exponential with mean 1 it uses up.
#pragma once

#include "core/ieee_math.hpp"

namespace groundswell {

// -log(1 - p) for p in [0, 1): the series where 1 - p would round p away.
inline double hazard(double p) {
    if (p > 1e-4) return -ieee::log(1.0 - p);
    return p * (1.0 + p * (1.0 / 2.0 + p * (1.0 / 3.0 + p * (1.0 / 4.0))));
}

}  // namespace groundswell
