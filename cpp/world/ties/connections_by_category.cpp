#include "world/ties/connections_by_category.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace groundswell {
namespace {

// Largest remainders over the categories with a positive weight; `total` is exactly used up.
void round_quotas(std::uint32_t total, const std::array<double, kSegments>& quota,
                  const std::array<bool, kSegments>& open, CategoryCounts& counts) {
    std::array<std::size_t, kSegments> order{};
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::array<double, kSegments> remainder{};
    std::uint32_t used = 0;
    for (std::size_t s = 0; s < kSegments; ++s) {
        remainder[s] = -1;
        if (!open[s]) continue;
        counts[s] = static_cast<std::uint32_t>(quota[s]);
        remainder[s] = quota[s] - std::floor(quota[s]);
        used += counts[s];
    }
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return remainder[a] > remainder[b]; });
    for (std::size_t k = 0; used < total; ++k, ++used) ++counts[order[k]];
}

}  // namespace

Split split_by_mix(std::uint32_t total, const std::array<double, kSegments>& mix, const CategoryCounts& caps) {
    Split split;
    std::array<bool, kSegments> open{};
    for (std::size_t s = 0; s < kSegments; ++s) open[s] = mix[s] > 0;
    std::array<double, kSegments> quota{};
    std::uint32_t left = total;
    for (bool changed = true; changed;) {
        double weight = 0;
        for (std::size_t s = 0; s < kSegments; ++s) weight += open[s] ? mix[s] : 0;
        if (weight <= 0) {
            split.unplaced = left;
            return split;
        }
        changed = false;
        const std::uint32_t shared = left;
        for (std::size_t s = 0; s < kSegments; ++s) {
            if (!open[s]) continue;
            quota[s] = shared * (mix[s] / weight);
            if (quota[s] <= caps[s]) continue;
            split.moved += static_cast<std::uint32_t>(std::ceil(quota[s] - caps[s]));
            split.counts[s] = caps[s];
            left -= caps[s];
            open[s] = false;
            changed = true;
        }
    }
    round_quotas(left, quota, open, split.counts);
    return split;
}

CategoryCounts category_caps(const CategoryCounts& members) {
    CategoryCounts caps{};
    for (std::size_t s = 0; s < kSegments; ++s) {
        const std::uint32_t others = members[s] - (s == 0 && members[s] > 0 ? 1 : 0);
        caps[s] = others / 2 + others % 2;
    }
    return caps;
}

}  // namespace groundswell
