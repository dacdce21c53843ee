#include <algorithm>
#include <array>
#include <cmath>

#include "world/build_context.hpp"
#include "world/pools.hpp"
#include "world/ties/tie_coverage.hpp"
#include "world/world.hpp"
#include "world/world_checks.hpp"

namespace groundswell {
namespace {

// The largest plausible sum of connections on a platform: the given ones, and for the missing ones their expectation
// with the largest multipliers plus four standard deviations of the sum.
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

// The ties that employees have on a platform, each counted once for each employee who has it.
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

// Both directions of the ties among persons. Presence and thinning are keyed draws: with so many ties their means hold.
double person_ties_bound(const CompanyInput& company, const WorldParams& params, double outside, std::size_t platform) {
    if (company.audience.given) return 2 * static_cast<double>(company.audience.ties.size());
    return outside * params.audience.person_degree_mean * params.platforms[platform]->person_ties_kept * 1.1;
}

// What the world keeps, and what is needed beside it while it is built.
struct Bytes {
    double kept = 0, building = 0;
};

Bytes platform_bytes(const CompanyInput& company, const WorldParams& params, double persons, std::size_t platform) {
    constexpr double kChunkRest = double{1u << 21} / kChunk;  // rows wait in chunks of whole huge pages
    const double employee_ties = employee_ties_bound(company, params, platform);
    const double wanted_followers = company.page_followers[platform] >= 0
                                        ? static_cast<double>(company.page_followers[platform])
                                        : employee_ties / params.platforms[platform]->connections_per_follower;
    const double followers = std::min(persons, wanted_followers);
    const double both_directions = 2 * employee_ties;
    const double outside = persons - company.workforce.employees;
    const double ties = both_directions + followers + person_ties_bound(company, params, outside, platform);
    return {ties * sizeof(TieWord) + persons * sizeof(std::uint64_t),
            (both_directions + followers) * sizeof(TieWord) + persons * (sizeof(std::uint32_t) + kChunkRest)};
}

// What the ties among persons are gathered from: the given ones, or the positions and random stubs of the circles.
double person_tie_bytes(const CompanyInput& company, const AudienceParams& audience, double persons) {
    constexpr double kPerPerson = 12, kPerPosition = 8;
    if (company.audience.given) return static_cast<double>(company.audience.ties.size()) * 2 * sizeof(std::uint32_t);
    const double stubs = (persons - company.workforce.employees) * audience.person_degree_mean * 1.1;
    const double positions = stubs * (1 - audience.random_ties) / audience.circle_stubs + persons;
    return persons * kPerPerson + stubs * audience.random_ties * sizeof(std::uint32_t) + positions * kPerPosition;
}

}  // namespace

std::uint64_t estimate_world_bytes(const CompanyInput& company, const WorldParams& params) {
    check_world_input(company, params);
    constexpr double kPerEmployee =
        4 * sizeof(std::int32_t) + kAttributes * sizeof(double) + 5 + sizeof(std::uint64_t) + sizeof(std::uint32_t);
    constexpr double kFollowerRank = 16;  // choosing the followers ranks every person
    const double persons = person_bounds(company, params.audience)[kSegments];
    Bytes bytes{persons * sizeof(PersonTraits) + company.workforce.employees * kPerEmployee, persons * kFollowerRank};
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        if (!params.platforms[p]) continue;
        const Bytes of_platform = platform_bytes(company, params, persons, p);
        bytes.kept += of_platform.kept;
        bytes.building += of_platform.building;
    }
    bytes.building += person_tie_bytes(company, params.audience, persons);
    return static_cast<std::uint64_t>(bytes.kept + bytes.building);
}

}  // namespace groundswell
