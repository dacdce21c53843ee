#include "runner/runner.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

#include "core/errors.hpp"
#include "core/parallel.hpp"

namespace groundswell {

namespace {

DesignRuns nothing_run(const Design& design, const World& world, std::size_t replicates, const RunOptions& options) {
    DesignRuns run;
    run.rows = design.layout.rows.size();
    run.values.assign(replicates * run.rows, std::numeric_limits<double>::quiet_NaN());
    run.finished.assign(replicates, 0);
    if (options.people) run.people = AuthorSums(world.employees);
    if (options.cascades) run.cascades.resize(replicates);
    return run;
}

void add(RunStats& total, const RunStats& replicate) {
    for (std::size_t p = 0; p < total.phase_seconds.size(); ++p) total.phase_seconds[p] += replicate.phase_seconds[p];
    total.ties_filtered += replicate.ties_filtered;
    total.candidates += replicate.candidates;
    total.impressions += replicate.impressions;
    total.first_hop_impressions += replicate.first_hop_impressions;
    total.acts += replicate.acts;
}

}  // namespace

std::vector<DesignRuns> run_designs(const World& world, const std::vector<const Design*>& designs, std::uint32_t first,
                                    std::uint32_t last, int threads, Progress& progress, const RunOptions& options) {
    const std::size_t replicates = last - first;
    std::vector<RunTables> tables;
    tables.reserve(designs.size());
    std::vector<DesignRuns> runs;
    for (const Design* design : designs) {
        tables.emplace_back(*design, world);
        runs.push_back(nothing_run(*design, world, replicates, options));
    }
    const std::size_t tasks = designs.size() * replicates;
    const int workers =
        static_cast<int>(std::clamp<std::size_t>(tasks, 1, static_cast<std::size_t>(std::max(threads, 1))));
    std::vector<std::unique_ptr<Workspace>> workspaces(static_cast<std::size_t>(workers));
    std::vector<RunStats> stats(tasks);
    std::mutex adding;

    parallel_for(
        tasks, workers,
        [&](std::size_t task, int thread) {
            auto& workspace = workspaces[static_cast<std::size_t>(thread)];
            if (!workspace) workspace = std::make_unique<Workspace>(world);
            const std::size_t design = task % designs.size();  // designs side by side: a stop leaves them equally far
            const std::size_t replicate = task / designs.size();
            DesignRuns& run = runs[design];
            const std::span<double> values(run.values.data() + replicate * run.rows, run.rows);
            std::optional<AuthorCounts> counts;
            if (options.people) counts.emplace(world.employees);
            const Records records{.authors = counts ? &*counts : nullptr,
                                  .cascades = options.cascades ? &run.cascades[replicate] : nullptr};
            try {
                stats[task] = Replicate(tables[design], first + static_cast<std::uint32_t>(replicate), *workspace,
                                        values, records)
                                  .run(&progress.cancel);
            } catch (const Cancelled&) {
                std::fill(values.begin(), values.end(), std::numeric_limits<double>::quiet_NaN());
                if (options.cascades) run.cascades[replicate] = {};
                return;
            }
            if (counts) {
                const std::lock_guard lock(adding);
                run.people.add(*counts);
            }
            run.finished[replicate] = 1;
            progress.done.fetch_add(1);
        },
        &progress.cancel);

    for (std::size_t task = 0; task < tasks; ++task) add(runs[task % designs.size()].stats, stats[task]);
    return runs;
}

std::uint64_t estimate_run_bytes(std::uint64_t persons, std::uint64_t rows, std::size_t designs,
                                 std::uint32_t replicates, int threads) {
    return persons * sizeof(Viewer) * static_cast<std::uint64_t>(std::max(threads, 1)) +
           rows * sizeof(double) * designs * replicates;
}

}  // namespace groundswell
