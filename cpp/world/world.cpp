#include "world/world.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>

#include "core/draws.hpp"
#include "world/persons.hpp"
#include "world/pools.hpp"
#include "world/ties/circles.hpp"
#include "world/ties/employee_rows.hpp"
#include "world/ties/given_ties.hpp"
#include "world/ties/person_rows.hpp"
#include "world/ties/platform_graphs.hpp"
#include "world/world_checks.hpp"

namespace groundswell {
namespace {

// Who shares without a program, and in which order a random group of advocates is filled.
void choose_sharers_and_advocates(const BuildContext& context, double unprompted_share, World& world) {
    const StreamKey sharer_key = context.key(Decision::unprompted_sharers);
    const StreamKey advocate_key = context.key(Decision::active_advocates);
    std::vector<std::pair<std::uint32_t, std::uint64_t>> rank(world.employees);  // a draw, and whose it is
    world.sharer.resize(world.employees);
    for (std::uint32_t i = 0; i < world.employees; ++i) {
        world.sharer[i] = unit(draw(sharer_key, world.draw_numbers[i])[0]) < unprompted_share ? 1 : 0;
        rank[i] = {draw(advocate_key, world.draw_numbers[i])[0], world.draw_numbers[i]};
    }
    world.advocate_order.resize(world.employees);
    std::iota(world.advocate_order.begin(), world.advocate_order.end(), 0u);
    std::sort(world.advocate_order.begin(), world.advocate_order.end(),
              [&rank](std::uint32_t a, std::uint32_t b) { return rank[a] < rank[b]; });
}

// Where LinkedIn is off, the employees still have its connections, with its defaults: their coworkers come from them.
PlatformAudienceParams linkedin_or_defaults(const WorldParams& params) {
    return params.platforms[0].value_or(PlatformAudienceParams{});
}

void warn_of_missing_person_ties(const CircleTies& ties, World& world) {
    constexpr double kToleratedShare = .05;
    for (std::size_t s = 1; s < kSegments; ++s) {
        const std::uint32_t persons = world.segment_begin[s + 1] - world.segment_begin[s];
        const double made = ties.made_per_wanted(s);
        if (made >= 1 - kToleratedShare) continue;
        const auto percent = static_cast<int>(100 * made);
        world.warnings.push_back({"person_ties_missing",
                                  "the " + std::to_string(persons) + " persons of segment " +
                                      std::string(kSegmentNames[s]) + " have " + std::to_string(percent) +
                                      " % of the ties that audience.person_degree_mean asks for: there are too few "
                                      "persons to be tied to (audience.pool)",
                                  persons});
    }
}

std::shared_ptr<const PersonTies> make_person_ties(const BuildContext& context, const AudienceParams& params,
                                                   World& world) {
    if (params.person_degree_mean == 0) return std::make_shared<NoPersonTies>();
    auto circles = std::make_shared<const CircleTies>(context, world.segment_begin, params);
    warn_of_missing_person_ties(*circles, world);
    return circles;
}

// Where an employee's connections are given by a column and by ties, the ties win.
void take_connections_from(const std::array<EmployeeRows, kPlatforms>& rows, const CompanyInput& company,
                           const PlatformAudiences& platforms, World& world) {
    std::uint64_t replaced = 0;
    auto& connections = world.workforce.attributes[static_cast<std::size_t>(Attribute::connections)];
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        if (!platforms[p]) continue;
        const auto& given = p == 0 ? company.workforce.attributes[static_cast<std::size_t>(Attribute::connections)]
                                   : company.connections[p];
        for (std::uint32_t i = 0; i < world.employees; ++i) {
            const auto ties = static_cast<double>(rows[p].size_of(i));
            if (!given.empty() && !std::isnan(given[i]) && given[i] != ties) ++replaced;
            if (p == 0) connections[i] = ties;
        }
    }
    if (replaced > 0)
        world.warnings.push_back({"connections_replaced",
                                  std::to_string(replaced) +
                                      " numbers of connections differ from company.audience.ties; connections are the "
                                      "ties that are given",
                                  replaced});
}

void build_given_ties(const BuildContext& context, const CompanyInput& company, const WorldParams& params,
                      World& world) {
    const auto given = std::make_shared<const GivenTies>(company);
    std::array<EmployeeRows, kPlatforms> rows;
    if (given->of_employees()) {
        const TieStrengths strengths(context, params.audience, world);
        for (std::size_t p = 0; p < kPlatforms; ++p)
            if (params.platforms[p]) rows[p] = given->employee_rows(world, strengths, static_cast<Platform>(p));
        take_connections_from(rows, company, params.platforms, world);
    } else {
        rows = build_employee_rows(context, company, params, world);
    }
    build_platform_graphs(context, company, params, std::move(rows), given, false, RowStorage::all, world);
}

void build_ties(const BuildContext& context, const CompanyInput& company, const WorldParams& params, RowStorage storage,
                World& world) {
    if (company.audience.given) return build_given_ties(context, company, params, world);
    auto rows = build_employee_rows(context, company, params, world);
    auto person_ties = make_person_ties(context, params.audience, world);
    build_platform_graphs(context, company, params, std::move(rows), std::move(person_ties), true, storage, world);
}

}  // namespace

std::uint64_t World::draw_number(std::uint32_t person) const {
    return person < employees ? draw_numbers[person] : pool_draw_number(segment_begin, person);
}

ViewerNumbers World::viewers() const { return groundswell::viewer_numbers(segment_begin, viewer_numbers.data()); }

std::span<const TieWord> PlatformGraph::row_as_needed(std::uint32_t node) const { return rows_as_needed->row(node); }

void PlatformGraph::prefetch_place(std::uint32_t node) const {
    if (made_as_needed(node))
        rows_as_needed->prefetch_place(node);
    else
        prefetch(&row_begin[node]);
}

void PlatformGraph::prefetch_row(std::uint32_t node) const {
    if (made_as_needed(node)) return rows_as_needed->prefetch_row(node);
    const auto stored = row(node);
    const std::size_t fetched = std::min(stored.size(), kPrefetchedTies);
    for (std::size_t tie = 0; tie < fetched; tie += kTiesPerCacheLine) prefetch(&stored[tie]);
}

World build_world(const CompanyInput& company, const WorldParams& params, std::uint64_t seed, std::uint32_t index,
                  int threads, const std::atomic<bool>* cancel, RowStorage storage) {
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
    const PlatformAudienceParams linkedin = linkedin_or_defaults(params);
    world.workforce = complete_workforce(company.workforce, params.workforce, linkedin.connections_mean,
                                         linkedin.connections_log_sd, seed, index);
    world.draw_numbers = draw_numbers_or_rows(company.workforce.draw_numbers, world.employees);
    world.viewer_numbers = viewer_numbers_of(world.draw_numbers);
    context.stop_if_cancelled();
    world.persons = draw_persons(context, world.segment_begin, params.audience, params.platforms, world.workforce,
                                 world.draw_numbers);
    build_ties(context, company, params, storage, world);
    choose_sharers_and_advocates(context, params.audience.unprompted_share, world);
    return world;
}

}  // namespace groundswell
