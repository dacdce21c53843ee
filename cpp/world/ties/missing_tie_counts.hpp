// How many ties a table with gaps lacks: between which blocks, and of each employee. Drawn anew in each world, from a
// model fitted on the ties that are listed. Spec: docs/MODEL.md 2, A tie table with gaps.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "world/build_context.hpp"
#include "world/ties/block_model.hpp"
#include "world/ties/coworker_ties.hpp"

namespace groundswell {

struct MissingTieCounts {
    EmployeeBlocks blocks;
    std::vector<std::uint64_t> between_blocks;  // blocks x blocks, symmetric
    std::vector<std::uint32_t> of_employee;     // a draw: the ties made later follow it as far as the blocks allow
    std::vector<double> expected_of_employee;   // its means; 0 for employees whose ties are all listed

    std::uint64_t& between(std::uint32_t g, std::uint32_t h) { return between_blocks[at(g, h)]; }
    std::uint64_t between(std::uint32_t g, std::uint32_t h) const { return between_blocks[at(g, h)]; }
    double stubs_of_block(std::uint32_t g) const;  // ends of missing ties, so that a tie inside the block counts twice
    std::uint64_t total() const;

private:
    std::size_t at(std::uint32_t g, std::uint32_t h) const { return std::size_t{g} * blocks.count + h; }
};

// group: the code of each employee, -1 for none. Throws InvalidInput where nothing is listed to fit on, or where the
// share asks for more ties than there are pairs.
MissingTieCounts draw_missing_tie_counts(const BuildContext& context, std::span<const std::uint64_t> draw_numbers,
                                         const CoworkerTies& listed, const TieCoverage& coverage,
                                         const std::vector<std::int32_t>& group, std::uint32_t groups);

}  // namespace groundswell
