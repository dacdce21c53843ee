#include "world/ties/connections_by_category.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace groundswell {
namespace {

using Quotas = std::array<double, kSegments>;
using OpenCategories = std::array<bool, kSegments>;  // those that take a share of what is left

// Rounds the quotas of the open categories by largest remainders, so that `total` is exactly used up.
void round_quotas(std::uint32_t total, const Quotas& quotas, const OpenCategories& open, CategoryCounts& counts) {
    std::array<std::size_t, kSegments> order{};
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::array<double, kSegments> remainder{};
    std::uint32_t used = 0;
    for (std::size_t s = 0; s < kSegments; ++s) {
        remainder[s] = -1;
        if (!open[s]) continue;
        counts[s] = static_cast<std::uint32_t>(quotas[s]);
        remainder[s] = quotas[s] - std::floor(quotas[s]);
        used += counts[s];
    }
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return remainder[a] > remainder[b]; });
    for (std::size_t k = 0; used < total; ++k, ++used) ++counts[order[k]];
}

double weight_of(const OpenCategories& open, const std::array<double, kSegments>& mix) {
    double weight = 0;
    for (std::size_t s = 0; s < kSegments; ++s) weight += open[s] ? mix[s] : 0;
    return weight;
}

// Gives every open category that would take more than its cap the cap, and closes it. Returns what they take.
std::uint32_t close_capped(const Quotas& quotas, const CategoryCounts& caps, OpenCategories& open,
                           ConnectionSplit& split) {
    std::uint32_t taken = 0;
    for (std::size_t s = 0; s < kSegments; ++s) {
        if (!open[s] || quotas[s] <= caps[s]) continue;
        split.moved += static_cast<std::uint32_t>(std::ceil(quotas[s] - caps[s]));
        split.counts[s] = caps[s];
        taken += caps[s];
        open[s] = false;
    }
    return taken;
}

}  // namespace

ConnectionSplit split_by_mix(std::uint32_t total, const std::array<double, kSegments>& mix,
                             const CategoryCounts& caps) {
    ConnectionSplit split;
    OpenCategories open{};
    for (std::size_t s = 0; s < kSegments; ++s) open[s] = mix[s] > 0;
    std::uint32_t left = total;
    for (;;) {
        const double weight = weight_of(open, mix);
        if (weight <= 0) {
            split.unplaced = left;
            return split;
        }
        Quotas quotas{};
        for (std::size_t s = 0; s < kSegments; ++s)
            if (open[s]) quotas[s] = left * (mix[s] / weight);
        const OpenCategories before = open;
        left -= close_capped(quotas, caps, open, split);
        if (open == before) {
            round_quotas(left, quotas, open, split.counts);
            return split;
        }
    }
}

CategoryCounts category_caps(const CategoryCounts& members) {
    CategoryCounts caps{};
    for (std::size_t s = 0; s < kSegments; ++s) {
        const bool oneself = s == static_cast<std::size_t>(Segment::employee) && members[s] > 0;
        const std::uint32_t others = members[s] - (oneself ? 1 : 0);
        caps[s] = others / 2 + others % 2;
    }
    return caps;
}

}  // namespace groundswell
