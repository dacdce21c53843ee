// Cascades against exact distributions on graphs so small that every outcome can be counted.
#include "spread/spread.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <map>
#include <numeric>

#include "core/errors.hpp"
#include "spread/workspace.hpp"
#include "statistics.hpp"

namespace groundswell {
namespace {

using Nodes = std::vector<std::uint32_t>;
using Chances = std::vector<double>;

struct Arcs {
    std::uint32_t nodes;
    Nodes source;
    Nodes target;
    Chances value;

    ArcList list() const { return {nodes, source, target, value, false}; }
};

// Two ways round, a shortcut, a parallel arc and one from a node to itself.
Arcs knot() { return {5, {0, 0, 1, 1, 2, 2, 3, 3, 4, 0, 1}, {1, 2, 2, 3, 3, 0, 4, 1, 0, 1, 1}, {}}; }

std::uint64_t reached_from(const Arcs& arcs, std::uint32_t seed, std::uint64_t live) {
    std::uint64_t active = std::uint64_t{1} << seed;
    for (std::uint64_t before = 0; before != active;) {
        before = active;
        for (std::size_t i = 0; i < arcs.source.size(); ++i)
            if ((live >> i & 1) != 0 && (active >> arcs.source[i] & 1) != 0)
                active |= std::uint64_t{1} << arcs.target[i];
    }
    return active;
}

// P(the set of active nodes) of an independent cascade, over all sets of live arcs.
std::map<std::uint64_t, double> exact_cascade(const Arcs& arcs, std::uint32_t seed, const Chances& p) {
    std::map<std::uint64_t, double> chance;
    for (std::uint64_t live = 0; live < std::uint64_t{1} << arcs.source.size(); ++live) {
        double weight = 1.0;
        for (std::size_t i = 0; i < p.size(); ++i) weight *= (live >> i & 1) != 0 ? p[i] : 1.0 - p[i];
        if (weight > 0.0) chance[reached_from(arcs, seed, live)] += weight;
    }
    return chance;
}

// The same of linear thresholds, where each node picks at most one of the arcs to it, an arc with its weight (Kempe,
// Kleinberg, Tardos 2003, theorem 4.6).
std::map<std::uint64_t, double> exact_threshold(const Arcs& arcs, std::uint32_t seed, const Chances& weight) {
    std::map<std::uint64_t, double> picks{{0, 1.0}};
    for (std::uint32_t v = 0; v < arcs.nodes; ++v) {
        std::map<std::uint64_t, double> longer;
        for (const auto& [live, chance] : picks) {
            double none = 1.0;
            for (std::size_t i = 0; i < arcs.target.size(); ++i) {
                if (arcs.target[i] != v || arcs.source[i] == v) continue;
                none -= weight[i];
                longer[live | std::uint64_t{1} << i] += chance * weight[i];
            }
            longer[live] += chance * none;
        }
        picks = longer;
    }
    std::map<std::uint64_t, double> chances;
    for (const auto& [live, chance] : picks) chances[reached_from(arcs, seed, live)] += chance;
    return chances;
}

Chances one_over_in_degree(const Arcs& arcs) {
    const ArcRows rows = make_arc_rows(arcs.list());
    Chances chance;
    for (const std::uint32_t target : arcs.target) chance.push_back(1.0 / rows.in_degree[target]);
    return chance;
}

SpreadRun run(const SpreadNetwork& network, Nodes seeds, std::uint64_t last, int threads = 1, std::uint64_t first = 0) {
    const std::atomic<bool> cancel{false};
    return run_cascades(network, {std::move(seeds), 11, first, last, threads, true, true}, cancel);
}

// Every size and every node as often as the exact distribution says, at the false-alarm rate of statistics.hpp.
void expect_distribution(const SpreadNetwork& network, std::uint32_t seed,
                         const std::map<std::uint64_t, double>& exact) {
    constexpr std::uint64_t kCascades = 150'000;
    const SpreadRun found = run(network, {seed}, kCascades, 2);
    Chances of_size(network.nodes() + 1);
    Chances of_node(network.nodes());
    for (const auto& [active, chance] : exact) {
        of_size[static_cast<std::size_t>(std::popcount(active))] += chance;
        for (std::uint32_t v = 0; v < network.nodes(); ++v) of_node[v] += (active >> v & 1) != 0 ? chance : 0.0;
    }
    Chances counts(network.nodes() + 1);
    for (const std::uint32_t size : found.sizes) counts[size] += 1.0;
    const double limit = testing::bound(2 * network.nodes() + 1);
    const auto check = [&](double count, double chance, const char* what, std::size_t which) {
        if (chance < 1e-12 || chance > 1.0 - 1e-12)
            EXPECT_EQ(count, std::round(chance) * kCascades) << what << which;
        else
            EXPECT_LT(std::fabs(testing::binomial_z(count, kCascades, chance)), limit) << what << which;
    };
    for (std::size_t size = 0; size < of_size.size(); ++size) check(counts[size], of_size[size], "size ", size);
    for (std::size_t v = 0; v < of_node.size(); ++v)
        check(static_cast<double>(found.times_active[v]), of_node[v], "node ", v);
}

TEST(IndependentCascade, WithOneProbabilityHasTheExactDistribution) {
    const Arcs arcs = knot();
    for (const double p : {0.0, 0.05, 0.4, 0.93, 1.0})
        expect_distribution(make_network(arcs.list(), SpreadModel::independent_cascade, p), 0,
                            exact_cascade(arcs, 0, Chances(arcs.source.size(), p)));
}

TEST(IndependentCascade, WithAProbabilityAnArcHasTheExactDistribution) {
    Arcs arcs = knot();
    arcs.value = {.1, .9, 1.0, .3, 0.0, .5, .7, 1.0, .02, .6, .5};
    for (const std::uint32_t seed : {0u, 3u})
        expect_distribution(make_network(arcs.list(), SpreadModel::independent_cascade, 0.0), seed,
                            exact_cascade(arcs, seed, arcs.value));
}

TEST(WeightedCascade, HasTheExactDistribution) {
    const Arcs arcs = knot();
    expect_distribution(make_network(arcs.list(), SpreadModel::weighted_cascade, 0.0), 2,
                        exact_cascade(arcs, 2, one_over_in_degree(arcs)));
}

TEST(LinearThreshold, HasTheExactDistribution) {
    Arcs arcs = knot();
    expect_distribution(make_network(arcs.list(), SpreadModel::linear_threshold, 0.0), 2,
                        exact_threshold(arcs, 2, one_over_in_degree(arcs)));
    arcs.value = {.1, .5, .4, .3, .2, .6, .7, .3, .3, .4, .9};
    expect_distribution(make_network(arcs.list(), SpreadModel::linear_threshold, 0.0), 0,
                        exact_threshold(arcs, 0, arcs.value));
}

// A star with chances of very different size: many arcs to a row, sure ones and tiny ones beside each other.
TEST(IndependentCascade, KeepsChancesApartInALongRow) {
    constexpr std::uint32_t kLeaves = 3000;
    Arcs star{kLeaves + 1, Nodes(kLeaves, 0), Nodes(kLeaves), Chances(kLeaves)};
    std::iota(star.target.begin(), star.target.end(), 1u);
    for (std::uint32_t i = 0; i < kLeaves; ++i) star.value[i] = i % 3 == 0 ? 1.0 : i % 3 == 1 ? 0.9 : 0.001 * (i % 7);
    constexpr std::uint64_t kCascades = 20'000;
    const SpreadRun found = run(make_network(star.list(), SpreadModel::independent_cascade, 0.0), {0}, kCascades, 2);
    const double limit = testing::bound(kLeaves);
    for (std::uint32_t i = 0; i < kLeaves; ++i) {
        const auto count = static_cast<double>(found.times_active[i + 1]);
        const double p = star.value[i];
        if (p == 0.0 || p == 1.0)
            EXPECT_EQ(count, p * kCascades) << i;
        else
            EXPECT_LT(std::fabs(testing::binomial_z(count, kCascades, p)), limit) << i;
    }
}

// A graph of 3,000 nodes with hubs: target u of node v is about v * u / nodes, several times over.
Arcs hubs() {
    Arcs arcs{3000, {}, {}, {}};
    for (std::uint32_t v = 0; v < arcs.nodes; ++v)
        for (std::uint32_t k = 0; k < 8; ++k) {
            arcs.source.push_back(k % 2 == 0 ? v : v * (k * 37 + 1) % 3000 * v % 3000 / (k + 1));
            arcs.target.push_back(k % 2 == 0 ? v * (k * 91 + 5) % 3000 * v % 3000 / (k + 1) : v);
        }
    return arcs;
}

TEST(RunCascades, IsTheSameForAnyNumberOfThreads) {
    const Arcs arcs = hubs();
    for (const SpreadModel model :
         {SpreadModel::independent_cascade, SpreadModel::weighted_cascade, SpreadModel::linear_threshold}) {
        const SpreadNetwork network = make_network(arcs.list(), model, 0.12);
        const SpreadRun one = run(network, {5, 1700}, 1001);
        EXPECT_EQ(one.cascades, 1001u);
        EXPECT_GT(one.squares, 0.0);
        for (const int threads : {2, 5}) {
            const SpreadRun several = run(network, {5, 1700}, 1001, threads);
            EXPECT_EQ(one.mean, several.mean);
            EXPECT_EQ(one.squares, several.squares);
            EXPECT_EQ(one.sizes, several.sizes);
            EXPECT_EQ(one.times_active, several.times_active);
        }
    }
}

TEST(RunCascades, GoOnWhereOthersEnded) {
    const SpreadNetwork network = make_network(hubs().list(), SpreadModel::weighted_cascade, 0.0);
    const SpreadRun whole = run(network, {5}, 300);
    const SpreadRun later = run(network, {5}, 300, 1, 100);
    EXPECT_EQ(later.cascades, 200u);
    EXPECT_TRUE(std::equal(later.sizes.begin(), later.sizes.end(), whole.sizes.begin() + 100));
    EXPECT_NE(run(network, {5}, 100).sizes, Nodes(later.sizes.begin(), later.sizes.begin() + 100));
}

TEST(RunCascades, MomentsAreThoseOfTheSizes) {
    const SpreadRun found = run(make_network(hubs().list(), SpreadModel::independent_cascade, 0.12), {5}, 5000, 2);
    double sum = 0.0;
    for (const std::uint32_t size : found.sizes) sum += size;
    const double mean = sum / 5000;
    double squares = 0.0;
    for (const std::uint32_t size : found.sizes) squares += (size - mean) * (size - mean);
    EXPECT_NEAR(found.mean, mean, 1e-9 * mean);
    EXPECT_NEAR(found.squares, squares, 1e-9 * squares);
    EXPECT_EQ(std::accumulate(found.times_active.begin(), found.times_active.end(), std::uint64_t{0}),
              static_cast<std::uint64_t>(sum));
}

TEST(RunCascades, StopWhenToldTo) {
    const SpreadNetwork network = make_network(hubs().list(), SpreadModel::independent_cascade, 0.5);
    const std::atomic<bool> cancel{true};
    EXPECT_EQ(run_cascades(network, {{5}, 1, 0, 1'000'000'000, 2, false, false}, cancel).cascades, 0u);
}

TEST(RunCascades, RefuseSeedsThatAreNone) {
    const SpreadNetwork network = make_network(knot().list(), SpreadModel::weighted_cascade, 0.0);
    EXPECT_THROW(run(network, {5}, 10), InvalidInput);
    EXPECT_THROW(run(network, {1, 2, 1}, 10), InvalidInput);
    EXPECT_EQ(run(network, {}, 10).mean, 0.0);
}

TEST(MakeNetwork, RefusesWhatIsNoChance) {
    Arcs arcs = knot();
    for (const double p : {-0.1, 1.1, std::nan("")}) {
        EXPECT_THROW(make_network(arcs.list(), SpreadModel::independent_cascade, p), InvalidInput);
        Arcs spoiled = arcs;
        spoiled.value = Chances(arcs.source.size(), 0.1);
        spoiled.value[3] = p;
        EXPECT_THROW(make_network(spoiled.list(), SpreadModel::independent_cascade, 0.0), InvalidInput);
    }
}

TEST(ActiveNodes, KeepTheirOrderAndForgetAll) {
    ActiveNodes active(130);
    for (const std::uint32_t node : {129u, 3u, 129u, 64u, 3u}) active.add(node);
    EXPECT_EQ(Nodes(active.all().begin(), active.all().end()), (Nodes{129, 3, 64}));
    EXPECT_TRUE(active.has(64));
    EXPECT_FALSE(active.has(65));
    active.clear();
    EXPECT_EQ(active.size(), 0u);
    EXPECT_FALSE(active.has(129));
}

}  // namespace
}  // namespace groundswell
