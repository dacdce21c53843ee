// How many connections each employee wants on a platform. Spec: docs/MODEL.md 2, Platforms.
#pragma once

#include <cstdint>
#include <vector>

#include "world/build_context.hpp"
#include "world/world.hpp"

namespace groundswell {

// By employee. LinkedIn's are the workforce's; on another platform given numbers hold and the missing ones are drawn.
// Throws InvalidInput for a given number that is not a number of connections.
std::vector<std::uint32_t> wanted_connections(const BuildContext& context, const CompanyInput& company,
                                              const WorldParams& params, const World& world, Platform platform);

}  // namespace groundswell
