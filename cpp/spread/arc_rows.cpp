#include "spread/arc_rows.hpp"

#include <algorithm>
#include <string>

#include "core/errors.hpp"

namespace groundswell {

namespace {

void check(const ArcList& list) {
    if (list.nodes > kMostNodes) throw InvalidInput("graph: at most 4,294,967,294 nodes can be counted");
    if (list.source.size() != list.target.size()) throw InvalidInput("graph: as many targets as sources are needed");
    if (!list.value.empty() && list.value.size() != list.source.size())
        throw InvalidInput("graph: as many values as arcs are needed");
    if (list.source.size() > kMostArcs / (list.both_ways ? 2 : 1))
        throw InvalidInput("graph: at most 4,294,967,294 arcs can be counted");
    const auto outside = [&](std::uint32_t node) { return node >= list.nodes; };
    if (std::ranges::any_of(list.source, outside) || std::ranges::any_of(list.target, outside))
        throw InvalidInput("graph: an arc has an end that is no node");
}

// Calls visit(source, target, place in the list) for every arc but loops.
template <class Visit>
void for_each_arc(const ArcList& list, Visit visit) {
    for (std::size_t i = 0; i < list.source.size(); ++i)
        if (list.source[i] != list.target[i]) visit(list.source[i], list.target[i], i);
    if (!list.both_ways) return;
    for (std::size_t i = 0; i < list.source.size(); ++i)
        if (list.source[i] != list.target[i]) visit(list.target[i], list.source[i], i);
}

// Counts by node become the places where rows begin.
std::vector<std::uint32_t> row_begins(const std::vector<std::uint32_t>& counts) {
    std::vector<std::uint32_t> begin(counts.size() + 1);
    for (std::size_t v = 0; v < counts.size(); ++v) begin[v + 1] = begin[v] + counts[v];
    return begin;
}

// Fills rows by walking over the targets in ascending order, which leaves every row sorted: a counting sort by target,
// then one by source, instead of a sort of each row.
struct Transposed {
    std::vector<std::uint32_t> begin;   // by target
    std::vector<std::uint32_t> source;  // of the arcs to a target
    std::vector<std::uint32_t> place;   // in the list; empty where arcs have no value
};

Transposed transpose(const ArcList& list, const std::vector<std::uint32_t>& in_degree) {
    Transposed by_target{row_begins(in_degree), {}, {}};
    by_target.source.resize(by_target.begin.back());
    if (!list.value.empty()) by_target.place.resize(by_target.begin.back());
    std::vector<std::uint32_t> next(by_target.begin.begin(), by_target.begin.end() - 1);
    for_each_arc(list, [&](std::uint32_t source, std::uint32_t target, std::size_t i) {
        const std::uint32_t at = next[target]++;
        by_target.source[at] = source;
        if (!list.value.empty()) by_target.place[at] = static_cast<std::uint32_t>(i);
    });
    return by_target;
}

}  // namespace

ArcRows make_arc_rows(const ArcList& list) {
    check(list);
    ArcRows rows;
    rows.in_degree.resize(list.nodes);
    std::vector<std::uint32_t> out_degree(list.nodes);
    for_each_arc(list, [&](std::uint32_t source, std::uint32_t target, std::size_t) {
        ++out_degree[source];
        ++rows.in_degree[target];
    });
    rows.begin = row_begins(out_degree);
    const Transposed by_target = transpose(list, rows.in_degree);
    rows.target.resize(rows.begin.back());
    if (!list.value.empty()) rows.value.resize(rows.begin.back());
    std::vector<std::uint32_t>& next = out_degree;
    std::copy(rows.begin.begin(), rows.begin.end() - 1, next.begin());
    for (std::uint32_t target = 0; target < list.nodes; ++target) {
        for (std::uint32_t at = by_target.begin[target]; at < by_target.begin[target + 1]; ++at) {
            const std::uint32_t arc = next[by_target.source[at]]++;
            rows.target[arc] = target;
            if (!list.value.empty()) rows.value[arc] = list.value[by_target.place[at]];
        }
    }
    return rows;
}

}  // namespace groundswell
