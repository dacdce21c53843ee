// The degree-corrected block model of a tie table that has gaps, fitted on the ties that the table lists.
// Spec: docs/MODEL.md 2, A tie table with gaps.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "world/ties/coworker_ties.hpp"

namespace groundswell {

// The employees by block. Two employees can lack a tie only if the table is complete for neither of them; such
// employees are the members of their block.
struct EmployeeBlocks {
    std::uint32_t count = 0;
    std::vector<std::uint32_t> of_employee;
    std::vector<std::uint32_t> members;        // by block and then number
    std::vector<std::uint32_t> members_begin;  // count + 1 entries: where each block's members begin

    std::span<const std::uint32_t> members_of(std::uint32_t block) const {
        return std::span(members).subspan(members_begin[block], members_begin[block + 1] - members_begin[block]);
    }
};

// Blocks are the groups that have anybody; beyond 512 groups the smallest ones share the last block, so that a pair of
// blocks still holds enough ties to be fitted. group: the code of each employee, -1 for those without a group, who make
// one of their own.
EmployeeBlocks blocks_of_groups(const TieCoverage& coverage, const std::vector<std::int32_t>& group,
                                std::uint32_t groups);

// One number for each ordered pair of blocks, row by row.
using BlockMatrix = std::vector<double>;

// Employees i and j of blocks g and h are tied at rate x_i x_j rho_gh, and a tie that can be missing is listed with
// probability `coverage.share`. x has a Gamma prior; rho has a prior that only knows whether g = h. A block's stubs are
// the ends of ties that its employees hold, so that a tie inside the block counts twice.
class BlockModel {
public:
    BlockModel(const CoworkerTies& listed, const TieCoverage& coverage, const EmployeeBlocks& blocks);

    // The expected number of missing stubs that block g has toward block h.
    double missing_stubs(std::uint32_t g, std::uint32_t h) const;

    // The Gamma posterior of x_i, given the employee's listed ties.
    double posterior_shape(std::uint32_t employee) const { return prior_shape_ + listed_.degree(employee); }
    double posterior_rate(std::uint32_t employee) const { return prior_shape_ / prior_mean_ + exposure_[employee]; }

private:
    // Sums over a block's employees, of those for whom the table is complete and of the others.
    struct BlockSums {
        double complete = 0, incomplete = 0, complete_squares = 0, incomplete_squares = 0;
    };
    struct StubTotals {
        double inside_listed = 0, inside_expected = 0, all_expected = 0;  // inside: between employees of one block
    };

    void count_listed_stubs();
    void sum_rates();
    double expected_listed_stubs(std::uint32_t g, std::uint32_t h) const;
    StubTotals stub_totals() const;
    void fit_mixing();
    void fit_rates();
    void set_exposures();
    void fit_rate_prior();

    const CoworkerTies& listed_;
    const TieCoverage& coverage_;
    const EmployeeBlocks& blocks_;
    BlockMatrix listed_stubs_;
    BlockMatrix mixing_;            // rho
    std::vector<double> rate_;      // x
    std::vector<double> exposure_;  // by employee: the listed ties that are expected at x = 1
    std::vector<BlockSums> sums_;   // of the rates, by block
    double prior_shape_ = 0, prior_mean_ = 1;
};

}  // namespace groundswell
