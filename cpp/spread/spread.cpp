#include "spread/spread.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/checks.hpp"
#include "core/errors.hpp"
#include "core/parallel.hpp"
#include "core/streams.hpp"
#include "spread/cascade.hpp"

namespace groundswell {

namespace {

constexpr std::uint64_t kBlock = 64;       // cascades that a thread takes at a time
constexpr std::uint64_t kRound = 1 << 14;  // blocks

// Sizes of the cascades of one block: exact sums, of which the moments about their own mean follow.
struct Moments {
    std::uint64_t count = 0;
    double mean = 0.0;
    double squares = 0.0;
};

Moments moments_of(std::span<const std::uint32_t> sizes) {
    std::uint64_t total = 0;
    for (const std::uint32_t size : sizes) total += size;
    Moments found{sizes.size(), static_cast<double>(total) / static_cast<double>(sizes.size()), 0.0};
    for (const std::uint32_t size : sizes) found.squares += (size - found.mean) * (size - found.mean);
    return found;
}

// Chan, Golub, LeVeque (1979): moments of two sets from those of each.
void add(SpreadRun& run, const Moments& block) {
    const auto before = static_cast<double>(run.cascades);
    const auto added = static_cast<double>(block.count);
    const double all = before + added;
    const double apart = block.mean - run.mean;
    run.cascades += block.count;
    run.mean += apart * (added / all);
    run.squares += block.squares + apart * apart * (before * added / all);
}

// What one thread keeps from cascade to cascade.
struct Worker {
    Worker(std::uint32_t nodes, bool thresholds, bool by_node) : active(nodes) {
        if (thresholds) missing.emplace(nodes);
        if (by_node) times_active.resize(nodes);
    }
    ActiveNodes active;
    std::optional<Missing> missing;
    std::vector<std::uint64_t> times_active;
};

template <class Rows>
std::uint32_t one_cascade(const Rows& rows, const SpreadTask& task, CascadeLuck luck, const Ziggurat& table,
                          Worker& worker) {
    return independent_cascade(rows, task.seeds, luck, table, worker.active);
}

std::uint32_t one_cascade(const ThresholdRows& rows, const SpreadTask& task, CascadeLuck luck,
                          const Ziggurat& /*table*/, Worker& worker) {
    return rows.cascade(task.seeds, luck, worker.active, *worker.missing);
}

template <class Rows>
class Cascades {
public:
    Cascades(const Rows& rows, const SpreadTask& task, const std::atomic<bool>& cancel)
        : rows_(rows), task_(task), cancel_(cancel), table_(ziggurat()) {
        const StreamKey key = stream_key(task.seed, 0, kNoReplicate, Decision::cascades);
        key_ = std::uint64_t{key.key[1]} << 32 | key.key[0];
    }

