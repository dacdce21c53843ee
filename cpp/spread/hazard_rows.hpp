// Rows of arcs that have probabilities of their own: the unit of length is the hazard.
#pragma once

#include <cstdint>
#include <vector>

#include "core/system.hpp"
#include "spread/arc_rows.hpp"

namespace groundswell {

class HazardRows {
public:
    static constexpr bool kHasSureArcs = true;

    struct Row {
        const std::uint32_t* sure_begin;  // arcs with probability 1, which no hazard can stand for
        const std::uint32_t* sure_end;
        const std::uint32_t* ends;  // of the other arcs, and their number
        std::uint32_t arcs;
        double length;
    };
    struct Landing {
        const std::uint32_t* target;
        double end;
    };

    // Probabilities in [0, 1] from the arcs' values.
    static HazardRows of_values(ArcRows&& arcs);
    // Weighted cascade: 1 / in-degree of the target.
    static HazardRows of_in_degrees(ArcRows&& arcs);

    std::uint32_t nodes() const { return static_cast<std::uint32_t>(node_.size() - 1); }
    double distance(double exponential) const { return exponential; }

    Row row(std::uint32_t node) const {
        const Node& own = node_[node];
        const std::uint32_t first = own.begin + own.sure;
        const std::uint32_t* targets = target_.data();
        return {targets + own.begin, targets + first, end_.data() + first, node_[node + 1].begin - first, own.length};
    }

    // The first arc that ends beyond the place, by halving without branches.
    Landing land(const Row& row, double place) const {
        const double cells = place / row.length * kCells;
        const std::uint32_t cell = cells < kLast ? static_cast<std::uint32_t>(cells) : kLastCell;
        const std::uint32_t* first = row.ends;
        for (std::uint32_t left = row.arcs; left > 1;) {
            const std::uint32_t half = left / 2;
            first += first[half - 1] <= cell ? half : 0;
            left -= half;
        }
        return {row.sure_end + (first - row.ends), static_cast<double>(*first) * (row.length / kCells)};
    }

    void expect(std::uint32_t node) const { prefetch(node_.data() + node); }
    void approach(std::uint32_t node) const {
        const Node& own = node_[node];
        const std::uint32_t* ends = end_.data() + own.begin;
        prefetch(ends);
        prefetch(ends + 16);
    }

private:
    static constexpr double kCells = 0x1p32;
    static constexpr std::uint32_t kLastCell = 0xFFFFFFFEu;  // below the end of the last arc, which is 2^32 - 1
    static constexpr double kLast = 0x1p32 - 2.0;

    struct Node {
        std::uint32_t begin;
        std::uint32_t sure;
        double length;  // sum of the hazards of the arcs that are not sure
    };

    template <class Chance>
    HazardRows(ArcRows&& arcs, Chance chance);
    template <class Chance>
    void fill_row(std::uint32_t node, std::uint32_t end, Chance chance, std::vector<double>& hazards);

    std::vector<Node> node_;  // one more than there are nodes
    std::vector<std::uint32_t> target_;
    std::vector<std::uint32_t> end_;  // where an arc ends, as a share of its row's length, in units of 2^-32
};

}  // namespace groundswell
