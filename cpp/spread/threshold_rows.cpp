#include "spread/threshold_rows.hpp"

#include <utility>

namespace groundswell {

ThresholdRows::ThresholdRows(ArcRows&& arcs) : begin_(std::move(arcs.begin)), target_(std::move(arcs.target)) {}

ThresholdRows ThresholdRows::of_values(ArcRows&& arcs) {
    std::vector<double> weight = std::move(arcs.value);
    ThresholdRows rows(std::move(arcs));
    rows.weight_ = std::move(weight);
    return rows;
}

ThresholdRows ThresholdRows::of_in_degrees(ArcRows&& arcs) {
    std::vector<double> of_target(arcs.in_degree.size());
    for (std::size_t v = 0; v < of_target.size(); ++v) of_target[v] = 1.0 / arcs.in_degree[v];
    ThresholdRows rows(std::move(arcs));
    rows.of_target_ = std::move(of_target);
    return rows;
}

std::uint32_t ThresholdRows::cascade(std::span<const std::uint32_t> seeds, CascadeLuck luck, ActiveNodes& active,
                                     Missing& missing) const {
    constexpr std::uint32_t kAhead = 8;  // arcs
    missing.next_cascade();
    for (const std::uint32_t seed : seeds) active.add(seed);
    for (std::uint32_t next = 0; next < active.size(); ++next) {
        const std::uint32_t begin = begin_[active[next]];
        const std::uint32_t end = begin_[active[next] + 1];
        for (std::uint32_t arc = begin; arc < end; ++arc) {
            if (end - arc > kAhead) missing.expect(target_[arc + kAhead]);
            const std::uint32_t target = target_[arc];
            if (active.has(target)) continue;
            double& left = missing.of(target, luck);
            left -= weight_.empty() ? of_target_[target] : weight_[arc];
            if (left <= 0.0) active.add(target);
        }
    }
    return active.size();
}

}  // namespace groundswell
