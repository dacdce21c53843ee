// Which persons follow the company's page on a platform. Spec: docs/MODEL.md 2, Page.
#pragma once

#include <cstdint>
#include <vector>

#include "world/build_context.hpp"
#include "world/world.hpp"

namespace groundswell {

// The `count` persons present on the platform with the smallest E / affinity^exponent, E exponential, or all of them if
// there are fewer. Sorted by number.
std::vector<std::uint32_t> choose_followers(const BuildContext& context, const World& world, Platform platform,
                                            std::uint32_t count, double exponent);

// The row of the page: its followers, sorted by person. Their number is `given`, or where that is below 0 follows from
// the ties of the employees. Warns where there are fewer persons on the platform.
std::vector<TieWord> page_row(const BuildContext& context, std::int64_t given, std::uint64_t employee_ties,
                              const WorldParams& params, Platform platform, World& world);

}  // namespace groundswell
