// The traits of the persons: how visible posts are to them, how they react. Spec: docs/MODEL.md 2, Persons, Quantized.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/workforce.hpp"
#include "world/build_context.hpp"
#include "world/pools.hpp"

namespace groundswell {

// draw_numbers: of the employees. Employees are on no platform yet, since that follows from their ties.
std::vector<PersonTraits> draw_persons(const BuildContext& context, const SegmentBounds& bounds,
                                       const AudienceParams& params, const PlatformAudiences& platforms,
                                       const Workforce& workforce, std::span<const std::uint64_t> draw_numbers);

}  // namespace groundswell
