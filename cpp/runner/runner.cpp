#include "runner/runner.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <utility>

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

// Runs the tasks of a batch, one replicate of one design each, from any thread.
class Batch {
public:
    Batch(const World& world, const std::vector<const Design*>& designs, std::uint32_t first, std::uint32_t last,
          int threads, Progress& progress, const RunOptions& options)
        : world_(world), first_(first), progress_(progress), options_(options) {
        tables_.reserve(designs.size());
        for (const Design* design : designs) {
            tables_.emplace_back(*design, world);
            runs_.push_back(nothing_run(*design, world, last - first, options));
        }
        stats_.resize(designs.size() * (last - first));
        const auto most = static_cast<std::size_t>(std::max(threads, 1));
        workspaces_.resize(std::clamp<std::size_t>(stats_.size(), 1, most));
    }

    std::vector<DesignRuns> run() {
        parallel_for(
            stats_.size(), static_cast<int>(workspaces_.size()),
            [&](std::size_t task, int thread) { run_task(task, workspace(thread)); }, &progress_.cancel);
        // In the order of the tasks, so that sums of seconds and counts do not depend on the threads.
        for (std::size_t task = 0; task < stats_.size(); ++task) add(run_of(task).stats, stats_[task]);
        return std::move(runs_);
    }

private:
    // The designs of a replicate are next to each other, so that a stop leaves all designs equally far.
    std::size_t design_of(std::size_t task) const { return task % tables_.size(); }
    std::size_t replicate_of(std::size_t task) const { return task / tables_.size(); }
    DesignRuns& run_of(std::size_t task) { return runs_[design_of(task)]; }

    Workspace& workspace(int thread) {
        auto& workspace = workspaces_[static_cast<std::size_t>(thread)];
        if (!workspace) workspace = std::make_unique<Workspace>(world_);
        return *workspace;
    }

    void run_task(std::size_t task, Workspace& workspace) {
        DesignRuns& run = run_of(task);
        const std::size_t replicate = replicate_of(task);
        const std::span<double> values(run.values.data() + replicate * run.rows, run.rows);
        std::optional<AuthorCounts> counts;
        if (options_.people) counts.emplace(world_.employees);
        const Records records{.authors = counts ? &*counts : nullptr,
                              .cascades = options_.cascades ? &run.cascades[replicate] : nullptr};
        try {
            const auto number = first_ + static_cast<std::uint32_t>(replicate);
            stats_[task] =
                Replicate(tables_[design_of(task)], number, workspace, values, records).run(&progress_.cancel);
        } catch (const Cancelled&) {
            std::fill(values.begin(), values.end(), std::numeric_limits<double>::quiet_NaN());
            if (options_.cascades) run.cascades[replicate] = {};
            return;
        }
        finish(run, replicate, counts);
    }

    void finish(DesignRuns& run, std::size_t replicate, const std::optional<AuthorCounts>& counts) {
        if (counts) {
            const std::lock_guard lock(adding_people_);
            run.people.add(*counts);
        }
        run.finished[replicate] = 1;
        progress_.done.fetch_add(1);
    }

    const World& world_;
    std::uint32_t first_;
    Progress& progress_;
    const RunOptions& options_;
    std::vector<RunTables> tables_;
    std::vector<DesignRuns> runs_;
    std::vector<RunStats> stats_;                         // by task
    std::vector<std::unique_ptr<Workspace>> workspaces_;  // by thread, each made when the thread first needs it
    std::mutex adding_people_;
};

}  // namespace

std::vector<DesignRuns> run_designs(const World& world, const std::vector<const Design*>& designs, std::uint32_t first,
                                    std::uint32_t last, int threads, Progress& progress, const RunOptions& options) {
    return Batch(world, designs, first, last, threads, progress, options).run();
}

std::uint64_t estimate_run_bytes(std::uint64_t persons, std::uint64_t rows, std::size_t designs,
                                 std::uint32_t replicates, int threads) {
    return persons * sizeof(Viewer) * static_cast<std::uint64_t>(std::max(threads, 1)) +
           rows * sizeof(double) * designs * replicates;
}

}  // namespace groundswell
