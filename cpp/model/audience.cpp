#include "model/audience.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/checks.hpp"
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

template <class Check>
void check_each(const std::string& address, const SegmentValues& values, Check check) {
    SegmentValues::fields(
        values, [&](std::string_view name, double value) { check(address + "." + std::string(name), value); });
}

// Ties among persons.
void check_circles(const AudienceParams& p) {
    require_between("audience.person_degree_mean", p.person_degree_mean, 0, 1e5);
    require_between("audience.person_degree_log_sd", p.person_degree_log_sd, 0, 5);
    require_whole("audience.person_degree_cap", p.person_degree_cap, 1, 1e6);
    require_whole("audience.circle_persons", p.circle_persons, 2, 4096);
    require_whole("audience.circle_stubs", p.circle_stubs, 1, 255);
    require_probability("audience.random_ties", p.random_ties);
    require_probability("audience.mixed_circles", p.mixed_circles);
}

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

void check(const AudienceParams& p) {
    check_each("audience.pool", p.pool, require_not_negative);
    check_each("audience.affinity", p.affinity, require_positive);
    require_not_negative("audience.smallest_company", p.smallest_company);
    require_not_negative("audience.seller_buyer_factor", p.seller_buyer_factor);
    require_not_negative("audience.recruiter_talent_factor", p.recruiter_talent_factor);
    require_probability("audience.department_homophily", p.department_homophily);
    require_probability("audience.copying_share", p.copying_share);
    require_probability("audience.copying_own_department", p.copying_own_department);
    require_probability("audience.strong_tie_share", p.strong_tie_share);
    require_not_negative("audience.strong_tie", p.strong_tie);
    require_not_negative("audience.weak_tie", p.weak_tie);
    require_probability("audience.activity_across_platforms", p.activity_across_platforms);
    require_between("audience.affinity_log_sd", p.affinity_log_sd, 0, 5);
    require_probability("audience.affinity_block_share", p.affinity_block_share);
    require_whole("audience.affinity_block_persons", p.affinity_block_persons, 1, kMaxPersons);
    require_between("audience.affinity_visible", p.affinity_visible, -10, 10);
    require_between("audience.susceptibility_log_sd", p.susceptibility_log_sd, 0, 5);
    require_between("audience.propensity_log_sd", p.propensity_log_sd, 0, 5);
    require_between("audience.follower_affinity_exponent", p.follower_affinity_exponent, -10, 10);
    require_probability("audience.unprompted_share", p.unprompted_share);
    check_circles(p);
}

void check(const std::string& address, const PlatformAudienceParams& p) {
    require_between(address + ".connections_mean", p.connections_mean, 1, 1e6);
    require_between(address + ".connections_log_sd", p.connections_log_sd, 0, 5);
    check_each(address + ".mix", p.mix, require_not_negative);
    const auto mix = p.mix.array();
    if (!(std::accumulate(mix.begin(), mix.end(), 0.0) > 0))
        throw InvalidInput(address + ".mix: all zero, must have at least one category above zero");
    check_each(address + ".presence", p.presence, require_probability);
    require_between(address + ".activity_shape", p.activity_shape, .01, 1000);
    require_probability(address + ".person_ties_kept", p.person_ties_kept);
    require_positive(address + ".connections_per_follower", p.connections_per_follower);
}

}  // namespace groundswell
