// Whole replicates, with and without views beyond the first hop, and whole worlds, without Python. Companies of n
// employees, a tenth of them advocates at 4 posts a week.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/replicate.hpp"
#include "world/world.hpp"

namespace groundswell {
namespace {

CompanyInput company(std::uint32_t employees) {
    CompanyInput input;
    WorkforceTable& table = input.workforce;
    table.employees = employees;
    table.departments = 7;
    table.regions = 3;
    table.department.assign(employees, -1);
    table.region = table.seniority = table.function = table.department;
    table.department_shares = {.15, .25, .25, .15, .07, .05, .08};
    table.region_shares = {.5, .3, .2};
    table.seniority_shares = {.65, .2, .1, .04, .01};
    table.sales_share = {1, 0, 0, 0, 0, 0, 0};
    table.recruiter_share = {0, 0, 0, 0, 0, .3, 0};
    for (auto& attribute : table.attributes) attribute.assign(employees, std::numeric_limits<double>::quiet_NaN());
    return input;
}

Program program_of(std::uint32_t advocates) {
    Program program;
    program.size = advocates;
    return program;
}

Design design(std::uint32_t advocates, bool later_hops) {
    YearParams params;
    PlatformParams& linkedin = params.platforms[0].emplace();
    linkedin.constants.person_rate = .26;  // near the solved constants, so that the load is
    linkedin.constants.page_rate = .08;
    if (!later_hops) linkedin.surfaced_views = linkedin.reshare_views = 0;
    Calendar calendar("2027-01-04", 26, 52, 4, params.platforms);
    return Design(params, std::move(calendar), program_of(advocates));
}

benchmark::Counter nanoseconds_per(std::uint64_t count) {
    return {static_cast<double>(count) * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert};
}

void replicates(benchmark::State& state, bool later_hops) {
    const auto employees = static_cast<std::uint32_t>(state.range(0));
    const World world = build_world(company(employees), {}, 1, 0, 1);
    const Design year = design(employees / 10, later_hops);
    const RunTables tables(year, world);
    Workspace workspace(world);
    std::vector<double> values(year.layout.rows.size());
    std::uint32_t number = 0;
    RunStats sum;
    for (auto _ : state) {
        const RunStats stats = Replicate(tables, number++, workspace, values).run();
        sum.impressions += stats.impressions;
        sum.first_hop_impressions += stats.first_hop_impressions;
        sum.acts += stats.acts;
        sum.ties_filtered += stats.ties_filtered;
    }
    const auto average = [](std::uint64_t count) {
        return benchmark::Counter(static_cast<double>(count), benchmark::Counter::kAvgIterations);
    };
    state.counters["impressions"] = average(sum.impressions);
    state.counters["first_hop"] = average(sum.first_hop_impressions);
    state.counters["acts"] = average(sum.acts);
    state.counters["ties_filtered"] = average(sum.ties_filtered);
    state.counters["ns_per_impression"] = nanoseconds_per(sum.impressions);
}
void first_hop(benchmark::State& state) { replicates(state, false); }
void all_hops(benchmark::State& state) { replicates(state, true); }
BENCHMARK(first_hop)->Arg(200)->Arg(1'000)->Arg(5'000)->Unit(benchmark::kMillisecond);
BENCHMARK(all_hops)->Arg(200)->Arg(1'000)->Arg(5'000)->Unit(benchmark::kMillisecond);

void world(benchmark::State& state) {
    const CompanyInput input = company(static_cast<std::uint32_t>(state.range(0)));
    std::uint32_t index = 0;
    std::size_t ties = 0;
    for (auto _ : state) ties += build_world(input, {}, 1, index++, 1).graph(Platform::linkedin).ties.size();
    state.counters["ns_per_tie"] = nanoseconds_per(ties);
}
BENCHMARK(world)->Arg(1'000)->Arg(5'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace groundswell
