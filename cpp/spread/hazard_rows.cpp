#include "spread/hazard_rows.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "spread/hazard.hpp"

namespace groundswell {

namespace {

// The arcs of one row on their way into the table: the sure ones, and the others with their hazards.
struct Sorted {
    std::vector<std::uint32_t> sure;
    std::vector<std::uint32_t> others;
    std::vector<double> hazards;

    void clear() {
        sure.clear();
        others.clear();
        hazards.clear();
    }
    void add(std::uint32_t target, double p) {
        if (p == 1.0) {
            sure.push_back(target);
        } else {
            others.push_back(target);
            hazards.push_back(hazard(p));
        }
    }
};

double sum(const std::vector<double>& values) {
    double total = 0.0;
    for (const double value : values) total += value;
    return total;
}

// Ends are rounded, not widths, so an error stays within 2^-32 of the row's length and does not add up.
void write_ends(const std::vector<double>& hazards, double length, std::uint32_t* ends) {
    double before = 0.0;
    for (std::size_t i = 0; i < hazards.size(); ++i) {
        before += hazards[i];
        const double cells = length > 0.0 ? before / length * 0x1p32 : 0.0;
        ends[i] = cells >= 0x1p32 - 1.0 ? 0xFFFFFFFFu : static_cast<std::uint32_t>(std::floor(cells + 0.5));
    }
}

}  // namespace

template <class Chance>
HazardRows::HazardRows(ArcRows&& arcs, Chance chance)
    : node_(std::size_t{arcs.nodes()} + 1), target_(std::move(arcs.target)), end_(target_.size()) {
    Sorted row;
    for (std::uint32_t v = 0; v < arcs.nodes(); ++v) {
        const std::uint32_t begin = arcs.begin[v];
        row.clear();
        for (std::uint32_t arc = begin; arc < arcs.begin[v + 1]; ++arc)
            row.add(target_[arc], chance(arc, target_[arc]));
        node_[v] = {begin, static_cast<std::uint32_t>(row.sure.size()), sum(row.hazards)};
        std::ranges::copy(row.others, std::ranges::copy(row.sure, target_.begin() + begin).out);
        write_ends(row.hazards, node_[v].length, end_.data() + begin + row.sure.size());
    }
    node_.back() = {arcs.begin.back(), 0, 0.0};
}

HazardRows HazardRows::of_values(ArcRows&& arcs) {
    const std::vector<double> value = std::move(arcs.value);
    return {std::move(arcs), [&](std::uint32_t arc, std::uint32_t) { return value[arc]; }};
}

HazardRows HazardRows::of_in_degrees(ArcRows&& arcs) {
    const std::vector<std::uint32_t> in_degree = std::move(arcs.in_degree);
    return {std::move(arcs), [&](std::uint32_t, std::uint32_t target) { return 1.0 / in_degree[target]; }};
}

}  // namespace groundswell
