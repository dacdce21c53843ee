// A directed graph by rows: where the arcs of each node lead.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace groundswell {

// The largest numbers of nodes and arcs: both are counted in 32 bits, which halves the memory that a cascade touches.
inline constexpr std::uint64_t kMostNodes = 0xFFFFFFFEull;
inline constexpr std::uint64_t kMostArcs = 0xFFFFFFFEull;

// Arcs as they are given, all columns of one length but for `value`, which is empty where arcs have none.
struct ArcList {
    std::uint32_t nodes = 0;
    std::span<const std::uint32_t> source;
    std::span<const std::uint32_t> target;
    std::span<const double> value;  // a probability or a weight
    bool both_ways = false;         // every arc stands for two, with one value
};

// Rows sorted by target, so that one graph gives one set of numbers in whatever order its arcs come. Of arcs between
// the same two nodes, each is kept; of equal ones the order given decides. Arcs from a node to itself are left out:
// they can activate nobody, and are not counted in the in-degree.
struct ArcRows {
    std::vector<std::uint32_t> begin{0};   // nodes + 1: the arcs of v are [begin[v], begin[v + 1])
    std::vector<std::uint32_t> target;     // arcs
    std::vector<double> value;             // arcs, or empty
    std::vector<std::uint32_t> in_degree;  // nodes

    std::uint32_t nodes() const { return static_cast<std::uint32_t>(begin.size() - 1); }
    std::uint32_t arcs() const { return static_cast<std::uint32_t>(target.size()); }
};

// Takes time and memory in proportion to nodes and arcs. Throws InvalidInput for too many of either, columns of
// different lengths and ends that are no node.
ArcRows make_arc_rows(const ArcList& list);

}  // namespace groundswell
