#include "model/world.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>

#include "core/draws.hpp"
#include "model/audience_build.hpp"
#include "model/circles.hpp"
#include "model/graph_build.hpp"
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

// Where LinkedIn is off, the employees still have its connections: their coworkers come from them.
const PlatformAudienceParams kDefaults;

const PlatformAudienceParams& linkedin_of(const WorldParams& params) {
    return params.platforms[0] ? *params.platforms[0] : kDefaults;
}

// Says so where the persons cannot have the ties they want.
void warn_of_missing_ties(const CircleTies& ties, World& world) {
    constexpr double kTolerated = .05;
    for (std::size_t s = 1; s < kSegments; ++s) {
        const std::uint32_t persons = world.segment_begin[s + 1] - world.segment_begin[s];
        const double made = ties.made_per_wanted(s);
        if (made >= 1 - kTolerated) continue;
        const auto percent = static_cast<int>(100 * made);
        world.warnings.push_back({"person_ties_missing",
                                  "the " + std::to_string(persons) + " persons of segment " +
                                      std::string(kSegmentNames[s]) + " have " + std::to_string(percent) +
                                      " % of the ties that audience.person_degree_mean asks for: there are too few "
                                      "persons to be tied to (audience.pool)",
                                  persons});
    }
}

std::unique_ptr<PersonTies> make_person_ties(const BuildContext& context, const AudienceParams& params, World& world) {
    if (params.person_degree_mean == 0) return std::make_unique<NoPersonTies>();
    auto circles = std::make_unique<CircleTies>(context, world.segment_begin, params);
    warn_of_missing_ties(*circles, world);
    return circles;
}

}  // namespace

World build_world(const CompanyInput& company, const WorldParams& params, std::uint64_t seed, std::uint32_t index,
                  int threads, const std::atomic<bool>* cancel) {
    check_world_input(company, params);
    const BuildContext context{seed, index, threads, cancel};
    context.stop_if_cancelled();
    World world;
    world.seed = seed;
    world.index = index;
    world.employees = company.workforce.employees;
    world.segment_begin = person_bounds(company, params.audience);
    check_presence(world.segment_begin, params.platforms);
    world.strength_value = {params.audience.weak_tie, params.audience.strong_tie, 1};
    const PlatformAudienceParams& linkedin = linkedin_of(params);
    world.workforce = complete_workforce(company.workforce, params.workforce, linkedin.connections_mean,
                                         linkedin.connections_log_sd, seed, index);
    context.stop_if_cancelled();
    world.persons = draw_persons(context, world.segment_begin, params.audience, params.platforms, world.workforce);
    auto rows = build_employee_rows(context, company, params, world);
    const auto person_ties = make_person_ties(context, params.audience, world);
    build_graphs(context, company, params, std::move(rows), *person_ties, true, world);
    choose_employees(context, params.audience.unprompted_share, world);
    return world;
}

}  // namespace groundswell
