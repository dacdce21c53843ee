// What in the input of a world is out of range or contradicts itself.
#pragma once

#include "world/pools.hpp"
#include "world/world.hpp"

namespace groundswell {

// Both throw InvalidInput with the address, the value and the rule.
void check_world_input(const CompanyInput& company, const WorldParams& params);

// Refuses a segment that has persons but is present on no platform: nobody could be tied to them.
void check_presence(const SegmentBounds& bounds, const PlatformAudiences& platforms);

}  // namespace groundswell
