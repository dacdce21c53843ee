#include "model/audience.hpp"

#include <algorithm>
#include <cmath>

#include "core/ieee_math.hpp"

namespace groundswell {
namespace {

// Level of the scale first + step * level nearest to a logarithm.
std::uint32_t nearest_level(double log_value, double first, double step, double last_level) {
    const double level = std::floor((log_value - first) / step + 0.5);
    return static_cast<std::uint32_t>(std::clamp(level, 0.0, last_level));
}

// Below 1e-300, and at zero, a value has the lowest level.
double log_or_lowest(double value) { return value > 1e-300 ? ieee::log(value) : -1000.0; }

}  // namespace

double visibility_value(std::uint32_t visibility_class) { return ieee::exp(-6.2 + 0.3 * visibility_class); }

std::uint32_t visibility_class_of_log(double log_s) { return nearest_level(log_s, -6.2, 0.3, kVisibilityClasses - 1); }

std::uint32_t visibility_class(double s) { return visibility_class_of_log(log_or_lowest(s)); }

double trait_log(std::uint32_t level) { return -5.12 + 0.04 * level; }

double trait_value(std::uint32_t level) { return ieee::exp(trait_log(level)); }

std::uint8_t trait_level_of_log(double log_value) {
    return static_cast<std::uint8_t>(nearest_level(log_value, -5.12, 0.04, 255));
}

std::uint8_t trait_level(double value) { return trait_level_of_log(log_or_lowest(value)); }

}  // namespace groundswell
