#include "model/world.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/checks.hpp"
#include "core/draws.hpp"
#include "model/audience_build.hpp"
#include "model/persons.hpp"
#include "model/pools.hpp"
#include "model/world_checks.hpp"

namespace groundswell {
namespace {

void choose_employees(const BuildContext& context, double unprompted_share, World& world) {
    const StreamKey sharers = context.key(Decision::unprompted_sharers);
    const StreamKey advocates = context.key(Decision::active_advocates);
    std::vector<std::uint32_t> place(world.employees);
    world.sharer.resize(world.employees);
    for (std::uint32_t i = 0; i < world.employees; ++i) {
        world.sharer[i] = unit(draw(sharers, i)[0]) < unprompted_share ? 1 : 0;
        place[i] = draw(advocates, i)[0];
    }
    world.advocate_order.resize(world.employees);
    std::iota(world.advocate_order.begin(), world.advocate_order.end(), 0u);
    std::stable_sort(world.advocate_order.begin(), world.advocate_order.end(),
                     [&place](std::uint32_t a, std::uint32_t b) { return place[a] < place[b]; });
}

// Largest plausible sum of connections: given ones, and for the others their expectation with the largest multipliers
// plus four standard deviations of the sum.
double connections_bound(const WorkforceTable& table, const WorkforceParams& params) {
    double given = 0, missing = 0;
    for (const double c : table.attributes[static_cast<std::size_t>(Attribute::connections)])
        std::isnan(c) ? missing += 1 : given += c;
    if (missing == 0) return given;
    const auto by_seniority = params.seniority_multiplier.array();
    const double largest = *std::max_element(by_seniority.begin(), by_seniority.end()) *
                           std::max({1.0, params.sales_multiplier, params.recruiter_multiplier});
    const double drawn = std::min(missing * largest, static_cast<double>(table.employees)) * params.connections_mean;
    const double variation = std::sqrt(2 * std::exp(params.connections_log_sd * params.connections_log_sd) / missing);
    return given + drawn * (1 + 4 * variation);
}

}  // namespace

World build_world(const CompanyInput& company, const WorldParams& params, std::uint64_t seed, std::uint32_t index,
                  int threads, const std::atomic<bool>* cancel) {
    check_audience(params.audience);
    if (company.page_followers < -1)
        reject("company.page_followers", static_cast<double>(company.page_followers),
               "zero or more, or -1 if not given");
    const BuildContext context{seed, index, threads, cancel};
    context.stop_if_cancelled();
    World world;
    world.seed = seed;
    world.index = index;
    world.employees = company.workforce.employees;
    world.segment_begin = pool_bounds(world.employees, params.audience);
    world.strength_value = {params.audience.weak_tie, params.audience.strong_tie, 1};
    world.workforce = complete_workforce(company.workforce, params.workforce, seed, index);
    context.stop_if_cancelled();
    world.persons = draw_persons(context, world.segment_begin, params.audience, world.workforce);
    build_rows(context, company, params.audience, world);
    append_page_row(context, company.page_followers, params.audience, world);
    choose_employees(context, params.audience.unprompted_share, world);
    return world;
}

std::uint64_t estimate_world_bytes(const CompanyInput& company, const WorldParams& params) {
    check_audience(params.audience);
    const double employees = company.workforce.employees;
    const double persons = pool_bounds(company.workforce.employees, params.audience)[kSegments];
    const double connections =
        connections_bound(company.workforce, params.workforce) + 2 * static_cast<double>(company.coworker_ties.size());
    const double followers =
        std::min(persons, company.page_followers >= 0 ? static_cast<double>(company.page_followers)
                                                      : connections / params.audience.connections_per_follower);
    constexpr double kPerEmployee = 4 * sizeof(std::int32_t) + kAttributes * sizeof(double) + sizeof(std::uint64_t) + 5;
    constexpr double kFollowerKey = 16;  // choosing the followers takes one key a person
    const double building = std::max(persons * kFollowerKey, connections * sizeof(TieWord));  // or the ties, moved once
    return static_cast<std::uint64_t>(persons * sizeof(PersonTraits) + (connections + followers) * sizeof(TieWord) +
                                      employees * kPerEmployee + building);
}

}  // namespace groundswell