    // Sizes of the cascades from `first` on.
    void run(std::uint64_t first, std::span<std::uint32_t> sizes, Worker& worker) const {
        for (std::uint64_t i = 0; i < sizes.size() && !cancel_.load(std::memory_order_relaxed); ++i) {
            sizes[i] = one_cascade(rows_, task_, CascadeLuck(key_, first + i), table_, worker);
            if (task_.by_node)
                for (const std::uint32_t node : worker.active.all()) ++worker.times_active[node];
            worker.active.clear();
        }
    }

private:
    const Rows& rows_;
    const SpreadTask& task_;
    const std::atomic<bool>& cancel_;
    const Ziggurat& table_;
    std::uint64_t key_ = 0;
};

std::vector<std::uint64_t> added_up(std::vector<std::optional<Worker>>& workers, std::uint32_t nodes) {
    std::vector<std::uint64_t> total(nodes);
    for (const std::optional<Worker>& worker : workers)
        if (worker)
            for (std::uint32_t v = 0; v < nodes; ++v) total[v] += worker->times_active[v];
    return total;
}

// Cascades in rounds, so that what is kept for each block has a bound however many there are.
template <class Rows>
SpreadRun run_on(const Rows& rows, const SpreadTask& task, const std::atomic<bool>& cancel) {
    const std::uint64_t total = task.last - task.first;
    const Cascades<Rows> cascades(rows, task, cancel);
    SpreadRun run;
    if (task.sizes) run.sizes.resize(total);
    std::vector<Moments> moments(std::min(kRound, (total + kBlock - 1) / kBlock));
    std::vector<std::optional<Worker>> workers(static_cast<std::size_t>(std::max(task.threads, 1)));
    for (std::uint64_t begun = 0; begun < total && !cancel.load(); begun += kRound * kBlock) {
        const std::uint64_t blocks = std::min(kRound, (total - begun + kBlock - 1) / kBlock);
        std::ranges::fill(moments, Moments{});
        const auto one_block = [&](std::size_t block, int thread) {
            std::optional<Worker>& worker = workers[static_cast<std::size_t>(thread)];
            if (!worker) worker.emplace(rows.nodes(), std::is_same_v<Rows, ThresholdRows>, task.by_node);
            const std::uint64_t before = begun + block * kBlock;
            const std::uint64_t count = std::min(kBlock, total - before);
            std::array<std::uint32_t, kBlock> sizes{};
            cascades.run(task.first + before, {sizes.data(), count}, *worker);
            moments[block] = moments_of({sizes.data(), count});
            if (task.sizes) std::copy_n(sizes.data(), count, run.sizes.data() + before);
        };
        parallel_for(blocks, task.threads, one_block, &cancel);
        for (const Moments& block : moments)
            if (block.count > 0) add(run, block);
    }
    if (task.by_node) run.times_active = added_up(workers, rows.nodes());
    return run;
}

}  // namespace

std::uint32_t SpreadNetwork::nodes() const {
    return std::visit([](const auto& of_model) { return of_model.nodes(); }, rows);
}

SpreadNetwork make_network(const ArcList& list, SpreadModel model, double p) {
    for (const double value : list.value) require_probability("graph: the value of an arc", value);
    require_probability("p", p);
    const bool values = !list.value.empty();
    ArcRows arcs = make_arc_rows(list);
    switch (model) {
        case SpreadModel::weighted_cascade:
            return {HazardRows::of_in_degrees(std::move(arcs))};
        case SpreadModel::linear_threshold:
            return {values ? ThresholdRows::of_values(std::move(arcs)) : ThresholdRows::of_in_degrees(std::move(arcs))};
        default:
            if (values) return {HazardRows::of_values(std::move(arcs))};
            return {UniformRows(std::move(arcs), p)};
    }
}

std::uint64_t estimate_network_bytes(std::uint64_t nodes, std::uint64_t arcs, bool values) {
    const std::uint64_t sorting = 20 * nodes + (values ? 20 : 8) * arcs;
    const std::uint64_t chances = 28 * nodes + (values ? 16 : 8) * arcs;
    return std::max(sorting, chances);
}

SpreadRun run_cascades(const SpreadNetwork& network, const SpreadTask& task, const std::atomic<bool>& cancel) {
    const std::uint32_t nodes = network.nodes();
    std::vector<std::uint32_t> sorted = task.seeds;
    std::ranges::sort(sorted);
    if (!sorted.empty() && sorted.back() >= nodes) throw InvalidInput("seeds: a seed is no node");
    if (std::ranges::adjacent_find(sorted) != sorted.end()) throw InvalidInput("seeds: a node is there twice");
    if (task.last < task.first) throw InvalidInput("cascades: the last must not come before the first");
    return std::visit([&](const auto& rows) { return run_on(rows, task, cancel); }, network.rows);
}

std::uint64_t estimate_cascade_bytes(std::uint64_t nodes, const SpreadTask& task) {
    const std::uint64_t threads = static_cast<std::uint64_t>(std::max(task.threads, 1));
    const std::uint64_t worker = 4 * nodes + nodes / 8 + 16 * nodes + (task.by_node ? 8 * nodes : 0);
    const std::uint64_t cascades = task.last - task.first;
    return threads * worker + kRound * sizeof(Moments) + (task.sizes ? 4 * cascades : 0) +
           (task.by_node ? 8 * nodes : 0);
}

}  // namespace groundswell
