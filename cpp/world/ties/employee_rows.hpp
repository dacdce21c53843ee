// The ties of the employees on each platform: how many of each category, to whom, and how strong.
// Spec: docs/MODEL.md 2, Platforms, Ties.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "world/build_context.hpp"
#include "world/world.hpp"

namespace groundswell {

// The rows of the employees on one platform, each sorted by person. Empty if the platform is off.
struct EmployeeRows {
    std::vector<std::uint64_t> begin;  // employees + 1 entries: where each employee's ties begin
    std::vector<TieWord> ties;

    std::uint64_t size_of(std::uint32_t employee) const { return begin[employee + 1] - begin[employee]; }
};

// Needs world.workforce, persons and segment_begin. Where the ties on LinkedIn had to differ from the connections that
// were given or drawn, the world's connections become the ties, and a warning says so.
std::array<EmployeeRows, kPlatforms> build_employee_rows(const BuildContext& context, const CompanyInput& company,
                                                         const WorldParams& params, World& world);

}  // namespace groundswell
