// Which of the ties among employees a table lists: checks of what the analyst says about it.
// Spec: docs/MODEL.md 2, A tie table with gaps.
#pragma once

#include <cstdint>

#include "world/world.hpp"

namespace groundswell {

// Both throw InvalidInput with the address, the value and the rule.
void check_tie_coverage(const CompanyInput& company);
void check_tie_coverage(const TieCoverage& coverage, std::uint32_t employees);

// The share of all ties that a table lists if everybody is alike: for estimates of a world's size.
double listed_share(const TieCoverage& coverage, std::uint32_t employees);

}  // namespace groundswell
