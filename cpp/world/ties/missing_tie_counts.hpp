// Which ties a table with gaps lacks: how many between which groups, and about how many of each employee. Fitted on
// the ties that are listed. Spec: docs/MODEL.md 2, A tie table with gaps.
#pragma once

#include <cstdint>
#include <vector>

#include "world/build_context.hpp"
#include "world/ties/coworker_ties.hpp"

namespace groundswell {

// Two employees neither of whom is `complete`: only their tie can be missing, and is listed with probability share.
struct TiePlan {
    std::uint32_t blocks = 0;
    std::vector<std::uint32_t> block;          // of each employee
    std::vector<std::uint32_t> members;        // employees who can lack ties, by block and then number
    std::vector<std::uint32_t> members_begin;  // blocks + 1
    std::vector<std::uint64_t> missing;        // blocks x blocks, symmetric: ties to be made
    std::vector<std::uint32_t> degrees;        // of them, drawn for each employee
    std::vector<double> expected;              // the means of `degrees`; 0 for who is complete

    std::uint64_t& between(std::uint32_t g, std::uint32_t h) { return missing[std::size_t{g} * blocks + h]; }
    std::uint64_t between(std::uint32_t g, std::uint32_t h) const { return missing[std::size_t{g} * blocks + h]; }
    std::uint64_t total() const;
};

// group: code of each employee, -1 for those without one, who make a group of their own. Throws InvalidInput where
// nothing is listed to fit on, or where the share asks for more ties than there are pairs.
TiePlan plan_missing_ties(const BuildContext& context, const CoworkerTies& listed, const TieCoverage& coverage,
                          const std::vector<std::int32_t>& group, std::uint32_t groups);

}  // namespace groundswell
