// Whether a world that was read from a file can be run. A checksum finds accidents only: whoever writes a file can also
// write its checksum (decision record 17), so that every number the engine goes by is looked at.
#pragma once

#include "world/world.hpp"

namespace groundswell {

// Sizes, orders and ranges of everything in a world of this company. The company decides employees and groups.
bool is_sound(const World& world, const CompanyInput& company, int threads);

}  // namespace groundswell
