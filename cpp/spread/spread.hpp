// The spread of a seed set: many cascades over threads, and the moments of their sizes.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "spread/arc_rows.hpp"
#include "spread/hazard_rows.hpp"
#include "spread/threshold_rows.hpp"
#include "spread/uniform_rows.hpp"

namespace groundswell {

// How nodes become active; docs/SPREAD.md has the formulas.
enum class SpreadModel : std::uint8_t { independent_cascade, weighted_cascade, linear_threshold };

// A graph with its chances, ready for cascades.
struct SpreadNetwork {
    std::variant<UniformRows, HazardRows, ThresholdRows> rows;

    std::uint32_t nodes() const;
};

// The values of the arcs are the probabilities of an independent cascade, which takes `p` for every arc where they have
// none, and the weights of linear thresholds, which are 1 / in-degree where they have none. Weights of the arcs to one
// node must add up to 1 or less (not checked). Throws InvalidInput for values outside [0, 1], and as make_arc_rows.
SpreadNetwork make_network(const ArcList& list, SpreadModel model, double p);

// Bytes that make_network takes at most at one time, the list itself left out.
std::uint64_t estimate_network_bytes(std::uint64_t nodes, std::uint64_t arcs, bool values);

struct SpreadTask {
    std::vector<std::uint32_t> seeds;  // different nodes
    std::uint64_t seed = 0;
    std::uint64_t first = 0;  // cascades [first, last)
    std::uint64_t last = 0;
    int threads = 1;
    bool sizes = false;
    bool by_node = false;
};

struct SpreadRun {
    std::uint64_t cascades = 0;
    double mean = 0.0;
    double squares = 0.0;                     // sum of squared differences from the mean
    std::vector<std::uint32_t> sizes;         // of the cascades in their order, or empty
    std::vector<std::uint64_t> times_active;  // of the nodes, or empty
};

// The size of a cascade is the number of nodes active at its end, seeds included. The same for every number of threads,
// bit for bit: a cascade's luck hangs on the seed and its number, and moments are added up in the order of cascades.
// What it returns is not the whole once *cancel is true. Throws InvalidInput for seeds that are no node, or there
// twice.
SpreadRun run_cascades(const SpreadNetwork& network, const SpreadTask& task, const std::atomic<bool>& cancel);

// Bytes that run_cascades takes.
std::uint64_t estimate_cascade_bytes(std::uint64_t nodes, const SpreadTask& task);

}  // namespace groundswell
