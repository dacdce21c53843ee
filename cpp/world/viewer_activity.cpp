#include "world/viewer_activity.hpp"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace groundswell {
namespace {

// The logarithm of the quantile of Gamma(shape) / shape at a normal score.
double log_quantile(double shape, double score) {
    // Both tails, so that neither loses digits as 1 minus the other.
    const double lower = 0.5 * std::erfc(-score / std::sqrt(2.0)), upper = 0.5 * std::erfc(score / std::sqrt(2.0));
    // Below exp(-50) the distribution function is x^shape / Gamma(shape + 1) to double precision.
    const double log_of_small = (std::log(lower) + boost::math::lgamma(shape + 1)) / shape;
    if (log_of_small < -50) return log_of_small - std::log(shape);
    return std::log(score < 0 ? boost::math::gamma_p_inv(shape, lower) : boost::math::gamma_q_inv(shape, upper)) -
           std::log(shape);
}

}  // namespace

ActivityLaw::ActivityLaw(double shape) {
    for (int node = 0; node < kNodes; ++node)
        log_value_[static_cast<std::size_t>(node)] =
            log_quantile(shape, -kLargestScore + static_cast<double>(node) / kStepsPerUnit);
}

double ActivityLaw::log_value(double score) const {
    const double place = std::clamp((score + kLargestScore) * kStepsPerUnit, 0.0, kNodes - 1.0);
    const auto node = std::min(static_cast<std::size_t>(place), static_cast<std::size_t>(kNodes - 2));
    const double part = place - static_cast<double>(node);
    return log_value_[node] * (1 - part) + log_value_[node + 1] * part;
}

double ActivityLaw::score(double log_value) const {
    const auto above = std::upper_bound(log_value_.begin(), log_value_.end(), log_value);
    if (above == log_value_.begin()) return -kLargestScore;
    if (above == log_value_.end()) return kLargestScore;
    const auto node = static_cast<std::size_t>(above - log_value_.begin()) - 1;
    const double part = (log_value - log_value_[node]) / (log_value_[node + 1] - log_value_[node]);
    return -kLargestScore + (static_cast<double>(node) + part) / kStepsPerUnit;
}

}  // namespace groundswell
