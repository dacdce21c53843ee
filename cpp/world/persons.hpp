// Traits of the persons, and which of them follow the page. Spec: docs/MODEL.md 2, Persons, Quantized, Page.
#pragma once

#include <cstdint>
#include <vector>

#include "model/workforce.hpp"
#include "world/build_context.hpp"
#include "world/pools.hpp"

namespace groundswell {

// Everything about the persons but their ties. Employees are on no platform yet: that follows from their ties.
std::vector<PersonTraits> draw_persons(const BuildContext& context, const SegmentBounds& bounds,
                                       const AudienceParams& params, const PlatformAudiences& platforms,
                                       const Workforce& workforce);

// The `count` persons present on the platform with the smallest E / affinity^exponent, E exponential; sorted by number.
// All of them if there are fewer.
std::vector<std::uint32_t> choose_followers(const BuildContext& context, const std::vector<PersonTraits>& persons,
                                            Platform platform, std::uint32_t count, double exponent);

}  // namespace groundswell
