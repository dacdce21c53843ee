// Completes a table of ties that has gaps, with a generator fitted on what is listed.
// Spec: docs/MODEL.md 2, A tie table with gaps.
#pragma once

#include <cstdint>
#include <vector>

#include "world/build_context.hpp"
#include "world/ties/coworker_ties.hpp"
#include "world/world.hpp"

namespace groundswell {

// A tie beyond the listed ones is picked in proportion to (common neighbors)^kClosurePower (assumption; the trial on
// email_eu_core of the specification).
inline constexpr double kClosurePower = .5;

// The listed ties, all of them, and the missing ones, drawn anew in each world. group: code of each employee, -1 for
// none. The same ties whatever the number of threads; with a full coverage exactly the listed ones. Throws Cancelled,
// and InvalidInput where nothing is listed or the share asks for more ties than there are pairs.
CoworkerTies complete_ties(const BuildContext& context, const CoworkerTies& listed, const TieCoverage& coverage,
                           const std::vector<std::int32_t>& group, std::uint32_t groups);

// The company's table as it is, or completed by departments; then the world says so in a warning.
CoworkerTies company_ties(const BuildContext& context, const CompanyInput& company, World& world);

// Throws InvalidInput with the address, the value and the rule.
void check_tie_coverage(const CompanyInput& company);
void check_tie_coverage(const TieCoverage& coverage, std::uint32_t employees);

// Share of all ties that a table lists, were everybody alike: for estimates of size.
double listed_share(const TieCoverage& coverage, std::uint32_t employees);

}  // namespace groundswell
