// How many connections of each category an employee gets. Spec: docs/MODEL.md 2, Ties.
#pragma once

#include <array>
#include <cstdint>

#include "world/pools.hpp"

namespace groundswell {

// A number for each category of ties: the segment that the other person belongs to.
using CategoryCounts = std::array<std::uint32_t, kSegments>;

struct ConnectionSplit {
    CategoryCounts counts{};
    std::uint32_t moved = 0;     // connections that a capped category would have taken
    std::uint32_t unplaced = 0;  // connections for which all caps together have no room
};

// Splits `total` in proportion to the mix by largest remainders, where the first of equal remainders wins. A category
// that would take more than its cap gets the cap, and the others share the rest in proportion.
ConnectionSplit split_by_mix(std::uint32_t total, const std::array<double, kSegments>& mix, const CategoryCounts& caps);

// Half of each pool, rounded up, so that an employee's picks keep finding somebody new. Of the coworkers it is half of
// the others. members: the persons of each segment who can be picked.
CategoryCounts category_caps(const CategoryCounts& members);

}  // namespace groundswell
