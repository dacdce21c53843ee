#include <algorithm>
#include <array>
#include <cmath>

#include "world/build_context.hpp"
#include "world/pools.hpp"
#include "world/ties/tie_completion.hpp"
#include "world/world.hpp"
#include "world/world_checks.hpp"

namespace groundswell {
namespace {

// Largest plausible sum of connections on a platform: given ones, and for the others their expectation with the
// largest multipliers plus four standard deviations of the sum.
double connections_bound(const std::vector<double>& given, std::uint32_t employees, double largest_multiplier,
                         const PlatformAudienceParams& audience) {
    double sum = 0, missing = given.empty() ? employees : 0;
    for (const double c : given) std::isnan(c) ? missing += 1 : sum += c;
    if (missing == 0) return sum;
    const double drawn =
        std::min(missing * largest_multiplier, static_cast<double>(employees)) * audience.connections_mean;
    const double variation =
        std::sqrt(2 * std::exp(audience.connections_log_sd * audience.connections_log_sd) / missing);
    return sum + drawn * (1 + 4 * variation);
}

// Ties of the employees on a platform, from their side.
double employee_ties_bound(const CompanyInput& company, const WorldParams& params, std::size_t platform) {
    const auto by_seniority = params.workforce.seniority_multiplier.array();
    const double multiplier =
        platform > 0 ? 1
                     : *std::max_element(by_seniority.begin(), by_seniority.end()) *
                           std::max({1.0, params.workforce.sales_multiplier, params.workforce.recruiter_multiplier});
    const auto& given = platform > 0 ? company.connections[platform]
                                     : company.workforce.attributes[static_cast<std::size_t>(Attribute::connections)];
    const double employees = company.workforce.employees;
    return connections_bound(given, company.workforce.employees, multiplier, *params.platforms[platform]) +
           2 * static_cast<double>(company.coworker_ties.size()) /
               listed_share(company.tie_coverage, company.workforce.employees) +
           4 * employees;
}

// Both directions. Presence and thinning are keyed draws: their means hold for so many ties.
double person_ties_bound(const CompanyInput& company, const WorldParams& params, double outside, std::size_t platform) {
    if (company.audience.given) return 2 * static_cast<double>(company.audience.ties.size());
    return outside * params.audience.person_degree_mean * params.platforms[platform]->person_ties_kept * 1.1;
}

}  // namespace

std::uint64_t estimate_world_bytes(const CompanyInput& company, const WorldParams& params) {
    check_world_input(company, params);
    const double employees = company.workforce.employees;
    const double persons = person_bounds(company, params.audience)[kSegments];
    constexpr double kPerEmployee = 4 * sizeof(std::int32_t) + kAttributes * sizeof(double) + 5;
    constexpr double kFollowerKey = 16;      // choosing the followers takes one key a person
    constexpr double kLayoutOfAPerson = 12;  // of the circles: beside the positions
    constexpr double kPosition = 8;
    constexpr double kChunkRest = double{1u << 21} / kChunk;  // rows wait in chunks of whole huge pages
    double bytes = persons * sizeof(PersonTraits) + employees * kPerEmployee, building = persons * kFollowerKey;
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        if (!params.platforms[p]) continue;
        const double own = employee_ties_bound(company, params, p);
        const double followers = company.page_followers[p] >= 0
                                     ? std::min(persons, static_cast<double>(company.page_followers[p]))
                                     : std::min(persons, own / params.platforms[p]->connections_per_follower);
        const double ties = 2 * own + followers + person_ties_bound(company, params, persons - employees, p);
        bytes += ties * sizeof(TieWord) + persons * sizeof(std::uint64_t);
        building += (2 * own + followers) * sizeof(TieWord) + persons * (sizeof(std::uint32_t) + kChunkRest);
    }
    const AudienceParams& a = params.audience;
    const double stubs = (persons - employees) * a.person_degree_mean * 1.1;
    building += company.audience.given ? static_cast<double>(company.audience.ties.size()) * 2 * sizeof(std::uint32_t)
                                       : persons * kLayoutOfAPerson + stubs * a.random_ties * sizeof(std::uint32_t) +
                                             (stubs * (1 - a.random_ties) / a.circle_stubs + persons) * kPosition;
    return static_cast<std::uint64_t>(bytes + building);
}

}  // namespace groundswell
