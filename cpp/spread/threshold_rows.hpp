// Rows of arcs for linear thresholds: what each arc adds to the influence on its target.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/system.hpp"
#include "spread/arc_rows.hpp"
#include "spread/exponential.hpp"
#include "spread/workspace.hpp"

namespace groundswell {

// What is missing for a node to become active. A stamp says to which cascade it belongs, so that nothing is cleared.
class Missing {
public:
    explicit Missing(std::uint32_t nodes) : of_(nodes) {}

    void next_cascade() {
        if (++stamp_ != 0) return;
        for (Record& record : of_) record.stamp = 0;
        stamp_ = 1;
    }

    // The threshold of a node is drawn when influence first reaches it.
    double& of(std::uint32_t node, CascadeLuck& luck) {
        Record& record = of_[node];
        if (record.stamp != stamp_) record = {unit_of_52(luck.bits()), stamp_};
        return record.missing;
    }
    void expect(std::uint32_t node) const { prefetch<true>(of_.data() + node); }

private:
    struct Record {
        double missing = 0.0;
        std::uint32_t stamp = 0;
    };
    std::vector<Record> of_;
    std::uint32_t stamp_ = 0;
};

class ThresholdRows {
public:
    // Weights from the arcs' values, zero or more, whose sum over the arcs to a node is at most 1.
    static ThresholdRows of_values(ArcRows&& arcs);
    // Weight 1 / in-degree of the target.
    static ThresholdRows of_in_degrees(ArcRows&& arcs);

    std::uint32_t nodes() const { return static_cast<std::uint32_t>(begin_.size() - 1); }

    // One cascade of the linear threshold model (Granovetter 1978; Kempe, Kleinberg, Tardos 2003): a node becomes
    // active once the weights of the arcs from active nodes reach its threshold, which is uniform in (0, 1). Leaves who
    // became active in `active`, which must be empty, and returns their number.
    std::uint32_t cascade(std::span<const std::uint32_t> seeds, CascadeLuck luck, ActiveNodes& active,
                          Missing& missing) const;

private:
    explicit ThresholdRows(ArcRows&& arcs);

    std::vector<std::uint32_t> begin_;
    std::vector<std::uint32_t> target_;
    std::vector<double> weight_;     // of arcs, or empty
    std::vector<double> of_target_;  // weight of every arc to a node, or empty
};

}  // namespace groundswell
