// Rows of arcs that all have one probability: the unit of length is an arc.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/system.hpp"
#include "spread/arc_rows.hpp"
#include "spread/hazard.hpp"

namespace groundswell {

class UniformRows {
public:
    static constexpr bool kHasSureArcs = false;

    struct Row {
        const std::uint32_t* targets;
        double length;
    };
    struct Landing {
        const std::uint32_t* target;
        double end;
    };

    // p in [0, 1]. With p = 0 a distance is longer than every graph, with p = 1 it is 0.
    UniformRows(ArcRows&& arcs, double p)
        : begin_(std::move(arcs.begin)),
          target_(std::move(arcs.target)),
          arcs_in_a_unit_(p == 0.0   ? 0x1p1000
                          : p == 1.0 ? 0.0
                                     : 1.0 / hazard(p)) {}

    std::uint32_t nodes() const { return static_cast<std::uint32_t>(begin_.size() - 1); }
    double distance(double exponential) const { return exponential * arcs_in_a_unit_; }
    Row row(std::uint32_t node) const {
        const std::uint32_t begin = begin_[node];
        return {target_.data() + begin, static_cast<double>(begin_[node + 1] - begin)};
    }
    Landing land(const Row& row, double place) const {
        const auto arc = static_cast<std::uint32_t>(place);
        return {row.targets + arc, static_cast<double>(arc) + 1.0};
    }
    void expect(std::uint32_t node) const { prefetch(begin_.data() + node); }
    void approach(std::uint32_t /*node*/) const {}

private:
    std::vector<std::uint32_t> begin_;
    std::vector<std::uint32_t> target_;
    double arcs_in_a_unit_;
};

}  // namespace groundswell
