// Completes a table of ties that has gaps, with a generator fitted on what is listed.
// Spec: docs/MODEL.md 2, A tie table with gaps.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "world/build_context.hpp"
#include "world/ties/coworker_ties.hpp"
#include "world/world.hpp"

namespace groundswell {

// A missing tie is picked in proportion to (common neighbors)^kClosurePower. The power is an assumption that the
// specification tried on the e-mail network email_eu_core.
inline constexpr double kClosurePower = .5;

// All listed ties, and the missing ones, drawn anew in each world; with a full coverage exactly the listed ones. group:
// the code of each employee, -1 for none. The number of threads does not matter. Throws Cancelled, and InvalidInput
// where nothing is listed or the share asks for more ties than there are pairs.
CoworkerTies complete_ties(const BuildContext& context, std::span<const std::uint64_t> draw_numbers,
                           const CoworkerTies& listed, const TieCoverage& coverage,
                           const std::vector<std::int32_t>& group, std::uint32_t groups);

// The company's table as it is, or completed by departments, which a warning of the world says.
CoworkerTies company_coworker_ties(const BuildContext& context, const CompanyInput& company, World& world);

}  // namespace groundswell
