#include "model/audience.hpp"

#include <algorithm>
#include <cmath>

#include "core/ieee_math.hpp"

namespace groundswell {
namespace {

// Level nearest to the value on the scale exp(first + step * level).
std::uint32_t nearest_level(double value, double first, double step, double last_level) {
    constexpr double kSmallest = 1e-300;  // below it, and at zero, the logarithm has no use: the lowest level
    if (!(value > kSmallest)) return 0;
    const double level = std::floor((ieee::log(value) - first) / step + 0.5);
    return static_cast<std::uint32_t>(std::clamp(level, 0.0, last_level));
}

}  // namespace

double visibility_value(std::uint32_t visibility_class) { return ieee::exp(-6.2 + 0.3 * visibility_class); }

std::uint32_t visibility_class(double s) { return nearest_level(s, -6.2, 0.3, kVisibilityClasses - 1); }

double trait_value(std::uint32_t level) { return ieee::exp(-5.12 + 0.04 * level); }

std::uint8_t trait_level(double value) { return static_cast<std::uint8_t>(nearest_level(value, -5.12, 0.04, 255)); }

}  // namespace groundswell
