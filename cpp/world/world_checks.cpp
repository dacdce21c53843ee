#include "world/world_checks.hpp"

#include <numeric>
#include <string>

#include "core/checks.hpp"
#include "world/ties/tie_coverage.hpp"

namespace groundswell {
namespace {

template <class Check>
void check_each(const std::string& address, const SegmentValues& values, Check check) {
    SegmentValues::fields(
        values, [&](std::string_view name, double value) { check(address + "." + std::string(name), value); });
}

void check_platform(const std::string& address, const PlatformAudienceParams& p) {
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

void check_person_ties(const AudienceParams& p) {
    require_between("audience.person_degree_mean", p.person_degree_mean, 0, 1e5);
    require_between("audience.person_degree_log_sd", p.person_degree_log_sd, 0, 5);
    require_whole("audience.person_degree_cap", p.person_degree_cap, 1, 1e6);
    require_whole("audience.circle_persons", p.circle_persons, 2, 4096);
    require_whole("audience.circle_stubs", p.circle_stubs, 1, 255);
    require_probability("audience.random_ties", p.random_ties);
    require_probability("audience.mixed_circles", p.mixed_circles);
}

std::string platform_address(std::size_t platform) { return "platforms." + std::string(kPlatformNames[platform]); }

}  // namespace

void check_audience(const AudienceParams& p) {
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
    check_person_ties(p);
}

void check_world_input(const CompanyInput& company, const WorldParams& params) {
    check_audience(params.audience);
    check_tie_coverage(company);
    bool any = false;
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        const std::string name(kPlatformNames[p]);
        if (company.page_followers[p] < -1)
            reject("company.page_followers." + name, static_cast<double>(company.page_followers[p]),
                   "zero or more, or -1 if not given");
        if (!params.platforms[p]) continue;
        any = true;
        check_platform(platform_address(p), *params.platforms[p]);
    }
    if (!any) throw InvalidInput("platforms: none is on, must have at least one of linkedin, facebook, instagram, x");
}

void check_presence(const SegmentBounds& bounds, const PlatformAudiences& platforms) {
    for (std::size_t s = 1; s < kSegments; ++s) {
        const std::uint32_t persons = bounds[s + 1] - bounds[s];
        bool present = persons == 0;
        std::string where;
        for (std::size_t p = 0; p < kPlatforms; ++p) {
            if (!platforms[p]) continue;
            present = present || platforms[p]->presence.array()[s] > 0;
            where += (where.empty() ? "" : ", ") + platform_address(p) + ".presence." + std::string(kSegmentNames[s]);
        }
        if (!present)
            throw InvalidInput("segment " + std::string(kSegmentNames[s]) + " (" + std::to_string(persons) +
                               " persons) is present on no platform that is on: " + where +
                               " = 0, one must be above zero, or audience.pool." + std::string(kSegmentNames[s]) +
                               " must be 0");
    }
}

}  // namespace groundswell
