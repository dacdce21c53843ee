#include "model/world_checks.hpp"

#include <numeric>
#include <string>

#include "core/checks.hpp"

namespace groundswell {
namespace {

template <class Check>
void check_each(const std::string& address, const SegmentValues& values, Check check) {
    SegmentValues::fields(
        values, [&](std::string_view name, double value) { check(address + "." + std::string(name), value); });
}

void check_mix(const AudienceParams& p) {
    check_each("audience.mix", p.mix, require_not_negative);
    const auto mix = p.mix.array();
    if (!(std::accumulate(mix.begin(), mix.end(), 0.0) > 0))
        throw InvalidInput("audience.mix: all zero, must have at least one category above zero");
}

}  // namespace

void check_audience(const AudienceParams& p) {
    check_mix(p);
    check_each("audience.pool", p.pool, require_not_negative);
    check_each("audience.affinity", p.affinity, require_positive);
    require_not_negative("audience.smallest_company", p.smallest_company);
    require_probability("audience.department_homophily", p.department_homophily);
    require_probability("audience.copying_share", p.copying_share);
    require_probability("audience.copying_own_department", p.copying_own_department);
    require_probability("audience.strong_tie_share", p.strong_tie_share);
    require_not_negative("audience.strong_tie", p.strong_tie);
    require_not_negative("audience.weak_tie", p.weak_tie);
    require_between("audience.activity_shape", p.activity_shape, .01, 1000);
    require_between("audience.affinity_log_sd", p.affinity_log_sd, 0, 5);
    require_probability("audience.affinity_block_share", p.affinity_block_share);
    require_whole("audience.affinity_block_persons", p.affinity_block_persons, 1, kMaxPersons);
    require_between("audience.affinity_visible", p.affinity_visible, -10, 10);
    require_between("audience.susceptibility_log_sd", p.susceptibility_log_sd, 0, 5);
    require_between("audience.propensity_log_sd", p.propensity_log_sd, 0, 5);
    require_positive("audience.connections_per_follower", p.connections_per_follower);
    require_between("audience.follower_affinity_exponent", p.follower_affinity_exponent, -10, 10);
    require_probability("audience.unprompted_share", p.unprompted_share);
}

}  // namespace groundswell
