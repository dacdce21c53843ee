// How an employee's connections are split over the categories. Spec: docs/MODEL.md 2, Ties.
#pragma once

#include <array>
#include <cstdint>

#include "world/pools.hpp"

namespace groundswell {

using CategoryCounts = std::array<std::uint32_t, kSegments>;

struct Split {
    CategoryCounts counts{};
    std::uint32_t moved = 0;     // ties that a capped category would have taken
    std::uint32_t unplaced = 0;  // ties for which all caps together have no room
};

// Splits `total` in proportion to the mix by largest remainders (ties to the first category). A category that would
// take more than its cap gets the cap, and the rest goes to the others in proportion.
Split split_by_mix(std::uint32_t total, const std::array<double, kSegments>& mix, const CategoryCounts& caps);

// Half of each pool, rounded up; of the coworkers, oneself excluded. members: persons of each segment.
CategoryCounts category_caps(const CategoryCounts& members);

}  // namespace groundswell
